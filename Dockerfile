# The app in a container: docker compose up --build, then http://localhost:8501. docs/deployment.md says what to put before it.

FROM python:3.11-slim-bookworm AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_NO_INPUT=1
WORKDIR /srv/curvlib
RUN python -m venv /opt/venv
COPY requirements.lock .
RUN /opt/venv/bin/python -m pip install --require-hashes --no-deps --only-binary :all: --requirement requirements.lock \
    && /opt/venv/bin/python -m pip uninstall --yes pip setuptools
COPY . .
RUN /opt/venv/bin/python -m compileall -q curvlib pages app.py


FROM python:3.11-slim-bookworm

# One thread a kernel: the app spreads work over the cores itself. Two malloc arenas: 267 MB under load instead of 427.
ENV HOME=/tmp \
    MALLOC_ARENA_MAX=2 \
    NUMEXPR_MAX_THREADS=1 \
    NUMEXPR_NUM_THREADS=1 \
    PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_PORT=8501
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/curvlib /srv/curvlib
WORKDIR /srv/curvlib
USER 65532:65532
EXPOSE 8501
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; assert r.urlopen(f\"http://127.0.0.1:{os.environ['STREAMLIT_SERVER_PORT']}/_stcore/health\", timeout=4).read() == b'ok'"]
ENTRYPOINT ["python", "-m", "streamlit", "run", "app.py"]

"""The server around the app: who it answers, and how it goes."""

import signal
from collections.abc import Iterator
from http.client import HTTPConnection

import pytest

from tests.browser.server import AppServer


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    with AppServer(HOME="/nonexistent") as running:
        yield running


def open_stream(server: AppServer, host: str) -> int:
    """The status of a WebSocket that a page loaded from `host` would open."""
    connection = HTTPConnection("localhost", server.port, timeout=10)
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
    }
    connection.request("GET", "/_stcore/stream", headers={"Host": host, "Origin": f"http://{host}"} | upgrade)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_server_starts_without_a_home(server):
    assert server.healthy()


@pytest.mark.parametrize(
    ("host", "answer"),
    [("localhost", 101), ("127.0.0.1:8501", 101), ("attacker.example", 403), ("localhost.attacker.example", 403)],
)
def test_only_known_hosts_get_a_stream(server, host, answer):
    assert open_stream(server, host) == answer


def test_hosts_are_named_by_an_environment_variable():
    with AppServer(STREAMLIT_SERVER_ALLOWED_HOSTS="lab.example.org other.example.org") as server:
        assert open_stream(server, "other.example.org") == 101
        assert open_stream(server, "localhost") == 403


@pytest.mark.parametrize(
    "file",
    [
        "curvlib.panel/card.js",
        "curvlib-formula.box/box.css",
        "curvlib-plotly.bundle/plotly.min.js",
        "curvlib-vendor.modules/README.md",
    ],
)
def test_files_of_the_components_are_there_before_any_page_was_opened(file):
    """A page that an earlier server began asks a new one for the rest of its modules."""
    with AppServer() as new:
        connection = HTTPConnection("localhost", new.port, timeout=10)
        connection.request("GET", f"/_stcore/bidi-components/{file}")
        assert connection.getresponse().status == 200
        connection.close()


@pytest.mark.parametrize(
    "path",
    ["/app/static/main.py", "/app.py", "/pages/main.py", "/.streamlit/config.toml", "/_stcore/agent/openapi.json"],
)
def test_server_gives_no_file_of_ours(server, path):
    connection = HTTPConnection("localhost", server.port, timeout=10)
    connection.request("GET", path)
    body = connection.getresponse().read()
    connection.close()
    assert b"st.App" not in body
    assert b"gatherUsageStats" not in body


def test_sigterm_ends_the_server_before_a_container_would_be_killed():
    with AppServer() as server:
        server.process.terminate()
        assert server.process.wait(10) in (0, -signal.SIGTERM)
        assert "Traceback" not in server.log

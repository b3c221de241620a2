# Two commands: `make run` and `make test`. Each sets up what it needs, once.

PYTHON ?= python3
VENV   ?= .venv
HOST   ?= localhost
PORT   ?= 8501
WATCH  ?= none

BIN := $(VENV)/bin

# One thread a kernel: the app spreads work over the cores itself. Fewer malloc arenas: half the memory under load.
export NUMEXPR_NUM_THREADS := 1
export NUMEXPR_MAX_THREADS := 1
export MALLOC_ARENA_MAX    := 2

.PHONY: help run test lint format lock nightly release-check mutants pictures clean
.DELETE_ON_ERROR:

help:
	@echo "make run     start the app           (PORT=8501 HOST=localhost WATCH=none|auto)"
	@echo "make test    prove everything: format, lint, types, tests, doctests, the app in Chromium   (TESTS='-k word')"
	@echo "make lint    the quick half of make test"
	@echo "make nightly        every long campaign, those that passed at this commit left out   (CAMPAIGN=name SEED=number)"
	@echo "make release-check  the image, other Pythons, a fresh clone, the wheel, walks through the explorer   (CAMPAIGN=name)"
	@echo "make mutants        300 single-point changes, and which of them the tests notice; at most 40 minutes   (SEED=number)"
	@echo "make pictures       contact sheets of some 330 states in pictures/, and what changed since they were approved   (ONLY=word APPROVE=1)"
	@echo "make format  let ruff, prettier and eslint format and fix"
	@echo "make lock    resolve requirements*.txt into requirements*.lock"
	@echo "make clean   remove the environment and every cache"
	@echo "PYTHON=python3.12 chooses the interpreter of a new environment; it is now '$(PYTHON)'"

run: $(VENV)/ready-to-run
	@exec $(BIN)/python -m streamlit run app.py --server.address "$(HOST)" --browser.serverAddress "$(HOST)" --server.port "$(PORT)" --server.fileWatcherType "$(WATCH)"

test: lint
	@.ci/chromium >/dev/null || [ -z "$$CI" ]
	@$(BIN)/playwright --version >/dev/null 2>&1 || .ci/apt-install libatomic1 || [ -z "$$CI" ]  # the one library of its driver that slim systems lack
	$(BIN)/python -m pytest -n auto -m "not browser" $(TESTS) || [ $$? -eq 5 ]
	$(BIN)/python -m pytest -n auto --maxprocesses 4 -m browser $(TESTS) || [ $$? -eq 5 ]

lint: $(VENV)/ready-to-test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	.ci/javascript check

# Logs, seeds and results are in campaigns/, by commit; what was interrupted goes on.
nightly release-check: $(VENV)/ready-to-test
	@.ci/chromium >/dev/null || true
	@$(BIN)/python -m tests.campaigns $@ $(CAMPAIGN) $(if $(SEED),--seed $(SEED))

# Verdicts are in campaigns/mutants, by commit and seed; what was interrupted goes on.
mutants: $(VENV)/ready-to-test
	@$(BIN)/python -m tests.mutants $(if $(SEED),--seed $(SEED))

pictures: $(VENV)/ready-to-test
	@.ci/chromium >/dev/null
	@$(BIN)/python -m tests.pictures $(ONLY) $(if $(APPROVE),--approve)

format: $(VENV)/ready-to-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	.ci/javascript format

# A second `make run` finds these two files newer than the locks and starts at once.
$(VENV)/ready-to-run: requirements.lock
	@PYTHON="$(PYTHON)" .ci/environment $(VENV) $<
	@touch $@

$(VENV)/ready-to-test: requirements-dev.lock
	@PYTHON="$(PYTHON)" .ci/environment $(VENV) $<
	@touch $@ $(VENV)/ready-to-run

lock: $(VENV)/ready-to-test
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(call resolve,requirements) requirements.txt
	$(call resolve,requirements-dev) --constraints requirements.lock requirements-dev.txt

resolve = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-config --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" --output-file $1.lock

clean:
	rm -rf $(VENV) campaigns pictures .pytest_cache .mypy_cache .ruff_cache .hypothesis build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

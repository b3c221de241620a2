"""Plugin of pytest: the lines that each test runs, and its seconds, go into the folder MUTANTS_MAP.

Threads of a test count as the test; every worker of xdist has its own file.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest

FOLDER = Path(os.environ["MUTANTS_MAP"])
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")

measured = coverage.Coverage(data_file=str(FOLDER / f"lines.{WORKER}"), source=os.environ["MUTANTS_SOURCE"].split(","), config_file=False)
measured.set_option("run:disable_warnings", ["no-data-collected", "module-not-imported", "module-not-measured"])
measured.start()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    measured.switch_context(item.nodeid)
    yield
    measured.switch_context("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call" and report.passed:
        with (FOLDER / f"seconds.{WORKER}").open("a") as file:
            file.write(json.dumps([report.nodeid, report.duration]) + "\n")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    measured.stop()
    measured.save()

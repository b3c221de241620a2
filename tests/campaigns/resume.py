"""Lets an interrupted run of pytest go on.

Each test that passes is written into the file in CAMPAIGN_DONE, and left out when the file has it.
"""

import os
from pathlib import Path

import pytest

DONE = Path(os.environ.get("CAMPAIGN_DONE") or os.devnull)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    passed = set(DONE.read_text().splitlines()) if DONE.is_file() else set()
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in passed])
    items[:] = [item for item in items if item.nodeid not in passed]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Counts a test as passed after its last phase:
    fixtures of this project fail their test at the end.
    """
    failed.update([report.nodeid] if report.outcome != "passed" else [])
    if report.when == "teardown" and report.nodeid not in failed:
        with DONE.open("a") as file:
            file.write(report.nodeid + "\n")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and DONE.is_file():
        session.exitstatus = pytest.ExitCode.OK


failed: set[str] = set()

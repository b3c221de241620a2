"""Plugin of pytest: the lines that each test runs, and its seconds, go into the folder MUTANTS_MAP.

Threads of a test count as the test; every worker of xdist has its own file.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

QUIET = ["no-data-collected", "module-not-imported", "module-not-measured"]


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Begins before anything of the product is imported."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    early_config.pluginmanager.register(
        Recorder(Path(os.environ["MUTANTS_MAP"]), os.environ["MUTANTS_SOURCE"].split(","), worker)
    )


class Recorder:
    """Records the tests of one process.

    Args:
        folder: the place of its files.
        sources: the packages and folders that are measured.
        worker: the name of the process.
    """

    def __init__(self, folder: Path, sources: list[str], worker: str) -> None:
        import coverage

        self.seconds = folder / f"seconds.{worker}"
        self.measured = coverage.Coverage(data_file=str(folder / f"lines.{worker}"), source=sources, config_file=False)
        self.measured.set_option("run:disable_warnings", QUIET)
        self.measured.start()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.measured.switch_context(item.nodeid)
        yield
        self.measured.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" and report.passed:
            with self.seconds.open("a") as file:
                file.write(json.dumps([report.nodeid, report.duration]) + "\n")

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self) -> None:
        self.measured.stop()
        self.measured.save()

"""Things that all tests share: settings that make them the same everywhere."""

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

os.environ.setdefault("NUMEXPR_NUM_THREADS", "1")
os.environ.setdefault("NUMEXPR_MAX_THREADS", "1")

settings.register_profile("here", deadline=None, max_examples=100, print_blob=True)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what only `make nightly` runs, unless `-m` asks for it by name."""
    if "nightly" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("nightly")]
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in long]


@pytest.fixture(autouse=True)
def broken_parts() -> Iterator[list[str]]:
    """The faults that the net under the pages caught, as the log has them;
    no test may leave any.
    """
    caught: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: caught.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    log = logging.getLogger("curvlib.app")
    log.addHandler(handler)
    yield caught
    log.removeHandler(handler)
    assert not caught, caught[0]

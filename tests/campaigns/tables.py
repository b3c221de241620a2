"""The long campaigns: what `make nightly` and `make release-check` run. To add one, add a row.

A command is started in the root of the repository with the seed in the variable CURVLIB_SEED. It
passes with exit code 0; with `NOT_RUN` it says that something is missing here, in its last line;
anything else is a failure. Tests that pytest runs in a campaign have the marker `nightly`, where
they are not in `make test`; a campaign of tests that is interrupted goes on with those that have
not passed yet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

NOT_RUN = 77
"""The exit code of a command that could not do its work for want of a tool."""


@dataclass(frozen=True)
class Campaign:
    """A long check.

    Attributes:
        name: its word in `make nightly CAMPAIGN=word`.
        command: what is run; `python` and `pytest` are those of the environment.
        proves: the fact that holds when it has passed.
    """

    name: str
    command: str
    proves: str


OTHERS = ("axes", "framing", "panel_files")
"""The modules of tests in Chromium that have a campaign of their own."""

APP = Campaign(
    "app",
    "pytest -m 'nightly and browser' tests/browser "
    f"{' '.join(f'--ignore=tests/browser/test_{name}.py' for name in OTHERS)}",
    "what of the app's tests in Chromium takes too long for `make test`",
)

TABLES: Mapping[str, tuple[Campaign, ...]] = MappingProxyType(
    {
        "nightly": (
            Campaign(
                "walks",
                "pytest -m nightly tests/browser/test_axes.py",
                "axes are the window after every example of the menu, in three orders on four screens",
            ),
            Campaign(
                "frames",
                "pytest -m 'nightly or browser' tests/browser/test_framing.py",
                "no label or corner of a surface is cut: all examples, ends of sliders and screens, painted",
            ),
            Campaign(
                "visits",
                "CURVLIB_VISITS=500 pytest tests/test_visits.py",
                "500 random visits through all pages find no uncaught exception",
            ),
            Campaign(
                "exports",
                "pytest -m nightly tests/browser/test_panel_files.py",
                "pictures, drawings, pages and films of seven examples, "
                "light and dark, are whole and say what they show",
            ),
            APP,
            Campaign("firefox", ".ci/browsers firefox", "the steps of a visitor work in Firefox ESR"),
            Campaign(
                "webkit", ".ci/browsers webkit", "the steps of a visitor work in WebKitGTK, but those known to fail"
            ),
        ),
        "release-check": (
            Campaign(
                "image", ".ci/image", "the container's image is built, runs, answers its health check and computes"
            ),
            Campaign("pythons", ".ci/pythons", "the library and its tests pass on every other Python that is here"),
            Campaign("clone", ".ci/clone", "in a fresh clone, the commands of the README do what it says"),
            Campaign(
                "wheel",
                ".ci/wheel",
                "the wheel is built, holds the library alone, and runs every example where it is installed alone",
            ),
            Campaign(
                "walks",
                "pytest -m nightly tests/browser/test_axes.py -k laptop",
                "axes are the window after every example of the menu, in three orders",
            ),
            APP,
        ),
    }
)

"""A visitor's steps in other browsers: what is known to fail is named and fails
nothing, until it works.
"""

import subprocess
from pathlib import Path

import pytest

from tests.visit.hands import BROWSERS, Hand
from tests.visit.steps import KNOWN, STEPS
from tests.visit.walk import walk

ROOT = Path(__file__).parent.parent


class Still(Hand):
    """A browser that does nothing."""

    name = "Still 1"

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        pass


def works(_hand, _url):
    pass


def fails(_hand, _url):
    raise AssertionError("waited in vain for the picture")


@pytest.mark.parametrize(
    ("export", "known", "fine", "told"),
    [
        (works, {}, True, "export: as it must be"),
        (fails, {}, False, "export: FAILED: waited in vain for the picture"),
        (fails, {"export": "it hangs"}, True, "export: fails, as is known: it hangs"),
        (works, {"export": "it hangs"}, False, "export: FAILED: it works now, and is still among the known failures"),
    ],
)
def test_known_failure_is_named_and_fails_only_once_it_works(export, known, fine, told, capsys):
    assert walk(Still, "", known, steps={"open": works, "export": export, "dark": works}) == fine
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["open: as it must be", told, "dark: as it must be"]
    expected = "all 3 steps work but export" if known else "all 3 steps work"
    assert lines[3] == f"Still 1: {expected if fine else 'export failed'}"


def test_known_failures_are_steps_of_browsers_that_there_are():
    assert set(KNOWN) <= set(BROWSERS)
    assert all(set(steps) <= set(STEPS) for steps in KNOWN.values())


@pytest.mark.parametrize("words", [[], ["opera"]])
def test_unknown_browser_is_no_success(words):
    done = subprocess.run([".ci/browsers", *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "firefox|webkit" in done.stderr

"""Pictures of `make pictures`: states of their own, small copies, and a change is
seen while noise is not.
"""

import contextlib
import queue
import threading
from unittest.mock import MagicMock

import numpy as np
import pytest
from PIL import Image, ImageColor

from curvlib import PRESETS
from pages.ui.page.sections import SECTIONS
from tests.pictures import approval, camera
from tests.pictures.camera import Taken
from tests.pictures.sheets import ALARM, COLUMNS, ROWS, sheets
from tests.pictures.states import SCREENS, STATES

MOST_BYTES = 600_000


@pytest.fixture
def picture() -> Image.Image:
    """Something like a map with axes."""
    v, u = np.mgrid[-1:1:600j, -1:1:800j]
    shades = np.stack([128 + 100 * u, 128 + 100 * v, 128 + 100 * u * v], axis=-1)
    return Image.fromarray(shades.astype(np.uint8))


def test_states_have_names_of_their_own_and_some_forty_are_kept():
    names = [state.name for state in STATES]
    assert len(set(names)) == len(names) >= 300
    assert 35 <= sum(state.kept for state in STATES) <= 45


def test_every_page_is_taken_on_every_screen_light_and_dark_and_every_example_from_the_menu():
    names = {state.name for state in STATES}
    pages = [page.address for pages in SECTIONS.values() for page in pages]
    assert {f"{page} {theme} {screen}" for page in pages for theme in ("light", "dark") for screen in SCREENS} <= names
    assert len([name for name in names if name.startswith("chosen ")]) == len(PRESETS) - 1, (
        "all but the one that a bare address shows"
    )


def test_same_picture_is_unchanged_and_a_small_shift_of_its_axes_is_not(picture, tmp_path):
    approval.approve([("a map", picture)], "Chromium 1", tmp_path)
    assert approval.report([("a map", picture)], "Chromium 1", tmp_path) == []
    shifted = Image.new("RGB", picture.size)
    shifted.paste(picture, (60, 0))
    (line,) = approval.report([("a map", shifted)], "Chromium 1", tmp_path)
    assert line.startswith("a map: ")
    assert line.endswith("of it changed")


def test_another_size_is_a_change_and_a_new_state_is_told(picture, tmp_path):
    approval.approve([("a map", picture)], "Chromium 1", tmp_path)
    assert approval.report([("a map", picture.crop((0, 0, 800, 300)))], "Chromium 1", tmp_path) == [
        "a map: 100.0% of it changed"
    ]
    assert approval.report([("another", picture)], "Chromium 1", tmp_path) == ["another: new, not approved yet"]


def test_pictures_of_two_browsers_are_not_compared(picture, tmp_path):
    approval.approve([("a map", picture)], "Chromium 1", tmp_path)
    assert approval.report([("a map", picture)], "Chromium 2", tmp_path) == [
        "not compared: approved is Chromium 1, here is Chromium 2"
    ]


def colours_of(image: Image.Image) -> set[tuple[int, ...]]:
    return {colour for _, colour in image.getcolors(10**7)}


def test_a_sheet_has_thirty_states_and_a_state_that_was_not_reached_is_on_it(picture):
    taken = [Taken(STATES[k], None if k == 3 else picture, "no such button") for k in range(COLUMNS * ROWS + 1)]
    first, second = sheets(taken)
    assert first.size > second.size
    assert [ImageColor.getrgb(ALARM) in colours_of(one) for one in (first, second)] == [True, False]


def test_kept_copies_are_small_and_each_is_of_a_state_that_there_is():
    copies = list(approval.APPROVED.glob("*.webp"))
    assert sum(copy.stat().st_size for copy in copies) < MOST_BYTES
    assert {copy.name for copy in copies} <= {approval.file(state.name).name for state in STATES if state.kept}


@pytest.fixture
def no_browser(monkeypatch):
    """A camera whose server and browsers are stand-ins."""
    monkeypatch.setattr(camera, "AppServer", lambda: contextlib.nullcontext(MagicMock()))
    monkeypatch.setattr(camera, "sync_playwright", lambda: contextlib.nullcontext(MagicMock()))
    monkeypatch.setattr(camera, "chromium", str)


def test_states_of_a_browser_that_ends_are_told(no_browser, monkeypatch, picture):
    first, second, *others = STATES[:5]

    def visit(_browser, states, _url):
        for state in states:
            if state == second:
                raise ConnectionError("the browser is gone")
            yield Taken(state, picture)

    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    monkeypatch.setattr(camera, "_tab", lambda state: state.name)
    monkeypatch.setattr(camera, "_visit", visit)
    taken = {one.state: one for one in camera.take([first, second, *others])}
    assert taken[second] == Taken(second, None, "the browser ended")
    assert all(taken[state].picture for state in (first, *others))


def test_tab_that_the_other_browser_takes_first_is_not_waited_for(no_browser):
    class Emptied(queue.SimpleQueue):
        def empty(self):
            return False

    taken: queue.SimpleQueue[Taken | None] = queue.SimpleQueue()
    threading.Thread(target=camera._work, args=(Emptied(), taken, ""), daemon=True).start()
    assert taken.get(timeout=20) is None

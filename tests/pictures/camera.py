"""Takes the states: one server, two browsers side by side, a tab for states that
follow each other in it.
"""

import io
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import SWITCHES, chromium
from tests.browser.server import AppServer
from tests.pictures.quiet import quiet, ready
from tests.pictures.states import State

SIDE_BY_SIDE = 2
PATIENCE = 90_000
"""Milliseconds that a step may take before the state counts as not reached."""


@dataclass(frozen=True)
class Taken:
    """A state and its picture, or the reason why there is none."""

    state: State
    picture: Image.Image | None
    trouble: str = ""


def take(states: Sequence[State]) -> Iterator[Taken]:
    """The pictures as they are taken, in no order;
    last the states whose browser ended before they were.
    """
    tabs: queue.SimpleQueue[list[State]] = queue.SimpleQueue()
    for tab in sorted((list(tab) for _, tab in groupby(states, _tab)), key=len, reverse=True):
        tabs.put(tab)
    taken: queue.SimpleQueue[Taken | None] = queue.SimpleQueue()
    with AppServer() as server:
        for _ in range(SIDE_BY_SIDE):
            threading.Thread(target=_work, args=(tabs, taken, server.url), daemon=True).start()
        missing = {state.name: state for state in states}
        for _ in range(SIDE_BY_SIDE):
            for one in iter(taken.get, None):
                del missing[one.state.name]
                yield one
    yield from (Taken(state, None, "the browser ended") for state in missing.values())


def version() -> str:
    """The browser's name and version: pictures of two versions are not compared."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(SWITCHES))
        try:
            return f"Chromium {browser.version}"
        finally:
            browser.close()


def _tab(state: State) -> tuple[object, ...]:
    """States with the same are taken in one tab; without a word for the tab, each has its own."""
    return (state.address, state.tab, state.dark) if state.tab else (state.name,)


def _work(tabs: "queue.SimpleQueue[list[State]]", taken: "queue.SimpleQueue[Taken | None]", url: str) -> None:
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(SWITCHES))
            with suppress(queue.Empty):
                while True:
                    for one in _visit(browser, tabs.get_nowait(), url):
                        taken.put(one)
            browser.close()
    finally:
        taken.put(None)


def _visit(browser: Browser, states: Sequence[State], url: str) -> Iterator[Taken]:
    first = states[0]
    scheme, touch = "dark" if first.dark else "light", first.screen[0] < 400
    context = browser.new_context(base_url=url, viewport=_size(first), color_scheme=scheme, has_touch=touch)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    opened = False
    for state in states:
        try:
            if not opened:
                page.goto(state.address)
                _rest(page)
                opened = True
            picture, trouble = _picture(page, state), ""
        except Exception as error:  # a state that is not reached is a tile that says so
            picture, trouble = None, str(error)
        yield Taken(state, picture, trouble)
    context.close()


def _size(state: State) -> dict[str, int]:
    return {"width": state.screen[0], "height": state.screen[1]}


def _picture(page: Page, state: State) -> Image.Image:
    if page.viewport_size != _size(state):
        page.set_viewport_size(_size(state))
        quiet(page)
    made = state.act(page)
    if isinstance(made, Image.Image):
        return made.convert("RGB")
    if state.group != "drag":
        _rest(page)
    shown = page.locator(state.shown).first if state.shown else page
    return Image.open(io.BytesIO(shown.screenshot(animations="disabled", caret="hide"))).convert("RGB")


def _rest(page: Page) -> None:
    """Waits for what is on the page, then for what has come onto it meanwhile."""
    for _ in range(2):
        with suppress(Exception):  # a page without an end to its work is taken as it is
            ready(page, PATIENCE)
        quiet(page)

"""Chromium, a running app, and pages that fail their test when anything goes wrong behind them.

Every test below this folder is marked `browser`. Without a Chromium they are skipped, loudly; in CI
they fail.

Twenty things that a live page must do, and the modules whose tests hold it to them:

     1  every page by its address, first after a start          test_start, test_experiments
     2  no request leaves this machine                          every test, by `open_page`
     3  every view painted, no gap where none belongs           test_panel, test_explorer
     4  a step draws once, into the same nodes                  test_panel, test_explorer
     5  zoom and camera stay                                    test_panel, test_explorer
     6  a drag is frames without messages, then one message     test_panel
     7  the browser computes what Python computes               test_panel
     8  a click on a map picks, the ball goes there             test_panel, test_explorer
     9  a click on the surface picks, a turn does not           test_panel
    10  one cursor in all views                                 test_panel
    11  everything by keys, and heard                           test_panel
    12  typing keeps the focus                                  test_explorer
    13  twenty wrong formulas: caret, remedy, the last picture  test_explorer
    14  a parameter's slider comes, goes, comes back            test_explorer
    15  a link restores everything                              test_explorer
    16  light and dark are readable, no edges                   test_panel_odds, test_explorer
    17  390 pixels: one column, targets for fingers             test_panel_odds, test_explorer,
                                                                test_experiments
    18  twenty changes of page; no WebGL at all                 test_explorer, test_panel_odds
    19  zero is neutral, the scale symmetric, the cut said      test_panel, test_explorer
    20  files open; a restarted server loses nothing            test_panel_files, test_panel_odds,
                                                                test_explorer
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.browser.panel import Panel
from tests.browser.server import AppServer

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    # Chromium refuses its sandbox to root, and containers seldom grant what it needs;
    # it only ever sees our own pages.
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-gpu-compositing",  # as on machines without a graphics card; scenes are still painted by SwiftShader
    "--disable-gpu-rasterization",
    "--use-angle=swiftshader",  # WebGL in software, the same on every machine
    "--enable-unsafe-swiftshader",
)

KNOWN = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""Addresses that Streamlit's own script asks for first on a deep link, and does not find:
the only errors a console may show.
"""

GONE = ["ERR_CONNECTION_REFUSED", "Failed to load (script|CSS)", "Failed to fetch dynamically imported module"]
"""What a page says whose server is stopped while it still loads, for `open_page.provoked`."""

PATIENCE = 90_000
"""Milliseconds before something counts as missing:
surfaces are painted in software here, beside other tests.
"""

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")
            if not item.get_closest_marker("flaky"):
                # pictures come from a software renderer that shares two cores; the report counts
                # reruns
                item.add_marker(pytest.mark.flaky(reruns=2))


def chromium() -> str | None:
    """The Chromium that `.ci/chromium` finds or installs; the variable CHROMIUM goes before."""
    return next(
        (path for name in (os.environ.get("CHROMIUM", ""), *NAMES) if name and (path := shutil.which(name))), None
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        stop("no Chromium here. Install chromium, or name one: make test CHROMIUM=/path/to/it")
    try:
        playwright = sync_playwright().start()
    except Exception as trouble:
        stop(f"Playwright's driver does not start ({trouble}). On Debian and Ubuntu, install libatomic1")
    launched = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
    yield launched
    launched.close()
    playwright.stop()


def stop(reason: str) -> NoReturn:
    """Skips, loudly; but in CI, where the app has to be driven, fails."""
    if os.environ.get("CI"):
        pytest.fail(f"THE APP WAS NOT DRIVEN IN A BROWSER: {reason}")
    pytest.skip(f"THE APP WAS NOT DRIVEN IN A BROWSER: {reason}")


@pytest.fixture(scope="session")
def server() -> Iterator[AppServer]:
    """One server for the whole session; a test that wants to stop or restart one makes
    its own `AppServer`.
    """
    with AppServer() as running:
        yield running
        # the net of the pages hides no fault from these tests
        assert "A part of the page" not in running.log, running.log
        assert "Traceback" not in running.log, running.log


@pytest.fixture
def open_page(browser: Browser, server: AppServer) -> Iterator[Callable[..., Page]]:
    """Opens an address of the app in a browser context of its own:
    `open_page("/explorer?n=64", color_scheme="dark")`.

    `prepare` is done to the page before it loads; keywords are those of Playwright's
    `Browser.new_context`. The test fails at its end when a page threw an error, wrote one to the
    console, or asked for anything that is not on this machine. A test that breaks something on
    purpose says in `provoked` what that looks like there, as patterns.
    """
    errors: list[str] = []
    strangers: list[str] = []
    contexts = []

    def open_page(path: str = "/", prepare: Callable[[Page], None] | None = None, **options: object) -> Page:
        context = browser.new_context(**{"base_url": server.url, "viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        context.on("request", lambda request: _is_ours(request.url) or strangers.append(request.url))
        context.on("weberror", lambda error: errors.append(error.error.stack or str(error.error)))
        context.on(
            "console",
            lambda message: _is_error(message) and errors.append(f"{message.text} ({message.location['url']})"),
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        if prepare:
            prepare(page)
        page.goto(path)
        settle(page)
        return page

    open_page.provoked = []
    yield open_page
    for context in contexts:
        context.close()
    assert [error for error in errors if not any(re.search(pattern, error) for pattern in open_page.provoked)] == []
    assert strangers == []


@pytest.fixture(scope="session")
def panel_server() -> Iterator[AppServer]:
    """A server of a page with nothing but the live panel."""
    with AppServer(script="tests/browser/panel_app.py") as running:
        yield running
        assert "Traceback" not in running.log, running.log


@pytest.fixture
def open_panel(open_page: Callable[..., Page], panel_server: AppServer) -> Callable[..., Panel]:
    """Opens the page with nothing but the panel and waits until it is drawn:
    `open_panel("n=64&preset=saddle")`.
    """

    def open_panel(query: str = "n=48", number: int = 0, **options: object) -> Panel:
        return Panel(open_page(f"{panel_server.url}/?{query}", **options), number).ready()

    return open_panel


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """The app's first page in a desktop window."""
    return open_page()


def settle(page: Page) -> None:
    """Waits until the script has run and its results are on the page."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def _is_error(message: ConsoleMessage) -> bool:
    return message.type == "error" and not KNOWN.search(message.location["url"])


def _is_ours(url: str) -> bool:
    return urlsplit(url).scheme in ("data", "blob", "about") or urlsplit(url).hostname in ("localhost", "127.0.0.1")

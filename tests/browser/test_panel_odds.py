"""The live panel where things are not as one would wish: no WebGL, forbidden functions, small screens, fingers, restarts; and its files."""

import io
import json
import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser.panel import Panel
from tests.browser.server import AppServer
from tests.browser.test_panel import colours, open_panel, panel, server  # noqa: F401

NO_WEBGL = """const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return /webgl/.test(kind) ? null : get.call(this, kind, ...rest); };"""


def open_with(open_page, server, prepare, query="n=48", **options) -> Panel:  # noqa: F811
    """Opens the panel on a page that `prepare` has changed before it loads."""
    page: Page = open_page("/_stcore/health", settled=False, **options)
    prepare(page)
    page.goto(f"/?{query}")
    return Panel(page).ready()


def test_without_webgl_there_is_a_map_and_a_sentence(open_page, server):  # noqa: F811
    panel = open_with(open_page, server, lambda page: page.add_init_script(NO_WEBGL))  # noqa: F811
    expect(panel.view("surface").locator(".cl-note")).to_contain_text("no WebGL")
    assert colours(panel.stage("surface").screenshot()) > 100
    panel.page.mouse.click(*panel.middle("surface"))
    expect(panel.page.get_by_text("heard 1 pick")).to_be_visible()
    panel.release_at(0.6)


def test_lost_context_is_drawn_again(panel):  # noqa: F811
    drawn = panel.tell("Number(i.surface.card.figure.dataset.draws)")
    panel.tell("(i.surface.card.plot.querySelector('canvas').getContext('webgl').getExtension('WEBGL_lose_context').loseContext(), 0)")
    panel.page.wait_for_function("([root, n]) => Number(root.querySelector('[data-view=surface]').dataset.draws) > n", arg=[panel.root.element_handle(), drawn])
    assert colours(panel.stage("surface").screenshot()) > 100

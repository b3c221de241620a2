"""The page of a visitor's own grid in Chromium:
a file is taken, a click tells the numbers, what is undefined has the colour of gaps.
"""

import io

import numpy as np
from playwright.sync_api import expect

from curvlib import Grid
from tests.browser.conftest import settle
from tests.browser.panel import Panel


def saved() -> bytes:
    """A bowl with a hole."""
    grid, buffer = Grid((-1, 1), (-1, 1), (41, 41)), io.BytesIO()
    values = np.add.outer(grid.v**2, grid.u**2)
    values[8:12, 8:12] = np.nan
    np.savez(buffer, f=values, u=grid.u, v=grid.v)
    return buffer.getvalue()


def test_a_file_is_drawn_its_gaps_are_grey_and_a_click_tells_the_numbers_there(open_page):
    page = open_page("/grid")
    panel = Panel(page).ready()
    file = {"name": "bowl.npz", "mimeType": "application/octet-stream", "buffer": saved()}
    page.get_by_test_id("stFileUploaderDropzone").locator("input").set_input_files(file)
    expect(page.get_by_text("no sample there (16); too near to a gap")).to_be_visible()
    settle(page)
    panel.ready()
    assert panel.tell("i.header.window") == [-1, 1, -1, 1]
    traces = panel.tell(
        "i.views.find(view => view.card.name === 'surface').card.plot.data"
        ".filter(t => t.type === 'surface').map(t => t.colorscale[0][1])"
    )
    assert traces[1:] == [panel.tell("i.header.palette.gap")]
    page.mouse.click(*panel.pixel("S", 0.5, 0.5))
    expect(page.get_by_text("At u = 0.5, v = 0.5: f = 0.5")).to_be_visible()
    expect(page.get_by_text("tr H = 4 ±")).to_be_visible()


def test_on_a_telephone_nothing_scrolls_sideways(open_page):
    page = open_page("/grid", viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    Panel(page).ready()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

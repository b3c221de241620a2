"""The experiments on the paper in a browser:
every page by its address, a link from the errata, painting, training.
"""

import re

import pytest
from playwright.sync_api import expect

from pages.ui.page import sections
from tests.browser.conftest import settle
from tests.browser.panel import Panel

ADDRESSES = [page.address for name, pages in sections.SECTIONS.items() if name != "Explore" for page in pages]


@pytest.mark.parametrize("address", ADDRESSES)
def test_experiment_opens_directly_and_fits_a_telephone(open_page, address):
    page = open_page(f"/{address}", viewport={"width": 390, "height": 844}, color_scheme="dark")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Limits")).to_be_attached()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.locator(".light.agrees").first).to_be_attached()
    assert page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollWidth") <= 390


def test_erratum_leads_to_its_experiment_as_it_says(open_page):
    page = open_page("/errata")
    page.locator(".st-key-erratum-escape").get_by_role("link").click()
    expect(page.get_by_role("textbox", name="Eigenvalues of the first well")).to_have_value("9,0")
    expect(page.get_by_role("textbox", name="Eigenvalues of the second well")).to_have_value("1,1")
    assert re.search(r"/escaping\?first=9%2C0&second=1%2C1$", page.url)


def test_samples_in_a_box_get_the_batch_of_the_brush(open_page):
    page = open_page("/batches?brush=7")
    plot = page.locator(".st-key-figure-data .nsewdrag")
    plot.scroll_into_view_if_needed()
    settle(page)
    box = plot.bounding_box()
    page.mouse.move(box["x"] + 4, box["y"] + 4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 4, steps=8)
    page.mouse.up()
    expect(page.get_by_role("textbox", name="Painted batches")).to_have_value(re.compile("^6{20,40}[0-6]+$"))
    expect(page.get_by_text(re.compile("samples of a sine in [2-7] batches of"))).to_be_visible()
    assert "split=painted" in page.url


@pytest.mark.nightly
def test_training_shows_its_progress_and_can_be_cancelled(open_page):
    page = open_page("/networks?network=1-16-16-1&steps=6000&decay=0.01&polish=true")
    settle(page)  # a click on a button that is about to be drawn again is lost
    page.get_by_role("button", name="Train these networks").click()
    expect(page.get_by_text("Training 2 networks of 321 parameters")).to_be_visible()
    page.get_by_role("button", name="Cancel").press("Enter")
    expect(page.get_by_text("Cancelled.")).to_be_visible()
    expect(page.get_by_role("button", name="Train these networks")).to_be_visible()


LATER = pytest.mark.nightly
DRAGGED = [
    ("/", "c", "paper_ex31.c"),
    pytest.param("/example31", "c", "c", marks=LATER),
    pytest.param("/wells", "s2", "s2", marks=LATER),
]


@pytest.mark.parametrize(("address", "name", "word"), DRAGGED)
def test_drag_moves_the_surface_at_once_keeps_its_camera_and_ends_in_the_link(open_page, address, name, word):
    page = open_page(address)
    panel = Panel(page).ready()
    panel.root.get_by_role("button", name="Top").click()
    camera = "i.surface.currentCamera.eye"
    page.wait_for_function(
        "root => Math.hypot(root.instrument.surface.currentCamera.eye.x, "
        "root.instrument.surface.currentCamera.eye.y) < 0.3",
        arg=panel.root.element_handle(),
    )
    eye = panel.tell(camera)
    sent, frames = panel.count("messages"), panel.count("frames")
    panel.drag_slider(0.2, 0.6, 8, name)
    assert panel.count("messages") == sent
    expect(panel.root).not_to_have_attribute("data-frames", str(frames))
    page.mouse.up()
    expect(panel.root).to_have_attribute("data-messages", str(sent + 1))
    panel.ready()
    assert panel.tell(camera) == pytest.approx(eye, rel=1e-9)
    expect(page).to_have_url(re.compile(f"[?&]{re.escape(word)}=[0-9.]+"))
    settle(page)
    told = panel.tell("i.sliders[x]", name)
    page.reload()
    settle(page)
    assert abs(Panel(page).ready().tell("i.sliders[x]", name) - told) < 1e-6


@pytest.mark.parametrize(("width", "columns"), [pytest.param(390, 2, marks=LATER), (1440, 4)])
def test_gallery_has_columns_as_they_fit_and_a_click_on_a_picture_shows_it_large(open_page, width, columns):
    page = open_page("/surfaces", viewport={"width": width, "height": 900})
    cells = page.locator("[class*='st-key-cell-']")
    expect(cells).to_have_count(12)
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len({round(box["x"]) for box in boxes}) == columns
    settle(page)
    picture = cells.nth(5).locator("img")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page).to_have_url(re.compile("surface=catenoid"))
    expect(page.get_by_text(re.compile("^Catenoid, with lines"))).to_be_visible()


@pytest.mark.nightly
def test_search_for_the_widest_gap_shows_its_progress_and_can_be_cancelled(open_page):
    page = open_page("/batches?split=widest+gap%2C+searched&tries=100%2C000")
    expect(page.get_by_text("Searching for the widest gap, 100,000 swaps")).to_be_visible()
    page.get_by_role("button", name="Cancel").press("Enter")
    expect(page.get_by_text("Cancelled.")).to_be_visible()
    expect(page.get_by_text("until it is found")).to_be_visible()

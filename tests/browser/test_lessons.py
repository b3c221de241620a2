"""Lessons, optimisers and state files in Chromium: opened from cold, driven, saved and loaded."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settle


def test_lesson_opens_from_cold_and_leads_to_its_answer_and_to_the_next(open_page):
    page = open_page("/lessons?lesson=flattest")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which minimum is the flattest?")
    expect(page.locator(".cl-panel")).to_have_attribute("data-state", "ready")
    expect(page.get_by_text("The flattest first")).to_have_count(0)
    page.get_by_role("link", name="Show the answer").click()
    page.wait_for_url("**lesson=flattest&answer=on*")
    expect(page.get_by_text("By larger eigenvalue of H: B < C < D < A")).to_be_visible()
    settle(page)
    page.get_by_role("link", name="The trace ranks them").click()
    page.wait_for_url("**lesson=trace*")
    expect(page.get_by_role("heading", level=1)).to_have_text("The trace ranks them, S does not")
    expect(page.get_by_text("The flattest first")).to_have_count(0)


def test_answer_opens_from_cold_at_the_bare_address(open_page):
    page = open_page("/?lesson=canyon&answer=on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Flat, but sharp: the canyon")
    expect(page.get_by_text("By S: C < B < A")).to_be_visible()
    settle(page)
    page.locator(".st-key-place-canyon").get_by_role("radio", name="C").click()
    expect(page.locator(".cl-readout")).to_contain_text("tr H 6.2482")


def test_unknown_lesson_lists_those_that_there_are(open_page):
    page = open_page("/lessons?lesson=nope")
    expect(page.get_by_text("There is no lesson 'nope'. The lessons are: flattest, trace, canyon.")).to_be_visible()
    expect(page.get_by_role("link", name="Flat, but sharp: the canyon")).to_be_visible()


def test_path_of_an_optimiser_is_drawn_on_every_map(open_page):
    page = open_page("/explorer?f=u%5E2%2B3*v%5E2&cells=64&at_u=1.5&at_v=1")
    expect(page.locator(".cl-panel")).to_have_attribute("data-state", "ready")
    before = page.locator(".cl-panel svg path").count()
    page.locator(".st-key-descent label").click()
    page.wait_for_url("**descent=on*")
    page.wait_for_function("before => document.querySelectorAll('.cl-panel svg path').length > before", arg=before)
    settle(page)
    page.get_by_role("tab", name="Optimisers").click()
    expect(page.get_by_text("Gradient descent came to rest after")).to_be_visible()
    expect(page.locator(".st-key-figure-step-S .js-plotly-plot .scatterlayer path").first).to_be_attached()


@pytest.mark.nightly
def test_state_that_is_saved_is_the_same_page_in_a_new_session(open_page, tmp_path):
    first = open_page("/explorer?f=a*u%5E2%2Bv%5E2&set.a=2&cells=64&at_u=0.5&descent=on&opt=gd,adam&noise=0.1")
    first.get_by_role("tab", name="Save and share").click()
    with first.expect_download() as download:
        first.get_by_text("Save the state, JSON").click()
    file = tmp_path / "landscape.json"
    download.value.save_as(file)
    assert json.loads(file.read_text())["state"]["opt"] == "gd,adam"

    second = open_page("/explorer")
    second.get_by_role("tab", name="Save and share").click()
    second.locator(".st-key-state_upload input[type=file]").set_input_files(file)
    second.wait_for_url("**opt=gd%2Cadam*" if "%2C" in first.url else "**opt=gd,adam*")
    settle(second)
    assert second.url == first.url
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    third = open_page("/explorer?cells=64")
    third.get_by_role("tab", name="Save and share").click()
    third.locator(".st-key-state_upload input[type=file]").set_input_files(bad)
    expect(third.get_by_text("The file is not JSON.")).to_be_visible()
    assert third.url.endswith("/explorer?cells=64")

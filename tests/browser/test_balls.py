"""Geodesic balls in Chromium: switched on, moved, opened by link."""

from playwright.sync_api import expect

from tests.browser.conftest import settle


def test_ball_is_drawn_and_follows_its_slider(open_page):
    page = open_page("/explorer?f=u%5E2-v%5E2&cells=64")
    page.locator(".st-key-ball label").click()
    expect(page.locator(".legend").get_by_text("the geodesic ball")).to_be_visible()
    settle(page)
    slider = page.get_by_role("slider", name="radius")
    slider.focus()
    slider.press("ArrowRight")
    page.wait_for_url("**r=1.53*")
    settle(page)
    page.get_by_role("tab", name="Geodesic ball").click()
    expect(page.get_by_text("Larger than the flat disc")).to_be_visible()
    expect(page.locator(".st-key-figure-ratio .js-plotly-plot .scatterlayer path").first).to_be_attached()


def test_page_of_the_proposition_opens_by_its_link(open_page):
    page = open_page("/ball?radius=0.6")
    expect(page.get_by_role("heading", level=1)).to_have_text("What S means: the area of small balls")
    expect(page.get_by_text("Sphere, S = 2: 2.96 % smaller than the flat disc.")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)
    page.wait_for_function(
        "document.querySelector('.st-key-figure-surfaces .js-plotly-plot')"
        "?._fullLayout?.scene?._scene?.glplot !== undefined"
    )

"""The first visitor after a start, whichever address they open."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import GONE, settle
from tests.browser.server import AppServer


@pytest.mark.parametrize("address", ["/", pytest.param("/explorer?f=u%5E2-v%5E2&cells=64", marks=pytest.mark.nightly)])
def test_first_page_after_a_start_is_whole(open_page, address):
    with AppServer() as fresh:
        page = open_page(fresh.url + address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.locator(".js-plotly-plot").first).to_be_attached()
        assert "Traceback" not in fresh.log


def test_page_comes_back_after_a_restart_of_the_server(open_page):
    open_page.provoked += GONE
    with AppServer() as first:
        page = open_page(f"{first.url}/?cells=64")
    with AppServer(port=first.port) as second:
        page.reload()
        settle(page)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert second.healthy()

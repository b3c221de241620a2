"""The explorer in Chromium: what a visitor sees, types, drags, links and takes home."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from curvlib import PRESETS, evaluate, parse
from pages.ui import theme
from tests.browser.conftest import settle
from tests.browser.server import AppServer

CHARTS = 4
TABS = ("At the point", "Critical points", "Closed forms", "Save and share")


@pytest.fixture
def page(open_page) -> Page:
    """The page with few grid points, which software rendering draws quickly."""
    return open_page("/?cells=64")


def formula(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Loss f(u, v)")


def figure(page: Page, name: str) -> Locator:
    return page.locator(f".st-key-figure-{name}")


def painted(page: Page) -> None:
    """Waits until every chart is on the page and its canvas or image has been drawn."""
    expect(page.locator(".js-plotly-plot")).to_have_count(CHARTS)
    expect(page.locator(".js-plotly-plot .heatmaplayer image")).to_have_count(CHARTS - 1)
    page.wait_for_function("document.querySelector('.st-key-figure-surface .js-plotly-plot')?._fullLayout?.scene?._scene?.glplot !== undefined")
    settle(page)


def pixels(target: Locator) -> np.ndarray:
    target.scroll_into_view_if_needed()
    return np.asarray(Image.open(io.BytesIO(target.screenshot())).convert("RGB"))


def colours(target: Locator) -> int:
    return len(np.unique(pixels(target).reshape(-1, 3) // 16, axis=0))


def type_formula(page: Page, text: str) -> None:
    formula(page).fill(text)


def test_first_visit_after_a_start_shows_the_page_and_nothing_went_wrong(open_page):
    with AppServer() as server:
        page = open_page(server.url)
        expect(page).to_have_title("Curvature of a loss landscape")
        painted(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        assert "Traceback" not in server.log


def test_every_chart_is_painted(page):
    painted(page)
    for name in ("surface", "S", "trace", "gradient"):
        target = figure(page, name).locator(".js-plotly-plot")
        expect(target).to_be_visible()
        page.wait_for_function(f"document.querySelector('.st-key-figure-{name} .js-plotly-plot').data.length > 1")
        assert colours(target) > 15, name


def test_zero_is_neutral_and_bowls_and_saddles_have_opposite_colours(open_page):
    page = open_page("/?cells=64&f=sin(u)%2Bsin(v)&u_min=-3.1416&u_max=3.1416&v_min=-3.1416&v_max=3.1416&at_u=3&at_v=3")
    painted(page)
    image = page.locator(".st-key-figure-S .heatmaplayer image").evaluate(
        """async element => {
            const drawing = new Image();
            drawing.src = element.getAttribute("href") ?? element.getAttribute("xlink:href");
            await drawing.decode();
            const canvas = Object.assign(document.createElement("canvas"), {width: 101, height: 101});
            const context = canvas.getContext("2d");
            context.drawImage(drawing, 0, 0, 101, 101);
            return [[25, 25], [75, 25], [50, 50]].map(([x, y]) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)]);
        }"""
    )
    saddle, peak, middle = (np.array(colour, dtype=float) for colour in image)
    assert peak[0] > peak[2] + 60
    assert saddle[2] > saddle[0] + 60
    assert np.ptp(middle) < 40


def test_formula_typed_key_by_key_keeps_the_focus_and_is_understood(page):
    painted(page)
    formula(page).select_text()
    page.keyboard.type("e^(-c u) sin(u) sin(v)", delay=60)
    expect(page.locator(".st-key-understood math")).to_contain_text("e")
    settle(page)
    expect(formula(page)).to_be_focused()
    expect(formula(page)).to_have_value("e^(-c u) sin(u) sin(v)")
    expect(page.get_by_role("slider", name="c")).to_be_visible()
    expect(page.locator(".st-key-mistake")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?f=e%5E\(-c%20u\)%20sin\(u\)%20sin\(v\)"))


def test_pasted_lines_stay_apart(open_page):
    page = open_page("/?cells=64", permissions=["clipboard-read", "clipboard-write"])
    painted(page)
    page.evaluate("navigator.clipboard.writeText('c = 0.2\\n\\nk = 2\\r\\nexp(-c*u)*sin(k*u)\\n')")
    formula(page).select_text()
    page.keyboard.press("ControlOrMeta+V")
    expect(formula(page)).to_have_value("c = 0.2; k = 2; exp(-c*u)*sin(k*u)")
    expect(page.get_by_role("slider", name="k")).to_have_value("2")


BAD = {
    ")": ("never opened", 0),
    "1/0": ("divides by zero", 1),
    "__import__('os')": ("cannot be read", 0),
    "arctan(u": ("Add ')'", 6),
    "0,5*u": ("0.5", 1),
    "😀": ("U+1F600", 0),
    "u+" * 2500: ("5,000 characters", None),
    "u + \u202ev": ("U+202E", 4),
}


def test_wrong_formula_gets_a_caret_and_a_remedy_and_the_picture_stays(page):
    painted(page)
    page.evaluate("document.querySelectorAll('.js-plotly-plot').forEach(plot => plot.dataset.kept = 'yes')")
    for text, (answer, column) in BAD.items():
        type_formula(page, text)
        mistake = page.locator(".st-key-mistake")
        expect(mistake).to_contain_text(answer)
        if column is not None:
            _, caret = mistake.locator("code").inner_text().split("\n")[:2]
            assert caret.index("^") == column
        expect(formula(page)).to_have_value(text)
    expect(page.locator(".js-plotly-plot[data-kept]")).to_have_count(CHARTS)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    type_formula(page, "u^2 - v^2")
    expect(page.locator(".st-key-mistake")).to_have_count(0)


def test_parameter_brings_a_slider_and_the_slider_moves_the_numbers(page):
    painted(page)
    type_formula(page, "a*u^2 + v^2")
    slider = page.get_by_role("slider", name="a")
    expect(slider).to_have_value("1")
    readout = page.locator(".st-key-readout")
    expect(readout).to_contain_text("4")
    slider.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile(r"set\.a=3"))
    expect(readout).to_contain_text("8")
    type_formula(page, "u^2 + v^2")
    expect(slider).to_have_count(0)
    type_formula(page, "a*u^2 + v^2 + 1")
    expect(slider).to_have_value("3")


def test_link_restores_the_page_in_another_browser(open_page):
    here = open_page("/?f=a*u%5E2%2Bk*v%5E3&set.k=-1.5&u_min=-1&u_max=3&v_max=1.5&colour=trace&cells=64&at_u=0.5&at_v=-1")
    painted(here)
    type_formula(here, "a*u^2+k*v^3+u*v")
    expect(here).to_have_url(re.compile("u\\*v"))
    settle(here)
    here.get_by_role("tab", name="Save and share").click()
    link = here.get_by_test_id("stCode").filter(has_text="http").inner_text().strip()
    there = open_page(link)
    painted(there)
    expect(formula(there)).to_have_value("a*u^2+k*v^3+u*v")
    expect(there.get_by_role("slider", name="k")).to_have_value("-1.5")
    for label, value in {"u from": "-1", "u to": "3", "v from": "-2", "v to": "1.5", "Point u": "0.5", "Point v": "-1"}.items():
        expect(there.get_by_label(label)).to_have_value(value)
    expect(there.get_by_role("radio", name="tr H")).to_be_checked()
    expect(there.get_by_role("radio", name="64")).to_be_checked()
    assert there.locator(".st-key-readout").inner_text() == here.locator(".st-key-readout").inner_text()
    assert there.url == here.url == link


def test_typing_does_not_fill_the_browsers_history(page):
    painted(page)
    before = page.evaluate("history.length")
    for text in ("u^2", "u^2+v"):
        type_formula(page, text)
        expect(page).to_have_url(re.compile(re.escape(text.replace("^", "%5E").replace("+", "%2B")) + "&"))
    assert page.evaluate("history.length") == before


def test_reload_brings_back_what_was_there(page):
    painted(page)
    type_formula(page, "cosh(u)*v")
    expect(page).to_have_url(re.compile("cosh"))
    page.reload()
    settle(page)
    expect(formula(page)).to_have_value("cosh(u)*v")


@pytest.mark.parametrize("name", ["light", "dark"])
def test_figures_lie_on_the_page_without_an_edge_and_can_be_read(open_page, name):
    page = open_page("/?cells=64", color_scheme=name)
    painted(page)
    palette = theme.palette(name)
    background = page.get_by_test_id("stApp").evaluate("element => getComputedStyle(element).backgroundColor")
    assert rgb(background) == rgb(palette.background)
    for chart in ("surface", "S"):
        corner = pixels(figure(page, chart))[3, 3]
        assert tuple(corner) == rgb(palette.background), chart
    for text in (page.get_by_role("heading", level=1), page.get_by_test_id("stCaptionContainer").first):
        assert contrast(shown_colour(text), rgb(palette.background)) >= 4.5
    tick = figure(page, "S").locator(".xtick text").first.evaluate("element => getComputedStyle(element).fill")
    assert contrast(rgb(tick), rgb(palette.background)) >= 4.5


def rgb(colour: str) -> tuple[int, ...]:
    if colour.startswith("#"):
        return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return tuple(int(float(part)) for part in re.findall(r"[\d.]+", colour)[:3])


def shown_colour(text: Locator) -> tuple[int, ...]:
    """The colour of the letters as painted: the pixel farthest from the background."""
    image = pixels(text).reshape(-1, 3).astype(int)
    return tuple(int(part) for part in image[np.abs(image - image[0]).sum(axis=1).argmax()])


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    def luminance(colour: tuple[int, ...]) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (part / 255 for part in colour)]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_telephone_shows_one_column_and_nothing_to_the_side(open_page):
    page = open_page("/?cells=64&f=arctan(u)*atan2(u,v)*exp(-b*u)*sqrt(1%2Bu%5E2%2Bv%5E2)*log(2%2Bu%5E2)*cosh(v)", viewport={"width": 390, "height": 844})
    painted(page)
    for tab in TABS:
        page.get_by_role("tab", name=tab).click()
        for target in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
            assert page.evaluate(f"{target}.scrollWidth") <= 390, tab
    boxes = [figure(page, name).bounding_box() for name in ("surface", "S", "trace", "gradient")]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)


def test_downloads_open(page, tmp_path: Path):
    painted(page)
    page.get_by_role("tab", name="Save and share").click()
    for label in ("Numbers, NPZ", "Numbers, CSV", "Page, HTML"):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label).click()
        waiting.value.save_as(tmp_path / label[-4:].strip())
    preset = PRESETS["paper_ex31"]
    fields = evaluate(parse(preset.text), preset.grid((64, 64)), preset.defaults)
    with np.load(tmp_path / "NPZ", allow_pickle=False) as file:
        np.testing.assert_array_equal(file["scalar_curvature"], fields.scalar_curvature)
    table = np.genfromtxt(tmp_path / "CSV", delimiter=",", skip_header=2)
    np.testing.assert_array_equal(table[:, 5], fields.scalar_curvature.ravel())
    offline = page.context.browser.new_page(viewport={"width": 1200, "height": 1200})
    offline.set_content((tmp_path / "HTML").read_text())
    expect(offline.locator(".heatmaplayer image")).to_have_count(3)
    assert colours(offline.locator(".js-plotly-plot")) > 15
    offline.close()


@pytest.mark.parametrize("kind", ["PNG", "SVG"])
def test_camera_saves_the_picture(page, tmp_path: Path, kind: str):
    painted(page)
    page.get_by_role("tab", name="Save and share").click()
    page.get_by_role("radio", name=kind).click(force=True)
    settle(page)
    painted(page)
    chart = figure(page, "S")
    chart.scroll_into_view_if_needed()
    chart.hover()
    with page.expect_download() as waiting:
        chart.locator("[data-title^='Download plot']").click()
    waiting.value.save_as(tmp_path / "picture")
    saved = (tmp_path / "picture").read_bytes()
    if kind == "PNG":
        assert len(np.unique(np.asarray(Image.open(io.BytesIO(saved)).convert("RGB")).reshape(-1, 3) // 16, axis=0)) > 15
    else:
        assert saved.startswith(b"<svg")


def test_row_of_the_table_moves_the_point(page):
    painted(page)
    page.get_by_role("tab", name="Critical points").click()
    table = page.get_by_test_id("stDataFrame")
    box = table.bounding_box()
    table.click(position={"x": 18, "y": 38 + 17})
    first = evaluate_first_minimum()
    expect(page.get_by_label("Point u")).to_have_value(f"{first[0]:.6g}")
    expect(page.get_by_label("Point v")).to_have_value(f"{first[1]:.6g}")
    assert box is not None
    assert "at_u" in page.url


def evaluate_first_minimum() -> tuple[float, float]:
    from curvlib import critical_points

    preset = PRESETS["paper_ex31"]
    return critical_points(parse(preset.text), preset.grid((2, 2)), preset.defaults)[0].point


def test_closed_forms_are_the_papers_corrected_ones(page):
    painted(page)
    page.get_by_role("tab", name="Closed forms").click()
    page.get_by_role("button", name="Work out tr H and S").click()
    panel = page.get_by_role("tabpanel", name="Closed forms")
    expect(panel.locator("math")).to_have_count(2)


def test_surface_is_redrawn_when_the_browser_has_run_out_of_webgl_contexts(page):
    """A browser keeps 16 of them, and a chart that is mounted anew leaves its own behind: it is an old one that has to go, not the one on the page."""
    painted(page)
    page.evaluate("window.others = Array.from({length: 14}, () => document.createElement('canvas').getContext('webgl'))")
    for value in ("0.101", "0.102"):
        page.get_by_role("slider", name="c").focus()
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(rf"set\.c={re.escape(value)}(&|$)"))
        painted(page)
        page.wait_for_function("!document.querySelector('.st-key-figure-surface .js-plotly-plot')._fullLayout.scene._scene.glplot.gl.isContextLost()")
    assert colours(figure(page, "surface")) > 15

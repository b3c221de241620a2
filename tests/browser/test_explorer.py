"""The explorer in Chromium: what a visitor sees, types, drags, links and takes home."""

import io
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from curvlib import PRESETS, evaluate, parse
from pages.ui.charts import theme
from pages.ui.explorer import single_view, tabs
from tests.browser.conftest import GONE, settle
from tests.browser.explorer import SCREENS
from tests.browser.panel import Panel, colours
from tests.browser.server import AppServer

VIEWS = ("surface", "S", "trace", "gradient")


@pytest.fixture
def page(open_page) -> Page:
    """The page with few grid points, which software rendering draws quickly."""
    return open_page("/explorer?cells=64")


def formula(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Loss f(u, v)")


def painted(page: Page) -> Panel:
    """The panel, once it shows what the script sent last."""
    settle(page)
    return Panel(page).ready()


def pixels(target: Locator) -> np.ndarray:
    target.scroll_into_view_if_needed()
    return np.asarray(Image.open(io.BytesIO(target.screenshot())).convert("RGB"))


def type_formula(page: Page, text: str) -> None:
    formula(page).fill(text)


def test_first_visit_after_a_start_shows_the_page_and_nothing_went_wrong(open_page):
    with AppServer() as server:
        page = open_page(server.url + "/explorer")
        expect(page).to_have_title("Curvature of a loss landscape")
        painted(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        assert "Traceback" not in server.log


def test_every_view_is_painted_without_a_gap(page):
    panel = painted(page)
    for name in VIEWS:
        assert colours(panel.stage(name).screenshot()) > 100, name
        assert panel.tell("i.views.find(view => view.card.name === x).card.plot.data.length > 0", name)
    assert panel.tell("Object.values(i.fields).every(values => !values.some || !values.some(Number.isNaN))")


def test_zero_is_neutral_and_bowls_and_saddles_have_opposite_colours(open_page):
    page = open_page(
        "/explorer?cells=64&f=sin(u)%2Bsin(v)&u_min=-3.1416&u_max=3.1416&v_min=-3.1416&v_max=3.1416&at_u=3&at_v=3"
    )
    image = (
        painted(page)
        .view("S")
        .locator(".heatmaplayer image")
        .evaluate(
            """async element => {
            const drawing = new Image();
            drawing.src = element.getAttribute("href") ?? element.getAttribute("xlink:href");
            await drawing.decode();
            const canvas = Object.assign(document.createElement("canvas"), {width: 101, height: 101});
            const context = canvas.getContext("2d");
            context.drawImage(drawing, 0, 0, 101, 101);
            return [[25, 25], [75, 25], [50, 50]]
              .map(([x, y]) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)]);
        }"""
        )
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
    expect(mistake(page)).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?f=e%5E\(-c%20u\)%20sin\(u\)%20sin\(v\)"))


@pytest.mark.nightly
def test_pasted_lines_stay_lines_and_are_in_the_link(open_page):
    page = open_page("/explorer?cells=64", permissions=["clipboard-read", "clipboard-write"])
    painted(page)
    page.evaluate("navigator.clipboard.writeText('c = 0.2\\n\\nk = 2\\r\\nexp(-c*u)*sin(k*u)\\n')")
    formula(page).select_text()
    page.keyboard.press("ControlOrMeta+V")
    expect(formula(page)).to_have_value("c = 0.2\n\nk = 2\nexp(-c*u)*sin(k*u)\n")
    expect(page.get_by_role("slider", name="k")).to_have_value("2")
    expect(page).to_have_url(re.compile("sin"))
    page.reload()
    painted(page)
    expect(formula(page)).to_have_value("c = 0.2\nk = 2\nexp(-c*u)*sin(k*u)")


def test_example_is_undone_with_its_window_and_comes_back_from_the_last_formulas(page):
    painted(page)
    example = page.get_by_role("combobox", name="Examples")
    type_formula(page, "a*u^2 + v^2")
    expect(page).to_have_url(re.compile("v%5E2"))
    painted(page)
    example.click()
    page.keyboard.type("Rosenbrock")
    page.keyboard.press("Enter")
    expect(page.get_by_label("v to")).to_have_value("3")
    expect(formula(page)).to_have_value(PRESETS["rosenbrock"].text)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_label("v to")).to_have_value("12.566")
    expect(formula(page)).to_have_value("a*u^2 + v^2")
    painted(page)
    page.get_by_role("button", name="Recent").click()
    page.get_by_role("button", name=PRESETS["rosenbrock"].text, exact=True).click()
    expect(page.get_by_label("v to")).to_have_value("3")
    painted(page)


def mistake(page: Page) -> Locator:
    """The sentence in which the formula box says what is wrong."""
    return page.locator(".fb-mistake")


BAD = {
    ")": ("never opened", 0),
    "1/0": ("divides by zero", 1),
    "__import__('os')": ("cannot be read", 0),
    "arctan(u": ("Add ')'", 6),
    "0,5*u": ("0.5", 1),
    "😀": ("U+1F600", 0),
    "u+" * 2500: ("5,000 characters", None),
    "u + \u202ev": ("U+202E", 4),
    "": ("no formula", None),
    "sigmod(u)": ("sigmoid", 0),
    "u + ": ("ends too early", 4),
    "u * * v": ("missing before '*'", 4),
    "sin(u))": ("never opened", 6),
    "[u + v)": ("Close it with ']'", 6),
    "<img src=x onerror=alert(1)>": ("Left of an equals sign", 0),
    "![a](http://example.org/a.png)": ("The character '!'", 0),
    "u == v": ("A condition stands", 0),
    "lambda: u": ("The character ':'", 6),
    "u.__class__": ("The character '.'", 1),
    "1e999999*u": ("too large", 0),
}


def test_of_twenty_wrong_formulas_each_gets_a_caret_and_a_remedy_and_the_picture_stays(page):
    assert len(BAD) == 20
    panel = painted(page)
    panel.tell("i.views.forEach(view => { view.card.plot.kept = i.header.identity; })")
    for text, (answer, column) in BAD.items():
        type_formula(page, text)
        expect(page.locator(".fb-box")).to_have_attribute("data-state", "wrong")
        expect(mistake(page)).to_contain_text(answer)
        if column is not None:
            assert page.evaluate("[...document.querySelector('.fb-mirror').firstChild.data].length") == column, text
        expect(formula(page)).to_have_value(text)
        settle(page)
        assert panel.tell("i.views.every(view => view.card.plot.kept === i.header.identity)"), text
    expect(page.get_by_test_id("stException")).to_have_count(0)
    type_formula(page, "u^2 - v^2")
    expect(mistake(page)).to_have_count(0)


def test_parameter_brings_a_slider_and_the_slider_moves_the_numbers(page):
    painted(page)
    type_formula(page, "a*u^2 + v^2")
    slider = page.get_by_role("slider", name="a")
    expect(slider).to_have_value("1")
    readout = page.locator(".cl-readout")
    expect(readout).to_contain_text(re.compile(r"tr\s*H\s+4(?![\d.])"))
    slider.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile(r"set\.a=3"))
    expect(readout).to_contain_text(re.compile(r"tr\s*H\s+8(?![\d.])"))
    type_formula(page, "u^2 + v^2")
    expect(slider).to_have_count(0)
    type_formula(page, "a*u^2 + v^2 + 1")
    expect(slider).to_have_value("3")


def test_during_a_drag_one_read_out_is_right_and_what_the_server_says_is_paled(page):
    panel = Panel(page).ready()
    told = page.locator(".st-key-told-on-release")
    panel.drag_slider(0.1, 0.6, 3)
    panel.page.wait_for_function("root => Number(root.dataset.frames) > 0", arg=panel.root.element_handle())
    expect(told).to_have_css("opacity", "0.35")
    said = dict(re.findall(r"([uvfS]) ([−\d.]+)", panel.root.locator(".cl-readout").inner_text()))
    found = panel.tell("i.evaluator.at(i.point.u, i.point.v, {...i.header.defaults, ...i.sliders})")
    assert float(said["S"].replace("−", "-")) == pytest.approx(found["S"], rel=1e-3)
    assert float(said["f"].replace("−", "-")) == pytest.approx(found["f"], rel=1e-3)
    assert page.locator(".st-key-readout").count() == 0
    page.mouse.up()
    expect(told).to_have_css("opacity", "1")


def test_loss_that_is_nowhere_defined_has_a_sentence_and_no_surface(open_page):
    panel = painted(open_page("/explorer?cells=64&f=log(-1-u%5E2)"))
    expect(panel.view("surface").locator(".cl-note")).to_have_text("f has no value anywhere in this window.")
    assert panel.tell("i.surface.card.plot.data.every(trace => trace.type !== 'surface')")


def test_link_restores_the_page_in_another_browser(open_page):
    here = open_page(
        "/explorer?f=a*u%5E2%2Bk*v%5E3&set.k=-1.5&u_min=-1&u_max=3&v_max=1.5&colour=trace&cells=64&at_u=0.5&at_v=-1"
    )
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
    for label, value in {
        "u from": "-1",
        "u to": "3",
        "v from": "-2",
        "v to": "1.5",
        "Point u": "0.5",
        "Point v": "-1",
    }.items():
        expect(there.get_by_label(label)).to_have_value(value)
    expect(there.get_by_label("Colour of the surface")).to_have_value("trace")
    expect(there.get_by_role("radio", name="64")).to_be_checked()
    assert there.locator(".cl-readout").inner_text() == here.locator(".cl-readout").inner_text()
    assert there.url == here.url == link


@pytest.mark.nightly
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
    page = open_page("/explorer?cells=64", color_scheme=name)
    panel = painted(page)
    palette = theme.palette(name)
    background = page.get_by_test_id("stApp").evaluate("element => getComputedStyle(element).backgroundColor")
    assert rgb(background) == rgb(palette.background)
    for chart in ("surface", "S"):
        corner = pixels(panel.stage(chart))[3, 3]
        assert tuple(corner) == rgb(palette.background), chart
    for text in (page.get_by_role("heading", level=1), page.get_by_test_id("stCaptionContainer").first):
        assert contrast(shown_colour(text), rgb(palette.background)) >= 4.5
    tick = panel.view("S").locator(".xtick text").first.evaluate("element => getComputedStyle(element).fill")
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
    page = open_page(
        "/explorer?cells=64&f=arctan(u)*atan2(u,v)*exp(-b*u)*sqrt(1%2Bu%5E2%2Bv%5E2)*log(2%2Bu%5E2)*cosh(v)",
        viewport={"width": 390, "height": 844},
    )
    panel = painted(page)
    for tab in (*tabs.TABS, tabs.SAVE):
        page.get_by_role("tab", name=tab).click()
        for target in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
            assert page.evaluate(f"{target}.scrollWidth") <= 390, tab
    boxes = [panel.view(name).bounding_box() for name in VIEWS]
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)


def test_downloads_open(page, tmp_path: Path):
    painted(page)
    page.get_by_role("tab", name="Save and share").click()
    for label in ("Numbers, NPZ", "Numbers, CSV"):
        settle(page)
        with page.expect_download() as waiting:
            page.get_by_role("button", name=label).click()
        waiting.value.save_as(tmp_path / label[-4:].strip())
    preset = PRESETS["paper_ex31"]
    fields = evaluate(parse(preset.text), preset.grid((64, 64)), preset.defaults)
    with np.load(tmp_path / "NPZ", allow_pickle=False) as file:
        S = file["scalar_curvature"]
    # the server may have another kernel ready
    np.testing.assert_allclose(S, fields.scalar_curvature, rtol=1e-11, atol=1e-13)
    table = np.genfromtxt(tmp_path / "CSV", delimiter=",", names=True)
    np.testing.assert_array_equal(table["scalar_curvature"], S.ravel())


@pytest.mark.parametrize("kind", ["PNG", pytest.param("SVG", marks=pytest.mark.nightly)])
def test_camera_of_the_other_figures_saves_the_kind_that_was_chosen(open_page, tmp_path: Path, kind: str):
    page = open_page("/explorer?cells=64&ball=on")
    painted(page)
    page.get_by_role("tab", name=tabs.SAVE).click()
    page.get_by_role("radio", name=kind).click(force=True)
    painted(page)
    page.get_by_role("tab", name="Geodesic ball").click()
    chart = page.locator(".st-key-figure-ratio")
    chart.scroll_into_view_if_needed()
    chart.hover()
    with page.expect_download() as waiting:
        chart.locator("[data-title^='Download plot']").click()
    waiting.value.save_as(tmp_path / "picture")
    saved = (tmp_path / "picture").read_bytes()
    assert saved.startswith(b"\x89PNG" if kind == "PNG" else b"<svg")


@pytest.mark.nightly
def test_export_of_the_panel_saves_a_picture_named_after_the_example(page, tmp_path: Path):
    panel = painted(page)
    panel.root.locator("summary").click()
    with page.expect_download() as waiting:
        panel.root.locator(".cl-sheet").get_by_role("button", name="PNG").click()
    assert waiting.value.suggested_filename == "paper-ex31-surface.png"
    assert colours(waiting.value.path().read_bytes()) > 100


@pytest.mark.nightly
def test_code_and_latex_of_the_formula_are_there_to_be_copied(open_page):
    page = open_page("/explorer?cells=64", permissions=["clipboard-read", "clipboard-write"])
    painted(page)
    page.get_by_role("tab", name=tabs.SAVE).click()
    for text, beginning in (("e^{-", "f(u, v) = "), ("import curvlib", "import curvlib")):
        code = page.get_by_test_id("stCode").filter(has_text=text)
        code.hover()
        code.get_by_role("button").click()
        page.wait_for_function(
            "text => navigator.clipboard.readText().then(copied => copied.startsWith(text))", arg=beginning
        )


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


@pytest.mark.nightly
def test_closed_forms_are_the_papers_corrected_ones(page):
    painted(page)
    page.get_by_role("tab", name="Closed forms").click()
    page.get_by_role("button", name="Work out tr H and S").click()
    panel = page.get_by_role("tabpanel", name="Closed forms")
    expect(panel.locator("math")).to_have_count(2)


def test_click_on_a_map_moves_the_point_and_the_ball_goes_with_it(open_page):
    page = open_page("/explorer?cells=64&ball=on&r=1.53")
    panel = painted(page)
    centre = "[...i.overlays.find(({look}) => look === 'ball').points.values.slice(0, 2)]"
    np.testing.assert_allclose(panel.tell(centre), (1, 2), atol=1e-6)
    page.mouse.click(*panel.pixel("trace", 5.0, 7.5))
    expect(page).to_have_url(re.compile(r"at_u=(4\.9|5)"))
    panel = painted(page)
    half = 12.566 / 63 / 2
    assert abs(float(page.get_by_label("Point u").input_value()) - 5) < half
    assert abs(float(page.get_by_label("Point v").input_value()) - 7.5) < half
    np.testing.assert_allclose(panel.tell(centre), (5, 7.5), atol=half)


def test_dragged_parameter_is_heard_at_its_release_and_view_and_colours_stay(page):
    panel = painted(page)
    panel.view("surface").get_by_role("combobox").select_option("gradient")
    expect(page).to_have_url(re.compile("colour=gradient"))
    painted(page).root.get_by_role("button", name="Top").click()
    panel.stage("trace").focus()
    page.keyboard.press("+")
    ask = (
        "[i.views[2].range.flat().map(x => x.toFixed(6)), "
        "Object.values(i.surface.currentCamera.eye).map(x => x.toFixed(6)), i.surface.colour]"
    )
    page.wait_for_function(
        "root => Math.hypot(root.instrument.surface.currentCamera.eye.x, "
        "root.instrument.surface.currentCamera.eye.y) < 0.3",
        arg=panel.root.element_handle(),
    )
    before, nodes = panel.tell(ask), panel.tell("i.views.forEach(view => { view.card.plot.kept = true; })")
    panel.release_at(0.6)
    expect(page).to_have_url(re.compile(r"set\.c=0\.\d{1,3}(&|$)"))
    assert painted(page).tell(ask) == before
    assert panel.tell("i.views.every(view => view.card.plot.kept)"), nodes
    type_formula(page, "exp(-c*u)*sin(u)*sin(v) + 0.01*u")
    expect(page).to_have_url(re.compile("0\\.01"))
    assert painted(page).tell(ask) == before


@pytest.mark.nightly
def test_twenty_changes_of_page_lose_no_drawing_context(page):
    painted(page)
    page.evaluate("window.here = true")
    for _ in range(10):
        for group, name, address in (
            ("The paper", "Escaping a minimum", "escaping"),
            ("Explore", "Explorer", "explorer"),
        ):
            page.get_by_role("button", name=group, exact=True).click()
            page.get_by_role("menuitem", name=name).click()
            page.wait_for_url(f"**/{address}*")
            settle(page)
        painted(page)
    panel = painted(page)
    assert page.evaluate("window.here")
    assert not panel.tell("i.surface.card.plot.querySelector('canvas').getContext('webgl').isContextLost()")
    assert colours(panel.stage("surface").screenshot()) > 100


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("S", "S"), ("surface", "surface"), pytest.param("nonsense", "surface", marks=pytest.mark.nightly)],
)
def test_frame_shows_one_view_and_the_way_to_the_rest(open_page, asked, shown):
    page = open_page(
        f"/?embed=true&panel={asked}&f=a*u%5E2-v%5E2&set.a=2&cells=64", viewport={"width": 640, "height": 620}
    )
    panel = painted(page)
    assert panel.tell("i.views.map(view => view.card.name)") == [shown]
    assert colours(panel.stage(shown).screenshot()) > 50
    expect(page.get_by_role("heading")).to_have_count(0)
    expect(page.get_by_role("button", name="The paper")).to_have_count(0)
    expect(panel.root.get_by_role("group", name="Camera")).to_be_visible(visible=shown == "surface")
    panel.release_at(0.2)
    link = page.get_by_role("link", name=single_view.LINK)
    expect(link).to_have_attribute("href", re.compile(r"/explorer\?f=a\*u%5E2-v%5E2&cells=64&set\.a=-"))
    expect(page).to_have_url(re.compile(rf"&panel={shown}&embed=true$"))


CUT = """fields => fields.filter(field => {
    const right = field.getBoundingClientRect().right;
    for (let box = field.parentElement; box; box = box.parentElement)
        if (getComputedStyle(box).overflowX !== "visible")
            if (box.getBoundingClientRect().right < right - 0.5) return true;
    return false;
}).map(field => field.getAttribute("aria-label") || field.textContent)"""
"""The fields and buttons whose right end is cut off by something around them."""


@pytest.mark.parametrize("screen", ["beamer", "old beamer"])
def test_fields_beside_the_panel_are_whole(open_page, screen):
    width, height = SCREENS[screen]
    page = open_page("/explorer?cells=64", viewport={"width": width, "height": height})
    painted(page)
    fields = page.locator("[data-testid=stNumberInput] input, [data-testid=stButtonGroup] button")
    assert fields.count() > 8
    assert fields.evaluate_all(CUT) == []


def test_view_alone_keeps_the_measure_that_is_chosen(open_page):
    page = open_page("/explorer?embed=true&panel=S&f=u%5E2-v%5E2&cells=64", viewport={"width": 640, "height": 680})
    painted(page).view("S").get_by_label("Measure of this map").select_option("K")
    expect(page).to_have_url(re.compile(r"panel=K"))
    assert painted(page).tell("i.header.shown") == ["K"]


def test_map_shows_the_measure_that_is_chosen_and_the_link_keeps_it(open_page):
    page = open_page("/explorer?example=himmelblau&cells=64")
    panel = painted(page)
    views = page.locator(".cl-view")

    def shown() -> list[str | None]:
        return views.evaluate_all("views => views.map(view => view.dataset.view)")

    panel.view("S").get_by_label("Measure of this map").select_option("mean")
    expect(page).to_have_url(re.compile(r"maps=mean,trace,gradient"))
    panel.ready()
    panel.view("mean").get_by_label("Measure of this map").select_option("trace")
    expect(page).to_have_url(re.compile(r"maps=trace,mean,gradient"))
    panel.ready()
    assert shown() == ["surface", "trace", "mean", "gradient"]
    assert not panel.tell("i.views.slice(1).some(view => view.card.plot.data[0].z.flat().every(Number.isNaN))")
    page.reload()
    painted(page)
    assert shown() == ["surface", "trace", "mean", "gradient"]


def test_restart_of_the_server_under_an_open_page_loses_nothing(open_page):
    open_page.provoked += GONE
    with AppServer() as first:
        page = open_page(f"{first.url}/explorer?f=a*u%5E2-v%5E2&cells=64")
        painted(page).release_at(0.9)
        value = page.get_by_role("slider", name="a").input_value()
        expect(page).to_have_url(re.compile(r"set\.a="))
        link = page.url
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    with AppServer(port=first.port):
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        settle(page)
        expect(page.get_by_role("slider", name="a")).to_have_value(value)
        expect(formula(page)).to_have_value("a*u^2-v^2")
        painted(page).release_at(0.5)
        expect(page).not_to_have_url(link)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        page.context.close()

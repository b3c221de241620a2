"""The live panel where things are not as one would wish:
no WebGL, forbidden functions, small screens, fingers, a restarted server.
"""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import settle
from tests.browser.panel import Panel, colours
from tests.browser.server import AppServer

NO_WEBGL = """const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return /webgl/.test(kind) ? null : get.call(this, kind, ...rest);
};"""

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_without_webgl_there_is_a_map_and_a_sentence(open_panel):
    panel = open_panel(prepare=lambda page: page.add_init_script(NO_WEBGL))
    expect(panel.view("surface").locator(".cl-note")).to_contain_text("does not support WebGL")
    assert colours(panel.stage("surface").screenshot()) > 100
    panel.page.mouse.click(*panel.middle("surface"))
    expect(panel.page.get_by_text("heard 1 pick")).to_be_visible()
    panel.ready().release_at(0.6)


def test_lost_context_is_drawn_again(open_panel):
    panel = open_panel()
    drawn = panel.tell("Number(i.surface.card.figure.dataset.draws)")
    panel.tell(
        "(i.surface.card.plot.querySelector('canvas').getContext('webgl')"
        ".getExtension('WEBGL_lose_context').loseContext(), 0)"
    )
    wait = "([root, n]) => Number(root.querySelector('[data-view=surface]').dataset.draws) > n"
    panel.page.wait_for_function(wait, arg=[panel.root.element_handle(), drawn])
    assert colours(panel.stage("surface").screenshot()) > 100


def test_of_three_surfaces_two_are_live_and_the_third_comes_back_on_request(open_panel):
    panel = open_panel("n=32&panels=3&views=surface")
    for number in (1, 2):
        Panel(panel.page, number).ready()
    resting = panel.page.locator(".cl-view", has=panel.page.get_by_role("button", name="Draw this one"))
    expect(resting).to_have_count(1)
    resting.get_by_role("button", name="Draw this one").click()
    expect(resting).to_have_count(1)
    live = (
        "() => [...document.querySelectorAll('.cl-panel')]"
        ".filter(root => root.instrument.surface.card.plot._fullLayout?.scene).length === 2"
    )
    panel.page.wait_for_function(live)


FORBID_FUNCTIONS = """new MutationObserver((_, observer) => {
  if (!document.head) return;
  observer.disconnect();
  const policy = document.createElement("meta");
  policy.httpEquiv = "Content-Security-Policy";
  policy.content = "script-src 'self' 'unsafe-inline' blob:";
  document.head.prepend(policy);
}).observe(document, {childList: true, subtree: true});"""


@pytest.mark.nightly
def test_where_generated_functions_are_forbidden_the_server_follows(open_panel):
    panel = open_panel("n=48&views=surface,S", prepare=lambda page: page.add_init_script(FORBID_FUNCTIONS))
    expect(panel.root).to_have_attribute("data-evaluator", "server")
    panel.drag_slider(0.2, 0.8, 3)
    panel.page.wait_for_function("root => Number(root.dataset.messages) >= 1", arg=panel.root.element_handle())
    panel.page.mouse.up()
    panel.ready()
    panel.page.wait_for_function(
        "root => root.instrument.header.sliders[0].value > 0.35", arg=panel.root.element_handle()
    )
    assert panel.tell("i.header.sliders[0].value === i.sliders.c")


def test_without_a_formula_the_server_follows_too(open_panel):
    panel = open_panel("n=48&views=S&mute=1")
    expect(panel.root).to_have_attribute("data-evaluator", "server")
    panel.drag_slider(0.2, 0.8, 2)
    panel.page.mouse.up()
    panel.page.wait_for_function(
        "root => root.instrument.header.sliders[0].value > 0.35", arg=panel.root.element_handle()
    )
    panel.ready()


def test_plotly_comes_from_its_own_package_where_streamlits_is_not_found(open_page, open_panel):
    open_page.provoked += [r"ERR_FAILED \(.*/PlotlyChart\."]
    panel = open_panel(
        "n=32&views=S", prepare=lambda page: page.route("**/static/js/PlotlyChart.*", lambda route: route.abort())
    )
    assert panel.page.evaluate(
        "performance.getEntriesByType('resource').some(entry => entry.name.endsWith('/plotly.min.js'))"
    )
    assert colours(panel.stage("S").screenshot()) > 100


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_are_readable_and_the_ground_is_the_pages(open_panel, scheme):
    panel = open_panel("n=32", color_scheme=scheme)
    page, ground, text, palette = (
        panel.tell("""(() => { const s = getComputedStyle(document.querySelector('.stApp')), p = getComputedStyle(root);
      return [s.backgroundColor, p.backgroundColor, p.color, i.header.palette]; })()""")
    )
    assert ground == page
    assert contrast(channels(text), channels(ground)) >= 4.5
    assert contrast(channels(palette["text"]), channels(ground)) >= 4.5
    assert panel.tell("i.views[1].card.plot._fullLayout.paper_bgcolor") == "rgba(0,0,0,0)"


def channels(colour: str) -> list[float]:
    if colour.startswith("#"):
        return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    return [float(x) for x in colour[colour.index("(") + 1 : -1].split(",")[:3]]


def contrast(a: list[float], b: list[float]) -> float:
    """The ratio of WCAG 2."""
    one, other = (
        sum(w * linear(x / 255) for w, x in zip((0.2126, 0.7152, 0.0722), colour, strict=True)) for colour in (a, b)
    )
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def linear(x: float) -> float:
    return x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4


def test_on_a_phone_one_column_no_sideways_scroll_and_targets_for_fingers(open_panel):
    panel = open_panel("n=32", **PHONE)
    assert panel.page.evaluate("document.documentElement.scrollWidth") <= 390
    lefts = panel.tell("i.views.map(view => Math.round(view.card.figure.getBoundingClientRect().left))")
    assert len(set(lefts)) == 1
    sizes = panel.tell(
        "[...root.querySelectorAll('button, select, summary, input')]"
        ".filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)"
    )
    assert min(sizes) >= 24
    assert (
        max(
            panel.tell(
                "[...root.querySelectorAll('.cl-stage, .cl-toolbar, .cl-slider, figcaption')]"
                ".map(e => e.getBoundingClientRect().right)"
            )
        )
        <= 391
    )


def test_tap_picks_one_finger_scrolls_and_two_turn(open_panel):
    panel = open_panel("n=32", **PHONE)
    x, y = panel.middle("surface")
    fingers = panel.page.context.new_cdp_session(panel.page)
    eye = panel.tell("i.surface.currentCamera.eye")

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": a, "y": b, "id": n} for n, (a, b) in enumerate(points)]},
        )

    where = "() => document.querySelector('[data-view=surface]').getBoundingClientRect().top"
    top = panel.page.evaluate(where)
    touch("touchStart", (x, y))
    for k in range(1, 9):
        touch("touchMove", (x, y - 15 * k))
    touch("touchEnd")
    panel.page.wait_for_function(f"top => ({where})() < top - 40", arg=top)
    assert panel.tell("i.surface.currentCamera.eye") == eye
    assert panel.count("messages") == 0

    x, y = panel.middle("surface")
    touch("touchStart", (x - 40, y), (x + 40, y))
    for k in range(1, 9):
        touch("touchMove", (x - 40 + 8 * k, y), (x + 40 + 8 * k, y))
    touch("touchEnd")
    panel.page.wait_for_function(
        "([root, x]) => Math.abs(root.instrument.surface.currentCamera.eye.x - x) > 0.1",
        arg=[panel.root.element_handle(), eye["x"]],
    )
    assert panel.count("messages") == 0

    panel.page.touchscreen.tap(*panel.pixel("S", 6, 6))
    expect(panel.page.get_by_text("heard 1 pick")).to_be_visible()


def test_reduced_motion_plays_in_single_steps(open_panel):
    panel = open_panel("n=32&views=S", reduced_motion="reduce")
    panel.root.get_by_role("button", name="Play c").click()
    panel.page.wait_for_function("root => Number(root.dataset.frames) >= 2", arg=panel.root.element_handle())
    assert panel.tell("Math.abs(i.sliders.c - i.header.sliders[0].value) < 0.25")


@pytest.mark.nightly
def test_restarted_server_hears_the_point_again_with_the_next_move(browser):
    with AppServer(script="tests/browser/panel_app.py") as first:
        page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
        page.goto(f"{first.url}/?n=32&views=S")
        panel = Panel(page).ready()
        page.mouse.click(*panel.pixel("S", 5, 5))
        expect(page.get_by_text("heard 1 pick")).to_be_visible()
        point = panel.ready().tell("i.header.point")
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    with AppServer(port=first.port, script="tests/browser/panel_app.py"):
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED")
        settle(page)
        panel.ready().release_at(0.7)
        assert panel.tell("i.header.point") == point
        assert panel.tell("i.header.sliders[0].value") > 0.3
        page.context.close()


@pytest.mark.parametrize("width", [1100, 390])
def test_numbers_below_a_colour_bar_keep_apart(open_panel, width):
    panel = open_panel("n=32&preset=himmelblau", viewport={"width": width, "height": 900})
    for name in ("surface", "S", "trace", "gradient"):
        ticks = panel.view(name).locator(".cl-scale > span")
        boxes = ticks.evaluate_all(
            "all => all.filter(x => x.style.visibility !== 'hidden').map(x => x.getBoundingClientRect().toJSON())"
        )
        sides = [(box["left"], box["right"]) for box in boxes]
        assert len(sides) >= 2
        sides.sort()
        assert all(right < left for (_, right), (left, _) in pairwise(sides))

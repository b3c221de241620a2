"""The live panel in Chromium: it draws, follows a drag, keeps the view, and says
once what was done.
"""

import math

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.panel import Panel, colours
from tests.javascript import assert_presets_agree, preset_tasks

VIEWS = ("surface", "S", "trace", "gradient")

RUN_TASKS = """tasks => tasks.map(({body, u, v, p}) => {
  const out = Object.fromEntries(["f", "gradient", "trace", "S", "mean"]
    .map(name => [name, new Float64Array(u.length * v.length)]));
  new Function("u", "v", "p", "out", body)(Float64Array.from(u), Float64Array.from(v), Float64Array.from(p), out);
  return Object.fromEntries(Object.entries(out)
    .map(([name, values]) => [name, Array.from(values, x => Number.isNaN(x) ? "nan" : x)]));
})"""


@pytest.fixture
def panel(open_panel) -> Panel:
    return open_panel("n=64")


def test_every_view_is_painted(panel):
    for name in VIEWS:
        assert colours(panel.stage(name).screenshot()) > 100, name


@pytest.mark.parametrize("preset", ["quadratic", "pseudosphere", "relu_slice"])
def test_flat_and_partly_undefined_landscapes_are_painted(open_panel, preset):
    panel = open_panel(f"n=48&preset={preset}")
    for name in VIEWS:
        assert colours(panel.stage(name).screenshot()) > 15, name


def test_chromium_agrees_with_python_on_every_preset(panel):
    assert_presets_agree(panel.page.evaluate(RUN_TASKS, preset_tasks()))


def test_what_python_sent_is_what_the_browser_computes(panel):
    gap = panel.tell("""(() => {
      const live = i.evaluator.fields(i.header.window, i.fields.nU, i.fields.nV, i.sliders);
      return Object.keys(i.header.measures)
        .map(name => Math.max(...i.fields[name].map((x, k) => Math.abs(x - live[name][k]) / (1 + Math.abs(x)))));
    })()""")
    assert max(gap) < 2e-7  # single precision


def test_drag_is_followed_without_a_message_and_told_once_at_its_end(panel):
    picture = panel.stage("S").screenshot()
    panel.drag_slider(0.2, 0.9, 12)
    expect(panel.root).to_have_attribute("data-state", "dragging")
    panel.page.wait_for_function("root => Number(root.dataset.frames) >= 5", arg=panel.root.element_handle())
    assert panel.count("messages") == 0
    assert panel.stage("S").screenshot() != picture
    panel.page.mouse.up()
    panel.ready()
    assert panel.count("messages") == 1
    expect(panel.page.get_by_text("heard 1 release")).to_be_visible()
    assert panel.tell("i.header.sliders[0].value === i.sliders.c && i.sliders.c > 0.4")


def test_slider_dragged_back_to_where_it_was_sends_nothing(panel):
    value = panel.tell("i.sliders.c")
    panel.tell("i.controls.dragged('c', 0.3)")
    panel.tell("i.controls.dragged('c', x)", value)
    panel.tell("i.released(false)")
    panel.ready()
    assert panel.count("messages") == 0


def test_release_draws_once_into_the_same_nodes(panel):
    panel.tell("i.views.forEach(view => { view.card.plot.querySelector('.main-svg').marked = true; })")
    before = [panel.view(name).get_attribute("data-draws") for name in VIEWS]
    panel.release_at(0.7)
    assert [panel.view(name).get_attribute("data-draws") for name in VIEWS] == [str(int(n) + 1) for n in before]
    assert panel.tell("i.views.every(view => view.card.plot.querySelector('.main-svg').marked)")


def test_zoom_and_camera_stay_when_a_parameter_changes(panel):
    x, y = panel.pixel("S", 4, 4)
    panel.page.mouse.move(x, y)
    panel.page.keyboard.down("Control")
    panel.page.mouse.wheel(0, -200)
    panel.page.keyboard.up("Control")
    panel.page.wait_for_function("root => root.instrument.views[1].range[0][0] > 0.5", arg=panel.root.element_handle())
    x, y = panel.middle("surface")
    panel.page.mouse.move(x, y)
    panel.page.mouse.down()
    panel.page.mouse.move(x + 120, y + 30, steps=4)
    panel.page.mouse.up()
    ask = "[...i.views[1].range.flat(), ...Object.values(i.surface.currentCamera.eye)]"
    before = panel.tell(ask)
    assert abs(before[4] + 1.25) > 0.05
    panel.release_at(0.6)
    assert np.allclose(panel.tell(ask), before, rtol=1e-9)
    assert panel.count("messages") == 1


def test_click_on_a_map_picks_within_half_a_cell_and_the_ball_is_everywhere(panel):
    x, y = panel.pixel("S", 5.0, 7.5)
    panel.page.mouse.click(x, y)
    expect(panel.page.get_by_text("heard 1 pick")).to_be_visible()
    panel.ready()
    u, v = panel.tell("i.header.point")
    half = 4 * math.pi / 63 / 2
    assert abs(u - 5.0) < half
    assert abs(v - 7.5) < half
    assert panel.tell(
        "i.views.filter(view => view.measure)"
        ".every(view => view.card.lines.querySelector('path[stroke=\"' + i.header.palette.accent + '\"]'))"
    )
    assert panel.tell("i.surface.card.plot.data.some(trace => trace.name === 'geodesic ball')")


def test_drag_of_a_map_moves_it_and_picks_nothing(panel):
    x, y = panel.pixel("S", 6, 6)
    panel.page.mouse.move(x, y)
    panel.page.mouse.down()
    panel.page.mouse.move(x + 60, y + 20, steps=4)
    panel.page.mouse.up()
    panel.page.wait_for_function("root => root.instrument.views[1].range[0][0] < -0.5", arg=panel.root.element_handle())
    assert panel.count("messages") == 0


def test_size_that_is_no_new_one_lets_a_drag_go_on(panel):
    x, y = panel.pixel("S", 6, 6)
    panel.page.mouse.move(x, y)
    panel.page.mouse.down()
    panel.page.evaluate("root => root.instrument.fit()", panel.root.element_handle())
    panel.page.mouse.move(x + 60, y + 20, steps=4)
    panel.page.mouse.up()
    panel.page.wait_for_function("root => root.instrument.views[1].range[0][0] < -0.5", arg=panel.root.element_handle())
    assert panel.tell("i.surface.draws") == 1


def test_click_on_the_surface_picks_once_and_a_turn_never(panel):
    x, y = panel.middle("surface")
    panel.page.mouse.move(x, y)
    panel.page.mouse.down()
    panel.page.mouse.move(x + 80, y, steps=4)
    panel.page.mouse.up()
    assert panel.count("messages") == 0
    panel.page.mouse.click(*panel.middle("surface", 0.5, 0.5))
    expect(panel.page.get_by_text("heard 1 pick")).to_be_visible()
    panel.ready()
    assert panel.count("messages") == 1


def test_radius_is_dragged_in_the_browser(panel):
    panel.page.mouse.click(*panel.pixel("S", 6, 6))
    panel.ready()
    outline = (
        "i.views[1].card.lines.querySelector('path[stroke=\"' + i.header.palette.accent + '\"]').getAttribute('d')"
    )
    ball = f"Math.max(...{outline}.match(/[\\d.]+/g).map(Number))"
    panel.drag_slider(0.5, 0.5, 1, "radius")
    small = panel.tell(ball)
    panel.drag_slider(0.5, 0.95, 3, "radius")
    panel.page.wait_for_function("root => Number(root.dataset.frames) > 0", arg=panel.root.element_handle())
    assert panel.tell(ball) > small + 10
    assert panel.count("messages") == 1
    panel.page.mouse.up()
    expect(panel.page.get_by_text("heard 2 release")).to_be_visible()


def test_crosshair_is_at_one_point_in_all_views(panel):
    panel.root.get_by_role("button", name="Top").click()
    panel.page.wait_for_function(
        "root => Math.hypot(root.instrument.surface.currentCamera.eye.x, "
        "root.instrument.surface.currentCamera.eye.y) < 0.3",
        arg=panel.root.element_handle(),
    )
    panel.page.mouse.move(*panel.pixel("S", 4.4, 8.1))
    seen = panel.tell("""i.views.filter(view => view.measure).map(view => {
      const { area } = view, [a, b] = view.card.hairs, inner = view.card.plot.getBoundingClientRect();
      return [area.u(a.getBoundingClientRect().left - inner.left - area.box.left),
        area.v(b.getBoundingClientRect().top - inner.top - area.box.top)];
    })""")
    assert np.allclose(seen, [4.4, 8.1], atol=0.08)
    found = panel.tell(
        "(ring => i.surface.pick((ring.left + ring.right) / 2, (ring.top + ring.bottom) / 2))"
        "(i.surface.card.ring.getBoundingClientRect())"
    )
    half = 4 * math.pi / 63 / 2
    assert abs(found["u"] - 4.4) < half
    assert abs(found["v"] - 8.1) < half
    shown = panel.root.locator(".cl-readout").inner_text().replace("−", "-").split()
    assert abs(float(shown[shown.index("f") + 1]) - math.exp(-0.44) * math.sin(4.4) * math.sin(8.1)) < 0.02


def test_everything_by_keys_and_the_readout_is_heard(panel):
    panel.root.locator("summary").focus()
    for _ in range(12):
        panel.page.keyboard.press("Tab")
        if panel.stage("S").evaluate("stage => stage === document.activeElement"):
            break
    expect(panel.stage("S")).to_be_focused()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        panel.page.keyboard.press(key)
    expect(panel.root.locator("[aria-live]")).to_contain_text("S = ")
    u, v = (float(x) for x in (panel.root.get_attribute("data-cursor") or "").split())
    assert np.allclose([u, v], np.array([0.52, 0.6]) * 4 * math.pi, atol=1e-3)
    panel.page.keyboard.press("Enter")
    expect(panel.page.get_by_text("heard 1 pick")).to_be_visible()
    panel.ready()
    expect(panel.stage("S")).to_be_focused()
    assert np.allclose(panel.tell("i.header.point"), [u, v])


def test_held_colours_stay_while_the_landscape_changes(panel):
    panel.root.get_by_role("button", name="Hold colours").click()
    limit = panel.tell("i.header.measures.trace.limit")
    panel.release_at(0.9)
    assert panel.tell("i.header.measures.trace.limit") == limit
    panel.root.get_by_role("button", name="Hold colours").click()
    panel.release_at(0.95)
    assert panel.tell("i.header.measures.trace.limit") < limit


def test_linked_maps_zoom_together(panel):
    panel.root.get_by_role("button", name="Link zoom").click()
    panel.stage("trace").focus()
    panel.page.keyboard.press("+")
    wait = (
        "root => root.instrument.views.slice(1)"
        ".every(view => Math.abs(view.area.ranges[0][1] - view.area.ranges[0][0] - 0.8 * 4 * Math.PI) < 0.2)"
    )
    panel.page.wait_for_function(wait, arg=panel.root.element_handle())


def test_answer_to_an_older_state_is_left_aside(panel):
    draws = panel.count("draws")
    panel.tell(
        "(i.sequence = 5, i.receive({header: {...i.header, acknowledged: 4, window: [0, 1, 0, 1]}, arrays: {}}), 0)"
    )
    assert panel.count("draws") == draws
    assert panel.tell("i.header.window[1]") > 5


def test_scale_of_a_signed_measure_is_symmetric_neutral_at_zero_and_says_what_it_cuts(open_panel):
    panel = open_panel("n=64&preset=rosenbrock&views=S,trace")
    measure = panel.tell("i.header.measures.S")
    assert measure["low"] == -measure["limit"]
    assert [text for x, text in measure["ticks"] if abs(x - 0.5) < 1e-9] == ["0"]
    expect(panel.view("S").locator(".cl-clip")).to_contain_text("beyond the scale")
    colour = panel.tell("(stops => stops[Math.floor(stops.length / 2)])(i.header.palette.diverging)")
    channels = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    assert max(channels) - min(channels) < 25


def test_colours_of_the_surface_can_be_chosen(panel):
    before = panel.stage("surface").screenshot()
    panel.view("surface").get_by_role("combobox").select_option("gradient")
    expect(panel.view("surface").locator(".cl-symbol")).to_contain_text("∇")
    panel.page.wait_for_function(
        "root => Number(root.querySelector('[data-view=surface]').dataset.draws) > 1", arg=panel.root.element_handle()
    )
    assert panel.stage("surface").screenshot() != before


def test_camera_presets_look_from_where_they_say(panel):
    panel.root.get_by_role("button", name="Top").click()
    panel.page.wait_for_function(
        "root => Math.hypot(root.instrument.surface.currentCamera.eye.x, "
        "root.instrument.surface.currentCamera.eye.y) < 0.3",
        arg=panel.root.element_handle(),
    )


def test_camera_that_is_placed_twice_at_once_comes_to_rest(panel):
    placed = """(async () => {
      let placings = 0;
      const place = i.surface.place.bind(i.surface);
      i.surface.place = (camera) => (++placings < 50 ? place(camera) : null);
      await Promise.all([i.surface.turn(0.1, 0), i.surface.zoomBy(0.9),
        i.surface.resize(i.Plotly), i.surface.turn(-0.1, 0)]);
      await new Promise((done) => setTimeout(done, 500));
      return placings;
    })()"""
    assert panel.tell(placed) < 10


def test_play_moves_a_slider_to_and_fro_without_a_message_until_it_is_stopped(panel):
    button = panel.root.get_by_role("button", name="Play c")
    button.click()
    panel.page.wait_for_function("root => Number(root.dataset.frames) >= 4", arg=panel.root.element_handle())
    assert panel.count("messages") == 0
    button.click()
    panel.ready()
    assert panel.count("messages") == 1

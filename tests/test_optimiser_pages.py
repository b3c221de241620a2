"""Optimisers on the page: what is run, drawn, said, linked and taken home."""

import json
import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from curvlib import PRESETS, Grid, parse
from curvlib.optimisers import Momentum, descend
from pages.ui.charts import theme
from pages.ui.explorer import downloads, optimiser_figures, optimiser_readings
from pages.ui.landscape import optimiser_paths
from pages.ui.panel import unpack
from pages.ui.results import descents
from pages.ui.results.descents import OPTIMISERS, Setting
from pages.ui.state import link_values, url
from tests.test_pages import ROOT, address, charts, drawn, opened, told, words

HIMMELBLAU = PRESETS["himmelblau"].text
WINDOW = Grid((-5, 5), (-5, 5), (32, 32))
PALETTE = theme.palette("light")
PLAIN = Setting(("gd",), 0.01, 0.9, 0.0, 1000, 0, False)


def run(text: str, start: tuple[float, float], **choices: object) -> descents.Descents:
    return descents.descents(parse(text), start, {}, Setting(**{**vars(PLAIN), **choices}))


def said(text: str, start: tuple[float, float], **choices: object) -> str:
    done = run(text, start, **choices)
    return " ".join(optimiser_readings.in_words(name, walk, done) for name, walk in done.walks.items())


# --- the controls and the link


def test_optimisers_are_off_until_they_are_switched_on():
    at = opened(cells="64")
    assert "Optimisers" in [toggle.label for toggle in at.toggle]
    assert "Switch on the optimisers" in words(at)
    assert not [overlay for overlay in unpack(drawn(at))[0]["overlays"] if overlay["name"] == "Gradient descent"]
    at.toggle(key="descent").set_value(True).run()
    assert not at.exception
    assert "Gradient descent" in words(at)
    assert address(at) == {"cells": ["64"], "descent": ["on"]}


def test_everything_chosen_is_in_the_link_and_comes_back_from_it():
    at = opened(cells="64", descent="on")
    at.button_group(key="optimisers").set_value(["gd", "momentum"]).run()
    at.select_slider(key="learning_rate").set_value(0.1).run()
    at.slider(key="momentum").set_value(0.8).run()
    at.select_slider(key="max_steps").set_value(200).run()
    at.select_slider(key="noise").set_value(0.5).run()
    at.number_input(key="noise_seed").set_value(7).run()
    link = address(at)
    chosen = {
        "opt": "gd,momentum", "learning_rate": "0.1", "momentum": "0.8", "max_steps": "200", "noise": "0.5",
        "noise_seed": "7",
    }  # fmt: skip
    assert link == {key: [value] for key, value in {"cells": "64", "descent": "on", **chosen}.items()}
    again = opened(**{key: value[0] for key, value in link.items()})
    assert address(again) == link
    assert drawn(again) == drawn(at)


def test_start_is_the_point_that_is_picked():
    at = told(opened(cells="64", descent="on", max_steps="10"), "pick", point=[3.0, 4.0])
    header, arrays = unpack(drawn(at))
    index = [overlay["name"] for overlay in header["overlays"]].index("Gradient descent")
    assert_allclose(arrays[f"overlay{index}"][0], [3.0, 4.0])


def test_no_optimiser_chosen_asks_for_one():
    at = opened(cells="64", descent="on")
    at.button_group(key="optimisers").set_value([]).run()
    assert not at.exception
    assert "Choose one or more." in words(at)


def test_another_example_keeps_the_optimisers():
    at = opened(cells="64", descent="on", opt="adam", learning_rate="0.1")
    at.selectbox(key="example").set_value("himmelblau").run()
    assert not at.exception
    assert {key: value for key, value in address(at).items() if key in url.DESCENT} == {
        "descent": ["on"],
        "opt": ["adam"],
        "learning_rate": ["0.1"],
    }


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("opt", "adam,gd", "gd,adam"),
        ("opt", "newton", "gd"),
        ("opt", "gd,<b>,adam,adam", "gd,adam"),
        ("learning_rate", "0.011", 0.01),
        ("learning_rate", "-3", 1e-5),
        ("learning_rate", "1e9", 10.0),
        ("learning_rate", "fast", 0.01),
        ("momentum", "2", 0.99),
        ("momentum", "-1", 0.0),
        ("noise", "0", 0.0),
        ("noise", "0.4", 0.5),
        ("max_steps", "1e6", 5000),
        ("max_steps", "0", 10),
        ("noise_seed", "-5.7", 5),
        ("direct", "on", True),
    ],
)
def test_link_says_only_what_the_controls_can(key, text, value):
    assert url.read({key: [text]})[key] == value


def test_levels_of_the_sliders_rise():
    for levels in (link_values.LEARNING_RATES, link_values.NOISES, link_values.STEPS):
        assert list(levels) == sorted(set(levels))
    assert max(link_values.STEPS) == descents.MOST_STEPS


# --- what is said


def test_rest_is_told_with_its_kind_and_its_curvature():
    words = said(HIMMELBLAU, (0, 1), optimisers=("momentum",), learning_rate=0.005)
    assert words.startswith("Momentum came to rest after 427 steps at (3.58443, −1.84813), a minimum.")
    assert "S = 6049.08" in words


@pytest.mark.parametrize(("name", "most"), [("gd", 0.5), ("momentum", 0.95)])
def test_minimum_holds_the_optimiser_below_the_learning_rate_that_is_told(name, most):
    text, start = "u^2/2 + 2*v^2", (1, 1)
    assert f"would not stay there with η above {most:g}." in said(text, start, optimisers=(name,), learning_rate=0.1)
    below, above = (
        run(text, start, optimisers=(name,), learning_rate=share * most, steps=5000).walks[name].path.ending
        for share in (0.99, 1.01)
    )
    assert (below, above) == ("converged", "diverged")


@pytest.mark.parametrize(
    ("text", "start", "choices", "words"),
    [
        ("u^2 - v^2", (1, 0), {"learning_rate": 0.1}, "a saddle"),
        ("u^2", (1, 0), {"learning_rate": 0.1}, "a degenerate critical point: an eigenvalue of H is zero there"),
        ("exp(-u^2 - v^2)", (5, 3), {}, "on a plateau"),
        ("u^2 + v^2", (1, 1), {"learning_rate": 2.0}, "diverged after"),
        (
            "log(u) + v^2",
            (1, 0),
            {"learning_rate": 0.3},
            "left the domain of f: the step after (0.271429, 0), the 3rd,",
        ),
        ("abs(u) + v^2", (0.5, 0), {"learning_rate": 0.5}, "met a kink: the step after (0.5, 0), the 1st,"),
        ("u^2 + v^2", (1, 1), {"learning_rate": 1e-4}, "has not come to rest after 1,000 steps"),
        ("u^2 + v^2", (1, 1), {"noise": 1.0}, "is kept moving by the noise after 1,000 steps"),
    ],
)
def test_every_ending_is_told(text, start, choices, words):
    assert words in said(text, start, **choices)


def test_way_is_held_against_the_geodesic():
    words = said("exp(-0.1*u)*sin(u)*sin(v)", (3.8, 4.4), learning_rate=0.5, direct=True)
    assert "Its way on the surface is 2.75882 long, 1.022 times the geodesic, 2.69887." in words


def test_geodesic_is_not_looked_for_where_it_is_too_steep():
    done = run(HIMMELBLAU, (0, 1), learning_rate=0.005, direct=True)
    assert done.walks["gd"].direct is None
    assert "No geodesic is searched for" in optimiser_readings.in_words("gd", done.walks["gd"], done)
    assert done.walks["gd"].steepness > descents.TOO_STEEP


def test_optimisers_that_end_at_one_point_have_the_same_geodesic():
    done = run("u^2 + 2*v^2", (1, 1), optimisers=("gd", "momentum"), learning_rate=0.1, direct=True)
    gd, momentum = (walk.direct for walk in done.walks.values())
    assert gd.curves
    assert_allclose(gd.curves[0].length, momentum.curves[0].length, rtol=1e-6)


# --- what is drawn


def test_curves_are_those_of_the_paths():
    done = run(HIMMELBLAU, (0, 1), optimisers=("gd", "adam"), learning_rate=0.01)
    for measure, (attribute, _, word) in optimiser_figures.MEASURES.items():
        figure, caption = optimiser_figures.curve(done, measure, PALETTE)
        assert caption.startswith(f"{word} at each step. Gradient descent from")
        for trace, walk in zip(figure.data, done.walks.values(), strict=True):
            assert_array_equal(trace.y, getattr(walk.path, attribute)[np.asarray(trace.x)])


def test_optimisers_differ_by_colour_and_by_dash():
    traces = optimiser_figures.curve(run(HIMMELBLAU, (0, 1), optimisers=tuple(OPTIMISERS)), "S", PALETTE)[0].data
    assert len({trace.line.color for trace in traces}) == len({trace.line.dash for trace in traces}) == len(OPTIMISERS)


def test_long_paths_send_no_more_points_than_can_be_seen():
    done = run("u^2 + v^2", (1, 1), learning_rate=1e-4, steps=5000, noise=10.0)
    assert len(optimiser_figures.curve(done, "f", PALETTE)[0].data[0].x) <= optimiser_figures.MOST_POINTS
    (line, *_) = optimiser_paths.overlays(done, WINDOW)
    assert len(line.points) < 61 * optimiser_paths.MOST


def test_one_path_is_coloured_by_its_curvature_and_several_by_optimiser():
    (alone, end) = optimiser_paths.overlays(run(HIMMELBLAU, (0, 1)), WINDOW)
    assert_allclose(alone.values[-1], 4232, rtol=1e-3)
    assert_allclose(end.points, [[3, 2]], atol=1e-6)
    gd, adam, _ = optimiser_paths.overlays(run(HIMMELBLAU, (0, 1), optimisers=("gd", "adam")), WINDOW)
    assert (gd.values, adam.values, gd.look, adam.look) == (None, None, "gd", "adam")


def test_path_is_cut_at_the_borders_of_the_window():
    rows = np.array([[0.0, 0.0, 1.0], [4.0, 0.0, 5.0], [4.0, 4.0, 9.0], [0.0, 0.5, 3.0], [0.0, -0.5, 2.0]])
    inside = optimiser_paths.clipped(rows, np.array([[-1.0, -1.0], [1.0, 1.0]]))
    assert_allclose(inside[:2], [[0, 0, 1], [1, 0, 2]])
    assert np.isnan(inside[2]).all()
    assert_allclose(inside[3:], [[4 - 4 * 6 / 7, 1, 9 - 6 * 6 / 7], [0, 0.5, 3], [0, -0.5, 2]])


def test_path_outside_the_window_leaves_its_start():
    rows = np.array([[5.0, 5.0], [6.0, 6.0]])
    assert_array_equal(optimiser_paths.clipped(rows, np.array([[-1.0, -1.0], [1.0, 1.0]])), rows[:1])


def test_long_steps_are_divided_so_that_they_lie_on_the_surface():
    rows = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 0.01]])
    fine = optimiser_paths.divided(rows, np.array([10.0, 10.0]))
    assert np.abs(np.diff(fine, axis=0)).max() <= 10 * optimiser_paths.LONG + 1e-12
    assert_allclose(fine[[0, -2, -1]], rows)


def test_legend_and_figures_of_several_optimisers_are_on_the_page():
    at = opened(cells="64", descent="on", opt="gd,nesterov")
    assert not at.exception
    assert len([spec for spec in charts(at) if '"Nesterov"' in spec]) == 4
    assert [html.proto.body for html in at.get("html") if "Nesterov" in html.proto.body]


# --- what is taken home


def test_snippet_runs_and_says_the_same():
    setting = Setting(("momentum", "adam"), 0.005, 0.9, 0.5, 50, 3, False)
    done = descents.descents(parse(HIMMELBLAU), (0.0, 1.0), {}, setting)
    code = downloads.snippet(parse(HIMMELBLAU), WINDOW, {}, (0.0, 1.0), descents=done)
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    path = descend(parse(HIMMELBLAU), (0, 1), Momentum(0.005, 0.9, 0.5), 50, seed=3)
    assert str(path.end) in told
    assert str(done.walks["adam"].path.end) in told
    assert json.dumps(list(path.end))[1:-1] in told

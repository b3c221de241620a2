"""Balls and geodesics on the pages: what is drawn, what is said, what is linked and taken home."""

import csv
import io
import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from curvlib import PRESETS, Grid, geodesic_ball, parse
from curvlib.balls.exact import control, exact_ratio_minus_one
from curvlib.files import archive
from curvlib.geodesics.segment import segment_length
from pages.ui.charts import theme
from pages.ui.explorer import ball_figures, ball_readings, downloads
from pages.ui.landscape import drawn_over, landscape_panel, typeset
from pages.ui.panel import unpack
from pages.ui.paper.ball import ball_prose, specimen_figures, specimens
from pages.ui.results import shown_balls
from pages.ui.results.shown_balls import Size
from pages.ui.state import url
from tests.test_pages import ROOT, address, arrays_of, charts, drawn, opened, told, words

PALETTE = theme.palette("light")


def shown(text: str, center: tuple[float, float], radius: float, reach: float) -> shown_balls.Shown:
    return shown_balls.shown(shown_balls.measured(parse(text), center, {}, reach), Size(radius, reach))


SPHERE = shown("sqrt(4 - u^2 - v^2)", (0.3, 0.2), 0.8, 1.0)
SADDLE = shown("u^2 - v^2", (0.0, 0.0), 1.5, 3.0)
CONE = shown("sqrt(u^2 + v^2)", (0.5, 0.0), 1.0, 1.0)
VALLEY = shown("3*u^2 + v", (0.2, 0.0), 1.0, 1.0)


@pytest.mark.parametrize(
    ("K", "area"),
    [
        (0.25, lambda r: 8 * math.pi * (1 - np.cos(r / 2))),
        (-1.0, lambda r: 2 * math.pi * (np.cosh(r) - 1)),
        (0.0, lambda r: math.pi * r**2),
    ],
)
def test_exact_ratio_is_that_of_the_textbook(K, area):
    r = np.array([0.3, 1.0, 1.4])
    assert_allclose(1 + exact_ratio_minus_one(K, r), area(r) / (math.pi * r**2), rtol=1e-14)


def test_constant_curvature_is_recognised_and_only_it():
    assert_allclose(SPHERE.measured.control.gaussian_curvature, 0.25, rtol=1e-9)
    assert VALLEY.measured.control.gaussian_curvature == 0
    assert SADDLE.measured.control is None
    assert_allclose(SPHERE.ball.ratio_minus_one, SPHERE.measured.control.ratio_minus_one, atol=1e-9)


def test_control_ends_where_the_ball_is_cut():
    ball = geodesic_ball(parse("sqrt(u^2 + v^2)"), (0.5, 0), [0.5, 0.7, 0.8])
    assert_array_equal(control(ball).ratio_minus_one, [0, 0, np.nan])


def test_straight_line_on_a_parabola_is_as_long_as_the_parabola():
    assert_allclose(segment_length(parse("u^2"), (0, 1), (1, 1)), math.sqrt(5) / 2 + math.asinh(2) / 4, rtol=1e-10)
    assert math.isnan(segment_length(parse("log(u)"), (-1, 0), (1, 0)))


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (SPHERE, "Smaller than the flat disc by 1.326 %, as S > 0 predicts."),
        (SADDLE, "Larger than the flat disc by 24.49 %, as S < 0 predicts."),
        (VALLEY, "As large as the flat disc, as S = 0 predicts."),
        (CONE, "S is the same all around: what is missing was lost behind the cut locus"),
        (shown("sqrt(1 - u^2 - v^2)", (0.0, 0.0), 2.0, 2.0), "f ends inside this ball."),
        (shown("u^3 - 3*u*v^2", (0.0, 0.0), 0.5, 1.0), "S = 0 here"),
        (shown("3*exp(-(u^2 + v^2)) + u^2/8", (1.0, 0.0), 3.0, 3.0), "the flat disc by"),
    ],
    ids=lambda value: "",
)
def test_ratio_is_told_in_words(at, said):
    assert said in ball_readings.in_words(at)


def test_order_plot_says_two_and_gives_S_back():
    assert "slope at the left end is 2.0000, and Proposition 2.4 says 2" in ball_readings.about_order(SADDLE)
    assert "S = -8.0000000 ± 3e-06; the formula says −8" in ball_readings.about_order(SADDLE)
    assert "no slope" in ball_readings.about_order(VALLEY)


def test_value_is_told_to_the_digits_of_its_error():
    assert typeset.plain(12.3456789, 2e-4) == "12.34568 ± 0.0002"
    assert typeset.plain(1e-9, 1e-3) == "1e-09 ± 0.001"


@pytest.mark.parametrize("at", [SPHERE, SADDLE, CONE, VALLEY], ids=["sphere", "saddle", "cone", "valley"])
def test_figures_of_a_ball_are_what_plotly_says_a_figure_is(at):
    for make in (ball_figures.ratio, ball_figures.order, ball_figures.boundary):
        go.Figure(make(at, PALETTE).to_dict())


def test_ball_is_drawn_where_it_is():
    over = drawn_over.strokes(SADDLE, None, PALETTE)
    (edge,) = [stroke for stroke in over if stroke.name == "the geodesic ball"]
    on_edge = SADDLE.ball.boundary(1.5)[0]
    assert_array_equal(edge.path[:-1], on_edge)
    (circle,) = [stroke for stroke in over if stroke.flat]
    assert_allclose(np.hypot(*circle.path.T), 1.5)


def test_cut_locus_of_a_cone_is_the_half_line_behind_its_tip():
    curves = drawn_over.cut_locus(CONE)
    points = np.concatenate(curves)
    assert len(points)
    assert_allclose(points[:, 1], 0, atol=1e-6)
    assert points[:, 0].max() < 1e-3


def test_ball_and_geodesics_are_in_the_legend():
    found = shown_balls.ways(parse(PRESETS["saddle"].text), (0, 0), (1, 1), {})
    names = {stroke.name for stroke in drawn_over.strokes(SADDLE, found, PALETTE)}
    assert {"the geodesic ball", "geodesics", "the straight line"} <= names
    assert_allclose([found.curves[0].length, found.straight], math.sqrt(2), rtol=1e-9)


def test_a_search_that_takes_too_long_is_given_up_and_said(monkeypatch):
    monkeypatch.setattr(shown_balls, "PATIENCE", 0.0)
    found = shown_balls.ways(parse("u*v/3"), (0, 0), (1, 1), {})
    assert not found.curves
    assert "took too long" in found.given_up


def test_window_offers_round_radii():
    assert shown_balls.reach((-2, 2), (-2, 2)) == 3
    assert shown_balls.reach((0, 12.566), (0, 12.566)) == 9
    assert shown_balls.reach((0.15, 0.65), (-0.3, 0.3)) == 0.3
    assert shown_balls.reach((0, 0), (0, 1)) == 1
    assert [shown_balls.rounded_up(r) for r in (1.0, 1.2, 0.031)] == [1, 2, 0.04]


def test_switched_on_ball_is_drawn_measured_and_linked():
    at = opened(f="u^2 - v^2", cells="64")
    assert ball_readings.OFF in words(at)
    at.toggle(key="ball").set_value(True).run()
    assert not at.exception
    assert len(charts(at)) == 3
    assert "the geodesic ball" in [overlay["name"] for overlay in unpack(drawn(at))[0]["overlays"]]
    assert address(at)["ball"] == ["on"]
    assert "Larger than the flat disc by 24.49 %, as S < 0 predicts." in words(at)
    told(at, "release", values={landscape_panel.RADIUS: 0.6})
    assert address(at)["r"] == ["0.6"]
    assert "by 8.326 %" in words(at)
    other = opened(**{key: values[0] for key, values in address(at).items()})
    assert (charts(other), arrays_of(other)) == (charts(at), arrays_of(at))


def test_geodesics_are_listed_and_linked():
    at = opened(f="3*exp(-(u^2+v^2))", cells="64", way="on", at_u="-1.5", to_u="1.5", to_v="0")
    assert not at.exception
    assert sum("geodesic 2" in formula.value for formula in at.get("latex")) == 1
    assert "saves" in words(at)
    at.number_input(key="to_u").set_value(100.0).run()
    assert "too far" in words(at)
    assert address(at)["to_u"] == ["100"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"f": "sqrt(u^2 + v^2)", "at_u": "0", "at_v": "0"}, "no geodesic starts there and there is no ball"),
        ({"f": "log(u)", "at_u": "0.3"}, "K = S/2 is 0 all over this ball"),
        ({"f": "u*sqrt(u)+v^2", "at_u": "0.3"}, "The domain of f ends nearby"),
        ({"f": "log(u)", "at_u": "-1"}, "no geodesic starts there and there is no ball"),
        ({"f": "sqrt(u^2 + v^2)", "at_u": "0.5"}, "runs into a tip"),
        ({"f": "abs(u) + v^2", "at_u": "0.3"}, "A kink of f stops the rays"),
        ({"f": "u^2 - v^2", "r": "1e300"}, "than the flat disc"),
        ({"f": "u^2 - v^2", "r": "nan"}, "than the flat disc"),
        ({"f": "0"}, "As large as the flat disc, as S = 0 predicts."),
    ],
    ids=lambda value: str(value)[:24],
)
def test_awkward_ball_is_explained(query, said):
    at = opened(cells="64", ball="on", way="on", **query)
    assert not at.exception
    assert said in words(at)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("ball", "on", True),
        ("ball", "yes", False),
        ("way", "1", False),
        ("r", "-1", 4.5),
        ("r", "0", 4.5),
        ("r", "0.25", 0.25),
        ("to_u", "1e300", 1e12),
        ("radius", "x", 0.9),
    ],
)
def test_keys_of_balls_are_clamped_or_left_at_their_defaults(key, text, value):
    assert url.read({key: [text]})[key] == value


def test_files_of_a_ball_hold_its_numbers():
    expression = parse("u^2 - v^2")
    with np.load(io.BytesIO(archive.of_ball(SADDLE.ball, expression, {}, SADDLE.radius)), allow_pickle=False) as file:
        assert_array_equal(file["volume"], SADDLE.ball.volumes)
        assert_array_equal(file["series_4"], SADDLE.ball.series(SADDLE.ball.radii, 4))
        assert json.loads(str(file["about"]))["radius"] == 1.5
        assert file["boundary"].shape[1] == 2
    header, *rows = csv.reader(io.StringIO(downloads.ball_csv(SADDLE).decode()))
    assert header[:4] == ["radius", "volume", "error", "ratio"]
    assert_array_equal(np.array(rows)[:, 1].astype(float), SADDLE.ball.volumes)


def test_file_of_a_ball_has_its_boundary_at_the_chosen_radius():
    plane = shown("0*u", (0.5, -0.25), 0.7, 2.0)
    with np.load(io.BytesIO(archive.of_ball(plane.ball, parse("0*u"), {}, plane.radius)), allow_pickle=False) as file:
        boundary = file["boundary"]
    boundary = boundary[np.isfinite(boundary).all(axis=1)]
    assert len(boundary) > 100
    assert_allclose(np.hypot(*(boundary - (0.5, -0.25)).T), 0.7, rtol=1e-6)


def test_snippet_of_a_ball_runs_and_gives_its_numbers():
    expression = parse("u^2 - v^2")
    found = shown_balls.ways(expression, (0.0, 0.0), (1.0, 1.0), {})
    code = downloads.snippet(expression, Grid((-2, 2), (-2, 2), (8, 8)), {}, (0.0, 0.0), SADDLE, found)
    printed = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True, cwd=Path(ROOT)
    ).stdout
    area = float(printed.split("area of the ball: ")[1].split()[0])
    assert_allclose(area, SADDLE.ball.volumes[SADDLE.index], rtol=1e-7)
    assert "a geodesic of length 1.41421356" in printed


@pytest.fixture(scope="module")
def trials() -> list[specimens.Trial]:
    return specimens.trials()


def test_four_surfaces_obey_the_proposition(trials):
    S = [round(one.measured.ball.scalar_curvature, 9) + 0 for one in trials]
    assert S == [2, -2, 0, -2]
    for one in trials:
        assert_allclose(one.scalar_curvature[0], one.measured.ball.scalar_curvature, atol=1e-9)
        ball = one.measured.ball
        assert_allclose(
            ball.ratio_minus_one[:4], -ball.scalar_curvature * ball.radii[:4] ** 2 / 24, rtol=2e-2, atol=1e-12
        )
    exact = [one.measured.control is not None for one in trials]
    assert exact == [True, True, True, False]


def test_more_dimensions_have_the_constants_of_the_proposition():
    table = specimens.bowl_table(specimens.bowls(), 0.9)
    assert table["6 (q + 2)"] == ["24", "30", "36"]
    assert_allclose([float(x) for x in table["−S r²/(ratio − 1) at r = 0.01"]], [24, 30, 36], rtol=1e-4)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_figures_of_the_experiment_are_what_plotly_says_a_figure_is(trials, name):
    for make in (specimen_figures.surfaces, specimen_figures.ratios):
        go.Figure(make(trials, 0.9, theme.palette(name)).to_dict())


def test_surfaces_are_told_in_words(trials):
    assert [ball_prose.about(one, 0.9) for one in trials] == [
        "Sphere, S = 2: 6.57 % smaller than the flat disc.",
        "Pseudosphere, S = −2: 6.93 % larger than the flat disc.",
        "Plane, S = 0: exactly as large as the flat disc.",
        "Saddle, S = −2: 5.34 % larger than the flat disc.",
    ]
    assert "only a lower bound" in ball_prose.about(trials[1], 1.2)


def test_page_of_the_proposition_is_there_and_leads_to_the_explorer():
    at = opened(radius="0.6")
    at.switch_page("ball.py").run()
    assert not at.exception
    assert len(charts(at)) == 2
    assert len(at.table) == 2
    assert address(at) == {"radius": ["0.6"]}
    at.slider(key="radius").set_value(0.3).run()
    assert "0.748 % smaller" in words(at)
    at.selectbox(key="open").set_value("Saddle").run()
    assert not at.exception
    assert address(at)["f"] == ["(u^2 - v^2)/2"]
    assert (address(at)["ball"], address(at)["r"]) == (["on"], ["0.3"])

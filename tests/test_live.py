"""What the explorer draws over its panel: the ball as a fan of rays that can be
cut at any radius, the geodesics.
"""

import json
import math
import shutil
import subprocess

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import Grid, geodesic_ball, parse
from pages.ui.charts.picture import picture
from pages.ui.charts.theme import ASSETS
from pages.ui.landscape import landscape_panel, scene
from pages.ui.landscape.current import Landscape
from pages.ui.panel import Overlay
from pages.ui.results import shown_balls
from pages.ui.results.shown_balls import Point, Size

NODE = shutil.which("node")


def drawn(text: str, point: Point, size: Size | None = None, target: Point | None = None) -> dict[str, Overlay]:
    expression, grid = parse(text), Grid((-2, 2), (-2, 2), (32, 32))
    seen = scene.shown(Landscape(expression, [], grid, picture(expression, grid, {})), point, size, target)
    return {overlay.name: overlay for overlay in landscape_panel.overlays(seen)}


def test_ball_of_a_plane_is_the_disc_at_every_radius_and_never_cut():
    ball = drawn("0*u", (0.5, -0.25), Size(1.0, 2.0))["the geodesic ball"]
    assert_allclose(
        np.hypot(*np.moveaxis(ball.points - (0.5, -0.25), 2, 0)),
        np.broadcast_to(ball.radii, ball.points.shape[:2]),
        atol=1e-9,
    )
    assert np.isinf(ball.values).all()


def test_chosen_radius_is_one_of_those_that_are_sent():
    ball = drawn("u^2 - v^2", (0, 0), Size(0.37, 1.0))["the geodesic ball"]
    assert min(abs(r - 0.37) for r in ball.radii) < 1e-12
    assert (ball.radii[0], ball.radii[-1]) == (0, 1.0)


def test_rays_of_a_cone_stay_where_they_are_cut_behind_the_tip():
    ball = drawn("sqrt(u^2 + v^2)", (0.5, 0), Size(1.0, 1.5))["the geodesic ball"]
    cut = np.isfinite(ball.values)
    assert 0 < cut.sum() < len(cut)
    ends = ball.points[cut, -1]
    assert_allclose(ends[:, 1], 0, atol=1e-6)
    past = np.array(ball.radii) >= ball.values[cut].max()
    assert_allclose(ball.points[cut][:, past], np.broadcast_to(ends[:, None], (cut.sum(), past.sum(), 2)), atol=1e-12)


def test_rays_that_end_with_the_function_are_told_apart():
    ball = drawn("sqrt(1 - u^2 - v^2)", (0, 0), Size(2.0, 2.0))["the geodesic ball"]
    assert_allclose(ball.values, -math.pi / 2, rtol=1e-3)


def test_rays_that_end_with_the_function_stay_at_its_edge():
    ball = drawn("sqrt(1 - u^2 - v^2)", (0.25, 0), Size(2.0, 2.0))["the geodesic ball"]
    past = np.array(ball.radii) >= np.abs(ball.values).max()
    assert past.sum() > 2
    assert_allclose(np.hypot(*np.moveaxis(ball.points[:, past], 2, 0)), 1, atol=1e-6)


def test_circle_in_the_plane_follows_the_same_slider():
    over = drawn("u^2 - v^2", (0.25, 0), Size(1.0, 2.0))
    circle = over["the circle of radius r in the plane"]
    assert circle.slider == over["the geodesic ball"].slider == landscape_panel.RADIUS
    assert_allclose(np.hypot(*(circle.points[:, 1] - (0.25, 0)).T), 2.0)


def test_nothing_is_drawn_of_a_ball_that_is_not_there():
    assert "the geodesic ball" not in drawn("log(u)", (-1, 0), Size(1.0, 2.0))
    assert not {"the geodesic ball", "geodesic"} & drawn("u^2 - v^2", (0, 0)).keys()


def test_shortest_geodesic_is_drawn_last_and_the_second_point_over_it():
    expression = parse("3*exp(-(u^2+v^2))")
    over = drawn("3*exp(-(u^2+v^2))", (-1.5, 0), target=(1.5, 0))
    ways = shown_balls.ways(expression, (-1.5, 0), (1.5, 0), {})
    assert_allclose(over["geodesic"].points, ways.curves[0].points)
    assert over["geodesic"].look == "geodesic"
    assert_allclose(over["the second point"].points, [[1.5, 0]])


@pytest.mark.parametrize(
    ("x", "ends", "rounded"),
    [(math.pi, (0, 12.566), 3.142), (0.123456789, (0, 1), 0.1235), (1234567.8, (0, 1e7), 1235000.0)],
)
def test_coordinates_are_rounded_to_what_the_eye_can_tell(x, ends, rounded):
    assert landscape_panel.rounded(x, ends) == rounded


EDGE = """import { readFileSync } from "node:fs";
const [source, ball, radius] = JSON.parse(readFileSync(0, "utf8"));
const { Ball } = await import("data:text/javascript," + encodeURIComponent(source));
const drawn = new Ball({ ...ball, values: ball.values.map(x => x ?? Infinity) }, radius);
console.log(JSON.stringify({ edge: drawn.edge, cut: drawn.cut, rim: drawn.rim }));"""


def in_the_browser(ball: Overlay, radius: float) -> dict[str, np.ndarray]:
    """The curves of a ball as the panel's module makes them, (n, 2) each, NaN between pieces."""
    stops = [x if math.isfinite(x) else None for x in np.asarray(ball.values).tolist()]
    fan = {
        "points": {"shape": ball.points.shape[:2], "values": ball.points.ravel().tolist()},
        "values": stops,
        "radii": list(ball.radii),
    }
    told = json.dumps([(ASSETS / "panel" / "ball.js").read_text(), fan, radius])
    answer = subprocess.run(
        [NODE, "--input-type=module", "-e", EDGE], input=told, capture_output=True, text=True, check=True
    ).stdout
    return {name: np.array(curve, dtype=float).reshape(-1, 2) for name, curve in json.loads(answer).items()}


@pytest.mark.skipif(NODE is None, reason="no Node here; Chromium draws the ball in tests/browser")
@pytest.mark.parametrize(
    ("text", "center", "radius"),
    [("u^2 - v^2", (0.25, 0.0), 0.777), ("sqrt(u^2 + v^2)", (0.5, 0.0), 0.9), ("0*u", (0.0, 0.0), 0.123)],
)
def test_ball_at_a_radius_between_the_sent_ones_is_the_librarys(text, center, radius):
    ball = drawn(text, center, Size(1.0, 1.5))["the geodesic ball"]
    edge = in_the_browser(ball, radius)["edge"]
    truth = np.concatenate(geodesic_ball(parse(text), center, [radius]).boundary(radius))
    cut = np.isfinite(ball.values) & (np.asarray(ball.values) < radius)
    for point in edge[:-1][~cut]:
        assert np.hypot(*(truth - point).T).min() < 0.03 * radius


@pytest.mark.skipif(NODE is None, reason="no Node here; Chromium draws the ball in tests/browser")
def test_cut_locus_of_a_cone_is_drawn_behind_its_tip_and_only_there():
    ball = drawn("sqrt(u^2 + v^2)", (0.5, 0), Size(1.0, 1.5))["the geodesic ball"]
    small, large = in_the_browser(ball, 0.4), in_the_browser(ball, 1.0)
    assert small["cut"].size == 0
    finite = large["cut"][np.isfinite(large["cut"][:, 0])]
    assert len(finite) > 4
    assert_allclose(finite[:, 1], 0, atol=1e-6)
    assert finite[:, 0].max() < 1e-3

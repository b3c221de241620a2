"""Balls, geodesics and transport from a kink, a jump or the end of f:
a sentence as a value, the ball where it exists.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import geodesic, geodesic_ball, geodesics_between, parallel_transport, parse
from curvlib.balls.exact import control
from curvlib.balls.volume_order import volume_order
from curvlib.geodesics.between import logarithm_map
from curvlib.geodesics.geodesic import exponential_map

NOWHERE = [
    ("|u|", (0, 0)),
    ("|u| + |v|", (0, 0)),
    ("max(u, v)", (0, 0)),
    ("max(u, v)", (1, 1)),
    ("relu(u)", (0, 0)),
    ("relu(u) + v^2", (0, 0)),
    ("floor(u)", (0, 0)),
    ("ceil(u) + v", (0, 0.5)),
    ("sign(u)", (0, 0)),
    ("step(u)", (0, 1)),
    ("min(u, 1)", (1, 0)),
    ("mod(u, 1)", (1, 0)),
    ("if(u > 0, u, 0)", (0, 0)),
    ("100*sqrt(|v - 0.01*u^2|) + 0.01*|u + 10|", (-10, 1)),
    ("hypot(u, v)", (0, 0)),
    ("atan2(v, u)", (-1, 0)),
    ("sqrt(u)", (0, 0)),
    ("cbrt(u)", (0, 0)),
    ("acosh(u)", (1, 0)),
    ("log(u)", (0, 0)),
    ("log(u)", (-1, 0)),
    ("1/u", (0, 0)),
    ("|u|*log(v)", (0, 0)),
    ("exp(u)", (1000, 0)),
]
"""Formulas, and points at which they have a kink, a jump, no finite derivatives, or no value."""


@pytest.mark.parametrize(("text", "start"), NOWHERE)
@pytest.mark.parametrize("radii", [[1e-12], [0.5, 1.0], [1e6]])
def test_ball_around_a_point_without_metric_is_undefined_and_says_so(text, start, radii):
    ball = geodesic_ball(parse(text), start, radii)
    assert ball.notes == (
        "At this point f is not twice differentiable, so no geodesic starts there and there is no ball: "
        "move the center a little.",
    )
    assert np.isnan(ball.volumes).all()
    assert set(ball.stopped) == {"starts where f is not twice differentiable"}
    assert np.isnan(ball.columns["ratio"]).all()
    assert control(ball) is None
    assert np.isnan(volume_order(parse(text), start).scalar_curvature)


@pytest.mark.parametrize(("text", "start"), NOWHERE)
@pytest.mark.parametrize("length", [0, 1e-300, 1.0, 1e9])
def test_geodesic_from_a_point_without_metric_goes_nowhere_and_says_so(text, start, length):
    path = geodesic(parse(text), start, (1, 0), length)
    assert path.stopped == "starts where f is not twice differentiable"
    assert not path.complete
    assert path.length == 0
    assert_allclose(path.points, np.broadcast_to(start, path.points.shape))
    assert np.isnan(parallel_transport(parse(text), path, (1, 0))).all()


@pytest.mark.parametrize(("text", "start"), NOWHERE)
def test_no_geodesic_joins_a_point_without_metric_to_another(text, start):
    loss, other = parse(text), (1.5, 1.25)
    assert (
        geodesics_between(loss, start, other)
        == geodesics_between(loss, other, start)
        == geodesics_between(loss, start, start)
        == []
    )
    assert np.isnan(logarithm_map(loss, start, other)).all()
    assert np.isnan(exponential_map(loss, start, (1, 0))).all()
    assert np.isnan(parallel_transport(loss, [start, other], (1, 0))).all()


@pytest.mark.parametrize("text", ["|u|^3 + v", "relu(u)^3", "|u|*|u| - u^2", "max(u, 0)^4 + v^2"])
def test_ball_exists_where_a_power_smooths_the_kink(text):
    ball = geodesic_ball(parse(text), (0, 0), [0.1])
    assert_allclose(ball.ratio, 1, atol=0.05)
    assert set(ball.stopped) == {"goes on"}


@pytest.mark.parametrize("start", [(1e-9, 0.0), (0.3, 0.0)])
def test_ball_beside_a_kink_is_a_lower_bound_that_ends_there(start):
    ball = geodesic_ball(parse("|u|"), start, [1.0])
    assert "A kink of f stops the rays" in ball.notes[0]
    assert_allclose(ball.valid_radius, start[0] * np.sqrt(2), rtol=1e-6)
    assert np.pi / 2 - 1e-6 < ball.volumes[0] < np.pi


@pytest.mark.parametrize("text", ["|u|", "relu(u - 2) + v^2", "u^2"])
def test_geodesic_of_length_zero_is_its_start(text):
    path = geodesic(parse(text), (1, 0), (1, 0), 0)
    assert (path.length, path.complete, path.stopped) == (0, True, "reached its length")
    (still,) = geodesics_between(parse(text), (1, 0), (1, 0))
    assert still.length == 0

"""Proposition 2.4: the expansion of the volume, its order, and its constant
1/(6(q + 2)) in more dimensions.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib.balls.ball import geodesic_ball
from curvlib.balls.higher import PairwiseLoss, directions, higher_ball, unit_ball_volume
from curvlib.balls.series import volume_series
from curvlib.balls.volume_order import volume_order
from curvlib.evaluation.jets import jet
from curvlib.evaluation.point import geometry_at
from curvlib.language.grammar import parse
from curvlib.symbolic.taylor import OUTER, taylor

LOSSES = [
    "exp(-0.1*u)*sin(u)*sin(v)",
    "u^2 - v^2",
    "u^3 - 3*u*v^2 + u*v",
    "atan2(v + 3, u + 4) + cbrt(u + 2)*softplus(v)",
    "tanh(u)/(1 + v^2) + log1p(u^2)",
    "u^2 + v^2 + u^3/3",
]


def test_sphere_in_closed_form():
    series = volume_series(parse("sqrt(1 - u^2 - v^2)"), 0.3, 0.2, {})
    assert_allclose([series.second, series.fourth, series.sixth], [-1 / 12, 1 / 360, -1 / 20160], rtol=1e-12)


@pytest.mark.parametrize("text", LOSSES)
def test_leading_term_is_minus_s_over_24(text):
    expected = -geometry_at(parse(text), (0.3, 0.4)).scalar_curvature / 24
    assert volume_series(parse(text), 0.3, 0.4, {}).second == pytest.approx(expected, rel=1e-12, abs=1e-16)


@pytest.mark.parametrize("text", LOSSES)
def test_each_partial_sum_leaves_the_next_order(text):
    radii = np.array([0.05, 0.1])
    ball = geodesic_ball(parse(text), (0.3, 0.4), radii)
    s = ball.series
    left = ball.ratio_minus_one - s.second * radii**2
    assert_allclose(left / radii**4, s.fourth, rtol=0.05, atol=1e-6 + 0.02 * abs(s.sixth))
    assert_allclose((left - s.fourth * radii**4)[1] / radii[1] ** 6, s.sixth, rtol=0.2, atol=1e-4)


@pytest.mark.parametrize("name", sorted(OUTER))
def test_taylor_coefficients_of_each_function_by_finite_differences_of_each_other(name):
    """The coefficients at x + h are those at x, moved:
    Σ_k c_k(x) h^k = c_0(x + h), and the same for the derivative.
    """
    x, h = (1.7, 0.01) if name == "acosh" else (0.6, 0.01)
    at, moved = OUTER[name](x, 7), OUTER[name](x + h, 7)
    assert np.polyval(at[::-1], h) == pytest.approx(moved[0], abs=1e-12)
    assert np.polyval((at[1:] * np.arange(1, 7))[::-1], h) == pytest.approx(moved[1], abs=1e-9)


@pytest.mark.parametrize(
    "text", [*LOSSES, "max(u, v)^3 + abs(u)", "if(u > 0, u^2, v)", "u^v + hypot(u, v)", "gauss(u)*sin(v)^2.5"]
)
def test_taylor_polynomial_begins_with_the_jet(text):
    expression = parse(text)
    c = taylor(expression, 0.7, 0.4, {}, 3)
    at = jet(expression, 0.7, 0.4)
    assert_allclose(
        [c[0, 0], c[1, 0], c[0, 1], 2 * c[2, 0], c[1, 1], 2 * c[0, 2]],
        [at.f, at.f_u, at.f_v, at.f_uu, at.f_uv, at.f_vv],
        rtol=1e-12,
        atol=1e-14,
    )


def test_partial_sums():
    series = volume_series(parse("u^2 - v^2"), 0, 0, {})
    assert series(np.array([0.0, 0.1]), 0).tolist() == [1, 1]
    assert series(0.1, 2) == 1 + series.second * 0.01
    assert series(0.1) == pytest.approx(1 + series.second * 0.01 + series.fourth * 1e-4)


@pytest.mark.parametrize("text", ["u^2 - v^2", "exp(-0.1*u)*sin(u)*sin(v)", "100*(v - u^2)^2 + (1 - u)^2"])
def test_the_ratio_gives_s_back(text):
    order = volume_order(parse(text), (1, 1))
    S = geometry_at(parse(text), (1, 1)).scalar_curvature
    assert order.slope == pytest.approx(2, abs=1e-3)
    assert abs(order.scalar_curvature - S) <= order.error
    assert order.scalar_curvature == pytest.approx(S, rel=1e-8)


def test_order_is_four_where_s_vanishes_and_none_where_the_graph_is_flat():
    assert volume_order(parse("u^3 - 3*u*v^2"), (0, 0)).slope == pytest.approx(4, abs=1e-3)
    assert np.isnan(volume_order(parse("u^2"), (0.3, 0.1)).slope)


def sphere_gradient(x):
    return x / np.sqrt(1 - (x**2).sum(axis=1))[:, None]


def sphere_hessian(x):
    s = np.sqrt(1 - (x**2).sum(axis=1))[:, None, None]
    return np.eye(x.shape[1]) / s + x[:, :, None] * x[:, None, :] / s**3


@pytest.mark.parametrize("q", [2, 3, 4])
def test_balls_of_spheres_in_q_dimensions(q):
    ball = higher_ball(sphere_gradient, sphere_hessian, [0.1, 0.2, -0.1, 0.05][:q], np.linspace(0.05, 1.0, 6), order=6)
    x, w = np.polynomial.legendre.leggauss(40)
    exact = [q * unit_ball_volume(q) * r / 2 * w @ np.sin(r * (x + 1) / 2) ** (q - 1) for r in ball.radii]
    assert_allclose(ball.volumes, exact, rtol=1e-10)
    assert ball.scalar_curvature == pytest.approx(q * (q - 1))
    assert ball.constant == pytest.approx(6 * (q + 2), rel=1e-3)


@pytest.mark.parametrize("q", [3, 4])
def test_constant_of_proposition_24_for_a_loss_without_symmetry(q):
    terms = (
        (parse("sin(u)*v + u^2"), (0, 1)),
        (parse("u*v/2 + v^2"), (1, 2)),
        (parse("exp(u)*cos(v)"), (2, q - 1) if q == 4 else (0, 2)),
    )
    loss = PairwiseLoss(q, terms)
    ball = higher_ball(loss.gradient, loss.hessian, [0.3, 0.1, 0.2, 0.4][:q], [0.02, 0.04], order=6)
    assert_allclose(ball.ratio_minus_one, ball.predicted, rtol=5e-3)
    assert ball.constant == pytest.approx(6 * (q + 2), rel=2e-3)
    richardson = (4 * ball.ratio_minus_one[0] / ball.radii[0] ** 2 - ball.ratio_minus_one[1] / ball.radii[1] ** 2) / 3
    assert richardson == pytest.approx(-ball.scalar_curvature / (6 * (q + 2)), rel=1e-5)


def test_two_dimensions_by_both_methods():
    loss = PairwiseLoss(2, ((parse("exp(-0.1*u)*sin(u)*sin(v)"), (0, 1)),))
    radii = np.linspace(0.2, 2.0, 5)
    general = higher_ball(loss.gradient, loss.hessian, (1.2, 0.9), radii, order=24)
    assert_allclose(
        general.volumes, geodesic_ball(parse("exp(-0.1*u)*sin(u)*sin(v)"), (1.2, 0.9), radii).volumes, rtol=1e-7
    )


def test_beyond_the_first_conjugate_point_there_is_no_number():
    ball = higher_ball(
        lambda x: 4 * x, lambda x: np.broadcast_to(4 * np.eye(3), (len(x), 3, 3)), (0.3, 0, 0), [0.2, 5.0], order=6
    )
    assert np.isfinite(ball.ratio[0])
    assert np.isnan(ball.ratio[1])
    assert ball.valid_radius < 5


def test_directions_integrate_polynomials_on_the_sphere():
    for q in (2, 3, 4, 5):
        points, weights = directions(q, 6)
        assert weights.sum() == pytest.approx(q * unit_ball_volume(q))
        assert_allclose((points * weights[:, None]).T @ points, weights.sum() / q * np.eye(q), atol=1e-12)


def test_dimensions_and_radii_are_checked():
    with pytest.raises(ValueError, match="q must be 2 to 5"):
        higher_ball(sphere_gradient, sphere_hessian, [0.0], [0.1])

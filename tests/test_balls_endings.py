"""What a ball says where f ends, has kinks or tips, or is not defined at all."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib.balls.ball import geodesic_ball
from curvlib.language.grammar import parse


def test_hemisphere_until_and_beyond_its_rim():
    ball = geodesic_ball(parse("sqrt(1 - u^2 - v^2)"), (0, 0), [1.0, 1.5, 2.0])
    assert ball.valid_radius == pytest.approx(np.pi / 2, abs=1e-8)
    assert_allclose(ball.volumes, [2 * np.pi * (1 - np.cos(1)), 2 * np.pi * (1 - np.cos(1.5)), 2 * np.pi], rtol=1e-7)
    assert any("vertical edge" in note and "all of the directions" in note for note in ball.notes)
    assert any("lower bound" in note for note in ball.notes)
    assert ball.boundary(2.0) == []
    assert_allclose(np.hypot(*ball.edge_points.T), 1, atol=1e-6)
    assert np.isnan(ball.euler[-1])


def test_an_edge_on_one_side_leaves_an_open_boundary():
    ball = geodesic_ball(parse("sqrt(u)"), (1, 0), [1.0, 2.0])
    (curve,) = ball.boundary(2.0)
    assert np.hypot(*(curve[0] - curve[-1])) > 1
    # the parabola u = f² from its apex to f = 1
    assert ball.valid_radius == pytest.approx((np.arcsinh(2) + 2 * np.sqrt(5)) / 4, abs=1e-7)
    (closed,) = ball.boundary(1.0)
    assert_allclose(closed[0], closed[-1])


def test_flat_half_disc_at_a_domain_edge():
    """z = u^(3/2) is a cylinder with an edge at u = 0:
    what is left of the disc is a flat segment of it.
    """
    ball = geodesic_ball(parse("sqrt(u)^3"), (0.5, 0), [1.0, 2.0])
    d = ((1 + 9 / 8) ** 1.5 - 1) * 8 / 27
    segment = 4 * np.arccos(d / 2) - d * np.sqrt(4 - d**2)
    assert ball.valid_radius == pytest.approx(d, abs=1e-6)
    assert ball.volumes[1] == pytest.approx(4 * np.pi - segment, rel=1e-4)
    assert any("domain of f" in note for note in ball.notes)


def test_a_kink_stops_the_rays_and_offers_a_remedy():
    ball = geodesic_ball(parse("abs(u) + v^2"), (1, 0), [0.5, 2.0])
    assert ball.valid_radius < np.sqrt(2)
    assert any("kink" in note for note in ball.notes)
    assert any("√(u² + ε²)" in note for note in ball.notes)
    assert np.nanmin(ball.edge_points[:, 0]) == pytest.approx(0, abs=1e-7)


def test_a_ray_into_the_tip_of_a_cone_is_cut_there():
    ball = geodesic_ball(parse("sqrt(u^2 + v^2)"), (1, 0), [2.0])
    assert any("tip of the graph at r = 1.414" in note for note in ball.notes)
    assert ball.valid_radius == np.inf


def test_around_ackleys_cusp():
    ackley = parse("-20*exp(-0.2*sqrt((u^2 + v^2)/2)) - exp((cos(2*pi*u) + cos(2*pi*v))/2) + 20 + e")
    ball = geodesic_ball(ackley, (0.05, 0.0), [0.1, 0.4])
    assert ball.injectivity_radius < 0.4
    assert any("Gauss and Bonnet" in note or "tip" in note for note in ball.notes)
    nowhere = geodesic_ball(ackley, (0, 0), [0.1])
    assert np.isnan(nowhere.volumes).all()
    assert "no ball" in nowhere.notes[0]


def test_near_a_logarithmic_well_the_graph_is_a_cylinder():
    ball = geodesic_ball(parse("log(u)"), (0.1, 0), np.linspace(0.1, 6, 10))
    assert_allclose(ball.ratio, 1, atol=1e-12)
    assert ball.valid_radius == np.inf


def test_a_narrow_valley_is_measured_or_doubted():
    ball = geodesic_ball(parse("(1 - u)^2 + 100*(v - u^2)^2"), (0, 0), [0.3, 1.0])
    assert ball.injectivity_radius == pytest.approx(0.62, abs=0.01)
    assert (ball.errors / ball.volumes)[0] < 1e-6
    assert (ball.errors / ball.volumes)[1] < 1e-2


def test_each_direction_has_its_reason():
    ball = geodesic_ball(parse("2*exp(-2*(u^2 + v^2))"), (-1.5, 0), [4.0])
    assert set(ball.stopped) == {"goes on", "meets another ray of the same length", "reaches a conjugate point"}
    meets = np.array([why != "goes on" for why in ball.stopped])
    assert (np.isfinite(ball.cut_times) == meets).all()
    assert (ball.cut_times <= ball.conjugate_times).all()
    assert np.isfinite(ball.cut_points[meets]).all()
    assert_allclose(ball.cut_points[meets][:, 1], 0, atol=1e-6)  # by symmetry the cut locus is the axis behind the bump


def test_a_saddle_too_sharp_to_be_followed_is_not_called_an_edge_or_a_point_without_derivatives():
    """f is smooth, with a radius of curvature of 5e-13; only the straight lines on it go on."""
    (sharp, bound, *_) = geodesic_ball(parse("1e12*(u^2 - v^2)"), (0, 0), [0.5, 1.0]).notes
    assert sharp.startswith("f bends so sharply at the center that")
    assert "lower bound" in bound
    assert geodesic_ball(parse("1e6*(u^2 - v^2)"), (0, 0), [1e-4], n_rays=64).notes == ()


@pytest.mark.parametrize("center", [(0, 0), (0.5, 0)])
def test_a_jump_of_second_derivatives_alone_is_not_called_a_kink(center):
    """relu² has a slope everywhere."""
    ball = geodesic_ball(parse("relu(u)^2"), center, [1.0], n_rays=64)
    assert "no first" not in ball.notes[0]
    assert "twice differentiable" in ball.notes[0] or "a jump of its second derivatives" in ball.notes[0]

"""Volumes of geodesic balls against closed forms, before and beyond the cut locus, and whether the
stated errors cover the true ones.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib.balls.ball import geodesic_ball
from curvlib.errors import ParameterError
from curvlib.evaluation.jets import jet
from curvlib.language.grammar import parse

PAPER = parse("exp(-c*u)*sin(u)*sin(v)")
HORN = parse("log((1 + sqrt(1 - u^2 - v^2))/sqrt(u^2 + v^2)) - sqrt(1 - u^2 - v^2)")
BUMP = parse("4*exp(-2*(u^2 + v^2))")


GAUSS = np.polynomial.legendre.leggauss(120)


def radii_to(r, n=25):
    return np.linspace(r / n, r, n)


def disc_of_the_horn(r, y):
    """The hyperbolic disc around (0, y) of the half-plane, cut to the strip |x| < π that the
    pseudosphere is made of.
    """
    a, b = y * np.cosh(r), y * np.sinh(r)
    x, w = GAUSS
    reach = np.arcsin(min(1.0, np.pi / b))
    half = b * np.cos(reach * x)
    return reach * w @ (half * 2 * half / (a**2 - half**2))


def cone(r, d, half):
    """The disc in the flat sector of a cone, of half-angle `half` at the tip, around a point at
    distance d from it; r > d.
    """
    widest = np.pi - half - np.arcsin(d * np.sin(half) / r)
    x, w = GAUSS
    cut = d * np.sin(half) / np.sin(half + widest * (x + 1) / 2)
    return 2 * (widest / 2 * w @ (cut**2 / 2) + r**2 / 2 * (np.pi - widest))


@pytest.mark.parametrize("text", ["3*u - v", "u^2", "sin(3*u)", "exp(u - v)", "(u + 2*v)^2", "log(u + 3)"])
def test_ratio_is_one_on_planes_and_cylinders(text):
    ball = geodesic_ball(parse(text), (0.3, 0.2), radii_to(2.0))
    assert_allclose(ball.ratio, 1, atol=1e-13)
    assert_allclose(ball.lengths, 2 * np.pi * ball.radii, rtol=1e-12)
    assert ball.injectivity_radius == np.inf
    assert not ball.notes


@pytest.mark.parametrize("radius", [1.0, 2.0, 5.0])
def test_caps_of_spheres(radius):
    ball = geodesic_ball(
        parse("sqrt(a^2 - u^2 - v^2)"), (0.1 * radius, 0.2 * radius), radii_to(1.3 * radius), {"a": radius}
    )
    exact = 2 * np.pi * radius**2 * (1 - np.cos(ball.radii / radius))
    assert_allclose(ball.volumes, exact, rtol=1e-9)
    assert (np.abs(ball.volumes - exact) <= ball.errors).all()
    assert_allclose(ball.lengths, 2 * np.pi * radius * np.sin(ball.radii / radius), rtol=1e-9)


def test_paraboloid_at_its_apex_by_the_arc_length_of_the_meridian():
    ball = geodesic_ball(parse("u^2 + v^2"), (0, 0), radii_to(3.0))
    x, w = np.polynomial.legendre.leggauss(60)
    for r, volume in zip(ball.radii[4::5], ball.volumes[4::5], strict=True):
        rho = r
        for _ in range(60):
            arc = (np.arcsinh(2 * rho) + 2 * rho * np.sqrt(1 + 4 * rho**2)) / 4
            rho -= (arc - r) / np.sqrt(1 + 4 * rho**2)
        s = rho * (x + 1) / 2
        assert volume == pytest.approx(2 * np.pi * rho / 2 * w @ (s * np.sqrt(1 + 4 * s**2)), rel=1e-10)


@pytest.mark.parametrize("angle", [0.0, 0.3])
def test_pseudosphere_before_and_after_the_ball_has_closed_around_it(angle):
    y = 3.0
    ball = geodesic_ball(HORN, (np.cos(angle) / y, np.sin(angle) / y), radii_to(1.05))
    exact = np.array([disc_of_the_horn(r, y) for r in ball.radii])
    inside = ball.radii < np.arcsinh(np.pi / y)
    assert ball.injectivity_radius == pytest.approx(np.arcsinh(np.pi / y), abs=1e-4)
    assert_allclose(ball.volumes[inside], exact[inside], rtol=1e-9)
    assert_allclose(ball.volumes[inside], 2 * np.pi * (np.cosh(ball.radii[inside]) - 1), rtol=1e-9)
    assert_allclose(ball.volumes, exact, rtol=1e-5)
    assert (np.abs(ball.volumes - exact) <= 3 * ball.errors).all()
    assert_allclose(np.round(ball.euler), np.where(inside, 1, 0))
    assert np.abs(ball.residual).max() < 1e-3


def test_far_up_the_horn():
    ball = geodesic_ball(HORN, (np.cos(0.3) / 6, np.sin(0.3) / 6), radii_to(1.6))
    exact = np.array([disc_of_the_horn(r, 6) for r in ball.radii])
    assert_allclose(ball.volumes, exact, rtol=1e-5)
    assert (np.abs(ball.volumes - exact) <= ball.errors).mean() > 0.9
    assert (np.abs(ball.volumes - exact) <= 3 * ball.errors).all()


@pytest.mark.parametrize("point", [(1.0, 0.0), (1.0, 0.1)])
def test_cone_whose_tip_lies_inside(point):
    d = np.hypot(*point) * np.sqrt(2)
    ball = geodesic_ball(parse("sqrt(u^2 + v^2)"), point, radii_to(2.5))
    exact = np.array([cone(r, d, np.pi / np.sqrt(2)) if r > d else np.pi * r**2 for r in ball.radii])
    assert_allclose(ball.volumes, exact, rtol=1e-4)
    assert (np.abs(ball.volumes - exact) <= ball.errors).mean() > 0.9
    assert ball.injectivity_radius == pytest.approx(d, abs=0.02)
    assert any("Gauss and Bonnet" in note for note in ball.notes)
    assert ball.euler[-1] == pytest.approx(1 / np.sqrt(2), abs=1e-3)  # what is missing of 1 is the curvature of the tip


def test_volume_is_the_area_over_the_true_boundary_by_green():
    """∬ √(1 + |∇f|²) du dv over what the boundary curve encloses, by lines through it."""
    ball = geodesic_ball(PAPER, (1.2, 0.9), [2.5], {"c": 0.1})
    (curve,) = ball.boundary(2.5)
    angle = np.unwrap(np.arctan2(curve[:, 1] - 0.9, curve[:, 0] - 1.2))
    reach = np.hypot(curve[:, 0] - 1.2, curve[:, 1] - 0.9)
    x, w = np.polynomial.legendre.leggauss(40)
    s = (x + 1) / 2
    u, v = (1.2 + s * (reach * np.cos(angle))[:, None], 0.9 + s * (reach * np.sin(angle))[:, None])
    at = jet(PAPER, u, v, {"c": 0.1})
    sectors = reach**2 * ((np.sqrt(1 + at.f_u**2 + at.f_v**2) * s) @ w) / 2
    area = np.sum((sectors[1:] + sectors[:-1]) / 2 * np.diff(angle))
    assert ball.volumes[0] == pytest.approx(area, rel=2e-4)


def test_a_tall_bump_is_first_surrounded_then_covered():
    ball = geodesic_ball(BUMP, (-1.0, 0.0123), radii_to(5.0, 50))
    chi = np.round(ball.euler)
    assert set(chi) == {0, 1}
    assert np.abs(ball.residual).max() < 1e-3
    holes = np.nonzero(chi == 0)[0]
    assert (np.diff(holes) == 1).all()
    assert len(ball.boundary(ball.radii[holes[2]])) == 2
    assert len(ball.boundary(5.0)) == 1
    assert any("hole" in note for note in ball.notes)


def test_more_rays_agree_within_the_stated_error():
    for expression, center, r in ((BUMP, (-1.5, 0.1), 4.0), (PAPER, (0.2, 0.9), 6.0)):
        few = geodesic_ball(
            expression, center, radii_to(r), {"c": 0.1} if expression is PAPER else None, n_rays=128, accuracy=np.inf
        )
        many = geodesic_ball(
            expression, center, radii_to(r), {"c": 0.1} if expression is PAPER else None, n_rays=1024, accuracy=np.inf
        )
        assert (np.abs(few.volumes - many.volumes) <= few.errors + many.errors).mean() > 0.9
        assert_allclose(few.volumes, many.volumes, rtol=2e-3)


def test_growth_of_the_volume_is_the_length_of_the_boundary():
    ball = geodesic_ball(HORN, (1 / 3, 0), np.linspace(0.92, 1.04, 201), n_rays=128, accuracy=np.inf)
    growth = (ball.volumes[2:] - ball.volumes[:-2]) / (ball.radii[2:] - ball.radii[:-2])
    assert_allclose(growth[20:], ball.lengths[21:-1], rtol=1e-4)


def test_corners_are_mended_to_fourth_order():
    """Twice as many rays leave a tenth of the error or less, where the trapezoid alone
    would leave a quarter.
    """
    radii = np.linspace(0.6, 1.0, 41)
    exact = np.array([disc_of_the_horn(r, 6) for r in radii])
    misses = []
    for n in (64, 128, 256):
        ball = geodesic_ball(HORN, (np.cos(0.3) / 6, np.sin(0.3) / 6), radii, n_rays=n, accuracy=np.inf)
        misses.append(np.sqrt(np.mean((ball.volumes / exact - 1) ** 2)))
    assert misses[1] < misses[0] / 8
    assert misses[2] < misses[1] / 8


def test_boundary_lies_at_its_distance():
    from curvlib.geodesics.between import geodesics_between

    ball = geodesic_ball(BUMP, (-1.5, 0.1), [3.5])
    for curve in ball.boundary(3.5):
        for point in curve[:: len(curve) // 7]:
            assert geodesics_between(BUMP, (-1.5, 0.1), point)[0].length == pytest.approx(3.5, abs=1e-5)


def test_rays_and_mesh_stay_inside_the_ball():
    ball = geodesic_ball(PAPER, (1.2, 0.9), [1.0, 2.0], {"c": 0.1})
    assert len(ball.rays(32)) == 32
    u, v = ball.mesh(samples=10)
    assert u.shape == v.shape == (10, ball.fan.n + 1)
    assert_allclose([u[0], v[0]], np.array([[1.2], [0.9]]) * np.ones(ball.fan.n + 1), atol=1e-14)
    assert_allclose(np.stack([u[-1], v[-1]], axis=1), ball.boundary(2.0)[0], atol=1e-12)


def test_radii_and_parameters_are_checked():
    with pytest.raises(ValueError, match="radii must be positive"):
        geodesic_ball(PAPER, (0, 0), [0.0], {"c": 0.1})
    with pytest.raises(ParameterError, match="has no value"):
        geodesic_ball(PAPER, (0, 0), [1.0])


def test_the_front_spreads_while_it_is_cut():
    """Behind a bump J changes along the front, which the second derivative at the
    corners has to take in.
    """
    bump, radii = parse("2*exp(-2*(u^2 + v^2))"), np.linspace(2.75, 3.2, 41)
    few, many = (geodesic_ball(bump, (-1.5, 0.1), radii, n_rays=n, accuracy=np.inf).volumes for n in (256, 1024))
    assert np.sqrt(np.mean((few / many - 1) ** 2)) < 1.2e-7

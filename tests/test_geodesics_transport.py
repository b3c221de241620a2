"""Parallel transport keeps lengths and angles, and what a loop turns is the curvature inside."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib.evaluation.jets import jet
from curvlib.geodesics.geodesic import geodesic
from curvlib.geodesics.transport import holonomy, parallel_transport
from curvlib.language.grammar import parse

PAPER = parse("exp(-0.1*u)*sin(u)*sin(v)")
SQUARE = [(0.2, 0.1), (1.4, 0.1), (1.4, 1.3), (0.2, 1.3)]


def inner(expression, point, x, y):
    at = jet(expression, *point)
    gradient = np.array([at.f_u, at.f_v])
    return x @ y + (gradient @ x) * (gradient @ y)


def test_lengths_and_angles_are_kept():
    path = np.array([(0, 0), (1, 0.5), (2, 2), (0.5, 3)])
    x, y = (parallel_transport(PAPER, path, vector) for vector in ((1, 0.3), (-0.2, 0.8)))
    for a, b in ((x, x), (y, y), (x, y)):
        assert_allclose(
            [inner(PAPER, *these) for these in zip(path, a, b, strict=True)],
            inner(PAPER, path[0], a[0], b[0]),
            atol=1e-13,
        )


def test_transport_solves_its_differential_equation():
    """V'^i = −Γ^i_kl x'^k V^l with Γ^i_kl = β f_i f_kl, by a Runge–Kutta method of its own."""
    p, q = np.array([0.2, 0.4]), np.array([1.7, 2.1])
    V, n = np.array([1.0, -0.5]), 400

    def slope(s, V):
        at = jet(PAPER, *(p + s * (q - p)))
        H, gradient = np.array([[at.f_uu, at.f_uv], [at.f_uv, at.f_vv]]), np.array([at.f_u, at.f_v])
        return -gradient * ((q - p) @ H @ V) / (1 + gradient @ gradient)

    for k in range(n):
        s, h = k / n, 1 / n
        a = slope(s, V)
        b = slope(s + h / 2, V + h / 2 * a)
        c = slope(s + h / 2, V + h / 2 * b)
        V = V + h / 6 * (a + 2 * b + 2 * c + slope(s + h, V + h * c))
    assert_allclose(parallel_transport(PAPER, [p, q], (1.0, -0.5))[-1], V, atol=1e-9)


def test_geodesics_carry_their_own_tangent():
    curve = geodesic(PAPER, (0.3, 0.4), (1, 0.5), 3.0)
    assert_allclose(parallel_transport(PAPER, curve, curve.velocities[0]), curve.velocities, atol=1e-12)


def test_along_a_geodesic_or_along_many_short_segments_is_the_same():
    curve = geodesic(PAPER, (0.3, 0.4), (1, 0.5), 3.0, samples=2001)
    assert_allclose(
        parallel_transport(PAPER, curve, (0, 1))[-1], parallel_transport(PAPER, curve.points, (0, 1))[-1], atol=1e-6
    )


@pytest.mark.parametrize("text", ["exp(-0.1*u)*sin(u)*sin(v)", "u^2 - v^2", "sqrt(9 - u^2 - v^2)"])
def test_holonomy_is_the_integral_of_gaussian_curvature(text):
    x, w = np.polynomial.legendre.leggauss(40)
    u, v = np.meshgrid(0.8 + 0.6 * x, 0.7 + 0.6 * x)
    at = jet(parse(text), u, v)
    K_dA = (at.f_uu * at.f_vv - at.f_uv**2) / (1 + at.f_u**2 + at.f_v**2) ** 1.5
    assert holonomy(parse(text), SQUARE) == pytest.approx(0.36 * w @ K_dA @ w, abs=1e-12)
    assert holonomy(parse(text), SQUARE[::-1]) == pytest.approx(-0.36 * w @ K_dA @ w, abs=1e-12)


def test_a_loop_turns_vectors_by_its_holonomy():
    loop = [*SQUARE, SQUARE[0]]
    start, end = parallel_transport(PAPER, loop, (1, 0.3))[[0, -1]]
    length = inner(PAPER, loop[0], start, start)
    assert inner(PAPER, loop[0], start, end) / length == pytest.approx(np.cos(holonomy(PAPER, SQUARE)), abs=1e-12)


def test_triangles_of_geodesics_have_an_angle_excess():
    """Angle sum − π = ∫K = holonomy around the triangle."""
    from curvlib.geodesics.between import geodesics_between

    corners = [(0.6, 0.5), (2.0, 0.7), (1.1, 2.0)]
    sides = [geodesics_between(PAPER, corners[k], corners[(k + 1) % 3])[0] for k in range(3)]
    total = 0.0
    for k in range(3):
        out, back = sides[k].velocities[0], -sides[k - 1].velocities[-1]
        total += np.arccos(inner(PAPER, corners[k], out, back))
    boundary = np.concatenate([side.points[:-1] for side in sides])
    assert total - np.pi == pytest.approx(holonomy(PAPER, boundary), abs=1e-5)


def test_a_path_that_leaves_the_domain_is_not_a_number():
    carried = parallel_transport(parse("sqrt(u)"), [(1, 0), (2, 0), (-1, 0)], (1, 0))
    assert np.isfinite(carried[:2]).all()
    assert np.isnan(carried[2]).all()
    assert np.isnan(holonomy(parse("log(u)"), [(1, 0), (-1, 0), (0, 1)]))

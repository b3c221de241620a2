"""Geodesics shot from a point and between two, against great circles, straight lines and what every
geodesic obeys.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib.errors import ParameterError
from curvlib.evaluation.jets import jet
from curvlib.geodesics.between import PatienceError, geodesics_between, logarithm_map
from curvlib.geodesics.geodesic import exponential_map, geodesic
from curvlib.language.grammar import parse

SPHERE = parse("sqrt(1 - u^2 - v^2)")
PAPER = parse("exp(-0.1*u)*sin(u)*sin(v)")
BUMP = parse("2*exp(-2*(u^2+v^2))")


def in_space(curve):
    return np.column_stack([curve.points, curve.heights])


def test_geodesics_of_a_sphere_are_great_circles():
    curve = geodesic(SPHERE, (0.1, 0.2), (1, 2), 1.0)
    points = in_space(curve)
    assert_allclose(points @ points[0], np.cos(curve.lengths), atol=1e-12)
    assert_allclose(np.cross(points[0], points[40]) @ points.T, 0, atol=1e-12)
    assert curve.complete
    assert curve.length == 1.0


@pytest.mark.parametrize("text", ["3*u - v", "u^2 - v^2", "sin(u + 2*v)", "log(u + 4)"])
def test_speed_is_one(text):
    curve = geodesic(parse(text), (0.3, -0.2), (1.0, 0.6), 2.0)
    at = jet(parse(text), *curve.points.T)
    climb = at.f_u * curve.velocities[:, 0] + at.f_v * curve.velocities[:, 1]
    assert_allclose(np.hypot(np.hypot(*curve.velocities.T), climb), 1, atol=1e-10)


def test_geodesics_of_a_cylinder_are_straight_when_it_is_unrolled():
    curve = geodesic(parse("u^2"), (-0.8, 0.1), (1, 0.5), 3.0)
    u, v = curve.points.T
    unrolled = (np.arcsinh(2 * u) + 2 * u * np.sqrt(1 + 4 * u**2)) / 4
    assert_allclose((unrolled - unrolled[0]) / (unrolled[-1] - unrolled[0]), (v - v[0]) / (v[-1] - v[0]), atol=1e-11)
    assert np.hypot(unrolled[-1] - unrolled[0], v[-1] - v[0]) == pytest.approx(3.0, abs=1e-10)


def test_acceleration_is_normal_to_the_graph():
    curve = geodesic(PAPER, (0.3, 0.4), (1, 0.7), 4.0, samples=4001)
    points = in_space(curve)
    h = curve.lengths[1]
    acceleration = (points[2:] - 2 * points[1:-1] + points[:-2]) / h**2
    at = jet(PAPER, *curve.points[1:-1].T)
    for tangent in (np.stack([np.ones_like(at.f), 0 * at.f, at.f_u]), np.stack([0 * at.f, np.ones_like(at.f), at.f_v])):
        assert_allclose(np.einsum("ni,in->n", acceleration, tangent), 0, atol=1e-6)


def test_a_reversed_geodesic_returns():
    there = geodesic(PAPER, (0.3, 0.4), (1, 0.7), 6.0)
    back = geodesic(PAPER, there.end, -there.velocities[-1], 6.0)
    assert np.hypot(*(back.end - [0.3, 0.4])) < 1e-9


@pytest.mark.parametrize(("start", "direction", "length"), [((0.1, 0.2), (1, 2), 1.2), ((-0.5, 0.3), (1, 0.1), 1.4)])
def test_error_covers_the_true_error_on_the_sphere(start, direction, length):
    curve = geodesic(SPHERE, start, direction, length)
    p = np.array([*start, np.sqrt(1 - np.dot(start, start))])
    heading = np.array([*direction, -np.dot(start, direction) / p[2]])
    truth = np.cos(length) * p + np.sin(length) * heading / np.linalg.norm(heading)
    assert np.linalg.norm(in_space(curve)[-1] - truth) <= curve.error + 1e-14


def test_a_ray_ends_at_the_rim_of_the_hemisphere():
    curve = geodesic(SPHERE, (0.1, 0.2), (1, 2), 3.0)
    assert not curve.complete
    assert "vertical edge" in curve.stopped
    p, heading = np.array([0.1, 0.2, np.sqrt(0.95)]), np.array([1.0, 2.0, -0.5 / np.sqrt(0.95)])
    assert curve.length == pytest.approx(np.arctan2(p[2], -heading[2] / np.linalg.norm(heading)), abs=1e-8)


def test_a_ray_ends_where_the_domain_does():
    curve = geodesic(parse("sqrt(u)^3"), (0.5, 0), (-1, 0), 2.0)
    assert "domain" in curve.stopped
    assert curve.length == pytest.approx(((1 + 9 / 4 * 0.5) ** 1.5 - 1) * 8 / 27, abs=1e-7)


def test_a_ray_ends_at_a_kink():
    curve = geodesic(parse("abs(u) + v^2"), (1, 0), (-1, 0), 3.0)
    assert "kink" in curve.stopped
    assert curve.length == pytest.approx(np.sqrt(2), abs=1e-9)


def test_an_infinitely_deep_well_is_never_reached():
    curve = geodesic(parse("log(u)"), (1, 0), (-1, 0), 12.0)
    assert curve.complete
    assert 0 < curve.end[0] < 1e-4


def test_directions_and_lengths_are_checked():
    with pytest.raises(ValueError, match="direction must not be 0"):
        geodesic(SPHERE, (0, 0), (0, 0), 1.0)
    with pytest.raises(ParameterError, match="has no value"):
        geodesic(parse("a*u"), (0, 0), (1, 0), 1.0)


def test_distance_on_the_sphere_is_the_angle():
    (way,) = geodesics_between(SPHERE, (0.1, 0.2), (-0.5, 0.6))
    p, q = np.array([0.1, 0.2, np.sqrt(0.95)]), np.array([-0.5, 0.6, np.sqrt(0.39)])
    assert way.length == pytest.approx(np.arccos(p @ q), abs=1e-10)
    assert abs(way.length - np.arccos(p @ q)) <= way.error + 1e-12
    assert_allclose(way.end, [-0.5, 0.6], atol=1e-10)


def test_there_are_two_ways_around_a_bump_and_one_over_it():
    around = geodesics_between(BUMP, (-1.5, 0), (1.5, 0), longest=6)
    assert [way.morse_index for way in around] == [0, 0]
    assert around[0].length == pytest.approx(around[1].length, abs=1e-9)
    every = geodesics_between(BUMP, (-1.5, 0), (1.5, 0), longest=6, minimal=False)
    over = [way for way in every if np.abs(way.points[:, 1]).max() < 1e-9]
    assert len(over) == 1
    assert over[0].morse_index >= 1
    assert over[0].length > around[0].length


def test_the_shortest_way_is_no_longer_than_any_polygon():
    (way, *_) = geodesics_between(PAPER, (0.5, 0.5), (4, 3))
    along = in_space(way)
    chords = np.linalg.norm(np.diff(along, axis=0), axis=1).sum()
    assert chords == pytest.approx(way.length, rel=1e-4)
    rng = np.random.default_rng(1)
    for _ in range(5):
        bend = np.sin(np.pi * way.lengths / way.length)[:, None] * rng.normal(0, 0.02, 2)
        points = way.points + bend
        f = jet(PAPER, *points.T).f
        assert np.linalg.norm(np.diff(np.column_stack([points, f]), axis=0), axis=1).sum() > chords


def test_distance_is_symmetric_and_obeys_the_triangle_inequality():
    points = [(0.5, 0.5), (2.5, 1.0), (1.5, 2.5)]
    d = {(i, j): geodesics_between(PAPER, points[i], points[j])[0].length for i in range(3) for j in range(3) if i != j}
    for i, j in ((0, 1), (1, 2), (0, 2)):
        assert d[i, j] == pytest.approx(d[j, i], abs=1e-9)
    assert d[0, 2] < d[0, 1] + d[1, 2]


def test_first_variation_of_length():
    """Moving the end by δ changes the length by g(T, δ)."""
    p, q, move, h = (0.5, 0.5), np.array([2.5, 1.5]), np.array([0.6, -0.8]), 1e-4
    way = geodesics_between(PAPER, p, q)[0]
    longer, shorter = (geodesics_between(PAPER, p, q + sign * h * move)[0].length for sign in (1, -1))
    at = jet(PAPER, *q)
    gradient, T = np.array([at.f_u, at.f_v]), way.velocities[-1]
    assert (longer - shorter) / (2 * h) == pytest.approx(T @ move + (gradient @ T) * (gradient @ move), abs=1e-6)


def test_logarithm_undoes_the_exponential_map():
    for vector in ((0.7, -0.9), (-0.4, 0.1)):
        assert_allclose(logarithm_map(PAPER, (1, 2), exponential_map(PAPER, (1, 2), vector)), vector, atol=1e-8)


def test_no_way_is_an_empty_list():
    assert geodesics_between(parse("log(u)"), (1, 0), (-1, 0)) == []
    assert np.isnan(logarithm_map(parse("log(u)"), (1, 0), (-1, 0))).all()
    assert np.isnan(exponential_map(SPHERE, (0, 0), (3, 0))).all()


def test_a_search_ends_with_the_patience_of_its_caller():
    with pytest.raises(PatienceError, match="took too long"):
        geodesics_between(PAPER, (0.5, 0.5), (4, 3), patience=0)
    assert geodesics_between(PAPER, (0.5, 0.5), (4, 3), patience=600)


def test_a_point_and_itself():
    (way,) = geodesics_between(PAPER, (1, 1), (1, 1))
    assert way.length == 0

"""The public doors: what is no expression, grid, point, direction, length or parameter is refused
in the caller's words.
"""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import (
    Grid,
    critical_points,
    evaluate,
    geodesic,
    geodesic_ball,
    geodesics_between,
    geometry_at,
    jet,
    parallel_transport,
    parse,
)
from curvlib.balls.exact import exact_ratio_minus_one
from curvlib.curvature import spectra
from curvlib.errors import GridError, ParameterError
from curvlib.geodesics.geodesic import exponential_map
from curvlib.geodesics.integration import LONGEST, SHORTEST
from curvlib.geodesics.segment import segment_length
from curvlib.geodesics.transport import holonomy
from curvlib.grid import NARROWEST
from curvlib.paper.batches import batch_curvature
from curvlib.sampled.fit import from_samples
from curvlib.sampled.samples_error import SamplesError

BOWL, GRID = parse("u^2 + v^2"), Grid((-1, 1), (-1, 1), (5, 5))

DOORS = {
    "evaluate": lambda loss: evaluate(loss, GRID),
    "jet": lambda loss: jet(loss, 0, 0),
    "geometry_at": lambda loss: geometry_at(loss, (0, 0)),
    "critical_points": lambda loss: critical_points(loss, GRID),
    "geodesic": lambda loss: geodesic(loss, (0, 0), (1, 0), 1),
    "geodesic_ball": lambda loss: geodesic_ball(loss, (0, 0), [1]),
    "geodesics_between": lambda loss: geodesics_between(loss, (0, 0), (1, 1)),
    "parallel_transport": lambda loss: parallel_transport(loss, [(0, 0), (1, 1)], (1, 0)),
}


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("text", ["u^2", None, 3])
def test_what_was_not_parsed_is_no_expression(name, text):
    with pytest.raises(TypeError, match=f"what curvlib.parse returns, not of type {type(text).__name__}"):
        DOORS[name](text)


@pytest.mark.parametrize("text", [None, 3, b"u"])
def test_only_texts_are_parsed(text):
    with pytest.raises(TypeError, match="text must be a string"):
        parse(text)


@pytest.mark.parametrize("value", ["2", None, 10**400, -(10**400), float("nan"), [1], 1j, np.ones(2)])
def test_parameter_is_a_finite_number(value):
    with pytest.raises(ParameterError, match=r"The parameter 'a' is .*; it must be a finite number"):
        jet(parse("a*u"), 1, 1, {"a": value})


@pytest.mark.parametrize("value", [2, np.float32(2), np.int64(2), np.array(2.0), True + 1])
def test_every_kind_of_number_is_a_value_of_a_parameter(value):
    assert jet(parse("a*u"), 1, 1, {"a": value}).f == 2


@pytest.mark.parametrize("shape", [(2.9, 3.2), (3.0, 3.0), (3,), 3, None, ("a", 2), (2, 2, 2)])
def test_sides_of_a_grid_are_whole_numbers(shape):
    with pytest.raises(GridError, match="two whole numbers"):
        Grid((0, 1), (0, 1), shape)


@pytest.mark.parametrize("ends", [(0,), None, 3, (0, 1, 2)])
def test_window_has_two_ends(ends):
    with pytest.raises(GridError, match="The window of u needs two numbers"):
        Grid(ends, (0, 1))


@pytest.mark.parametrize("ends", [("a", 1), (0, 10**400), (0, None), (0, 1j), (float("nan"), 1), (-1e300, 1e300)])
def test_window_runs_between_finite_numbers(ends):
    with pytest.raises(GridError, match="must run between finite numbers"):
        Grid(ends, (0, 1))


def test_window_is_as_wide_as_its_balls_can_be_measured():
    assert Grid((0, NARROWEST), (0, 1), (2, 2)).u[1] == NARROWEST
    with pytest.raises(GridError, match="narrower than 1e-36"):
        Grid((0, 0.99 * NARROWEST), (0, 1))


@pytest.mark.parametrize("point", [(0, 0, 0), (0,), 0, None, "ab", ("a", "b"), (10**400, 0)])
def test_point_is_two_numbers(point):
    for call in (
        lambda: geodesic(BOWL, point, (1, 0), 1),
        lambda: geodesic(BOWL, (0, 0), point, 1),
        lambda: geodesic_ball(BOWL, point, [1]),
        lambda: geodesics_between(BOWL, (0, 0), point),
        lambda: exponential_map(BOWL, (0, 0), point),
        lambda: parallel_transport(BOWL, [(0, 0), (1, 1)], point),
    ):
        with pytest.raises(ValueError, match=r"must be (two finite|real) numbers"):
            call()
    with pytest.raises(ValueError, match="point must be"):
        geometry_at(BOWL, point)


@pytest.mark.parametrize("path", [[], [(0, 0, 0)], [0, 1], (1, 2)])
def test_path_is_points_of_two_numbers(path):
    with pytest.raises(ValueError, match=r"path must be points \(n, 2\)"):
        parallel_transport(BOWL, path, (1, 0))
    with pytest.raises(ValueError, match=r"loop must be points \(n, 2\)"):
        holonomy(BOWL, path)


@pytest.mark.parametrize("coordinate", ["a", None, 10**400])
def test_coordinates_are_real_numbers(coordinate):
    if coordinate is None:
        assert np.isnan(jet(BOWL, coordinate, 0).f)
    else:
        with pytest.raises(ValueError, match="u must be real numbers"):
            jet(BOWL, coordinate, 0)


ONE_OF_EACH = ["1", b"1", 1j, 1 + 0j, np.complex64(1), np.datetime64("2020-01-01")]
"""Each can be made a float64 by numpy, and none is a real number."""


@pytest.mark.parametrize("kind", ["alone", "among themselves", "among whole numbers too large for an array"])
@pytest.mark.parametrize("value", ONE_OF_EACH, ids=repr)
def test_texts_complex_numbers_and_dates_are_no_real_numbers(value, kind):
    given = {
        "alone": value,
        "among themselves": [value, value],
        "among whole numbers too large for an array": [10**30, value],
    }[kind]
    for call in (
        lambda: jet(BOWL, given, 0),
        lambda: geometry_at(BOWL, given),
        lambda: geodesic(BOWL, given, (1, 0), 1),
        lambda: geodesic_ball(BOWL, (0, 0), given),
        lambda: parallel_transport(BOWL, [given, given], (1, 0)),
    ):
        with pytest.raises(ValueError, match="must be real numbers"):
            call()


@pytest.mark.parametrize(
    "value", [True, 2, np.uint8(2), np.float32(2), np.longdouble(2), Fraction(2), Decimal(2), np.array(2, dtype=object)]
)
def test_every_kind_of_real_number_is_a_coordinate(value):
    assert jet(parse("u"), value, 0).f == float(value)


@pytest.mark.parametrize("length", [-1, float("nan"), None, "1", 1e300, 10**400, 1.01 * LONGEST])
def test_length_is_not_negative_and_not_beyond_measure(length):
    with pytest.raises(ValueError, match="length must be a number between 0 and 1e\\+50"):
        geodesic(BOWL, (0, 0), (1, 0), length)
    with pytest.raises(ValueError, match="longest must be a number above 0"):
        geodesics_between(BOWL, (0, 0), (1, 1), longest="" if length is None else length)


@pytest.mark.parametrize("length", [0.0, SHORTEST, 1.0, LONGEST])
def test_geodesic_of_every_length_ends_in_a_number(length):
    assert np.isfinite(geodesic(parse("u"), (0, 0), (1, 0), length).end).all()


@pytest.mark.parametrize("radius", [1e300, 0, -1, float("nan"), LONGEST, 0.99 * SHORTEST])
def test_radius_is_positive_and_measurable(radius):
    with pytest.raises(ValueError, match="radii must be positive numbers between 1e-50"):
        geodesic_ball(BOWL, (0, 0), [1.0, radius])


@pytest.mark.parametrize("radius", [SHORTEST, 1e-20, 1.0, 1e20, LONGEST / 2])
def test_disc_of_every_radius_is_measured(radius):
    assert_allclose(geodesic_ball(parse("u - v"), (0, 0), [radius]).ratio, 1)


def test_wrong_numbers_of_rays_and_of_samples_are_told_apart():
    with pytest.raises(ValueError, match="n_rays must be an even number from 8 on; it is 9"):
        geodesic_ball(BOWL, (0, 0), [1], n_rays=9)
    with pytest.raises(ValueError, match="samples must be 2 or more; it is 1"):
        geodesic(BOWL, (0, 0), (1, 0), 1, samples=1)
    with pytest.raises(ValueError, match="direction must not be 0"):
        geodesic(BOWL, (0, 0), (0, 0), 1)


@pytest.mark.parametrize("size", [1e-320, 1e-200, 1e-3, 1e200, 1e308])
def test_size_of_a_direction_does_not_matter(size):
    ends = [geodesic(parse("u^2 + u*v"), (0.3, -0.2), (x, x), 1).end for x in (1, size)]
    assert_allclose(ends[0], ends[1], atol=1e-14)


@pytest.mark.parametrize("vector", [(1e200, 0), (1e300, 1e300)])
def test_exponential_map_beyond_measure_is_undefined(vector):
    assert np.isnan(exponential_map(BOWL, (0, 0), vector)).all()


def test_complex_samples_are_refused_and_not_halved():
    with pytest.raises(SamplesError, match="complex"):
        from_samples(np.ones((21, 21)) * 1j, Grid((-1, 1), (-1, 1), (21, 21)))


@pytest.mark.parametrize(
    ("shape", "labels"), [((3, 2, 2), [0, 1]), ((2, 2), [0, 1]), ((2, 2, 3), [0, 1]), ((0, 2, 2), [])]
)
def test_batches_need_a_label_for_each_hessian(shape, labels):
    with pytest.raises(ValueError, match="hessians must be"):
        batch_curvature(np.ones(shape), labels)


def test_hyperbolic_disc_too_large_for_a_number_is_infinite():
    assert exact_ratio_minus_one(-1.0, np.array([1e4])) == np.inf


def test_curvature_too_large_for_a_number_is_infinite():
    assert spectra.scalar_curvature([1e200, 1e200]) == np.inf
    assert spectra.spectrum([1e200, 1e200]).scalar_curvature == np.inf
    assert np.isnan(segment_length(BOWL, (0, 0), (1e300, 0)))

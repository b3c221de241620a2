"""Each part of a window holds no critical point, exactly one, or is said to be undecided."""

import math

import numpy as np
import pytest

from curvlib import PRESETS, CriticalPoint, Grid, critical_points, parse
from curvlib.critical import proof
from curvlib.critical.proof import prove
from curvlib.evaluation.jets import jet
from curvlib.intervals.boxes import common, cut, enlarged, meet, widths
from curvlib.intervals.jet_bounds import jet_bounds

SQUARE = Grid((-2, 2), (-2, 2), (9, 9))

COMPLETE = {
    "paper_ex31": 32, "two_minima_fig1": 3, "three_wells": 5, "saddle": 1, "quadratic": 1, "egg_carton": 16,
    "gaussian_bump": 1, "pseudosphere": 0, "scherk": 1, "double_well": 3, "peaks": 9, "himmelblau": 9, "rosenbrock": 1,
    "beale": 3, "booth": 1, "three_hump_camel": 5, "six_hump_camel": 15, "styblinski_tang": 9, "rastrigin": 81,
    "branin": 5, "mccormick": 3, "easom": 13, "griewank": 59, "levy13": 525, "matfac_l2": 3, "tanh_neuron": 3,
    "logistic_reg": 1, "river_valley": 1, "emilien_bowl": 3,
}  # fmt: skip
"""Examples all of whose critical points are proved, and their number, on the border too."""


def proved(text: str, grid: Grid = SQUARE, seconds: float = 20.0) -> proof.Proof:
    return prove(parse(text), grid, seconds=seconds)


@pytest.mark.parametrize("name", COMPLETE)
def test_all_critical_points_of_an_example_are_proved(name):
    preset = PRESETS[name]
    loss, grid = parse(preset.text), preset.grid((65, 65))
    found = prove(loss, grid, preset.defaults, seconds=20)
    assert found.complete
    assert len(found.enclosures) == COMPLETE[name]
    assert (widths(found.enclosures) <= 1e-7 * np.array([np.ptp(grid.u_range), np.ptp(grid.v_range)])).all()
    at = jet(loss, *found.points.T, preset.defaults)
    bounds = jet_bounds(loss, found.enclosures, preset.defaults)
    for slope, bound in ((at.f_u, bounds.f_u), (at.f_v, bounds.f_v)):
        assert (bound.low <= slope).all()
        assert (slope <= bound.high).all()


@pytest.mark.parametrize("name", ["himmelblau", "peaks", "six_hump_camel", "branin", "beale", "easom"])
def test_the_search_finds_what_is_proved(name):
    preset = PRESETS[name]
    loss, grid = parse(preset.text), preset.grid((129, 129))
    points = [at.point for at in critical_points(loss, grid, preset.defaults) if isinstance(at, CriticalPoint)]
    found = prove(loss, grid, preset.defaults, seconds=20)
    for point in points:
        near = enlarged(found.enclosures, 1e-6 * np.array([np.ptp(grid.u_range), np.ptp(grid.v_range)]))
        assert meet(near, np.repeat(point, 2)).sum() == 1


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("sin(50*u^2) + v^2", 129),
        ("-exp(-((u-0.3)^2+(v-0.2)^2)*1e6) + u^2 + v^2", 3),
        ("(u^2-1e-6)^2 + v^2", 3),
        ("log(u)*v", 1),
        ("u + v", 0),
        ("exp(u)*cos(v)", 0),
    ],
)
def test_points_that_a_search_on_a_grid_may_miss_are_counted(text, count):
    found = proved(text)
    assert found.complete
    assert len(found.enclosures) == count


@pytest.mark.parametrize(
    "text",
    [
        "u^4 + v^4",
        "u^3 - 3*u*v^2",
        "cbrt(u)^5 + v^2",
        "abs(u)*abs(v) + 0.1*u^2 + 0.1*v^2",
        "sqrt(u^2 + v^2)",
        "abs(u) + v^2",
    ],
)
def test_a_degenerate_point_or_a_kink_is_a_small_spot_that_is_undecided(text):
    found = proved(text)
    assert not found.complete
    assert len(found.enclosures) == 0
    assert found.undecided_share < 1e-12
    assert meet(found.undecided, np.zeros(4)).any()
    assert np.abs(found.undecided).max() < 1e-6


def test_a_curve_of_critical_points_is_a_tube_that_is_undecided():
    found = proved("(u^2 + v^2 - 1)^2")
    assert len(found.enclosures) == 1
    assert not found.complete
    assert not found.out_of_time
    assert found.undecided_share < 3e-3
    distance = np.abs(np.hypot(found.undecided[:, :2].mean(axis=1), found.undecided[:, 2:].mean(axis=1)) - 1)
    assert distance.max() < 3e-3
    turn = np.linspace(0, 2 * np.pi, 100)
    assert all(meet(found.undecided, np.repeat([math.cos(t), math.sin(t)], 2)).any() for t in turn)


def test_a_flat_region_is_proved_as_such():
    found = proved("max(u, 0)^2 + max(v, 0)^2")
    assert len(found.flat) > 0
    assert (found.flat[:, [1, 3]] <= 4e-3).all()
    assert not found.complete
    assert len(proved("3").flat) > 0


def test_kinks_are_told():
    found = proved("abs(u - v) + u^2 + v^2")
    assert found.at_kinks.all()
    assert not proved("u^4 + v^4").at_kinks.any()


@pytest.mark.parametrize(
    "text", ["0*log(u) + (u+0.01)^2 + v^2", "0*sqrt(u) + (u+0.3)^2 + v^2", "0*asin(u-1.5) + u^2 + v^2"]
)
def test_no_point_is_proved_where_f_has_no_value(text):
    """The derivatives go on where f does not: they vanish outside of its domain."""
    assert len(proved(text).enclosures) == 0


def test_a_point_on_the_border_is_found_and_one_outside_is_not():
    border = proved("(u-2)^2 + v^2")
    assert border.complete
    assert len(border.enclosures) == 1
    assert len(proved("(u-2.001)^2 + v^2").enclosures) == 0
    assert len(proved("(u+2)^2 + (v-2)^2").enclosures) == 1


def test_without_time_everything_is_undecided_and_nothing_is_lost():
    found = proved("sin(9*u)*sin(9*v) + u*v", seconds=0.0)
    assert found.out_of_time
    assert not found.complete
    assert found.undecided_share > 0.99
    some = proved("sin(9*u)*sin(9*v) + u*v")
    for point in some.points:
        assert meet(found.undecided, np.repeat(point, 2)).any()


def test_boxes_are_cut_without_a_gap():
    boxes = np.array([[0.0, 4.0, 0.0, 1.0], [0.0, 1.0, 2.0, 9.0]])
    parts = cut(boxes, np.ones(2))
    assert np.prod(widths(parts), axis=1).sum() == pytest.approx(11)
    assert parts[0, 1] == parts[2, 0]
    assert parts[1, 3] == parts[3, 2]
    assert common(boxes[:1], boxes[1:])[0].tolist() == [0, 1, 2, 1]
    assert meet(boxes, np.array([0.5, 0.6, 0.5, 0.6])).tolist() == [True, False]

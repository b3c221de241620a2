"""Limits and tolerances of geodesics, each from both sides."""

import time

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import parse
from curvlib.evaluation.bound_loss import BoundLoss, landscape
from curvlib.geodesics import between, bisection, endings, integration, polar_mesh, step_length, transport
from curvlib.geodesics.fan import conjugate_times, fan
from curvlib.geodesics.frames import unit_directions
from curvlib.geodesics.geodesic import geodesic
from curvlib.geodesics.rays import initial_states
from curvlib.geodesics.step import U_, V_, Z_, U

PLANE = landscape(parse("0*u"), None)
BUMP = parse("2*exp(-2*(u^2 + v^2))")


def shot(where, lengths, angle=0.3, start=(0.0, 0.0), **options):
    lengths = np.asarray(lengths, float)
    ones = np.ones(len(lengths))
    slope = where.slope(start)
    headings = unit_directions(*slope, angle * ones)
    state = initial_states(where, start[0] * ones, start[1] * ones, headings)
    return integration.integrate(where, state, lengths, **options)


# ---- the lengths of steps ----


def test_a_step_as_exact_as_asked_is_followed_by_one_a_tenth_shorter():
    assert step_length.change(1.0) == pytest.approx(0.9)
    assert step_length.change(0.5) < 1
    assert step_length.change(0.4) > 1


def test_steps_grow_fivefold_and_shrink_to_a_fifth_at_most():
    assert step_length.change(np.array([0.0, 1e-30, 1e30, np.inf])).tolist() == [5, 5, 0.2, 0.2]
    assert step_length.change(0.0, 1.0) == 1


def test_u_and_v_are_held_the_tighter_the_steeper_f_is_up_to_a_million():
    estimates, state = np.zeros((2, 9, 3)), np.zeros((9, 3))
    estimates[:, U] = 1.0
    gradient = np.array([[1e5, 1e6, 1e8], [0, 0, 0]])
    errors = step_length.over_tolerance(estimates, state, state, gradient, 1.0, 1e-10)
    assert errors[1] / errors[0] == pytest.approx(10, rel=1e-3)
    assert errors[2] == pytest.approx(errors[1], rel=1e-3)


@pytest.mark.parametrize("length", [1.0, 0.7, 3.3, 1e-3])
def test_a_straight_ray_has_a_first_step_and_six_more(length):
    steps = np.diff(shot(PLANE, [length]).t[0])
    assert_allclose(steps, length * np.array([0.05, *[1 / 6] * 5, 7 / 60]), rtol=1e-9)


@pytest.mark.parametrize("length", [1.0, 0.7, 3.3, 1e-3, 0.9, 7.7])
def test_equal_steps_leave_no_sliver_at_the_end(length):
    for parts in (30, 49, 64):
        assert shot(PLANE, [length], longest_step=length / parts).count[0] == parts + 1


def test_the_first_step_is_neither_refused_nor_much_too_short(monkeypatch):
    taken = []
    advance = integration.Batch.advance
    monkeypatch.setattr(
        integration.Batch, "advance", lambda self, t, state, h: taken.append((t[0], h[0])) or advance(self, t, state, h)
    )
    shot(landscape(parse("20*(u^2 + v^2)"), None), [2.0], start=(0.1, 0.05))
    assert taken[1][0] > 0
    assert taken[1][1] < 5 * taken[0][1]


@pytest.mark.parametrize(("lengths", "widths"), [((1, 9, 9, 9), [4]), ((1, 1, 9, 9), [4, 2])])
def test_rays_that_have_ended_leave_when_less_than_three_quarters_go_on(lengths, widths, monkeypatch):
    seen = []
    bind = BoundLoss.bind
    monkeypatch.setattr(BoundLoss, "bind", lambda self, u, v: seen.append(len(u)) or bind(self, u, v))
    shot(PLANE, lengths)
    assert seen == widths


def test_what_takes_a_thousand_steps_or_eight_seconds_is_given_up(monkeypatch):
    rough = shot(landscape(parse("sin(300*u)/300"), None), [20.0])
    assert rough.count[0] - 1 <= 1000
    assert rough.stopped[0] == endings.UNFINISHED
    clock = iter(np.arange(0.0, 1e6, 1.0))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    late = shot(landscape(parse("sin(300*u)/300"), None), [0.5])
    assert late.stopped[0] == endings.UNFINISHED
    clock = iter(np.arange(0.0, 1e6, 0.5))
    assert shot(PLANE, [1.0]).stopped[0] == endings.REACHED


# ---- where rays end ----


@pytest.mark.parametrize(("difference", "over"), [(0.15, False), (0.25, True)])
def test_a_ray_whose_height_and_slope_part_is_on_another_sheet(difference, over):
    state = np.zeros((9, 1))
    state[U_], state[V_], state[Z_] = 1.0, 0.0, 0.5
    assert endings.bounced(state, np.array([[0.5 - difference], [0.0]])) == [over]


@pytest.mark.parametrize("height", [0.3, 1.0, 50.0])
def test_a_rim_is_met_where_it_is_however_flat_or_tall_the_sphere(height):
    """The meridian of z = h √(1 − u²) over v = 0 is an ellipse, of which a quarter is left."""
    from scipy.special import ellipe

    curve = geodesic(parse(f"{height}*sqrt(1 - u^2) + 0*v"), (0, 0), (1, 0), 2 * (1 + height))
    assert "vertical edge" in curve.stopped
    assert curve.length == pytest.approx(ellipe(1 - height**2), rel=1e-7)


@pytest.mark.parametrize("power", [1.5, 2.5])
def test_an_edge_of_the_domain_is_met_where_it_is(power):
    curve = geodesic(parse(f"u^{power} + 0*v"), (0.5, 0), (-1, 0), 2.0)
    x, w = np.polynomial.legendre.leggauss(200)
    s = ((x + 1) / 2) ** 4 * 0.5  # the nodes crowd where the slope has no derivative
    ds = 0.5 * 4 * ((x + 1) / 2) ** 3 / 2
    assert "domain" in curve.stopped
    assert curve.length == pytest.approx(w @ (ds * np.hypot(1, power * s ** (power - 1))), abs=1e-7)


def test_a_ray_into_a_tip_ends_there_to_ten_millionths_of_its_length():
    for length in (2.0, 20.0):
        curve = geodesic(parse("sqrt(u^2 + v^2)"), (1, 0), (-1, 0), length)
        assert "not smooth" in curve.stopped
        assert 0 <= np.sqrt(2) - curve.length < 1e-7 * length


def test_a_kink_that_is_crossed_and_crossed_back_within_a_step_ends_the_ray():
    """Both crossings of |v − v₀| by a shallow arc lie between two nodes."""
    arc = geodesic(parse("u^2 + v^2/3"), (-1.0, 0.3), (1, 0.35), 2.5)
    top = arc.points[:, 1].max()
    kinked = geodesic(parse(f"u^2 + v^2/3 + 1e-9*abs(v - {top - 1e-3})"), (-1.0, 0.3), (1, 0.35), 2.5)
    assert "kink" in kinked.stopped


def test_bisection_ends_below_the_rounding_of_the_interval():
    found = bisection.last_before(lambda t: t > np.array([1 / 3, 0.7]), np.zeros(2), np.ones(2))
    assert_allclose(found, [1 / 3, 0.7], rtol=1e-15)


def test_conjugate_times_are_exact_on_the_meridians_of_a_paraboloid():
    """By the curve's own search for the zeros of J."""
    rays = fan(landscape(BUMP, None), (-1.5, 0.0), 5.0, 32)
    curve = geodesic(BUMP, (-1.5, 0.0), (1, 0), 5.0)
    assert conjugate_times(rays.rays)[0] == pytest.approx(curve.conjugate_lengths[0], abs=1e-9)


# ---- a curve and its error ----


def test_a_straight_lines_error_is_rounding():
    curve = geodesic(parse("3*u - v"), (0.1, 0.2), (1, 1), 3.0)
    assert 2e-15 < curve.error < 2e-14


@pytest.mark.parametrize("direction", [(1, 2), (1, 0.1), (-1, 0.4)])
def test_the_error_of_a_curve_is_a_fair_one(direction):
    sphere = parse("sqrt(1 - u^2 - v^2)")
    curve = geodesic(sphere, (0.1, 0.2), direction, 1.0)
    p = np.array([0.1, 0.2, np.sqrt(0.95)])
    heading = np.array([*direction, -np.dot(p[:2], direction) / p[2]])
    truth = np.cos(1) * p + np.sin(1) * heading / np.linalg.norm(heading)
    miss = np.linalg.norm(np.array([*curve.end, curve.heights[-1]]) - truth)
    assert miss < curve.error < 1e-10


# ---- geodesics between two points ----


@pytest.mark.parametrize(("outside", "held"), [(0.04, True), (0.06, False)])
def test_a_cell_holds_what_lies_a_twentieth_outside_it(outside, held):
    corners = np.array([[0.0, 1, 0], [0, 0, 1]]) - np.array([[0.3], [-outside]])
    a, b, c = (corners[:, k].reshape(2, 1, 1) for k in range(3))
    assert (len(polar_mesh._holding(a, b, c)[0]) == 1) == held


@pytest.mark.parametrize(
    ("angle", "length", "found"),
    [(0.0, 0.5e-6, 1), (0.0, 4e-6, 2), (0.5e-5, 0.0, 1), (2e-5, 0.0, 2), (2 * np.pi, 0.0, 1)],
)
def test_geodesics_of_one_angle_and_length_are_one(angle, length, found):
    assert len(between._distinct(np.array([0.1, 0.1 + angle]), np.array([1.0, 1 + length]))[0]) == found


@pytest.mark.parametrize(("reach", "found"), [(0.98, 1), (0.8, 0)])
def test_a_search_reaches_a_fifth_beyond_its_longest_seed(reach, found):
    """And a step changes the length by a fifth at most, so that no search runs away."""
    q = np.array([1.0, 0.0])
    _, t = between._solved(PLANE, np.zeros(2), q, np.array([0.01]), np.array([reach]), np.inf)
    assert len(t) == found


def test_a_search_ends_at_thirteen_digits():
    angle, t = between._solved(PLANE, np.zeros(2), np.array([0.6, 0.8]), np.array([0.9]), np.array([0.95]), np.inf)
    assert t[0] == pytest.approx(1, abs=1e-13)
    assert np.tan(angle[0]) == pytest.approx(4 / 3, abs=1e-12)


@pytest.mark.parametrize(("bump", "over"), [(0.5, True), (2.0, False)])
def test_ways_half_as_long_again_as_the_straight_one_are_looked_for(bump, over):
    ways = between.geodesics_between(parse(f"-{bump}*exp(-8*u^2)*v + 0*u"), (-1, 1), (1, 1))
    assert ways
    assert ways[0].length <= between.straight_length(
        landscape(parse(f"-{bump}*exp(-8*u^2)*v + 0*u"), None), (-1, 1), (1, 1)
    )


def test_the_straight_way_is_measured_to_four_digits():
    where = landscape(parse("u^2"), None)
    assert between.straight_length(where, (0, 0), (1, 0)) == pytest.approx(1.478942857544598, rel=1e-5)
    assert between.straight_length(landscape(parse("sqrt(u^2 - 1)"), None), (-2, 0), (2, 0)) == pytest.approx(8)


# ---- transport ----


def test_segments_are_divided_until_the_angle_stands_still():
    wavy = landscape(parse("sin(6*u)*cos(5*v)"), None)
    line = np.array([[0.0, 0.0], [2.0, 1.5]])
    angle, error = transport.turning(wavy, line)
    fine, _ = transport.turning(wavy, line[0] + np.linspace(0, 1, 200)[:, None] * (line[1] - line[0]))
    assert angle[0] == pytest.approx(fine.sum(), abs=1e-10)
    assert error[0] < 1e-10

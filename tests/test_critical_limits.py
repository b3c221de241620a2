"""Limits and tolerances of the search for critical points, each from both sides, on landscapes that
are made for it: a window with sides of length 1, so that scaled lengths are lengths.
"""

import numpy as np
import pytest

from curvlib import Grid, parse
from curvlib.critical import critical_points, degenerate, points, search, window
from curvlib.critical.polish import Polished, leaned, polish, project
from curvlib.evaluation.jets import Jet, jet


@pytest.fixture(autouse=True)
def quiet():
    """As `critical_points` does: where f overflows or is undefined, nothing is found."""
    with np.errstate(all="ignore"):
        yield


UNIT = np.array([-0.5, -0.5]), np.array([1.0, 1.0])


def made_of(sample):
    return window.ScaledWindow(sample, *UNIT)


def text(formula):
    expression = parse(formula)
    return made_of(lambda u, v: jet(expression, u, v, {}))


def quadratic(a, b):
    """(a u² + b v²)/2."""
    return made_of(lambda u, v: Jet((a * u * u + b * v * v) / 2, a * u, b * v, a + 0 * u, 0 * u, b + 0 * u))


def counted(landscape):
    """The landscape, and the points at which it is asked for, call by call."""
    asked = []

    def sample(u, v):
        asked.append(np.stack([u, v], axis=-1))
        return landscape.sample(u, v)

    return made_of(sample), asked


def polished(*rows, error=0.0, of=None):
    landscape = of or quadratic(1, 1)
    spots = landscape.spots(np.array(rows, float))
    return landscape, Polished(spots, np.full(len(rows), error))


# ---- the window ----


def test_a_point_is_on_the_border_within_rounding():
    x = np.array([[0.5 + 9e-10, 0], [0.5 + 2e-9, 0]])
    assert quadratic(1, 1).contains(x).tolist() == [True, False]


@pytest.mark.parametrize(("ratio", "step"), [(2e-13, -1.0), (0.5e-13, 0.0)])
def test_an_eigenvalue_below_rounding_takes_no_step(ratio, step):
    H = np.array([[[1.0, 0], [0, ratio]]])
    assert window.newton_step(np.array([[0.0, ratio]]), H)[0, 1] == pytest.approx(step)


def test_second_derivatives_that_have_underflown_say_nothing():
    assert len(critical_points(parse("3e-280*(u^2 + v^2)"), Grid((-0.5, 0.5), (-0.5, 0.5)))) == 1
    assert len(critical_points(parse("2e-281*(u^2 + v^2)"), Grid((-0.5, 0.5), (-0.5, 0.5)))) == 0


def test_where_all_second_derivatives_vanish_any_direction_is_the_steepest():
    assert np.isfinite(degenerate.normals(quadratic(0, 0), np.zeros((1, 2)))).all()


# ---- what a point is ----


def test_places_a_ten_millionth_apart_are_one_point():
    landscape, close = polished((0, 0), (4e-8, 0))
    assert len(points.distinct(landscape, close).error) == 1
    landscape, apart = polished((0, 0), (2.1e-7, 0))
    assert len(points.distinct(landscape, apart).error) == 2


def kinked(at):
    """A bowl whose slope in u jumps by 1 at a line."""
    return made_of(lambda u, v: Jet(u * u / 2 + v * v / 2, u + (u > at), v, np.ones_like(u), 0 * u, np.ones_like(u)))


@pytest.mark.parametrize(("error", "ring"), [(0.0, 1e-6), (1e-8, 1e-5)])
def test_a_kink_is_seen_on_the_ring_around_a_point_and_not_beyond(error, ring):
    for at, regular in ((ring / 2, False), (2 * ring, True)):
        assert points.inspect(*polished((0, 0), error=error, of=kinked(at))).regular == [regular]


@pytest.mark.parametrize(("change", "regular"), [(3e5, True), (3e6, False)])
def test_newton_steps_lead_back_to_a_regular_point_within_half_the_ring(change, regular):
    bent = text(f"u^2/2 + {change}*u^3/6 + v^2/2")
    assert points.inspect(*polished((0, 0), of=bent)).regular == [regular]


@pytest.mark.parametrize(("height", "void"), [(5.0, True), (20.0, False)])
def test_an_eigenvalue_is_zero_if_ten_times_the_points_error_could_make_it(height, void):
    error, h = 1e-8, height * 1e-8
    landscape = made_of(lambda u, v: Jet(0 * u, 0 * u, 0 * u, h + u, 0 * u, h + u))
    assert points.inspect(*polished((0, 0), error=error, of=landscape)).void == [void]


@pytest.mark.parametrize(("bits", "regular"), [(8, False), (32, True)])
def test_an_eigenvalue_of_sixteen_units_of_the_last_place_is_rounding(bits, regular):
    ratio = bits * np.finfo(float).eps
    assert points.inspect(*polished((0, 0), of=quadratic(1, ratio))).regular == [regular]


@pytest.mark.parametrize(("ratio", "weak"), [(0.5e-6, True), (2e-6, False)])
def test_a_valley_a_million_times_longer_than_wide_is_looked_at_as_degenerate(ratio, weak):
    assert points.inspect(*polished((0, 0), of=quadratic(1, ratio))).weak == [weak]


# ---- Newton's method ----


@pytest.mark.parametrize(("distance", "found"), [(0.02, 1), (0.05, 0)])
def test_a_start_leads_no_further_than_a_fortieth_of_the_window(distance, found):
    assert len(polish(quadratic(1, 1), np.array([[distance, 0.0]])).error) == found


def test_a_step_is_a_hundredth_of_the_window_at_most():
    landscape, asked = counted(quadratic(1, 1))
    polish(landscape, np.array([[0.02, 0.0]]))
    assert np.diff([part[0, 0] for part in asked])[0] == pytest.approx(-0.01)


@pytest.mark.parametrize(("distance", "found"), [(2e-6, 1), (3e-6, 0)])
def test_a_point_counts_when_it_is_known_to_a_hundred_thousandth(distance, found):
    settled = polish(quadratic(1, 1), np.array([[distance, 0.0]]), steps=0)
    assert settled.error == pytest.approx([4 * distance] * found)


@pytest.mark.parametrize(("left", "found"), [(0.5e-9, 1), (2e-9, 0)])
def test_a_slope_where_f_does_not_curve_is_left_aside_if_it_is_rounding(left, found):
    trough = made_of(lambda u, v: Jet(u * u / 2, u, left + 0 * u, np.ones_like(u), 0 * u, 0 * u))
    assert len(polish(trough, np.array([[0.001, 0.0]])).error) == found


def test_a_search_without_progress_is_damped_after_four_steps_and_given_up_after_twelve():
    drift = made_of(lambda u, v: Jet(u, 1e-4 + 0 * u, 0 * u, np.ones_like(u), 0 * u, np.ones_like(u)))
    landscape, asked = counted(drift)
    polish(landscape, np.zeros((1, 2)))
    moves = -np.diff([part[0, 0] for part in asked])
    assert moves == pytest.approx([1e-4] * 5 + [1e-4 / 2**k for k in range(1, 9)])


def test_steps_that_shrink_by_a_tenth_are_progress_and_ninety_are_enough():
    landscape, asked = counted(text("u^10 + v^2"))
    found = polish(landscape, np.array([[0.02, 0.0]]), kept=0.0)
    assert len(asked) == 91
    assert found.spots.x[0, 0] == pytest.approx(0.02 * (8 / 9) ** 90, rel=1e-6)


def test_the_origin_is_known_to_a_hundred_quadrillionth_and_no_better():
    found = polish(text("u^4 + v^4"), np.array([[0.02, 0.01]]), 400, kept=0.0)
    assert 1e-17 < found.error[0] < 1e-16


@pytest.mark.parametrize(("ratio", "leans"), [(0.05, True), (0.2, False)])
def test_the_larger_curvature_alone_is_followed_where_it_is_ten_times_the_other(ratio, leans):
    found, left = leaned(quadratic(1, ratio), np.array([[0.01, 0.0]]))
    assert (len(found.error), len(left)) == ((1, 0) if leans else (0, 1))


@pytest.mark.parametrize(("slope", "critical", "left"), [(5e-15, 1, 0), (2e-14, 1, 1), (5e-12, 1, 1), (2e-11, 0, 1)])
def test_straight_across_a_slope_within_rounding_is_none_and_a_doubtful_one_is_looked_at_twice(slope, critical, left):
    found, rest = leaned(quadratic(1, 0.05), np.array([[0.01, slope / 0.05]]))
    assert (len(found.error), len(rest)) == (critical, left)


def test_sixty_steps_straight_across_reach_a_point_of_order_four():
    landscape, asked = counted(text("u^4"))
    spots, _ = project(landscape, np.array([[0.01, 0.0]]), np.array([[1.0, 0.0]]))
    assert len(asked) == 61 - 1 or len(asked) == 61
    assert spots.x[0, 0] == pytest.approx(0.01 * (2 / 3) ** (len(asked) - 1), rel=1e-6)


def test_straight_across_it_is_known_to_a_ten_quadrillionth():
    _, length = project(text("u^4"), np.array([[0.01, 0.0]]), np.array([[1.0, 0.0]]), steps=200)
    assert 0.6e-16 < length[0] <= 1e-16


@pytest.mark.parametrize(
    ("first", "factor", "stalls"), [(2e-10, 0.95, True), (2e-10, 0.85, False), (5e-9, 0.95, False)]
)
def test_small_steps_that_hardly_shrink_any_more_are_rounding(first, factor, stalls):
    calls = []

    def sample(u, v):
        calls.append(u)
        return Jet(u, first * factor ** len(calls) + 0 * u, 0 * u, np.ones_like(u), 0 * u, np.ones_like(u))

    project(made_of(sample), np.zeros((1, 2)), np.array([[1.0, 0.0]]), steps=6)
    assert (len(calls) == 2) == stalls


# ---- the survey ----


def test_the_mesh_covers_the_window_and_avoids_its_round_numbers():
    seen = search.survey(quadratic(1, 1))
    u = np.unique(seen.spots.x[:, 0])
    assert len(u) == 163
    assert u[0] < -0.5 < 0.5 < u[-1]
    in_halves = (u + 0.5) * 160 * 2
    assert np.abs(in_halves - np.round(in_halves)).min() > 0.2


def one_cell(gradient, hessian=(1.0, 1.0), spread=0.0):
    spots = window.Spots(
        np.zeros((1, 2)), np.zeros(1), np.array([[gradient, 0.0]]), np.diag(np.array(hessian))[None].astype(float)
    )
    return spots, np.full((1, 2, 2), spread)


@pytest.mark.parametrize(("share", "is_open"), [(1.2, True), (1.4, False)])
def test_a_cell_is_cleared_when_its_slope_exceeds_the_curvature_by_a_third(share, is_open):
    spots, spread = one_cell(share * 0.01)
    assert search._open(spots, spread, 0.01) == [is_open]


@pytest.mark.parametrize(("change", "settled"), [(0.1, True), (0.15, False)])
def test_a_cell_is_settled_when_the_hessian_changes_by_less_than_a_quarter(change, settled):
    assert search._settled(*one_cell(0.0, spread=change)) == [settled]


def test_cells_are_quartered_four_times_unless_there_are_too_many():
    for formula, quarterings in (("u^4 + v^4", 4), ("u^2*v^2", 3)):
        landscape, asked = counted(text(formula))
        search.suspects(landscape, search.survey(landscape))
        assert len(asked) == 1 + quarterings

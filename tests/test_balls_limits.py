"""Limits and tolerances of geodesic balls, each from both sides."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import PRESETS, parse
from curvlib.balls import boundary, branches, collisions, cut, jacobi, uncertainty, volumes
from curvlib.balls.ball import geodesic_ball
from curvlib.balls.higher import directions, higher_ball
from curvlib.balls.volume_order import volume_order
from curvlib.evaluation.bound_loss import landscape
from curvlib.geodesics.fan import fan

HORN = parse("log((1 + sqrt(1 - u^2 - v^2))/sqrt(u^2 + v^2)) - sqrt(1 - u^2 - v^2)")
TWO_BUMPS = parse("2*exp(-2*((u - 1.5)^2 + v^2)) + 2*exp(-2*((u + 1.5)^2 + v^2))")
BUMP = parse("2*exp(-2*(u^2 + v^2))")


def state_of(text, center, radius, n):
    rays = fan(landscape(parse(text) if isinstance(text, str) else text, None), center, radius, n)
    return rays, cut.cut(rays)


@pytest.fixture(scope="module")
def horn():
    return state_of(HORN, (np.cos(0.3) / 6, np.sin(0.3) / 6), 1.05, 64)


@pytest.fixture(scope="module")
def bump():
    return state_of(BUMP, (-1.5, 0.1), 4.2, 128)


# ---- the error of a volume ----


def test_radii_within_eight_per_cent_share_their_errors():
    assert uncertainty.largest_nearby(np.array([1.0, 1.07]), np.array([1.0, 5.0])).tolist() == [5, 5]
    assert uncertainty.largest_nearby(np.array([1.0, 1.09]), np.array([1.0, 5.0])).tolist() == [1, 5]


@pytest.mark.parametrize(("n", "probed"), [(1, 3), (11, 33), (12, 12)])
def test_fewer_than_twelve_radii_are_probed_between(horn, monkeypatch, n, probed):
    seen = []
    monkeypatch.setattr(uncertainty, "measures", lambda *args: seen.append(len(args[2])) or volumes.measures(*args))
    uncertainty.measured(*horn, np.linspace(0.5, 1.0, n))
    assert seen == [probed]


def test_the_error_at_one_radius_does_not_hang_on_where_the_corners_are(horn):
    """|A_N − A_N/2| goes through zero from radius to radius; the probes do not let it."""
    errors = [uncertainty.measured(*horn, np.array([r]))[1][0] for r in np.linspace(0.6, 1.0, 41)]
    assert min(errors) > np.median(errors) / 10


def test_the_error_beside_the_cut_locus_is_some_tens_of_the_true_one(horn):
    radii = np.linspace(0.6, 1.0, 41)
    _, errors = uncertainty.measured(*horn, radii)
    exact = geodesic_ball(HORN, (np.cos(0.3) / 6, np.sin(0.3) / 6), radii, n_rays=512, accuracy=np.inf)
    true = uncertainty.measured(*horn, radii)[0].excess - exact.excess
    assert 15 < np.sqrt(np.mean(errors**2) / np.mean(true**2)) < 150


def test_a_front_that_crosses_itself_is_doubted_where_gauss_and_bonnet_are_content():
    """A cut locus of which one of two branches is missing leaves a whole number."""
    rays, state = state_of(TWO_BUMPS, (0, 0.05), 4.2, 128)
    right = np.cos(rays.angles) > 0
    spoilt = replace(
        state,
        times=np.where(right, np.inf, state.times),
        kind=np.where(right, cut.UNCUT, state.kind),
        other=np.where(right, np.nan, state.other),
    )
    radii = np.linspace(2.9, 4.0, 14)
    (_, sure), (found, doubted) = (uncertainty.measured(rays, s, radii) for s in (state, spoilt))
    assert np.abs(found.euler - np.round(found.euler)).max() < uncertainty.UNSURE
    at = (radii > 3.05) & (radii < 3.3)  # of eight fronts up to the largest the first to cross itself is that at 3
    assert (doubted[at] > 5 * sure[at]).all()


def test_rounding_is_all_there_is_to_lose_on_a_plane():
    ball = geodesic_ball(parse("3*u - v"), (0.3, 0.2), [1.0, 2.0])
    assert ((ball.errors / ball.volumes > 2e-16) & (ball.errors / ball.volumes < 1e-15)).all()


def test_errors_of_the_steps_are_covered_without_exaggeration():
    ball = geodesic_ball(parse("sqrt(1 - u^2 - v^2)"), (0.1, 0.2), np.linspace(0.1, 1.2, 13))
    true = np.abs(ball.volumes - 2 * np.pi * (1 - np.cos(ball.radii)))
    assert (true < ball.errors / 5).all()
    assert np.median(ball.errors / true) < 1000


def test_no_volume_is_known_to_more_than_eight_digits_beyond_the_cut_locus():
    ball = geodesic_ball(HORN, (1 / 3, 0), [0.9, 1.06], n_rays=1024, accuracy=np.inf)
    assert ball.errors[0] / ball.radii[0] ** 2 < 1e-8
    assert 2e-8 < ball.errors[1] / ball.radii[1] ** 2 < 1e-7


# ---- the number of rays ----


def test_rays_are_added_until_five_digits_are_known():
    assert geodesic_ball(parse("cos(u)*cos(v)"), (0.1, 0.2), [3.0], n_rays=64).fan.n == 128
    assert geodesic_ball(parse("cos(u)*cos(v)"), (0.1, 0.2), [2.8], n_rays=64).fan.n == 64
    assert geodesic_ball(BUMP, (-1.5, 0.1), [3.5], n_rays=256, accuracy=1e-12).fan.n == 1024


def test_rays_of_many_hundred_steps_are_not_multiplied():
    rough = geodesic_ball(parse("sin(30*u)*sin(30*v)/3"), (0.1, 0.2), [1.0], n_rays=8, accuracy=1e-3)
    assert rough.fan.n == 8
    wavy = geodesic_ball(parse("sin(40*u)*v"), (0.1, 0.2), [0.5], n_rays=8, accuracy=1e-3)
    assert wavy.fan.n > 8


@pytest.mark.parametrize("n_rays", [6, 9])
def test_fewer_than_eight_rays_or_an_odd_number_are_refused(n_rays):
    with pytest.raises(ValueError, match="even number from 8 on"):
        geodesic_ball(BUMP, (0, 0), [1.0], n_rays=n_rays)
    assert geodesic_ball(BUMP, (0, 0), [0.1], n_rays=8, accuracy=np.inf).fan.n == 8


def test_rays_reach_beyond_the_largest_radius_by_a_twentieth():
    assert geodesic_ball(BUMP, (0, 0), [0.5, 2.0], n_rays=8, accuracy=np.inf).fan.radius == pytest.approx(2.1)


# ---- the cut locus ----


def test_what_one_ray_is_found_to_meet_is_tried_from_the_other_side():
    preset = PRESETS["three_wells"]
    grid = preset.grid((2, 2))
    (a, b), (c, d) = grid.u_range, grid.v_range
    center, r = (a + 0.37 * (b - a), c + 0.61 * (d - c)), 0.8 * min(b - a, d - c)
    ball = geodesic_ball(parse(preset.text), center, [r], preset.defaults, accuracy=np.inf)
    assert ball.volumes[0] == pytest.approx(71.5416, rel=1e-3)  # by 1024 rays


def test_a_meeting_is_passed_on_along_its_branch_as_far_as_it_goes(bump):
    """Behind a bump two arcs of rays meet each other; guesses for one ray in four find all."""
    state = bump[1]
    _, whole = state_of(BUMP, (-1.5, 0.1), 4.2, 512)
    assert_allclose(whole.times[::4][np.isfinite(state.times)], state.times[np.isfinite(state.times)], rtol=1e-3)
    late = np.isfinite(whole.times)
    assert (np.diff(np.nonzero(late)[0]) == 1).sum() >= late.sum() - 3


def test_a_ray_is_on_the_front_that_its_rounded_length_just_misses():
    rays, state = state_of("exp(-0.1*u)*sin(u)*sin(v)", (1.2, 0.9), 6.3, 64)
    short = replace(rays, rays=replace(rays.rays, end=rays.rays.end * (1 - 1e-9)))
    assert_allclose(cut.cut(short).times, state.times)
    ended = replace(rays, rays=replace(rays.rays, end=rays.rays.end * (1 - 1e-7)))
    fronts = collisions.suspected(np.zeros((2, 2, 4)), np.array([1.0, 2.0]))
    assert not len(fronts.ray)
    assert ended.rays.end.max() < rays.radius


@pytest.mark.parametrize(("ray", "found"), [(3.0, True), (0.4, False)])
def test_a_ray_does_not_meet_itself(bump, ray, found):
    """Around the focus behind the bump the nearest rays meet as late as the ray turns back on
    itself.
    """
    rays, state = bump
    met = np.nonzero(state.kind == cut.MEETS)[0]
    i = met[np.argmax(np.abs((state.other[met] - met + 64) % 128 - 64))]
    other = state.other[i] if found else i + ray
    solved = collisions.solved(rays, collisions.Meetings(np.array([i]), np.array([other]), state.times[[i]]))
    assert (len(solved.ray) == 1) == found


@pytest.mark.parametrize(("shift", "found"), [(0.1, True), (0.2, False)])
def test_a_meeting_far_from_where_it_was_expected_is_another_one(bump, shift, found):
    rays, state = bump
    i = np.nonzero(state.kind == cut.MEETS)[0][[0]]
    guess = collisions.Meetings(i, state.other[i], state.times[i] + shift * rays.radius)
    assert (len(collisions.solved(rays, guess).ray) == 1) == found


@pytest.mark.parametrize(("beside", "suspected"), [(0.05, True), (0.15, False)])
def test_a_ray_that_passes_a_segments_end_by_a_tenth_is_suspected(beside, suspected):
    """A square's corner sinks through the opposite side, beside its end."""
    start = np.array([[0.0, 1.0, 1 + beside, 0.5], [0.0, 0.0, 0.1, 2.0]])
    end = np.array([[0.0, 1.0, 1 + beside, 0.5], [0.0, 0.0, -0.1, 2.0]])
    found = collisions.suspected(np.stack([start, end]), np.array([1.0, 2.0]))
    assert ((found.ray == 2) & (np.floor(found.other) <= 1) & (found.other > 0.9)).any() == suspected


# ---- branches, corners, the boundary ----


@pytest.mark.parametrize(("jump", "branches_found"), [(5, 1), (7, 2)])
def test_a_partner_that_jumps_by_four_times_the_usual_and_two_begins_a_branch(jump, branches_found):
    n = 64
    other = np.where(np.arange(n) < 10, 40.0 - np.arange(n), 40.0 - np.arange(n) - jump + 1)
    kind = np.where(np.arange(n) < 20, cut.MEETS, cut.UNCUT)
    times = np.where(kind == cut.MEETS, 1.0, np.inf)
    state = cut.Cut(times, kind, np.where(kind == cut.MEETS, other % n, np.nan), times)
    numbers = branches.branch_numbers(state, np.zeros(n, int))
    assert len(np.unique(numbers[:20])) == branches_found


def test_a_corner_is_found_to_the_last_digits_of_its_cell():
    x = branches._root(lambda s: s + 0.3 * s**2 - np.array([0.5, 1.2]), 2)
    assert_allclose(x, (np.sqrt(1 + 1.2 * np.array([0.5, 1.2])) - 1) / 0.6, atol=1e-12)


def test_arcs_within_two_rays_are_joined_and_others_are_not():
    arc = np.array([[0.0, 0.0], [1.0, 0.0]])
    near, far = arc + np.array([1.9, 0]), arc + np.array([2.1, 0])
    assert len(boundary._joined([arc, near], gap=1.0)) == 1
    assert len(boundary._joined([arc, far], gap=1.0)) == 2


def test_the_boundary_closes_over_gaps_between_rays_and_stays_open_where_f_ends():
    ball = geodesic_ball(parse("sqrt(u)^3"), (0.5, 0), [1.0], n_rays=64, accuracy=np.inf)
    (curve,) = ball.boundary(1.0)
    assert np.hypot(*(curve[0] - curve[-1])) > 0.5
    tall = geodesic_ball(parse("4*exp(-2*(u^2 + v^2))"), (-1.0, 0.0123), [5.0], n_rays=64, accuracy=np.inf)
    for curve in tall.boundary(5.0):
        assert_allclose(curve[0], curve[-1])


def test_rays_whose_length_is_rounded_have_corners_too(bump):
    rays, state = bump
    short = replace(rays, rays=replace(rays.rays, end=rays.rays.end * (1 - 1e-10)))
    gone = replace(rays, rays=replace(rays.rays, end=rays.rays.end * (1 - 1e-8)))
    with_corners, without = (sum(map(len, boundary.boundary(part, state, rays.radius))) for part in (short, gone))
    assert with_corners > without


@pytest.mark.parametrize(("sine", "by_differences"), [(0.5e-3, True), (2e-3, False)])
def test_rays_that_meet_nearly_as_one_have_the_slope_of_their_cut_times(bump, monkeypatch, sine, by_differences):
    """J cot(φ/2) has no digits where φ vanishes: differences are better there."""
    rays, state = bump
    monkeypatch.setattr(volumes, "_meeting_angles", lambda *_: np.full(rays.n, 2 * np.arcsin(sine)))
    edge = volumes._edge(rays, state)
    meets = state.kind == cut.MEETS
    differences = branches.slopes_along(edge.time, edge.branch)
    assert (edge.slope[meets] == differences[meets]).all() == by_differences


# ---- what is said ----


def test_a_volume_uncertain_by_a_thousandth_is_said_to_be():
    coarse = geodesic_ball(BUMP, (-1.5, 0.1), [3.9], n_rays=64, accuracy=np.inf)
    fine = geodesic_ball(BUMP, (-1.5, 0.1), [3.9], n_rays=256, accuracy=np.inf)
    for ball in (coarse, fine):
        relative = ball.errors[0] / (np.pi * ball.radii[0] ** 2)
        assert any("uncertain" in note for note in ball.notes) == (relative > 1e-3)
    assert 1e-4 < fine.errors[0] / fine.volumes[0] * 100
    assert coarse.errors[0] / coarse.volumes[0] > 1e-3


# ---- more dimensions, small radii ----


def flat_ball(radii):
    return higher_ball(
        lambda x: 0.1 * x, lambda x: np.broadcast_to(0.1 * np.eye(3), (len(x), 3, 3)), (0, 0, 0), radii, order=4
    )


def test_radii_may_lie_as_close_together_or_as_far_apart_as_one_likes():
    close = flat_ball([1.0, 1.0 + 1e-9])
    far = flat_ball([1e-9, 1.0])
    assert np.isfinite(close.ratio).all()
    assert np.isfinite(far.ratio).all()
    assert close.ratio[0] == pytest.approx(far.ratio[1], abs=1e-11)


def test_radii_beyond_the_most_steps_have_no_volume(monkeypatch):
    monkeypatch.setattr(jacobi, "MOST_STEPS", 3)
    ball = flat_ball([1e-3, 50.0])
    assert np.isnan(ball.ratio[1])
    assert ball.valid_radius < 50


def test_five_dimensions_are_the_most():
    with pytest.raises(ValueError, match="2 to 5"):
        higher_ball(lambda x: x, lambda x: np.broadcast_to(np.eye(6), (len(x), 6, 6)), [0.0] * 6, [0.1])
    assert directions(5, 4)[0].shape == (8 * 4**3, 5)


def test_small_radii_have_a_fan_of_their_own_and_keep_eleven_digits():
    order = volume_order(parse("u^2 - v^2"), (0, 0))
    assert order.radii[0] == pytest.approx(0.0005)
    assert order.radii[-1] == pytest.approx(0.15)
    assert abs(order.scalar_curvature + 8) < order.error < 1e-4
    flat = volume_order(parse("u^2/1e3 + v^2/1e3"), (0, 0))
    assert flat.error < 1e-9

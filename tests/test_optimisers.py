"""Optimisers on a loss: their steps against closed forms and loops written out
here, their endings, their noise.
"""

from itertools import pairwise

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from curvlib import PRESETS, geodesics_between, geometry_at, optimisers, parse
from curvlib.geodesics.segment import polyline_length, segment_length
from curvlib.optimisers import (
    FAR,
    GRADIENT_TOLERANCE,
    MAX_POINTS,
    STEP_TOLERANCE,
    Adam,
    GradientDescent,
    Momentum,
    Nesterov,
    descend,
    descents,
)

L1, L2 = 1.0, 4.0
QUADRATIC = parse("u^2/2 + 2*v^2")
EIGENVALUES = np.array([L1, L2])
HIMMELBLAU = parse(PRESETS["himmelblau"].text)


def test_gradient_descent_on_a_quadratic_is_a_power():
    path = descend(QUADRATIC, (3, -2), GradientDescent(0.1), 40)
    k = np.arange(41)[:, None]
    assert_allclose(path.points, (1 - 0.1 * EIGENVALUES) ** k * [3, -2], rtol=1e-12)
    assert path.steps == 40
    assert path.ending == "steps used up"


@pytest.mark.parametrize("rate", [1e-3, 0.4999])
def test_gradient_descent_settles_below_two_over_the_sharpest_eigenvalue(rate):
    path = descend(QUADRATIC, (1, 1), GradientDescent(rate), 100_000)
    assert (path.ending, path.kind) == ("converged", "minimum")


@pytest.mark.parametrize("rate", [0.5001, 0.6])
def test_gradient_descent_diverges_above_two_over_the_sharpest_eigenvalue(rate):
    path = descend(QUADRATIC, (1, 1), GradientDescent(rate), 100_000)
    assert (path.ending, path.kind) == ("diverged", "")
    assert np.linalg.norm(path.points[-1] - path.points[0]) > FAR >= np.linalg.norm(path.points[-2] - path.points[0])


def test_gradient_descent_at_the_threshold_goes_to_and_fro():
    path = descend(QUADRATIC, (0, 1), GradientDescent(0.5), 100)
    assert_array_equal(path.points[:, 1], (-1.0) ** np.arange(101))


@pytest.mark.parametrize(("optimiser", "shift"), [(Momentum(0.05, 0.8), 0.0), (Nesterov(0.05, 0.8), 1.0)])
def test_momentum_on_a_quadratic_is_its_two_by_two_recurrence(optimiser, shift):
    path = descend(QUADRATIC, (1, 1), optimiser, 60)
    for axis, eigenvalue in enumerate(EIGENVALUES):
        A = np.array(
            [
                [1 - 0.05 * eigenvalue, 0.8 * (1 - shift * 0.05 * eigenvalue)],
                [-0.05 * eigenvalue, 0.8 * (1 - shift * 0.05 * eigenvalue)],
            ]
        )
        states = [np.linalg.matrix_power(A, k) @ [1.0, 0.0] for k in range(61)]
        assert_allclose(path.points[:, axis], [state[0] for state in states], atol=1e-12)


def test_momentum_widens_the_range_of_learning_rates():
    """Stable for η < 2(1 + μ)/λ (Polyak)."""
    edge = 2 * 1.9 / L2
    assert descend(QUADRATIC, (1, 1), Momentum(0.999 * edge, 0.9), 100_000).ending == "converged"
    assert descend(QUADRATIC, (1, 1), Momentum(1.001 * edge, 0.9), 100_000).ending == "diverged"


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_without_momentum_the_heavy_ball_is_gradient_descent(kind):
    heavy, plain = (
        descend(HIMMELBLAU, (0, 1), kind(0.01, 0.0), 200),
        descend(HIMMELBLAU, (0, 1), GradientDescent(0.01), 200),
    )
    assert_array_equal(heavy.points, plain.points)


def test_adam_is_algorithm_1_of_its_paper():
    x, m, v, walked = np.array([0.0, 1.0]), np.zeros(2), np.zeros(2), []
    for t in range(1, 151):
        a, b = x
        g = np.array([4 * a * (a**2 + b - 11) + 2 * (a + b**2 - 7), 2 * (a**2 + b - 11) + 4 * b * (a + b**2 - 7)])
        m, v = 0.8 * m + (1 - 0.8) * g, 0.99 * v + (1 - 0.99) * g**2
        x = x - 0.05 * (m / (1 - 0.8**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-6)
        walked.append(x)
    path = descend(HIMMELBLAU, (0, 1), Adam(0.05, 0.8, 0.99, 1e-6), 150)
    assert_allclose(path.points[1:], walked, rtol=1e-9)


def test_first_step_of_adam_is_the_learning_rate_however_steep_the_loss():
    for scale in (1e-3, 1e6):
        path = descend(parse(f"{scale:.0e}*(u^2 + 5*v)"), (1, 1), Adam(0.02), 1)
        assert_allclose(path.points[1], [0.98, 0.98], rtol=1e-6)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_noise_keeps_gradient_descent_at_its_stationary_variance(seed):
    """x ← (1 − ηλ) x − ησξ has the variance ησ²/(λ(2 − ηλ));
    the mean of n squares of normal numbers is off by √(2/n) of it.
    """
    n, rate, noise = 4000, 0.1, 0.7
    paths = descents(QUADRATIC, np.zeros((n, 2)), GradientDescent(rate, noise), 200, seed=seed)
    ends = np.array([path.end for path in paths])
    variance = rate * noise**2 / (EIGENVALUES * (2 - rate * EIGENVALUES))
    assert_allclose((ends**2).mean(axis=0), variance, rtol=4 * np.sqrt(2 / n))
    assert {path.ending for path in paths} == {"steps used up"}


def test_noise_is_reproducible_and_shared_by_optimisers():
    noisy = GradientDescent(0.01, noise=1.0)
    first, again, other = (descend(HIMMELBLAU, (0, 1), noisy, 50, seed=seed).points for seed in (7, 7, 8))
    assert_array_equal(first, again)
    assert not np.allclose(first, other)
    assert_array_equal(first, descend(HIMMELBLAU, (0, 1), Momentum(0.01, 0.0, 1.0), 50, seed=7).points)
    assert_array_equal(first, descend(HIMMELBLAU, (0, 1), noisy, 50, seed=np.random.default_rng(7)).points)


def test_several_starts_are_walked_as_each_alone():
    starts = np.array([[0.0, 1.0], [-3.0, 3.0], [1e9, 1e9], [3.0, 2.0]])
    for together, start in zip(descents(HIMMELBLAU, starts, Nesterov(0.005), 2000), starts, strict=True):
        alone = descend(HIMMELBLAU, start, Nesterov(0.005), 2000)
        assert_array_equal(together.points, alone.points)
        assert together.ending == alone.ending


def test_first_of_several_noisy_paths_is_that_of_its_start_alone():
    noisy = GradientDescent(0.01, 1.0)
    assert_array_equal(
        descents(HIMMELBLAU, np.zeros((3, 2)), noisy, 20, seed=3)[0].points,
        descend(HIMMELBLAU, (0, 0), noisy, 20, seed=3).points,
    )


def test_measures_along_a_path_are_those_of_its_points():
    path = descend(HIMMELBLAU, (0, 1), Adam(0.1), 30)
    for k in (0, 13, 30):
        at = geometry_at(HIMMELBLAU, tuple(path.points[k]))
        assert_allclose(path.scalar_curvature[k], at.scalar_curvature, rtol=1e-12)
        assert_allclose(path.hessian_trace[k], np.trace(at.hessian), rtol=1e-12)
        assert_allclose(path.gradient_norm[k], np.linalg.norm(at.gradient), rtol=1e-12)
        assert_allclose(path.f[k], at.f, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "start", "kind"),
    [
        ("u^2 + 3*v^2", (1, 1), "minimum"),
        ("u^2 - v^2", (1, 0), "saddle"),
        ("-u^2 - v^2", (0, 0), "maximum"),
        ("u^2", (1, 5), "degenerate"),
        ("u^4 + v^2", (0.001, 0), "degenerate"),
        ("u^3 - 3*u*v^2", (0, 0), "degenerate"),
        ("-exp(-u^2 - v^2)", (5, 3), "plateau"),
    ],
)
def test_kind_of_the_point_reached_is_told(text, start, kind):
    path = descend(parse(text), start, GradientDescent(0.1), 20_000)
    assert (path.ending, path.kind) == ("converged", kind)


def test_gradient_just_above_its_tolerance_has_not_converged():
    gentle = GradientDescent(1e-9)
    for share, ending in ((0.99, "converged"), (1.01, "steps used up")):
        assert descend(QUADRATIC, (share * GRADIENT_TOLERANCE, 0), gentle, 3).ending == ending


@pytest.mark.parametrize(
    ("length", "ending"), [(0.99 * STEP_TOLERANCE, "converged"), (1.01 * STEP_TOLERANCE, "steps used up")]
)
def test_heavy_ball_that_passes_a_minimum_at_speed_has_not_converged(length, ending):
    """The first step lands on the minimum exactly;
    whether the ball rests there is told by the length of that step.
    """
    path = descend(parse("50*u^2 + 50*v^2"), (length, 0), Momentum(0.01, 0.5), 1)
    assert path.gradient_norm[1] == 0
    assert path.ending == ending


@pytest.mark.parametrize(
    ("text", "start", "optimiser", "ending", "steps"),
    [
        ("log(u) + v^2", (0.5, 0), GradientDescent(0.3), "left the domain", 0),
        ("log(u) + v^2", (1, 0), GradientDescent(0.3), "left the domain", 2),
        ("log(u) + v^2", (1, 0), Nesterov(0.05), "left the domain", 5),
        ("sqrt(1 - u^2) + v^2", (2, 0), GradientDescent(0.1), "left the domain", 0),
        ("abs(u) + v^2", (0.5, 0), GradientDescent(0.25), "met a kink", 1),
        ("exp(u^2) + v^2", (3, 0), GradientDescent(0.5), "diverged", 0),
        ("u^4 + v^2", (1, 0), GradientDescent(2.0), "diverged", 3),
        ("u^2 - v^2", (1, 1e-3), GradientDescent(0.1), "diverged", None),
    ],
)
def test_ending_is_told_honestly(text, start, optimiser, ending, steps):
    path = descend(parse(text), start, optimiser, 5000)
    assert path.ending == ending
    assert path.steps == steps or steps is None
    assert path.kind == ""
    if steps:
        assert np.isfinite(path.f).all()


def test_endings_are_those_that_are_listed():
    assert optimisers.ENDINGS == ("converged", "diverged", "left the domain", "met a kink", "steps used up")


def test_no_steps_are_a_path_too():
    path = descend(HIMMELBLAU, (1, 1), Adam(), 0)
    assert (path.steps, path.end, path.ending) == (0, (1.0, 1.0), "steps used up")
    assert descend(parse("u^2 + v^2"), (0, 0), Adam(), 0).ending == "converged"


def test_path_is_never_shorter_than_the_geodesic_between_its_ends():
    waves, c = parse(PRESETS["paper_ex31"].text), {"c": 0.1}
    path = descend(waves, (3.8, 4.4), GradientDescent(0.5), 500, c)
    shortest = geodesics_between(waves, path.points[0], path.end, c)[0]
    length = polyline_length(waves, path.points, c)
    assert shortest.length <= length < 2 * shortest.length


def test_length_of_a_polyline_is_the_sum_of_its_segments():
    corners = np.array([[0, 1], [1, 1], [1, 1], [0.5, -2]])
    each = [segment_length(HIMMELBLAU, p, q) for p, q in pairwise(corners)]
    assert_allclose(polyline_length(HIMMELBLAU, corners), sum(each), rtol=1e-8)
    assert polyline_length(HIMMELBLAU, corners[:1]) == 0
    assert np.isnan(polyline_length(parse("log(u)"), [[1, 0], [-1, 0], [1, 0]]))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: GradientDescent(0.0), "learning_rate must be a finite number above 0; it is 0.0"),
        (lambda: GradientDescent(float("inf")), "learning_rate must be a finite number"),
        (lambda: GradientDescent(0.1, -1.0), "noise must be a finite number not below 0"),
        (lambda: Momentum(0.1, 1.0), "momentum must be below 1"),
        (lambda: Adam(0.1, beta2=1.0), "beta2 must be below 1"),
        (lambda: Adam(0.1, epsilon=0.0), "epsilon must be a finite number above 0"),
        (lambda: descend(QUADRATIC, (0, 0), Adam(), -1), "steps must not be negative"),
        (lambda: descend(QUADRATIC, (0, 0), Adam(), MAX_POINTS), "all points together at most 4000000"),
        (lambda: descend(QUADRATIC, (0, float("nan")), Adam(), 1), "starts must be finite"),
        (lambda: descents(QUADRATIC, np.zeros(2), Adam(), 1), r"shape \(n, 2\)"),
    ],
)
def test_what_no_optimiser_can_do_is_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_as_many_points_as_are_allowed_are_walked():
    assert descend(parse("u^2 + v^2"), (0, 0), GradientDescent(), MAX_POINTS - 1).steps == 0

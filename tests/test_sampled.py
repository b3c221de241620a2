"""Curvature from samples: against exact fields; what the stated errors promise; gaps."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import PRESETS, Grid, evaluate, parse
from curvlib.sampled import SamplesError, from_samples
from curvlib.sampled.fit import HALF_WIDTHS, LARGEST, MIN_SIDE, MISSING, NEAR_GAP
from curvlib.sampled.stencils import Stencil, noise_level

MEASURES = ("gradient_norm", "hessian_trace", "scalar_curvature")
LOSS = parse("exp(-u/3)*sin(u)*sin(v)")
WINDOW = (0.2, 6.0), (0.1, 5.0)


def exact(side, loss=LOSS, window=WINDOW):
    grid = Grid(*window, (side, side + 3))
    return grid, evaluate(loss, grid)


@pytest.mark.parametrize("measure", MEASURES)
def test_without_noise_the_error_falls_with_the_fourth_power_of_the_step_inside_the_window(measure):
    def largest(side):
        grid, truth = exact(side)
        found = from_samples(truth.f, grid, half_width=2)
        off, border = np.abs(getattr(found.fields, measure) - getattr(truth, measure)), side // 8
        return off[border:-border, border:-border].max()

    order = np.log2(largest(41) / largest(81))
    assert 3.6 < order < 4.4


@pytest.mark.parametrize("name", ["himmelblau", "peaks", "branin", "six_hump_camel", "mccormick"])
@pytest.mark.parametrize("noise", [0.0, 1e-4, 1e-2])
def test_the_stated_errors_hold_nearly_everywhere(name, noise):
    preset = PRESETS[name]
    grid = Grid(*preset.window, (90, 101))
    truth = evaluate(parse(preset.text), grid, preset.defaults)
    samples = truth.f + noise * np.std(truth.f) * np.random.default_rng(1).standard_normal(grid.shape)
    found = from_samples(samples, grid)
    for measure in MEASURES:
        off = np.abs(getattr(found.fields, measure) - getattr(truth, measure))
        assert np.mean(off <= getattr(found.errors, measure)) > 0.98


def test_the_stated_error_of_pure_noise_is_within_twelve_times_its_size():
    grid = Grid((-1, 1), (-1, 1), (60, 60))
    samples = np.random.default_rng(0).standard_normal(grid.shape)
    found = from_samples(samples, grid, half_width=6)
    inside = np.s_[12:-12, 12:-12]
    size = np.sqrt(np.mean(found.fields.hessian_trace[inside] ** 2))
    assert size < np.median(found.errors.hessian_trace[inside]) < 12 * size


@pytest.mark.parametrize("derivative", [0, 1, 2])
@pytest.mark.parametrize(("half_width", "degree"), [(2, 4), (3, 6), (6, 4)])
def test_noise_grows_by_the_length_of_the_fit_s_rows_up_to_the_ends(half_width, degree, derivative):
    fit, n = Stencil(half_width, degree, 0.3), 20
    rows = fit.along(np.eye(n), 0, derivative)  # one unit of noise in each sample
    assert_allclose(fit.amplification(n, derivative), np.linalg.norm(rows, axis=1), rtol=1e-9)


def test_a_wider_window_is_chosen_where_there_is_noise():
    grid, truth = exact(120)
    noisy = truth.f + 1e-3 * np.random.default_rng(0).standard_normal(grid.shape)
    plain, smoothed = from_samples(truth.f, grid), from_samples(noisy, grid)
    assert plain.half_width < smoothed.half_width
    direct = from_samples(noisy, grid, half_width=2)

    def off(found):
        return np.median(np.abs(found.fields.scalar_curvature - truth.scalar_curvature))

    assert off(smoothed) < off(direct) / 20


@pytest.mark.parametrize("sigma", [1e-6, 1e-2, 3.0])
def test_noise_level_is_that_of_the_noise(sigma):
    grid, truth = exact(200)
    noisy = truth.f + sigma * np.random.default_rng(3).standard_normal(grid.shape)
    assert noise_level(noisy) == pytest.approx(sigma, rel=0.05)


def test_polynomials_of_degree_four_are_differentiated_exactly_up_to_the_border():
    loss = parse("u^4 - 3*u^2*v^2 + u*v^3 + v^2 - 2*u + 1")
    grid, truth = exact(25, loss, ((-1, 1), (-1, 2)))
    for m in (2, 3, 6):
        found = from_samples(truth.f, grid, m).fields
        for measure in MEASURES:
            np.testing.assert_allclose(getattr(found, measure), getattr(truth, measure), rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("half_width", [2, 4, 9])
def test_gaps_are_counted_and_grow_by_the_narrowest_window(half_width):
    grid, truth = exact(41)
    samples = truth.f.copy()
    samples[20, 15] = np.nan
    samples[0, 0] = np.inf
    found = from_samples(samples, grid, half_width).fields
    gap = np.zeros(grid.shape, dtype=bool)
    gap[17:24, 12:19] = True
    gap[:4, :4] = True
    assert (found.undefined == gap).all()
    assert {cause.words: cause.cells for cause in found.causes} == {MISSING: 2, NEAR_GAP: int(gap.sum()) - 2}
    assert np.isnan(found.f).sum() == 2


def test_a_gap_near_an_end_spoils_every_cell_whose_window_holds_it():
    grid, truth = exact(41)
    samples = truth.f.copy()
    samples[2, 30] = np.nan
    undefined = from_samples(samples, grid, half_width=3).fields.undefined
    assert undefined[:6, 27:34].all()
    assert undefined.sum() == 6 * 7


def test_far_from_gaps_nothing_changes_and_near_them_the_window_is_half_as_wide():
    grid, truth = exact(61)
    samples = truth.f.copy()
    samples[30, 30] = np.nan
    found = from_samples(samples, grid, half_width=8).fields.hessian_trace
    whole, half = (from_samples(truth.f, grid, half_width=m).fields.hessian_trace for m in (8, 4))
    np.testing.assert_array_equal(found[:20], whole[:20])
    np.testing.assert_array_equal(found[25, 30], half[25, 30])


def test_losses_of_runs_that_diverged_are_missing():
    grid, truth = exact(41)
    samples = truth.f.copy()
    samples[20, 15], samples[30, 30] = 1.01 * LARGEST, -0.99 * LARGEST
    assert np.argwhere(np.isnan(from_samples(samples, grid).fields.f)).tolist() == [[20, 15]]


def test_unreliable_is_where_the_sign_of_S_is_unknown():
    grid = Grid((-1, 1), (-1, 1), (31, 31))
    plane = np.add.outer(grid.v, grid.u) + 1e-6 * np.random.default_rng(0).standard_normal(grid.shape)
    bowl = np.add.outer(grid.v**2, grid.u**2)
    assert from_samples(plane, grid).unreliable.mean() > 0.9
    assert not from_samples(bowl, grid).unreliable.any()


@pytest.mark.parametrize("shape", [(MIN_SIDE - 1, 20), (20, MIN_SIDE - 1)])
def test_too_few_samples_are_refused(shape):
    with pytest.raises(SamplesError, match="at least 7"):
        from_samples(np.zeros(shape), Grid((0, 1), (0, 1), shape))


def test_the_fewest_samples_are_enough():
    grid = Grid((0, 1), (0, 1), (MIN_SIDE, MIN_SIDE))
    assert not from_samples(np.add.outer(grid.v**2, grid.u), grid).fields.undefined.any()


@pytest.mark.parametrize(("m", "fits"), [(1, False), (2, True), (9, True), (10, False)])
def test_window_must_fit(m, fits):
    grid = Grid((0, 1), (0, 1), (19, 30))
    if fits:
        assert from_samples(np.ones(grid.shape), grid, m).half_width == m
    else:
        with pytest.raises(SamplesError, match="2 to 9 samples"):
            from_samples(np.ones(grid.shape), grid, m)


def test_samples_of_another_shape_are_refused():
    with pytest.raises(SamplesError, match="shape"):
        from_samples(np.zeros((9, 8)), Grid((0, 1), (0, 1), (8, 9)))


def test_all_half_widths_to_choose_from_are_legal():
    assert min(HALF_WIDTHS) == 2
    assert list(HALF_WIDTHS) == sorted(HALF_WIDTHS)

"""Networks: derivatives against autograd, training against a plain Adam, and what
the stored study says.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from autograd import grad as autograd_gradient, hessian as autograd_hessian, numpy as anp
from numpy.testing import assert_allclose

from curvlib import nets
from curvlib.nets.seeds import to_json

STORED = Path(__file__).parent.parent / "assets" / "seeds.json"
FUNCTIONS = {
    "tanh": anp.tanh,
    "softplus": lambda z: anp.logaddexp(0, z),
    "relu": lambda z: anp.maximum(z, 0),
    "sine": anp.sin,
}


def problem(widths, activation, weight_decay=0.0, seed=0):
    """A random network on random data, and its loss written for autograd."""
    rng = np.random.default_rng(seed)
    network = nets.Network(widths, activation)
    x, y = rng.standard_normal((9, widths[0])), rng.standard_normal((9, widths[-1]))

    def loss(theta):
        a, start = x, 0
        for depth, (fan_in, fan_out) in enumerate(pairwise(widths)):
            W = anp.reshape(theta[start : start + fan_in * fan_out], (fan_in, fan_out))
            start += fan_in * fan_out
            a = anp.dot(a, W) + theta[start : start + fan_out]
            start += fan_out
            a = FUNCTIONS[activation](a) if depth < len(widths) - 2 else a
        return anp.mean((a - y) ** 2) + weight_decay / 2 * anp.sum(theta**2)

    return nets.Loss(network, x, y, weight_decay), loss, network.initial(rng)


@pytest.mark.parametrize("activation", nets.ACTIVATIONS)
@pytest.mark.parametrize("widths", [(3, 2), (1, 5, 1), (2, 4, 3, 2), (1, 3, 3, 3, 1)], ids=str)
def test_loss_gradient_and_hessian_are_those_of_autograd(widths, activation):
    ours, theirs, theta = problem(widths, activation, weight_decay=0.02)
    assert ours(theta) == pytest.approx(theirs(theta), rel=1e-13)
    assert_allclose(ours.gradient(theta), autograd_gradient(theirs)(theta), atol=1e-13)
    assert_allclose(ours.hessian(theta), autograd_hessian(theirs)(theta), atol=1e-12)


def test_figure_4_network_has_97_parameters_and_autograds_hessian():
    loss = nets.task()
    theta = nets.start(loss, 107)

    def theirs(p):
        return anp.mean(
            (anp.dot(anp.tanh(anp.outer(loss.x[:, 0], p[:32]) + p[32:64]), p[64:96]) + p[96] - loss.y[:, 0]) ** 2
        )

    assert loss.network.size == len(theta) == 97
    assert_allclose(loss.hessian(theta), autograd_hessian(theirs)(theta), atol=1e-13)


def test_products_are_columns_of_the_hessian_for_many_networks_and_directions_at_once():
    loss, _, theta = problem((2, 4, 3, 2), "tanh")
    thetas, directions = np.stack([theta, -theta, 2 * theta]), np.random.default_rng(1).standard_normal((5, theta.size))
    assert_allclose(
        loss.hvp(thetas, directions), np.stack([directions @ loss.hessian(each) for each in thetas]), atol=1e-12
    )
    assert_allclose(loss.hvp(theta, directions[0]), loss.hessian(theta) @ directions[0], atol=1e-12)
    assert_allclose(loss.gradient(thetas)[1], loss.gradient(-theta), atol=1e-14)
    assert_allclose(loss(thetas), [loss(each) for each in thetas])


def test_blocks_of_directions_make_the_same_hessian(monkeypatch):
    loss, _, theta = problem((2, 4, 3, 2), "sine")
    whole = loss.hessian(theta)
    monkeypatch.setattr("curvlib.nets.loss.BLOCK", 100)
    assert_allclose(loss.hessian(theta), whole, atol=1e-15)


def test_training_is_adam_with_a_cosine_schedule():
    loss, theirs, start = problem((1, 5, 1), "tanh")
    slope, theta, m, s = autograd_gradient(theirs), start.copy(), 0.0, 0.0
    for step in range(30):
        g = slope(theta)
        m, s = 0.9 * m + 0.1 * g, 0.999 * s + 0.001 * g**2
        rate = 0.01 * (1 + np.cos(np.pi * step / 30)) / 2
        theta = theta - rate * (m / (1 - 0.9 ** (step + 1))) / (np.sqrt(s / (1 - 0.999 ** (step + 1))) + 1e-8)
    found = nets.train(loss, start, steps=30, checkpoints=(0, 30))
    assert_allclose(found.theta, theta, atol=1e-10)
    assert_allclose([found.losses[0], found.losses[-1]], [theirs(start), theirs(theta)])
    assert (found.checkpoints[0] == start).all()
    assert (found.checkpoints[30] == found.theta).all()


def test_training_reports_progress_and_stops_when_the_report_says_so():
    loss, _, start = problem((1, 5, 1), "tanh")
    shares = []

    def report(share):
        shares.append(share)
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        nets.train(loss, start, steps=1000, progress=report)
    assert len(shares) == 51
    assert shares == sorted(shares)


@pytest.mark.parametrize(("seed", "S"), [(2, 116.406), (14, 247.293), (1, 254.497), (0, 294.438)])
def test_minima_recur_once_weight_decay_isolates_them_and_newton_finishes(seed, S):
    loss = nets.task(nets.Network((1, 16, 1), "tanh"), weight_decay=1e-3)
    found = nets.polish(loss, nets.train(loss, nets.start(loss, seed)).theta)
    assert found.converged
    assert found.gradient_norm < 1e-11
    assert found.smallest_eigenvalue > 0
    assert nets.geometry(loss, found.theta).scalar_curvature == pytest.approx(S, abs=5e-4)


def test_polish_says_when_it_does_not_converge():
    loss = nets.task(nets.Network((1, 4, 1), "tanh"))
    shares = []
    assert not nets.polish(loss, nets.start(loss, 0), max_steps=2, progress=shares.append).converged
    assert shares == [0.5, 1.0]


def test_rescaling_a_relu_network_keeps_its_function_and_changes_its_curvature():
    loss, _, theta = problem((1, 6, 5, 1), "relu")
    other = loss.network.rescaled(theta, 5.0, layer=1)
    x = np.linspace(-2, 2, 11)
    assert_allclose(loss.network.predict(other, x), loss.network.predict(theta, x), atol=1e-13)
    before, after = nets.geometry(loss, theta), nets.geometry(loss, other)
    assert after.loss == pytest.approx(float(before.loss))
    assert after.hessian_trace > 2 * before.hessian_trace
    assert abs(after.scalar_curvature_at_minimum) != pytest.approx(
        abs(float(before.scalar_curvature_at_minimum)), rel=0.1
    )


def test_perturbed_fits_are_the_fits_of_disturbed_weights():
    loss, theirs, theta = problem((1, 5, 1), "softplus")
    noise = 0.1 * np.random.default_rng(2).standard_normal((7, theta.size))
    found = nets.perturbed_fits(loss, theta, noise, x=np.array([0.5]))
    assert found.rises[3] == pytest.approx(theirs(theta + noise[3]) - theirs(theta))
    assert found.predictions[3, 0, 0] == pytest.approx(
        float(loss.network.predict(theta + noise[3], np.array([0.5]))[0, 0])
    )
    assert found.mean_rise_error == pytest.approx(scipy.stats.sem(found.rises))
    assert found.spread == pytest.approx(np.std(found.rises, ddof=1))


def test_mistakes_are_refused_with_the_remedy():
    loss, _, theta = problem((1, 5, 1), "tanh")
    with pytest.raises(ValueError, match="do not make a network; give the inputs"):
        nets.Network((3,))
    with pytest.raises(ValueError, match="no activation 'step'; the activations: tanh, softplus, relu, sine"):
        nets.Network((1, 2, 1), "step")
    with pytest.raises(ValueError, match=r"θ has 15 entries; a network .* has 16"):
        loss(theta[:-1])
    with pytest.raises(ValueError, match="do not fit 1 units"):
        loss.network.predict(theta, np.zeros((4, 2)))
    with pytest.raises(ValueError, match="3 inputs and 4 targets do not pair up"):
        nets.Loss(loss.network, np.zeros(3), np.zeros(4))
    with pytest.raises(ValueError, match="no schedule 'step'; the schedules: cosine"):
        nets.train(loss, theta, schedule="step")
    with pytest.raises(ValueError, match="Rescaling changes a tanh network's function"):
        loss.network.rescaled(theta, 2.0)
    with pytest.raises(ValueError, match="the hidden layer 1 one of the 1"):
        nets.Network((1, 5, 1), "relu").rescaled(theta, 2.0, layer=1)


# --- the study of seeds


@pytest.fixture(scope="module")
def stored():
    return nets.read_studies(STORED)


def test_stored_study_is_what_training_gives_today(stored):
    again, kept = nets.study(nets.task(), [3, 44], n_draws=200), stored["sigma 0.1"]
    for name in ("scalar_curvature", "hessian_trace", "hessian_square_trace", "loss"):
        assert_allclose(getattr(again, name), getattr(kept, name)[[3, 44]], rtol=0.01)
    assert_allclose(again.mean_rise, kept.mean_rise[[3, 44]], atol=4 * again.mean_rise_error.max())


def test_stored_study_holds_the_papers_pair(stored):
    assert stored["pair"].seeds.tolist() == list(nets.PAIR)
    assert_allclose(stored["pair"].scalar_curvature, [430, 616], rtol=0.002)


def test_trace_predicts_the_mean_rise_and_square_trace_its_spread_better_than_s_does(stored):
    for name in ("sigma 0.1", "sigma 0.01", "1500 steps", "6000 steps"):
        found = nets.rank_correlations(stored[name])
        assert found["mean_rise"]["hessian_trace"].low > found["mean_rise"]["scalar_curvature"].high
        assert found["spread"]["hessian_square_trace"].low > found["spread"]["scalar_curvature"].high


def test_smaller_s_may_be_more_fragile(stored):
    low, high = nets.COUNTEREXAMPLE
    found = stored["sigma 0.1"]
    assert (low, high) in nets.inversions(found)
    assert_allclose(found.scalar_curvature[[low, high]], [350, 404], rtol=0.002)
    assert found.mean_rise[low] > found.mean_rise[high] + 4 * np.hypot(*found.mean_rise_error[[low, high]])
    assert found.spread[low] > found.spread[high]


def test_stored_networks_have_a_participation_ratio_of_two(stored):
    found = stored["sigma 0.1"]
    assert_allclose(found.participation_ratio, found.hessian_trace**2 / found.hessian_square_trace, rtol=1e-6)
    assert 1.5 < found.participation_ratio.min() < found.participation_ratio.max() < 2.2


def test_inversions_are_real_and_the_widest_comes_first(stored):
    found = stored["sigma 0.1"]
    pairs = np.array(nets.inversions(found))
    gaps = found.scalar_curvature[pairs[:, 1]] - found.scalar_curvature[pairs[:, 0]]
    assert (gaps > 0).all()
    assert (np.diff(gaps) <= 0).all()
    assert (found.mean_rise[pairs[:, 0]] > found.mean_rise[pairs[:, 1]]).all()


def test_stored_minima_recur_at_the_same_scalar_curvatures():
    found = nets.read_minima(STORED)
    assert [minimum.scalar_curvature for minimum in found[:4]] == [116.406, 294.438, 254.497, 247.293]
    assert sum(len(minimum.seeds) for minimum in found) == 100
    assert 2 in found[0].seeds


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_rank_correlation_is_spearmans(seed):
    x, noise = np.random.default_rng(seed).standard_normal((2, 40))
    found = nets.rank_correlation(x, x + noise)
    assert found.rho == pytest.approx(scipy.stats.spearmanr(x, x + noise).statistic)
    assert -1 < found.low < found.rho < found.high < 1
    assert nets.rank_correlation(x, -x).rho == -1


def test_study_comes_back_from_json(stored):
    assert to_json(stored["pair"])["seeds"] == [107, 22]
    assert_allclose(to_json(stored["pair"])["spread"], stored["pair"].spread)

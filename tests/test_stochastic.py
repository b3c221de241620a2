"""S from Hessian-vector products: exact where the sketch holds all of H, unbiased and with honest
errors where it does not.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import nets
from curvlib.nets import stochastic


def symmetric(q, seed=0):
    """A Hessian with a few large eigenvalues of either sign and a long tail."""
    rng = np.random.default_rng(seed)
    Q = np.linalg.qr(rng.standard_normal((q, q)))[0]
    return Q @ np.diag(20.0 * np.arange(1, q + 1) ** -1.5 * np.where(np.arange(q) % 3 == 2, -1, 1)) @ Q.T


def by_equation_4(H, g):
    beta, trace = 1 / (1 + g @ g), np.trace(H)
    return beta * (trace**2 - np.trace(H @ H)) + 2 * beta**2 * g @ (H @ H - trace * H) @ g


def test_sketch_of_everything_is_exact():
    H, g = symmetric(12), np.random.default_rng(1).standard_normal(12)
    found = stochastic.scalar_curvature(lambda vector: H @ vector, g, n_sketch=12)
    assert found.scalar_curvature == pytest.approx(by_equation_4(H, g))
    assert found.at_minimum == pytest.approx(np.trace(H) ** 2 - np.trace(H @ H))
    assert found.hessian_trace == pytest.approx(np.trace(H))
    assert found.hessian_square_trace == pytest.approx(np.trace(H @ H))
    assert found.participation_ratio == pytest.approx(np.trace(H) ** 2 / np.trace(H @ H))
    assert found.gradient_norm == pytest.approx(np.linalg.norm(g))
    assert_allclose([found.scalar_curvature_error, found.hessian_trace_error], 0, atol=1e-12)


@pytest.mark.parametrize(("n_sketch", "n_probes"), [(0, 40), (4, 12), (6, 4)])
def test_estimates_have_no_bias_and_their_errors_are_their_spread(n_sketch, n_probes):
    H, g = symmetric(25), np.random.default_rng(1).standard_normal(25) / 5
    runs = [
        stochastic.scalar_curvature(
            lambda vector: H @ vector, g, n_sketch=n_sketch, n_probes=n_probes, rng=np.random.default_rng(seed)
        )
        for seed in range(300)
    ]
    truth = {
        "scalar_curvature": by_equation_4(H, g),
        "at_minimum": np.trace(H) ** 2 - np.trace(H @ H),
        "hessian_trace": np.trace(H),
        "hessian_square_trace": np.trace(H @ H),
    }
    for name, expected in truth.items():
        estimates, errors = (np.array([getattr(run, name + suffix) for run in runs]) for suffix in ("", "_error"))
        assert abs(estimates.mean() - expected) < 3.5 * estimates.std() / np.sqrt(300), name
        assert np.sqrt((errors**2).mean()) == pytest.approx(estimates.std(), rel=0.25), name


def test_error_is_that_of_leaving_out_a_probe_at_a_time():
    H, probes = symmetric(8), []

    def hvp(vector):
        probes.append(vector.copy())
        return H @ vector

    found = stochastic.scalar_curvature(hvp, np.zeros(8), n_sketch=0, n_probes=5)
    samples = [(z @ H @ z, z @ H @ H @ z) for z in probes[:5]]

    def estimate(kept):
        pairs = [a[0] * b[0] for a in kept for b in kept if a is not b]
        return np.mean(pairs) - np.mean([square for _, square in kept])

    without = [estimate(samples[:i] + samples[i + 1 :]) for i in range(5)]
    assert found.at_minimum == pytest.approx(estimate(samples))
    assert found.at_minimum_error == pytest.approx(2 * np.std(without))


def test_sketch_lowers_the_error_for_the_same_number_of_products():
    H, g = symmetric(60), np.zeros(60)
    plain = stochastic.scalar_curvature(lambda vector: H @ vector, g, n_sketch=0, n_probes=60)
    deflated = stochastic.scalar_curvature(lambda vector: H @ vector, g, n_sketch=20, n_probes=20)
    assert plain.n_products == deflated.n_products == 61
    assert deflated.scalar_curvature_error < plain.scalar_curvature_error / 5


def test_network_is_measured_without_its_hessian():
    loss = nets.task()
    theta = nets.train(loss, nets.start(loss, 22), steps=300).theta
    found = stochastic.scalar_curvature(
        lambda vector: loss.hvp(theta, vector), loss.gradient(theta), n_sketch=20, n_probes=40
    )
    exact = nets.geometry(loss, theta)
    assert (
        abs(found.scalar_curvature - exact.scalar_curvature)
        < 4 * found.scalar_curvature_error
        < 0.1 * abs(exact.scalar_curvature)
    )
    assert abs(found.at_minimum - exact.scalar_curvature_at_minimum) < 4 * found.at_minimum_error


def test_flat_landscape_has_no_curvature_and_no_ratio():
    found = stochastic.scalar_curvature(lambda vector: 0 * vector, np.ones(30))
    assert_allclose([found.scalar_curvature, found.hessian_trace, found.hessian_square_trace], 0, atol=1e-20)
    assert np.isnan(found.participation_ratio)


def test_progress_ends_at_one_and_an_exception_ends_the_work():
    shares = []
    stochastic.scalar_curvature(lambda vector: vector, np.ones(30), n_sketch=3, n_probes=5, progress=shares.append)
    assert_allclose(shares, np.arange(1, 13) / 12)

    def cancel(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stochastic.scalar_curvature(lambda vector: vector, np.ones(30), progress=cancel)


def test_mistakes_are_refused():
    with pytest.raises(ValueError, match="n_probes is 2; the error bars need at least 3"):
        stochastic.scalar_curvature(lambda vector: vector, np.ones(5), n_probes=2)
    with pytest.raises(ValueError, match=r"hvp returned shape \(2,\) for a vector of shape \(5,\)"):
        stochastic.scalar_curvature(lambda vector: vector[:2], np.ones(5))

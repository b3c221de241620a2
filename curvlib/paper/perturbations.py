"""Noise on the weights at a minimum (Proposition 3.2, equations 7 and 8, Figure 4): what S, tr H
and tr H² can promise.

At a minimum with Hessian H a small disturbance x lifts the loss by Δf = ½ xᵀHx + o(|x|²).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.curvature import formulas, spectra


@dataclass(frozen=True)
class Moments:
    """Mean and variance of the rise Δf; arrays of shape (...)."""

    mean: Floats
    variance: Floats


def rise(hessian: Any, x: Any) -> Floats:
    """Δf = ½ xᵀHx of a quadratic loss, for H of shape (..., q, q) and disturbances x of shape (...,
    n, q); shape (..., n).
    """
    x = np.asarray(x, dtype=float)
    return ((x @ np.asarray(hessian, dtype=float)) * x).sum(axis=-1) / 2


def noise_moments(hessian: Any, sigma: float) -> Moments:
    """Δf under weight noise N(0, σ²I) at a quadratic minimum: mean σ²/2 tr H, variance σ⁴/2 tr(H²).

    So tr H orders minima by mean rise and tr H² by spread, and S = (4 mean² - 2 variance)/σ⁴ mixes
    the two.

    Args:
        hessian: H, shape (..., q, q).
        sigma: the standard deviation of the noise on each weight.
    """
    return Moments(
        sigma**2 / 2 * formulas.hessian_trace(hessian), sigma**4 / 2 * formulas.hessian_square_trace(hessian)
    )


def mean_rise(loss: Callable[[Floats], Floats], point: Any, sigma: float, nodes: int = 48) -> float:
    """E[f(x + σ Z) - f(x)] for a standard normal Z in the plane, of any smooth loss, by Gauss's
    rule with `nodes`² points: σ²/2 tr H + O(σ⁴).

    Args:
        loss: f at points (..., 2).
        point: x.
        sigma: the standard deviation of each coordinate of the nudge.

    >>> round(mean_rise(lambda x: x[..., 0]**2 + 3 * x[..., 1]**2, (0, 0), 0.5), 12)
    1.0
    """
    z, weights = np.polynomial.hermite_e.hermegauss(nodes)
    weights = weights / weights.sum()
    x = np.asarray(point, dtype=float)
    nudged = loss(x + sigma * np.stack(np.meshgrid(z, z), axis=-1))
    return float(weights @ (nudged - loss(x)) @ weights)


@dataclass(frozen=True)
class Bounds:
    """Two bounds of (Δf)² over disturbances of length ε, both up to o(ε⁴).

    Attributes:
        printed: ε⁴/4 tr(H²), equation (7).
        tight: ε⁴/4 max λ², reached along the top eigenvector.
    """

    printed: float
    tight: float


def bounds(hessian: Any, epsilon: float) -> Bounds:
    """Equation (7) and its best constant, for H of shape (q, q).

    Neither holds without a remainder o(ε⁴): f(u) = u²/2 + u⁴ rises by ε²/2 + ε⁴, more than ε²/2.

    >>> bounds(np.diag([3.0, 1.0]), 1.0)
    Bounds(printed=2.5, tight=2.25)
    """
    H = np.asarray(hessian, dtype=float)
    factor = epsilon**4 / 4
    return Bounds(float(factor * formulas.hessian_square_trace(H)), float(factor * (np.linalg.eigvalsh(H) ** 2).max()))


def unit_vectors(rng: np.random.Generator, n: int, q: int) -> Floats:
    """Directions spread evenly over the sphere |x| = 1, shape (n, q)."""
    x = rng.standard_normal((n, q))
    return x / np.linalg.norm(x, axis=-1, keepdims=True)


@dataclass(frozen=True)
class Estimate:
    """S at a minimum from losses alone.

    Attributes:
        scalar_curvature: the estimate of S; without bias for a quadratic loss, off by O(σ²) for
            another.
        standard_error: its standard error from the finite number of draws.
        mean_rise, mean_rise_error: of Δf, with its standard error.
        variance: of Δf.
        n_draws: how many disturbances were tried.
    """

    scalar_curvature: float
    standard_error: float
    mean_rise: float
    mean_rise_error: float
    variance: float
    n_draws: int


def scalar_curvature_from_noise(
    loss: Callable[[Floats], Floats], minimum: Any, sigma: float, rng: np.random.Generator, n_draws: int = 10_000
) -> Estimate:
    """S = (4 mean² - 2 variance)/σ⁴ of the rise under noise N(0, σ²I): no Hessian, no gradient,
    only values of the loss.

    The noise comes in pairs ±x, whose mean drops the odd orders of the loss.

    Args:
        loss: points of shape (n, q) → losses of shape (n,).
        minimum: where, shape (q,).
        sigma: small compared with the scale on which the loss stops being quadratic.
        rng: of the noise.
        n_draws: an even number of disturbances, at least 4.
    """
    minimum = np.asarray(minimum, dtype=float)
    x = sigma * rng.standard_normal((n_draws // 2, minimum.size))
    rises = (loss(minimum + x) + loss(minimum - x)) / 2 - loss(minimum[None, :])
    n, mean, variance = len(rises), float(rises.mean()), float(rises.var(ddof=1))
    estimate = (4 * (mean**2 - variance / n) - 2 * variance) / sigma**4
    influence = 8 * mean * (rises - mean) - 2 * (rises - mean) ** 2  # of each draw on the estimate, up to a constant
    return Estimate(
        float(estimate),
        float(influence.std() / np.sqrt(n) / sigma**4),
        mean,
        float(np.sqrt(variance / n)),
        variance,
        2 * n,
    )


@dataclass(frozen=True)
class Duel:
    """Two minima side by side, given by their eigenvalues.

    Attributes:
        first, second: what the eigenvalues say of each.
        premise: S_1 ≤ S_2, with both ≥ 0: the left of (8).
        conclusion: tr(H_1²) ≤ tr(H_2²), the right of (8).
        mean_conclusion: tr(H_1) ≤ tr(H_2): whether the first loses less on average under Gaussian
            noise.
    """

    first: spectra.Spectrum
    second: spectra.Spectrum
    premise: bool
    conclusion: bool
    mean_conclusion: bool

    @property
    def refutes(self) -> bool:
        """True if this pair contradicts equation (8)."""
        return self.premise and not self.conclusion


def duel(first: Any, second: Any) -> Duel:
    """Two spectra of shape (q,) held against equation (8): 0 ≤ S_1 ≤ S_2 ⇒ tr(H_1²) ≤ tr(H_2²).

    >>> duel([3, 1], [2, 2]).refutes
    True
    """
    one, two = spectra.spectrum(first), spectra.spectrum(second)
    premise = 0 <= one.scalar_curvature <= two.scalar_curvature
    return Duel(one, two, premise, one.square_trace <= two.square_trace, one.trace <= two.trace)


@dataclass(frozen=True)
class Counterexample:
    """Two minima with 0 ≤ S_1 ≤ S_2 and tr(H_1²) > tr(H_2²). Along the first axis the first rises
    more, against the inequality after (8).

    Attributes:
        first, second: their eigenvalues, whole numbers, largest first.
    """

    first: tuple[float, ...]
    second: tuple[float, ...]


def counterexample(
    rng: np.random.Generator, q: int = 2, largest: int = 9, equal_trace: bool = False, n_tries: int = 10_000
) -> Counterexample | None:
    """Two random minima that refute equation (8): positive whole eigenvalues up to `largest`; None
    where the tries find none.

    With `equal_trace` both have one trace. Then (8) is not only false but reversed,
    S = tr(H)² - tr(H²): every unequal pair refutes it.
    """
    pairs = np.sort(rng.integers(1, largest + 1, (n_tries, 2, q)), axis=-1)[..., ::-1].astype(float)
    S, square, trace = spectra.scalar_curvature(pairs), (pairs**2).sum(axis=-1), pairs.sum(axis=-1)
    found = (S[:, 0] <= S[:, 1]) & (square[:, 0] > square[:, 1]) & (pairs[:, 0, 0] > pairs[:, 1, 0])
    if equal_trace:
        found &= trace[:, 0] == trace[:, 1]
    if not found.any():
        return None
    first, second = pairs[np.argmax(found)].tolist()
    return Counterexample(tuple(first), tuple(second))

"""Geodesic balls for losses of q parameters, q from 2 to 5:
Proposition 2.4 with its constant 1/(6(q + 2)).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import gamma

import numpy as np

from curvlib.arrays import Floats
from curvlib.balls.jacobi import excess_densities
from curvlib.curvature.formulas import scalar_curvature
from curvlib.evaluation.jets import jet
from curvlib.language.expression import Expression

Field = Callable[[Floats], Floats]

LARGEST_Q = 5
"""The most parameters: the directions grow with the power q − 1 of the order, 8192 at q = 5."""

STEPS, ROUNDING = 1e-10, 1e-15
"""The errors of the ratio by the steps of the integration, relative, and by rounding."""


@dataclass(frozen=True)
class HigherBall:
    """Geodesic balls in the graph of a loss of q parameters; arrays have the shape of `radii`.

    Attributes:
        q: how many parameters.
        radii: ascending.
        ratio_minus_one: vol_g/vol_e − 1; NaN beyond the valid radius.
        errors: an estimate of the error of that.
        scalar_curvature: S at the center, by Proposition 2.3.
        valid_radius: where two neighbouring rays first meet; beyond, the exponential map is no
            chart. Infinite where that is beyond the largest radius.
    """

    q: int
    radii: Floats
    ratio_minus_one: Floats
    errors: Floats
    scalar_curvature: float
    valid_radius: float

    @property
    def ratio(self) -> Floats:
        return 1 + self.ratio_minus_one

    @property
    def volumes(self) -> Floats:
        """vol(B(r))."""
        return unit_ball_volume(self.q) * self.radii**self.q * self.ratio

    @property
    def predicted(self) -> Floats:
        """−S r²/(6 (q + 2)), what the ratio minus 1 is to leading order."""
        return -self.scalar_curvature * self.radii**2 / (6 * (self.q + 2))

    @property
    def constant(self) -> float:
        """−S r²/(ratio − 1) at the smallest radius: tends to 6 (q + 2)."""
        return (
            float(-self.scalar_curvature * self.radii[0] ** 2 / self.ratio_minus_one[0])
            if self.ratio_minus_one[0]
            else float("nan")
        )


@dataclass(frozen=True)
class PairwiseLoss:
    """A loss of q parameters as a sum of formulas in two of them each: Σ f_k(x_i, x_j).

    Attributes:
        q: how many parameters.
        terms: (formula, (i, j)): which parameters its u and v are.

    >>> from curvlib import parse
    >>> bowl = PairwiseLoss(3, ((parse("(u^2 + v^2)/2"), (0, 1)), (parse("u*v"), (1, 2))))
    >>> bowl.hessian(np.zeros((1, 3)))[0].tolist()
    [[1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 1.0, 0.0]]
    """

    q: int
    terms: tuple[tuple[Expression, tuple[int, int]], ...]

    def gradient(self, x: Floats) -> Floats:
        """∇f at points (n, q), shape (n, q)."""
        total = np.zeros_like(x)
        for formula, (i, j) in self.terms:
            at = jet(formula, x[:, i], x[:, j])
            total[:, i] += at.f_u
            total[:, j] += at.f_v
        return total

    def hessian(self, x: Floats) -> Floats:
        """H at points (n, q), shape (n, q, q)."""
        total = np.zeros((*x.shape, self.q))
        for formula, (i, j) in self.terms:
            at = jet(formula, x[:, i], x[:, j])
            for a, b, part in ((i, i, at.f_uu), (i, j, at.f_uv), (j, i, at.f_uv), (j, j, at.f_vv)):
                total[:, a, b] += part
        return total


def higher_ball(
    gradient: Field, hessian: Field, center: Sequence[float], radii: Sequence[float], *, order: int = 8
) -> HigherBall:
    """Volumes of geodesic balls in the graph of a loss of q parameters, by integrating the
    exponential map.

        vol_g(B(r)) = vol_e(B(r)) (1 − S r²/(6 (q + 2)) + o(r²))    (Proposition 2.4 of the paper)

    Along each ray the Jacobi fields obey A'' = −R A, R_ab = β (x'ᵀHx' E_aᵀHE_b − x'ᵀHE_a x'ᵀHE_b)
    in a parallel frame E; det A is the density.

    Args:
        gradient, hessian: ∇f (n, q) and H (n, q, q) at points (n, q).
        center: the point, q numbers.
        radii: positive radii.
        order: of the product rule over the directions; its rule of order − 2 gives the error.

    >>> hessian = lambda x: np.broadcast_to(np.eye(3), (len(x), 3, 3))
    >>> ball = higher_ball(lambda x: x, hessian, (0, 0, 0), [0.01])
    >>> round(ball.constant, 1)  # 6 (q + 2)
    30.0
    """
    x, q = np.asarray(center, float), len(center)
    r = np.unique(np.asarray(radii, float))
    if not 2 <= q <= LARGEST_Q or not len(r) or not r[0] > 0:
        raise ValueError(f"q must be 2 to {LARGEST_Q} and radii positive.")
    rules = [directions(q, n) for n in (order, order - 2)]
    excess, conjugate = excess_densities(gradient, hessian, x, np.concatenate([rule[0] for rule in rules]), r)
    split = len(rules[0][1])
    fine, coarse = excess[:, :split] @ rules[0][1], excess[:, split:] @ rules[1][1]
    flat = unit_ball_volume(q) * r**q
    ratio = np.where(r < conjugate, fine / flat, np.nan)
    S = float(scalar_curvature(gradient(x[None])[0], hessian(x[None])[0]))
    errors = np.where(r < conjugate, np.abs(fine - coarse) / flat + STEPS * np.abs(ratio) + ROUNDING, np.nan)
    return HigherBall(q, r, ratio, errors, S, conjugate if conjugate <= r[-1] else np.inf)


def unit_ball_volume(q: int) -> float:
    """π^(q/2)/Γ(q/2 + 1)."""
    return float(np.pi ** (q / 2) / gamma(q / 2 + 1))


def directions(q: int, order: int) -> tuple[Floats, Floats]:
    """Points on the unit sphere of q dimensions, (n, q), and their weights, (n,):
    Gauss in each latitude, equal steps around.
    """
    from scipy.special import roots_gegenbauer

    if q == 2:
        angles = 2 * np.pi * (np.arange(2 * order) + 0.5) / (2 * order)
        return np.stack([np.cos(angles), np.sin(angles)], axis=1), np.full(2 * order, np.pi / order)
    below, weights_below = directions(q - 1, order)
    x, weights = roots_gegenbauer(order, (q - 2) / 2)
    circles = np.sqrt(1 - x**2)[:, None, None] * below
    heights = np.broadcast_to(x[:, None, None], (order, len(below), 1))
    return np.concatenate([heights, circles], axis=2).reshape(-1, q), np.outer(weights, weights_below).ravel()

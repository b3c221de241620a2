"""The curvature of a network's loss landscape at θ, exactly,
and what weight noise does to its fit.
"""

from dataclasses import dataclass
from typing import cast

import numpy as np

from curvlib.arrays import Floats
from curvlib.curvature import formulas
from curvlib.nets.loss import Loss


@dataclass(frozen=True, eq=False)
class NetGeometry:
    """The landscape of a loss at θ; each array has the leading shape (...) of θ.

    Attributes:
        loss: f.
        gradient_norm: |∇f|: how far θ is from a critical point.
        eigenvalues: the spectrum of H, ascending, shape (..., q).
        scalar_curvature: S by Proposition 2.3, right wherever θ is.
        scalar_curvature_at_minimum: tr(H)² - tr(H²), Corollary 2.1: S once ∇f = 0, and what the
            paper reports.
        hessian_trace: tr H: half of it times σ² is the mean rise of the loss under small weight
            noise.
        hessian_square_trace: tr H²: half of it times σ⁴ is the variance of that rise.
        participation_ratio: tr(H)²/tr(H²); trained networks have about 2, while Proposition 3.3
            needs many.
    """

    loss: Floats
    gradient_norm: Floats
    eigenvalues: Floats
    scalar_curvature: Floats
    scalar_curvature_at_minimum: Floats
    hessian_trace: Floats
    hessian_square_trace: Floats
    participation_ratio: Floats


def geometry(loss: Loss, theta: Floats) -> NetGeometry:
    """Spectrum, traces and S at θ of shape (..., q), from the exact Hessian (q² numbers, by 2q
    passes through the network).
    """
    value, gradient = loss.value_and_gradient(theta)
    H = loss.hessian(theta)
    return NetGeometry(
        loss=value,
        gradient_norm=np.linalg.norm(gradient, axis=-1),
        eigenvalues=cast(Floats, np.linalg.eigvalsh(H)),  # numpy declares any float
        scalar_curvature=formulas.scalar_curvature(gradient, H),
        scalar_curvature_at_minimum=formulas.scalar_curvature_at_minimum(H),
        hessian_trace=formulas.hessian_trace(H),
        hessian_square_trace=formulas.hessian_square_trace(H),
        participation_ratio=formulas.participation_ratio(H),
    )


def hessian_by_differences(loss: Loss, theta: Floats, step: float = 1e-5) -> Floats:
    """H at θ of shape (q,) from central differences of the gradient, good to about step²:
    what the exact one is held against; shape (q, q).
    """
    offsets = step * np.eye(theta.size)
    H = (loss.gradient(theta + offsets) - loss.gradient(theta - offsets)) / (2 * step)
    return (H + H.T) / 2


@dataclass(frozen=True, eq=False)
class PerturbedFits:
    """A network under Gaussian weight noise, the experiment of Figure 4.

    Attributes:
        predictions: outputs at the requested inputs, shape (n, n_inputs, outputs).
        rises: Δf = f(θ + noise) - f(θ) of each draw, shape (n,).
    """

    predictions: Floats
    rises: Floats

    @property
    def mean_rise(self) -> float:
        return float(self.rises.mean())

    @property
    def mean_rise_error(self) -> float:
        """The standard error of `mean_rise`."""
        return float(self.rises.std(ddof=1) / np.sqrt(len(self.rises)))

    @property
    def spread(self) -> float:
        """The standard deviation of the rises."""
        return float(self.rises.std(ddof=1))


def perturbed_fits(loss: Loss, theta: Floats, noise: Floats, x: Floats | None = None) -> PerturbedFits:
    """The fit and the loss when the weights are θ + noise.

    Args:
        loss: the network with its data.
        theta: the trained parameters, shape (q,).
        noise: one row a draw, shape (n, q), as `sigma * rng.standard_normal((n, q))`; the same rows
            for two networks make them comparable.
        x: where to predict; the training inputs if not given.
    """
    weights = np.asarray(theta, dtype=float) + np.asarray(noise, dtype=float)
    return PerturbedFits(loss.network.predict(weights, loss.x if x is None else x), loss(weights) - loss(theta))

"""S of a large network from Hessian-vector products alone: no Hessian is ever formed.

Proposition 2.3 needs four numbers of H: tr H, tr H², ∇fᵀH∇f and |H∇f|². The last two cost one
product with ∇f. One product Hz with a random vector of signs gives zᵀHz, whose mean is tr H, and
|Hz|², whose mean is tr H² (Hutchinson 1990). What lies along a small subspace that a sketch finds
is taken exactly, and only the rest by chance (Hutch++, Meyer, Musco, Musco and Woodruff 2021):
trained networks have a few large eigenvalues, and S is the difference of two numbers that those
dominate.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.arrays import Floats

Product = Callable[[Floats], Any]


@dataclass(frozen=True)
class NetCurvature:
    """Curvature of a loss landscape with q parameters, estimated; each error is one standard error
    of the estimate before it.

    Attributes:
        scalar_curvature, scalar_curvature_error: S by Proposition 2.3, at any θ.
        at_minimum, at_minimum_error: tr(H)² - tr(H²), Corollary 2.1, what the paper reports of
            trained networks.
        hessian_trace, hessian_trace_error: tr H.
        hessian_square_trace, hessian_square_trace_error: tr H².
        gradient_norm: |∇f|.
        participation_ratio: tr(H)²/tr(H²).
        n_products: Hessian-vector products used.
    """

    scalar_curvature: float
    scalar_curvature_error: float
    at_minimum: float
    at_minimum_error: float
    hessian_trace: float
    hessian_trace_error: float
    hessian_square_trace: float
    hessian_square_trace_error: float
    gradient_norm: float
    participation_ratio: float
    n_products: int


def scalar_curvature(
    hvp: Product,
    gradient: Any,
    *,
    n_sketch: int = 20,
    n_probes: int = 60,
    rng: np.random.Generator | None = None,
    progress: Callable[[float], None] | None = None,
) -> NetCurvature:
    """S, tr H and tr H² of a loss at θ with error bars, from 2·n_sketch + n_probes + 1 products
    with the Hessian at θ.

    The estimates of tr H, tr H² and S have no bias, for any H; the sketch only makes their errors
    smaller. With n_sketch ≥ q they are exact.

    Args:
        hvp: v → H v at θ, both of shape (q,).
        gradient: ∇f at θ, shape (q,).
        n_sketch: the dimension of the subspace that is taken exactly.
        n_probes: random vectors for the rest, at least 3.
        rng: of the sketch and of the probes; `default_rng(0)` if not given.
        progress: called with the share that is done; an exception it raises ends the work.

    Raises:
        ValueError: fewer than three probes, or an `hvp` that returns another shape.

    >>> H = np.diag([100.0, 10.0, 1.0, 1.0])
    >>> round(scalar_curvature(lambda v: H @ v, np.zeros(4), n_sketch=4).scalar_curvature, 6)
    2442.0
    """
    rng, gradient = rng or np.random.default_rng(0), np.asarray(gradient, dtype=float)
    if n_probes < 3:
        raise ValueError(f"n_probes is {n_probes}; the error bars need at least 3.")
    products = _Counted(hvp, gradient.size, progress, 2 * min(n_sketch, gradient.size) + n_probes + 1)
    q = gradient.size
    basis = _sketched_basis(products, rng, min(n_sketch, q), q)
    H_basis = products(basis)
    known = (float((basis * H_basis).sum()), float((H_basis**2).sum()))
    chance = _rest(products, rng, basis, n_probes) if len(basis) < q else np.zeros((n_probes, 2))
    return _assembled(known, chance, gradient, products(gradient[None])[0], products.count)


class _Counted:
    """The product H v for rows v, with the count that the progress and the report need."""

    def __init__(self, hvp: Product, q: int, progress: Callable[[float], None] | None, total: int) -> None:
        self.hvp, self.q, self.progress, self.total, self.count = hvp, q, progress, total, 0

    def __call__(self, rows: Floats) -> Floats:
        results = np.empty((len(rows), self.q))
        for row, result in zip(rows, results, strict=True):
            product = np.asarray(self.hvp(row), dtype=float)
            if product.shape != (self.q,):
                raise ValueError(f"hvp returned shape {product.shape} for a vector of shape ({self.q},).")
            result[:] = product
            self.count += 1
            if self.progress:
                self.progress(min(1.0, self.count / self.total))
        return results


def _sketched_basis(products: _Counted, rng: np.random.Generator, n: int, q: int) -> Floats:
    """Orthonormal rows that span the image of n random vectors under H:
    near the eigenvectors of its largest eigenvalues.
    """
    if n == 0:
        return np.empty((0, q))
    image = products(rng.standard_normal((n, q)))
    largest = np.linalg.norm(image, axis=1).max()
    noise = rng.standard_normal(image.shape) * largest * 1e-14  # a basis is needed even where H has a lower rank
    return np.linalg.qr((image + noise).T)[0].T


def _rest(products: _Counted, rng: np.random.Generator, basis: Floats, n_probes: int) -> Floats:
    """Samples of tr(PHP) and of tr(PH²P), with P the projection away from the basis;
    shape (n_probes, 2).
    """
    z = rng.choice([-1.0, 1.0], (n_probes, basis.shape[1]))
    z -= (z @ basis.T) @ basis
    Hz = products(z)
    return np.stack([(z * Hz).sum(axis=1), (Hz**2).sum(axis=1)], axis=1)


def _assembled(
    known: tuple[float, float], chance: Floats, gradient: Floats, H_gradient: Floats, n_products: int
) -> NetCurvature:
    """S from its parts. The square of tr H is taken without the bias of a squared mean, and errors
    by leaving out a probe at a time.
    """
    n, total = len(chance), chance.sum(axis=0)
    norm = float(np.linalg.norm(gradient))
    beta, slope, slope_square = 1 / (1 + norm**2), float(gradient @ H_gradient), float(H_gradient @ H_gradient)

    def parts(count: Any, sums: Floats, squares: Any) -> Floats:
        first, second = sums[..., 0] / count, sums[..., 1] / count
        pairs = (sums[..., 0] ** 2 - squares) / (count * (count - 1))
        trace, square = known[0] + first, known[1] + second
        at_minimum = known[0] ** 2 + 2 * known[0] * first + pairs - square
        return np.stack([beta * at_minimum + 2 * beta**2 * (slope_square - trace * slope), at_minimum, trace, square])

    squares = chance[:, 0] ** 2
    value = parts(n, total, squares.sum())
    without = parts(n - 1, total - chance, squares.sum() - squares)
    error = np.sqrt((n - 1) * ((without - without.mean(axis=1, keepdims=True)) ** 2).mean(axis=1))
    (S, S_error), (minimum, minimum_error), (trace, trace_error), (square, square_error) = zip(
        value.tolist(), error.tolist(), strict=True
    )
    ratio = trace**2 / square if square > 0 else float("nan")
    return NetCurvature(
        S, S_error, minimum, minimum_error, trace, trace_error, square, square_error, norm, ratio, n_products
    )

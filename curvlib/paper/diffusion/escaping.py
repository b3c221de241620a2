"""Escaping from a quadratic minimum: the Ornstein–Uhlenbeck process (equation 9), and the mean rise
of the loss exactly and to first order (equation 10).

Paths have shape (n_paths, n_steps + 1, q) and start at the given point; the same random numbers
drive every minimum that is compared.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.errors import CurvlibError


def ornstein_uhlenbeck_paths(hessian: Any, times: Any, normals: Floats, start: Any = None) -> Floats:
    """Paths of dx = -H x dt + H^½ dW, equation (9), exact in law however long the steps.

        x_(t+τ) = e^(-Hτ) x_t + N(0, ½ (I - e^(-2Hτ)))

    along each eigenvector with λ > 0; where λ = 0 nothing moves.

    Args:
        hessian: H, shape (q, q), positive semidefinite.
        times: increasing, shape (n_steps + 1,); the path is at `start` at the first.
        normals: standard normal numbers, shape (n_paths, n_steps, q), as `rng.standard_normal`; the
            same for every H to be compared.
        start: x at the first time, shape (q,); 0, the minimum, if not given.

    Returns:
        x, shape (n_paths, n_steps + 1, q).

    Raises:
        CurvlibError: H has a negative eigenvalue, so that H^½ is not real.
    """
    eigenvalues, V = _semidefinite(hessian)
    steps = np.diff(np.asarray(times, dtype=float))
    decay = np.exp(-np.outer(steps, eigenvalues))
    spread = np.sqrt(-np.expm1(-2 * np.outer(steps, eigenvalues)) / 2)
    paths = np.empty((normals.shape[0], len(steps) + 1, len(eigenvalues)))
    paths[:, 0] = 0 if start is None else np.asarray(start, dtype=float) @ V
    for step in range(len(steps)):
        paths[:, step + 1] = decay[step] * paths[:, step] + spread[step] * normals[:, step]
    return paths @ V.T


def expected_rise(hessian: Any, t: Any) -> Floats:
    """E[f(x_t) - f(x_min)] = ¼ tr(H (I - e^(-2Ht))) for a quadratic loss and paths from the
    minimum: exact, and bounded by ¼ tr H.

    Args:
        hessian: H, shape (q, q), positive semidefinite.
        t: times, shape (...).

    Raises:
        CurvlibError: H has a negative eigenvalue.

    >>> round(float(expected_rise(np.diag([3.0, 1.0]), 0.1)), 6)
    0.383709
    """
    eigenvalues, _ = _semidefinite(hessian)
    return (-eigenvalues * np.expm1(-2 * eigenvalues * np.asarray(t, dtype=float)[..., None])).sum(axis=-1) / 4


def expected_rise_as_printed(hessian: Any, t: Any) -> Floats:
    """(t/2) tr(H²), equation (10): the first order of `expected_rise` in t, above it at every t > 0
    and without bound.

    >>> round(float(expected_rise_as_printed(np.diag([3.0, 1.0]), 0.1)), 12)
    0.5
    """
    eigenvalues, _ = _semidefinite(hessian)
    return np.asarray(t, dtype=float) / 2 * (eigenvalues**2).sum()


def saturation(hessian: Any) -> float:
    """¼ tr H, the mean rise after a long time: of S and tr H² nothing is left in it."""
    return float(_semidefinite(hessian)[0].sum() / 4)


def breakdown_time(hessian: Any, tolerance: float = 0.1) -> float:
    """The time at which equation (10) is above the exact mean rise by this share of it; infinite
    where H = 0.

    Found by bisection: the ratio of the two grows with t. About tolerance · tr(H²)/tr(H³).
    """
    largest = float(_semidefinite(hessian)[0].max())
    if largest <= 0:
        return float("inf")
    low, high = 1e-12 / largest, 1.0 / largest
    while _excess(hessian, high) < tolerance:
        high *= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _excess(hessian, middle) < tolerance else (low, middle)
    return (low + high) / 2


def _excess(hessian: Any, t: float) -> float:
    return float(expected_rise_as_printed(hessian, t) / expected_rise(hessian, t)) - 1


@dataclass(frozen=True, eq=False)
class Escape:
    """The escaping efficiency E[f(x_t) - f(x_min)] of a quadratic well, three ways; arrays of shape
    (n_steps + 1,).

    Attributes:
        times: when.
        simulated: the mean over paths of ½ xᵀHx.
        standard_error: of that mean.
        exact: ¼ tr(H (I - e^(-2Ht))).
        printed: (t/2) tr(H²), equation (10).
    """

    times: Floats
    simulated: Floats
    standard_error: Floats
    exact: Floats
    printed: Floats


def escape(hessian: Any, times: Any, normals: Floats) -> Escape:
    """Simulated, exact and approximate mean rises; arguments as in `ornstein_uhlenbeck_paths`.

    "Small S escapes more slowly" does not follow: diag(9, 0) has S = 0 and starts 40 times as fast
    as I, with S = 2.
    """
    H, times = np.asarray(hessian, dtype=float), np.asarray(times, dtype=float)
    paths = ornstein_uhlenbeck_paths(H, times, normals)
    rises = ((paths @ H) * paths).sum(axis=-1) / 2
    return Escape(
        times,
        rises.mean(axis=0),
        rises.std(axis=0, ddof=1) / np.sqrt(len(rises)),
        expected_rise(H, times),
        expected_rise_as_printed(H, times),
    )


def _semidefinite(hessian: Any) -> tuple[Floats, Floats]:
    """Eigenvalues ≥ 0 and eigenvectors of H; tiny negative ones are rounding and become 0."""
    eigenvalues, V = np.linalg.eigh(np.asarray(hessian, dtype=float))
    if eigenvalues[0] < -1e-12 * max(1.0, abs(eigenvalues).max()):
        raise CurvlibError(
            f"H has the eigenvalue {eigenvalues[0]:.4g}: "
            "equation (9) needs H^½, and so a minimum, with no eigenvalue below 0."
        )
    return np.maximum(eigenvalues, 0), V

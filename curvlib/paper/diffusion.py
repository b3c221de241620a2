"""Random motion in a well: Brownian paths shared by several wells (Figure 1) and the
Ornstein–Uhlenbeck process (equations 9 and 10).

Paths have shape (n_paths, n_steps + 1, q) and start at the given point; the same random numbers
drive every well that is compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.curvature import formulas
from curvlib.errors import CurvlibError
from curvlib.evaluation.jets import jet
from curvlib.language.expression import Expression

Array = np.ndarray

FIGURE_1 = "-exp(-((u+2)^2+v^2)/(2*s1^2)) - exp(-((u-2)^2+v^2)/(2*s2^2))\ns1 = 0.4\ns2 = 1.2"
"""Wells near (-2, 0), sharp, and (2, 0), flat; depth 1, S = 77.8150 and 0.964506 at the bottoms."""

FIGURE_1_WITH_CANYON = (
    "-exp(-((u+2)^2+v^2)/(2*s1^2)) - exp(-((u-2)^2+v^2)/(2*s2^2)) - exp(-(u-7)^2/(2*s3^2))"
    "\ns1 = 0.4\ns2 = 1.2\ns3 = 0.4"
)
"""The same with a canyon along u = 7, as steep as the sharp well; alone it has S = 0."""


def brownian_paths(rng: np.random.Generator, n_paths: int, n_steps: int, scale: float, q: int = 2) -> Array:
    """Brownian motion from 0 with standard deviation `scale` per coordinate at the end, shape
    (n_paths, n_steps + 1, q).

    From one seed, longer scales stretch the same paths.
    """
    steps = rng.standard_normal((n_paths, n_steps, q)) * (scale / np.sqrt(n_steps))
    return np.concatenate([np.zeros((n_paths, 1, q)), np.cumsum(steps, axis=1)], axis=1)


def well_bottom(
    expression: Expression, near: tuple[float, float], parameters: Mapping[str, float] | None = None
) -> tuple[float, float]:
    """The critical point that Newton's method reaches from `near`; other wells pull it off centre.

    Returns `near` itself where it does not settle close by, as in a canyon, whose bottom is no
    single point.
    """
    point = np.array(near, dtype=float)
    for _ in range(30):
        at = jet(expression, point[0], point[1], parameters)
        with np.errstate(all="ignore"):
            determinant = at.f_uu * at.f_vv - at.f_uv**2
            step = np.array([at.f_vv * at.f_u - at.f_uv * at.f_v, at.f_uu * at.f_v - at.f_uv * at.f_u]) / determinant
        if not abs(step).max() < 0.5:
            return near
        point = point - step
    return float(point[0]), float(point[1])


@dataclass(frozen=True, eq=False)
class WellTrace:
    """The loss along one set of paths that starts at the bottom of a well.

    Attributes:
        start: where the paths start, (u, v).
        scalar_curvature, hessian_trace: there.
        rises: f(start + path) - f(start), shape (n_paths, n_steps + 1).
        mean_rise: over the paths at the last step.
        mean_rise_error: its standard error; NaN for one path.
    """

    start: tuple[float, float]
    scalar_curvature: float
    hessian_trace: float
    rises: Array
    mean_rise: float
    mean_rise_error: float


def well_trace(
    expression: Expression, start: tuple[float, float], paths: Array, parameters: Mapping[str, float] | None = None
) -> WellTrace:
    """The loss along paths moved to a well: Figure 1 with the same `paths` for each well.

    Args:
        expression: the loss f(u, v), as `parse(FIGURE_1)`.
        start: the bottom of the well.
        paths: from 0, shape (n_paths, n_steps + 1, 2), as from `brownian_paths`.
        parameters: a value for each parameter without a default.

    Raises:
        ParameterError: a parameter has no value.
    """
    bottom = jet(expression, *start, parameters)
    rises = jet(expression, start[0] + paths[..., 0], start[1] + paths[..., 1], parameters).f - bottom.f
    last = rises[:, -1]
    return WellTrace(
        start=start,
        scalar_curvature=float(
            formulas.jet_scalar_curvature(bottom.f_u, bottom.f_v, bottom.f_uu, bottom.f_uv, bottom.f_vv)
        ),
        hessian_trace=float(bottom.f_uu + bottom.f_vv),
        rises=rises,
        mean_rise=float(last.mean()),
        mean_rise_error=_standard_error(last),
    )


def ornstein_uhlenbeck_paths(hessian: Any, times: Any, normals: Array, start: Any = None) -> Array:
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


def expected_rise(hessian: Any, t: Any) -> Array:
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


def expected_rise_as_printed(hessian: Any, t: Any) -> Array:
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

    times: Array
    simulated: Array
    standard_error: Array
    exact: Array
    printed: Array


def escape(hessian: Any, times: Any, normals: Array) -> Escape:
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


def _semidefinite(hessian: Any) -> tuple[Array, Array]:
    """Eigenvalues ≥ 0 and eigenvectors of H; tiny negative ones are rounding and become 0."""
    eigenvalues, V = np.linalg.eigh(np.asarray(hessian, dtype=float))
    if eigenvalues[0] < -1e-12 * max(1.0, abs(eigenvalues).max()):
        raise CurvlibError(
            f"H has the eigenvalue {eigenvalues[0]:.4g}: "
            "equation (9) needs H^½, and so a minimum, with no eigenvalue below 0."
        )
    return np.maximum(eigenvalues, 0), V


def _standard_error(values: Array) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")


def expected_pit_rise(start: tuple[float, float], scale: float, widths: tuple[float, ...]) -> float:
    """E[f(start + scale · Z) - f(start)] for Figure 1's wells and a standard normal Z, in closed
    form: each Gaussian pit stays one, wider and shallower.

    Args:
        start: (u, v).
        scale: the standard deviation of each coordinate.
        widths: s1 and s2 of `FIGURE_1`, and s3 for the loss with the canyon.

    >>> round(expected_pit_rise((-2.0, 0.0), 0.4, (0.4, 1e-9)), 12)
    0.5
    """
    (u, v), total = start, 0.0
    for sign, variance in ((1.0, scale**2), (-1.0, 0.0)):
        for width, centre, dimensions in zip(widths, (-2.0, 2.0, 7.0), (2, 2, 1), strict=False):
            wide = width**2 + variance
            distance = (u - centre) ** 2 + (v**2 if dimensions == 2 else 0.0)
            total -= sign * (width**2 / wide) ** (dimensions / 2) * float(np.exp(-distance / (2 * wide)))
    return total

"""Brownian paths shared by several wells: Figure 1.

Paths have shape (n_paths, n_steps + 1, 2) and are moved to the bottom of each well; the same random
numbers drive every well that is compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats
from curvlib.curvature import formulas
from curvlib.evaluation.jets import jet
from curvlib.language.expression import Expression

FIGURE_1 = "-exp(-((u+2)^2+v^2)/(2*s1^2)) - exp(-((u-2)^2+v^2)/(2*s2^2))\ns1 = 0.4\ns2 = 1.2"
"""Wells near (-2, 0), sharp, and (2, 0), flat; depth 1, S = 77.8150 and 0.964506 at the bottoms."""

FIGURE_1_WITH_CANYON = (
    "-exp(-((u+2)^2+v^2)/(2*s1^2)) - exp(-((u-2)^2+v^2)/(2*s2^2)) - exp(-(u-7)^2/(2*s3^2))"
    "\ns1 = 0.4\ns2 = 1.2\ns3 = 0.4"
)
"""The same with a canyon along u = 7, as steep as the sharp well; alone it has S = 0."""


def brownian_paths(rng: np.random.Generator, n_paths: int, n_steps: int, scale: float, q: int = 2) -> Floats:
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
    rises: Floats
    mean_rise: float
    mean_rise_error: float


def well_trace(
    expression: Expression, start: tuple[float, float], paths: Floats, parameters: Mapping[str, float] | None = None
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
    S = formulas.jet_scalar_curvature(bottom.f_u, bottom.f_v, bottom.f_uu, bottom.f_uv, bottom.f_vv)
    last = rises[:, -1]
    return WellTrace(
        start=start,
        scalar_curvature=float(S),
        hessian_trace=float(bottom.f_uu + bottom.f_vv),
        rises=rises,
        mean_rise=float(last.mean()),
        mean_rise_error=_standard_error(last),
    )


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


def _standard_error(values: Floats) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")

"""Proposition 2.4 as an experiment: how fast the volume ratio leaves 1,
and what S that gives back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats
from curvlib.evaluation.bound_loss import BoundLoss, landscape
from curvlib.geodesics import interpolation
from curvlib.geodesics.fan import fan
from curvlib.language.expression import Expression

SMALLEST, LARGEST, COUNT = 1e-3, 0.3, 24
"""The radii that are looked at if none are given, in radii of curvature, and how many: below, the
ratio's distance from 1 is lost in rounding; above, the next terms of its series count.
"""

APART = 4
"""Radii up to so many times the smallest have a fan of their own: in one that reaches to the
largest radius they would all lie in its first step.
"""

FINE, COARSE = (64, 1e-13), (128, 1e-12)
"""The rays and the tolerance of the fan for the smallest radii, and of the other one."""

ROUNDING = 1e-12
"""The error of S by the tolerance of the steps, relative or from 1."""


@dataclass(frozen=True)
class VolumeOrder:
    """The distance of vol_g/vol_e from 1 at small radii.

    Attributes:
        radii: geometrically spaced, shape (n,).
        deviations: vol_g/vol_e − 1 there, without cancellation, shape (n,).
        slope: d log|deviation| / d log r at the smallest radius: 2 where S ≠ 0, 4 where S = 0 but
            the next term is not; NaN where the graph is flat.
        scalar_curvature: S at the center as the ratio gives it back, the limit of −24
            (ratio − 1)/r².
        error: an estimate of the error of that.
    """

    radii: Floats
    deviations: Floats
    slope: float
    scalar_curvature: float
    error: float


def volume_order(
    expression: Expression,
    center: Sequence[float],
    parameters: Mapping[str, float] | None = None,
    *,
    radii: Sequence[float] | None = None,
) -> VolumeOrder:
    """The ratio at small radii, from fans of its own; S comes from the two smallest radii, by
    Richardson's extrapolation in r².

    Radii that are not given run from 0.001 to 0.3 times the least radius of curvature at the
    center, or 1 if that is less.

    >>> from curvlib import parse
    >>> round(volume_order(parse("u^2 - v^2"), (0, 0)).scalar_curvature, 6)
    -8.0
    """
    where = landscape(expression, parameters)
    r = (
        np.geomspace(SMALLEST, LARGEST, COUNT) * _scale(where, center)
        if radii is None
        else np.unique(np.asarray(radii, float))
    )
    deviations = _deviations(where, center, r)
    with np.errstate(all="ignore"):
        slope = np.diff(np.log(np.abs(deviations[:2])))[0] / np.diff(np.log(r[:2]))[0]
        steps = -24 * deviations / r**2
        ratio = (r[1] / r[0]) ** 2
        better = steps[0] + (steps[0] - steps[1]) / (ratio - 1)
    rounding = ROUNDING * max(1.0, abs(float(better)))
    return VolumeOrder(
        r,
        deviations,
        float(slope) if deviations[0] else np.nan,
        float(better),
        abs(float(better - steps[0])) + rounding,
    )


def _scale(where: BoundLoss, center: Sequence[float]) -> float:
    _, f_u, f_v, f_uu, f_uv, f_vv = (float(part) for part in where.jet(center[0], center[1]))
    with np.errstate(invalid="ignore"):
        bend = max(abs(f_uu), abs(f_uv), abs(f_vv)) / np.hypot(1, np.hypot(f_u, f_v))
    return 1 / max(1.0, bend) if np.isfinite(bend) else 1.0


def _deviations(where: BoundLoss, center: Sequence[float], radii: Floats) -> Floats:
    if np.isnan(where.slope(center)).any():
        return np.full(len(radii), np.nan)
    near = APART * float(radii[0])
    rays = fan(where, center, near, *FINE), fan(where, center, float(radii[-1]), *COARSE)
    found = np.empty(len(radii))
    for part, chosen in ((rays[0], radii <= near), (rays[1], radii > near)):
        at = part.places(np.arange(part.n)[None, :], radii[chosen][:, None])
        found[chosen] = 2 * interpolation.area(part.rays, at).mean(axis=1) / radii[chosen] ** 2
    return found

"""All that a formula, a window and the values of the parameters determine:
what the figures draw and the readings read.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

import curvlib
from curvlib import CriticalPoint, CurvlibError, Expression, Fields, Grid
from curvlib.arrays import AnyFloats, Floats
from curvlib.critical import CriticalCurve, CriticalPoints
from curvlib.curvature.measures import FURTHER
from pages.ui.charts import scale, zero_curves
from pages.ui.charts.measures import MEASURES
from pages.ui.charts.scale import Scale

PATIENCE = 10.0
"""Seconds that the fields of one picture may take."""


ROUNDING = 64 * float(np.finfo(float).eps)
"""Rounding errors of S, and of the mean curvature, as a share of the terms that cancel in it."""

HIGHEST = 4e307
"""The heights up to which the surface is drawn: the length between such ends is still a number."""


class PictureError(CurvlibError):
    """A picture that takes too long."""


@dataclass(frozen=True, eq=False)
class Picture:
    """The landscape on a window.

    Attributes:
        fields: all of `MEASURES` on the grid.
        grid: where.
        scales: the colour scale of each of `MEASURES`.
        heights: between which values of f the surface is drawn.
        flat: the curves S = 0, each of shape (n, 2).
        traceless: the curves tr H = 0.
        critical: the critical points and curves.
        flat_to_rounding: whether S is nothing but rounding errors, as on cones and cylinders; it is
            then drawn as zero.
    """

    fields: Fields
    grid: Grid
    scales: Mapping[str, Scale]
    heights: tuple[float, float]
    flat: Sequence[Floats]
    traceless: Sequence[Floats]
    critical: CriticalPoints
    flat_to_rounding: bool = False

    def values(self, measure: str) -> AnyFloats:
        """One of `MEASURES` on the grid."""
        return self.fields.measure(measure)

    def points(self, kind: str) -> Floats:
        """The critical points of a kind, shape (n, 2)."""
        return np.array(
            [at.point for at in self.critical if isinstance(at, CriticalPoint) and at.kind == kind]
        ).reshape(-1, 2)

    @property
    def degenerate(self) -> list[Floats]:
        """The curves of degenerate points, each of shape (n, 2);
        a closed one ends where it began.
        """
        return [
            np.concatenate([at.points, at.points[: int(at.closed)]])
            for at in self.critical
            if isinstance(at, CriticalCurve)
        ]


def picture(expression: Expression, grid: Grid, parameters: Mapping[str, float], patience: float = PATIENCE) -> Picture:
    """Computes what there is to see; the arrays are read-only, for a picture is shared by all
    visitors who request it.

    Args:
        expression: the loss.
        grid: where.
        parameters: a value for each parameter.
        patience: seconds after which the work is given up.

    Raises:
        PictureError: the time was up.
    """
    until = _until(time.monotonic() + patience)
    fields = curvlib.evaluate(expression, grid, parameters, further=tuple(FURTHER), progress=until)
    return drawn(fields, grid, curvlib.critical_points(expression, grid, parameters))


def drawn(fields: Fields, grid: Grid, critical: CriticalPoints) -> Picture:
    """The picture of fields and critical points that are already known."""
    for array in fields.arrays:
        array.setflags(write=False)
    scales = {
        name: (scale.diverging if measure.signed else scale.one_sided)(fields.measure(name))
        for name, measure in MEASURES.items()
    }
    flat, traceless = zero_curves.of_fields(fields, grid)
    if is_minimal(fields):
        scales["mean"] = scale.ZERO
    if rounding := is_rounding(fields):
        scales["S"], scales["K"], flat = scale.ZERO, scale.ZERO, []
    return Picture(fields, grid, scales, height_range(fields.f), flat, traceless, critical, rounding)


def is_rounding(fields: Fields) -> bool:
    """True if S is everywhere so small compared with β² tr(H)², which its terms are as large as,
    that it may be rounding alone.
    """
    with np.errstate(all="ignore"):
        terms = (fields.hessian_trace / (1 + fields.gradient_norm**2)) ** 2
        small = np.abs(fields.scalar_curvature) <= ROUNDING * terms
    return bool((small | fields.undefined).all() and not fields.undefined.all())


def is_minimal(fields: Fields) -> bool:
    """True if the mean curvature is everywhere so small compared with the principal curvatures that
    it may be rounding alone.
    """
    mean, product = np.abs(fields.measure("mean")), fields.measure("K")
    with np.errstate(all="ignore"):
        small = mean <= ROUNDING * (mean + np.sqrt(np.abs(mean**2 - product)))
    return bool((small | fields.undefined).all() and not fields.undefined.all())


def _until(end: float) -> Callable[[float], None]:
    """A progress callback that gives up when the time has come:
    the script of a visitor who left runs on, and must end.
    """

    def look(share: float) -> None:
        if time.monotonic() > end and share < 1:
            raise PictureError(
                "This formula takes too long on so many grid points. Choose fewer points, or shorten it."
            )

    return look


def height_range(f: AnyFloats) -> tuple[float, float]:
    """The heights between which the surface is drawn:
    all of them, unless a few tower so far over the rest that nothing else could be seen.
    """
    f = np.clip(f[np.isfinite(f)], -HIGHEST, HIGHEST)
    if not f.size:
        return 0.0, 1.0
    low, high = float(f.min()), float(f.max())
    lower, upper = (float(x) for x in np.percentile(f, (2, 98)))
    if upper > lower:
        room = 1.5 * (upper - lower)
        low, high = max(low, lower - room), min(high, upper + room)
    if high - low > 1e-12 * max(abs(low), abs(high)):
        return low, high
    middle, half = low, max(0.5, 1e-3 * abs(low))
    return middle - half, middle + half

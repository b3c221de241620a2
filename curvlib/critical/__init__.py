"""Critical points of a loss on a window: minima, maxima, saddles, degenerate points and curves, cusps."""

from collections.abc import Mapping

import numpy as np

from curvlib.critical.blunt import refined
from curvlib.critical.curves import STRIDE, cut, described, on_curves, traced
from curvlib.critical.cusps import cusps
from curvlib.critical.landscape import Array, Landscape
from curvlib.critical.points import distinct, inspect
from curvlib.critical.polish import Polished, polish
from curvlib.critical.results import KINDS, Critical, CriticalCurve, CriticalPoint, CriticalPoints, FlatRegion
from curvlib.critical.search import Survey, survey, suspects
from curvlib.curvature import hessian_square_trace, hessian_trace, scalar_curvature_at_minimum
from curvlib.grid import Grid
from curvlib.jets import jet, parameter_values
from curvlib.language.expression import Expression

__all__ = ["CriticalCurve", "CriticalPoint", "CriticalPoints", "FlatRegion", "critical_points"]

TRUSTED = 1e-6
"""A curve known less exactly than this part of the window is not reported."""

MAX_LISTED = 2000
"""The most isolated points that are listed."""


def critical_points(expression: Expression, grid: Grid, parameters: Mapping[str, float] | None = None) -> CriticalPoints:
    """Where ∇f = 0 in the grid's window, its border included.

    The window is searched by cells of its own, not by the grid's; isolated points are polished by Newton's method to the
    last digits, curves of degenerate points are reported as curves, and cusps as what they are. A point counts when the
    gradient changes around it as its Hessian says: where an exponential tail only underflows to a gradient of zero, nothing
    is reported.

    Args:
        expression: the loss.
        grid: its window is searched.
        parameters: a value for each parameter without a default.

    Returns:
        `CriticalPoint`s, minima first, each kind by its loss; then `CriticalCurve`s and a `FlatRegion` if there are any.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.
    """
    values = parameter_values(expression, parameters)
    landscape = Landscape.over(grid, lambda u, v: jet(expression, u, v, values))
    seen = survey(landscape)
    polished = distinct(landscape, polish(landscape, suspects(landscape, seen)))
    points, curves = _sorted_out(landscape, polished)
    notes: tuple[str, ...] = ()
    if len(points) > MAX_LISTED:
        notes = (f"{len(points)} critical points were found; {MAX_LISTED} of them are listed. A smaller window shows the rest.",)
    explained = np.array([point.point for point in points] + [vertex for curve in curves for vertex in curve.points]).reshape(-1, 2)
    tips = [CriticalPoint((float(x[0]), float(x[1])), "cusp", f, *(np.nan,) * 3, (np.nan, np.nan), error) for x, f, error in cusps(landscape, seen, explained)]
    found: list[Critical] = [*points[:MAX_LISTED], *tips, *curves, *_flat_region(landscape, seen)]
    return CriticalPoints(sorted(found, key=lambda item: (KINDS.index(item.kind), item.f)), notes)


def _sorted_out(landscape: Landscape, polished: Polished) -> tuple[list[CriticalPoint], list[CriticalCurve]]:
    """Isolated points in the window, and curves."""
    inspected = inspect(landscape, polished)
    plain = polished.where(inspected.regular & ~inspected.weak)
    polished, inspected = polished.where(inspected.weak), inspected.where(inspected.weak)
    shared, stiffness = on_curves(landscape, polished, inspected)
    traces = traced(landscape, polished.where(shared), stiffness[shared])
    parts = [part for trace in traces if "faded" not in trace.ends and len(trace.points) > 3 for part in cut(landscape, trace)]
    curves = [curve for part in parts if (curve := described(landscape, *part)).error < TRUSTED * np.linalg.norm(landscape.size)]
    middles = [trace.points[len(trace.points) // 2] for trace in traces if trace.ends == ("faded", "faded")]
    lonely = np.concatenate([polished.spots.x[~shared], np.array(middles).reshape(-1, 2)])
    blunt, power = refined(landscape, _off(landscape, lonely, curves))
    straight = np.abs(power - 1) < 0.3
    points = [*_points(landscape, plain), *_points(landscape, blunt.where(straight)), *_points(landscape, blunt.where(~straight), "degenerate")]
    return points, curves


def _off(landscape: Landscape, x: Array, curves: list[CriticalCurve]) -> Array:
    """Those points that are not on the curves."""
    vertices = np.concatenate([np.empty((0, 2)), *(curve.points for curve in curves)])
    return x[[not len(vertices) or landscape.distance(vertices, point).min() > STRIDE for point in x]]


def _points(landscape: Landscape, polished: Polished, kind: str = "") -> list[CriticalPoint]:
    """The points in the window, with what the paper says of them; a coordinate that may as well be zero is."""
    polished = polished.where(landscape.contains(polished.spots.x))
    error = polished.error * np.linalg.norm(landscape.size)
    x = np.where(np.abs(polished.spots.x) <= error[:, None], 0.0, polished.spots.x)
    at = landscape.sample(x[:, 0], x[:, 1])
    hessian = np.stack([at.f_uu, at.f_uv, at.f_uv, at.f_vv], axis=-1).reshape(-1, 2, 2)
    eigenvalues = np.linalg.eigvalsh(hessian)
    columns = at.f, scalar_curvature_at_minimum(hessian), hessian_trace(hessian), hessian_square_trace(hessian)
    return [
        CriticalPoint((u, v), kind or _kind(low, high), f, S, trace, square_trace, (low, high), radius)
        for (u, v), f, S, trace, square_trace, (low, high), radius in zip(
            x.tolist(), *(c.tolist() for c in columns), eigenvalues.tolist(), error.tolist(), strict=True
        )
    ]


def _kind(low: float, high: float) -> str:
    if low > 0:
        return "minimum"
    return "maximum" if high < 0 else "saddle"


def _flat_region(landscape: Landscape, seen: Survey) -> list[FlatRegion]:
    """Cells on which f is constant, unless the slope only fades into rounding around them."""
    return []

"""Critical points of a loss on a window: minima, maxima, saddles, degenerate points and curves, cusps."""

from collections.abc import Mapping

import numpy as np

from curvlib.critical.curves import LEVEL, Tracker, cut, described, on_curves
from curvlib.critical.cusps import cusps
from curvlib.critical.landscape import Array, Landscape
from curvlib.critical.points import clustered, distinct, inspect
from curvlib.critical.polish import Polished, polish
from curvlib.critical.results import KINDS, Critical, CriticalCurve, CriticalPoint, CriticalPoints, FlatRegion
from curvlib.critical.search import Survey, survey, suspects
from curvlib.curvature import hessian_square_trace, hessian_trace, scalar_curvature_at_minimum
from curvlib.grid import Grid
from curvlib.jets import jet, parameter_values
from curvlib.language.expression import Expression

__all__ = ["CriticalCurve", "CriticalPoint", "CriticalPoints", "FlatRegion", "critical_points"]

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
    weak = np.flatnonzero(inspected.weak)
    shared = np.zeros(len(polished.spots), dtype=bool)
    if len(weak):
        part = Polished(polished.spots.where(weak), polished.error[weak])
        chosen = type(inspected)(*(getattr(inspected, name)[weak] for name in ("regular", "weak", "normal", "stiffness")))
        shared[weak] = on_curves(landscape, part, chosen)
    curves, blunt = _curves(landscape, polished.where(shared))
    alone = inspected.weak & ~inspected.regular & ~shared
    degenerate = clustered(landscape, polished.where(alone & _off(landscape, polished.spots.x, curves)))
    regular = polished.where(inspected.regular & ~shared & _off(landscape, polished.spots.x, curves))
    return [*_points(landscape, regular, True), *_points(landscape, degenerate, False), *blunt], curves


def _curves(landscape: Landscape, polished: Polished) -> tuple[list[CriticalCurve], list[CriticalPoint]]:
    if not len(polished.spots):
        return [], []
    thin = distinct(landscape, polished, radius=0.003)
    stiffness = float(np.median(np.abs(polished.spots.hessian).max(axis=(-1, -2))))
    noise = float(20 * np.median(np.linalg.norm(polished.spots.gradient, axis=-1)))
    traces = Tracker(landscape, thin.spots.x, stiffness, noise).traces()
    curves = []
    for trace in traces:
        if len(trace.points) > 3 and not trace.dead_ends:
            curves += [described(landscape, *part) for part in cut(landscape, trace)]
    return curves, []


def _off(landscape: Landscape, x: Array, curves: list[CriticalCurve]) -> Array:
    """Which points are not on the curves."""
    vertices = np.concatenate([np.empty((0, 2)), *(curve.points for curve in curves)])
    return np.array([not len(vertices) or landscape.distance(vertices, point).min() > 0.01 for point in x], dtype=bool)


def _points(landscape: Landscape, polished: Polished, regular: bool) -> list[CriticalPoint]:
    polished = polished.where(landscape.contains(polished.spots.x))
    x = polished.spots.x
    at = landscape.sample(x[:, 0], x[:, 1])
    hessian = np.stack([at.f_uu, at.f_uv, at.f_uv, at.f_vv], axis=-1).reshape(-1, 2, 2)
    eigenvalues = np.linalg.eigvalsh(hessian)
    columns = scalar_curvature_at_minimum(hessian), hessian_trace(hessian), hessian_square_trace(hessian)
    return [
        CriticalPoint(
            (float(x[i, 0]), float(x[i, 1])),
            _kind(eigenvalues[i]) if regular else "degenerate",
            float(at.f[i]),
            *(float(column[i]) for column in columns),
            (float(eigenvalues[i, 0]), float(eigenvalues[i, 1])),
            float(polished.error[i] * np.linalg.norm(landscape.size)),
        )
        for i in range(len(x))
    ]


def _kind(eigenvalues: Array) -> str:
    if eigenvalues[0] > 0:
        return "minimum"
    return "maximum" if eigenvalues[1] < 0 else "saddle"


def _flat_region(landscape: Landscape, seen: Survey) -> list[FlatRegion]:
    return []

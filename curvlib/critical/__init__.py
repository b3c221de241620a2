"""Critical points of a loss on a window: minima, maxima, saddles;
degenerate points, and curves of them; cusps.
"""

from collections.abc import Mapping

import numpy as np

from curvlib.arrays import Floats
from curvlib.critical.cusps import cusps
from curvlib.critical.flat import flat_regions
from curvlib.critical.points import distinct
from curvlib.critical.polish import Polished, leaned, polish
from curvlib.critical.results import KINDS, Critical, CriticalCurve, CriticalPoint, CriticalPoints, FlatRegion
from curvlib.critical.search import survey, suspects
from curvlib.critical.sorting import sorted_out
from curvlib.critical.window import ScaledWindow
from curvlib.evaluation.jets import jet, parameter_values
from curvlib.grid import Grid
from curvlib.language.expression import Expression
from curvlib.symbolic.derivatives import differentiate

__all__ = ["CriticalCurve", "CriticalPoint", "CriticalPoints", "FlatRegion", "critical_points"]

MAX_POINTS, MAX_CURVES = 2000, 100
"""The most isolated points, and the most curves, that are listed."""


def critical_points(
    expression: Expression, grid: Grid, parameters: Mapping[str, float] | None = None
) -> CriticalPoints:
    """The points where ∇f = 0 in the grid's window, its border included.

    The window is searched by cells of its own, not by the grid's. Isolated points are polished by
    Newton's method to the last digits; degenerate ones (an eigenvalue of H is zero) are reported as
    exactly as they can be known, curves of them as curves; minima and maxima at a cusp as what they
    are. A point counts when the gradient changes around it as H says: where an exponential tail
    only underflows, nothing is reported.

    Args:
        expression: the loss.
        grid: its window is searched.
        parameters: a value for each parameter that has no default in the text.

    Returns:
        A list of `CriticalPoint`, minima first, each kind by its loss; then each `CriticalCurve`,
        and each `FlatRegion` on which f is constant. Its `.notes` say what is left out.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.

    >>> from curvlib import Grid, parse
    >>> found = critical_points(parse("u^2 - v^2"), Grid((-2, 2), (-2, 2)))
    >>> [(point.kind, point.scalar_curvature) for point in found]
    [('saddle', -8.0)]
    """
    values = parameter_values(expression, parameters)
    landscape = ScaledWindow.over(grid, lambda u, v: jet(expression, u, v, values))
    with np.errstate(
        all="ignore"
    ):  # where f or a derivative overflows or is undefined, comparisons are false and nothing is found
        return _found(landscape, bool(differentiate(expression).kinks))


def _found(landscape: ScaledWindow, has_kinks: bool) -> CriticalPoints:
    seen = survey(landscape)
    level, starts = leaned(landscape, suspects(landscape, seen))
    polished = distinct(landscape, Polished.joined([polish(landscape, starts), level]))
    points, curves, n_faded = sorted_out(landscape, polished)
    known = np.array(
        [point.point for point in points] + [vertex for curve in curves for vertex in curve.points]
    ).reshape(-1, 2)
    tips = [_cusp(*tip) for tip in cusps(landscape, seen, known)]
    found = [*_in_order(points)[:MAX_POINTS], *_in_order(tips), *curves[:MAX_CURVES], *flat_regions(landscape, seen)]
    return CriticalPoints(found, tuple(_notes(len(points), len(curves), n_faded, has_kinks)))


def _cusp(x: Floats, f: float, error: float) -> CriticalPoint:
    return CriticalPoint((float(x[0]), float(x[1])), "cusp", f, np.nan, np.nan, np.nan, (np.nan, np.nan), error)


def _in_order(points: list[CriticalPoint]) -> list[Critical]:
    return sorted(points, key=lambda point: (KINDS.index(point.kind), point.f))


def _notes(n_points: int, n_curves: int, n_faded: int, has_kinks: bool) -> list[str]:
    notes = []
    if n_points > MAX_POINTS:
        notes.append(
            f"{n_points} critical points were found, of which {MAX_POINTS} are listed: "
            "choose a smaller window to see the rest."
        )
    if n_curves > MAX_CURVES:
        notes.append(
            f"More than {MAX_CURVES} curves of degenerate points were found, of which {MAX_CURVES} are listed: "
            "choose a smaller window."
        )
    if n_faded:
        notes.append(
            "Somewhere f is so flat that its slope is lost in rounding: "
            "there may be critical points there that were not found."
        )
    if has_kinks:
        notes.append("f has kinks: a minimum or maximum that lies on one is found only where it stands alone.")
    return notes

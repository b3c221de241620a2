"""The results, sorted from the places where Newton's method settled:
isolated points, regular and degenerate, and curves.
"""

import numpy as np

from curvlib.arrays import Floats
from curvlib.critical.blunt import refined
from curvlib.critical.curves import at_one_height, cut, described
from curvlib.critical.degenerate import STRIDE, on_curves
from curvlib.critical.points import inspect
from curvlib.critical.polish import Polished
from curvlib.critical.results import CriticalCurve, CriticalPoint
from curvlib.critical.tracker import traced
from curvlib.critical.window import ScaledWindow
from curvlib.curvature.formulas import hessian_square_trace, hessian_trace, scalar_curvature_at_minimum

TRUSTED = 1e-6
"""A curve known less exactly than this part of the window is not reported."""

REGULAR = 0.3
"""The distance from 1 that the power of the gradient's growth may have at a regular point."""


def sorted_out(landscape: ScaledWindow, polished: Polished) -> tuple[list[CriticalPoint], list[CriticalCurve], int]:
    """Points and curves among the polished points, each once and in the window;
    and how many curves faded and are left out.
    """
    inspected = inspect(landscape, polished)
    plain = polished.where(inspected.regular & ~inspected.weak)
    polished, inspected = polished.where(inspected.weak), inspected.where(inspected.weak)
    shared, stiffness = on_curves(landscape, polished, inspected)
    traces = traced(landscape, polished.where(shared), stiffness[shared])
    inside = [part for trace in traces if "faded" not in trace.ends for part in cut(landscape, trace)]
    parts = [level for part in inside for level in at_one_height(landscape, *part)]
    curves = [
        curve
        for part in parts
        if (curve := described(landscape, *part)).error < TRUSTED * np.linalg.norm(landscape.size)
    ]
    middles = [trace.points[len(trace.points) // 2] for trace in traces if trace.ends == ("faded", "faded")]
    lonely = np.concatenate([polished.spots.x[~shared], np.array(middles).reshape(-1, 2)])
    blunt, power = refined(landscape, _off(landscape, lonely, curves))
    straight = np.abs(power - 1) < REGULAR
    points = [
        *_points(landscape, plain),
        *_points(landscape, blunt.where(straight)),
        *_points(landscape, blunt.where(~straight), "degenerate"),
    ]
    return points, curves, sum("faded" in trace.ends for trace in traces) - len(middles)


def _off(landscape: ScaledWindow, x: Floats, curves: list[CriticalCurve]) -> Floats:
    """The points that are not on the curves."""
    vertices = np.concatenate([np.empty((0, 2)), *(curve.points for curve in curves)])
    return x[
        np.array([not len(vertices) or landscape.distance(vertices, point).min() > STRIDE for point in x], dtype=bool)
    ]


def _points(landscape: ScaledWindow, polished: Polished, kind: str = "") -> list[CriticalPoint]:
    """The points in the window, with what the paper says of them;
    a coordinate that may as well be zero is.
    """
    polished = polished.where(landscape.contains(polished.spots.x))
    error = polished.error * np.linalg.norm(landscape.size)
    rounded = np.where(np.abs(polished.spots.x) <= error[:, None], 0.0, polished.spots.x)
    x = np.where(landscape.spots(rounded).defined[:, None], rounded, polished.spots.x)
    at = landscape.sample(x[:, 0], x[:, 1])
    hessian = np.stack([at.f_uu, at.f_uv, at.f_uv, at.f_vv], axis=-1).reshape(-1, 2, 2)
    defined = np.all(np.isfinite(hessian), axis=(-1, -2))
    eigenvalues = np.linalg.eigvalsh(np.where(defined[:, None, None], hessian, 0.0))
    columns = at.f, scalar_curvature_at_minimum(hessian), hessian_trace(hessian), hessian_square_trace(hessian), error
    rows = zip(x.tolist(), eigenvalues.tolist(), *(column.tolist() for column in columns), strict=True)
    return [
        CriticalPoint((u, v), kind or _kind(low, high), f, S, trace, square_trace, (low, high), radius)
        for ((u, v), (low, high), f, S, trace, square_trace, radius), known in zip(rows, defined, strict=True)
        if known
    ]


def _kind(low: float, high: float) -> str:
    if low > 0:
        return "minimum"
    if high < 0:
        return "maximum"
    return "saddle" if low < 0 < high else "degenerate"

"""Parallel transport: vectors carried along a curve without turning, and what is left of a turn
after a loop.

In the orthonormal frame g^(−1/2) transport is a rotation, so that a single integral is all there is
to compute:

    angle = ∫ ω,    ω = w²/(1 + w) (f_u df_v − f_v df_u),    w = √β,    dω = K dA.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.evaluation.bound_loss import BoundLoss, landscape
from curvlib.geodesics.frames import root_of_inverse_metric
from curvlib.geodesics.geodesic import Geodesic
from curvlib.given import array, pair
from curvlib.language.expression import Expression

NODES, WEIGHTS = np.polynomial.legendre.leggauss(12)
"""Gauss's rule on each part of a segment."""

MOST_PARTS = 64
"""The most parts that a segment is divided into; what is missing then is in the error."""

ENOUGH = 1e-13
"""The change of the angle, in radians, at which segments are no longer divided."""


def parallel_transport(
    expression: Expression, path: Any, vector: Sequence[float], parameters: Mapping[str, float] | None = None
) -> Floats:
    """The vector at each point of the path when it is carried along: V'^i = −β f_i x'ᵀH V; lengths
    and angles stay.

    Args:
        expression: the loss.
        path: points (n, 2) joined by straight segments of the parameter plane, or a Geodesic.
        vector: components in u, v at the first point.
        parameters: a value for each parameter that has no default in the text.

    Returns:
        Components in u, v at all points, shape (n, 2); NaN from where f is undefined on the way.

    >>> from curvlib import parse
    >>> parallel_transport(parse("3*u + v"), [(0, 0), (1, 2)], (1, 0))[1]
    array([1., 0.])
    """
    where = landscape(expression, parameters)
    if isinstance(path, Geodesic):
        return _along_geodesic(where, path, pair("vector", vector))
    points = _points("path", path)
    angles = np.concatenate([[0.0], np.cumsum(turning(where, points)[0])])
    frames = _frames(where, points)
    start = np.linalg.solve(frames[0], pair("vector", vector)) if np.isfinite(frames[0]).all() else np.full(2, np.nan)
    cos, sin = np.cos(angles), np.sin(angles)
    turned = np.stack([cos * start[0] - sin * start[1], sin * start[0] + cos * start[1]], axis=-1)
    return np.einsum("nij,nj->ni", frames, turned)


def holonomy(expression: Expression, loop: Any, parameters: Mapping[str, float] | None = None) -> float:
    """The angle by which a vector has turned after a loop, in radians: ∫ K over the inside of a
    loop that runs counterclockwise.

    Args:
        expression: the loss.
        loop: points (n, 2) joined by straight segments, the last one to the first.
        parameters: a value for each parameter that has no default in the text.

    Returns:
        The angle, not reduced by whole turns: positive around a bowl or a peak, negative around a
            saddle.

    >>> from curvlib import parse
    >>> holonomy(parse("u^2"), [(0, 0), (1, 0), (1, 1), (0, 1)])
    0.0
    """
    points = _points("loop", loop)
    return float(turning(landscape(expression, parameters), np.vstack([points, points[:1]]))[0].sum()) + 0.0


def _points(name: str, values: Any) -> Floats:
    points = array(name, values)
    if points.ndim != 2 or points.shape[1] != 2 or not len(points):
        raise ValueError(f"{name} must be points (n, 2), each with its u and its v.")
    return points


def turning(where: BoundLoss, points: Floats) -> tuple[Floats, Floats]:
    """∫ ω over each segment between the points (n, 2), and an estimate of its error,
    shapes (n − 1,).
    """
    start, step = points[:-1], np.diff(points, axis=0)
    angle = _quadrature(where, start, step, 1)
    error = np.full(len(step), np.inf)
    parts = 2
    while parts <= MOST_PARTS and (error > ENOUGH * (1 + np.abs(angle))).any():
        open_ = np.nonzero(error > ENOUGH * (1 + np.abs(angle)))[0]
        finer = _quadrature(where, start[open_], step[open_], parts)
        error[open_] = np.abs(finer - angle[open_])
        angle[open_] = finer
        parts *= 2
    return angle, error


def _quadrature(where: BoundLoss, start: Floats, step: Floats, parts: int) -> Floats:
    shares = ((np.arange(parts)[:, None] + (NODES + 1) / 2) / parts).ravel()
    weights = np.tile(WEIGHTS / 2, parts) / parts
    points = start[:, None] + shares[:, None] * step[:, None]
    _, f_u, f_v, f_uu, f_uv, f_vv = where.jet(points[..., 0], points[..., 1])
    du, dv = step[:, :1], step[:, 1:]
    with np.errstate(all="ignore"):
        w = 1 / np.sqrt(1 + f_u**2 + f_v**2)
        return (w**2 / (1 + w) * (f_u * (f_uv * du + f_vv * dv) - f_v * (f_uu * du + f_uv * dv))) @ weights


def _along_geodesic(where: BoundLoss, path: Geodesic, vector: Floats) -> Floats:
    """The vector carried along a geodesic: its parts along tangent and normal stay the same."""
    frames = _frames(where, path.points)
    tangents = np.linalg.solve(frames, path.velocities[..., None])[..., 0]
    start = np.linalg.solve(frames[0], vector)
    along, across = tangents[0] @ start, tangents[0, 0] * start[1] - tangents[0, 1] * start[0]
    normals = np.stack([-tangents[:, 1], tangents[:, 0]], axis=-1)
    return np.einsum("nij,nj->ni", frames, along * tangents + across * normals)


def _frames(where: BoundLoss, points: Floats) -> Floats:
    _, f_u, f_v, *_ = where.jet(points[:, 0], points[:, 1])
    with np.errstate(all="ignore"):  # no frame where the slope is infinite
        return root_of_inverse_metric(f_u, f_v)

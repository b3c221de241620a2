"""Degenerate points: on curves, or isolated."""

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.critical.points import Inspected
from curvlib.critical.polish import Polished, project
from curvlib.critical.window import TINY, ScaledWindow, Spots

STRIDE = 1 / 160
"""The scaled distance between the vertices of a curve."""

LEVEL = 1e-14
"""A gradient this small compared with the Hessian is zero apart from rounding."""

NOISE = 20
"""The rounding of the gradient near a point, in what is left of it there."""

AHEAD = 3
"""The distance, in strides, at which a curve of degenerate points must go on."""

BESIDE = 1e-5
"""The scaled distance of the points whose Hessians together say where a curve runs: on the curve
itself the Hessian may vanish.
"""


def across(normal: Floats) -> Floats:
    """Directions at a right angle to those given, shape (n, 2)."""
    return np.stack([-normal[:, 1], normal[:, 0]], axis=-1)


def normals(landscape: ScaledWindow, x: Floats) -> Floats:
    """Directions, scaled, in which H is largest near points on curves, shape (n, 2)."""
    corners = BESIDE * np.array([(1, 1), (1, -1), (-1, 1), (-1, -1), (0.5, 0)])
    hessians = landscape.spots(landscape.moved(x[:, None], corners).reshape(-1, 2)).hessian.reshape(-1, 5, 2, 2)
    hessians = np.nan_to_num(hessians)
    scale = np.maximum(np.abs(hessians).max(axis=(1, 2, 3)), TINY)[:, None, None, None]
    relative = hessians / scale
    return np.linalg.eigh((relative @ relative).sum(axis=1))[1][:, :, 1]


def on_curves(landscape: ScaledWindow, polished: Polished, inspected: Inspected) -> tuple[Bools, Floats]:
    """A mask of the points that are not isolated, and the stiffness of f around each.

    A point is on a curve if three strides on along the flat direction, on one side at least, the
    gradient is zero too.
    """
    n = len(polished.spots)
    tangent, normal = across(inspected.normal), inspected.normal
    away = AHEAD * STRIDE * np.stack([tangent, -tangent, normal, -normal], axis=1)
    spots = landscape.spots(landscape.moved(polished.spots.x[:, None], away).reshape(-1, 2))
    around = np.nan_to_num(np.abs(spots.hessian)).max(axis=(-1, -2)).reshape(n, 4).max(axis=1)
    stiffness = np.maximum(np.where(np.isfinite(around), around, 0), inspected.stiffness)
    ahead, _ = project(landscape, spots.x.reshape(n, 4, 2)[:, :2].reshape(-1, 2), np.repeat(normal, 2, axis=0))
    moved = landscape.distance(ahead.x.reshape(n, 2, 2), polished.spots.x[:, None])
    level = (
        np.linalg.norm(ahead.gradient, axis=-1).reshape(n, 2) <= (LEVEL * stiffness + noise(polished.spots))[:, None]
    )
    return (level & (moved > STRIDE) & ahead.defined.reshape(n, 2)).any(axis=1), stiffness


def noise(spots: Spots) -> Floats:
    """A bound for the gradient's rounding, from its size where it should vanish; shape (n,)."""
    return NOISE * np.linalg.norm(spots.gradient, axis=-1)

"""The mesh that a fan's rays and fronts make: where about a point lies in it."""

import numpy as np

from curvlib.arrays import Floats, Ints
from curvlib.geodesics.fan import Fan

LEVELS = 128
"""The number of fronts of the polar mesh that the end is looked for in."""

ENDED = 1e-9
"""The share of the radius by which a front may exceed a ray's end and still hold the ray, or a
length the one that was asked for: sums of steps are rounded.
"""

SLACK = 0.05
"""The part of a triangle of the mesh by which a point may lie outside: its sides are curved."""


def places_of(rays: Fan, q: Floats) -> tuple[Floats, Floats]:
    """Angles and arc lengths at the cells of the polar mesh that hold q,
    each cell two triangles.
    """
    levels = rays.radius * np.arange(LEVELS + 1) / LEVELS
    ends = rays.rays.end
    points = rays.points(np.arange(rays.n)[None, :], np.minimum(levels[:, None], ends)) - q[:, None, None]
    points = np.where(levels[:, None] <= ends + ENDED * rays.radius, points, np.nan)
    beside = np.roll(points, -1, axis=2)
    corners = {(0, 0): points[:, :-1], (1, 0): points[:, 1:], (0, 1): beside[:, :-1], (1, 1): beside[:, 1:]}
    angle, t = [], []
    for triangle in (((0, 0), (1, 0), (1, 1)), ((0, 0), (1, 1), (0, 1))):
        level, ray, shares = _holding(*(corners[corner] for corner in triangle))
        t.append(
            levels[level] + levels[1] * sum(share * corner[0] for share, corner in zip(shares, triangle, strict=True))
        )
        angle.append(
            2 * np.pi / rays.n * (ray + sum(share * corner[1] for share, corner in zip(shares, triangle, strict=True)))
        )
    return np.concatenate(angle), np.concatenate(t)


def _holding(a: Floats, b: Floats, c: Floats) -> tuple[Ints, Ints, Floats]:
    """The triangles (2, n_levels, n_rays) that hold the origin, and its barycentric coordinates (3,
    n); a little slack at the sides.
    """

    def area(x: Floats, y: Floats) -> Floats:
        return x[0] * y[1] - x[1] * y[0]

    parts = np.stack([area(b, c), area(c, a), area(a, b)])
    whole = parts.sum(axis=0)
    with np.errstate(all="ignore"):
        shares = parts / whole
        level, ray = np.nonzero((shares > -SLACK).all(axis=0))
    return level, ray, shares[:, level, ray]

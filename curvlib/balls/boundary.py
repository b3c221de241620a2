"""The boundary of a ball as curves: arcs of the front that are still the shortest
way, joined where they meet.
"""

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.balls.between_rays import STENCIL, front_between
from curvlib.balls.branches import Ends
from curvlib.balls.cut import Cut
from curvlib.balls.volumes import corners_of
from curvlib.geodesics.fan import Fan

WHOLE = 1e-9
"""The share of the radius that may be missing of a ray that reaches it: its steps are rounded."""

GAP = 2
"""The largest gap that is closed between arcs, in distances of the rays on a flat circle."""


def boundary(fan: Fan, state: Cut, radius: float) -> list[Floats]:
    """Curves (n, 2) that bound the ball; closed (first point = last) where the arcs close up, open
    where f ends between them.
    """
    mask = state.times < radius
    alive = np.nonzero(~mask)[0]
    if len(alive) == 0:
        return []
    points = fan.points(np.arange(fan.n), np.minimum(radius, fan.rays.end)).T
    if len(alive) == fan.n:
        return [np.vstack([points, points[:1]])]
    arcs = _arcs(fan, state, mask, points, radius)
    return _joined(arcs, gap=GAP * 2 * np.pi * radius / fan.n)


def _arcs(fan: Fan, state: Cut, mask: Bools, points: Floats, radius: float) -> list[Floats]:
    """Runs of rays that are not cut, with the exact corner added at either end where
    two fronts meet.
    """
    ends = corners_of(fan, state, mask[None], np.array([radius]))
    whole = fan.rays.end >= radius * (1 - WHOLE)
    corner = dict(zip(ends.cell.tolist(), _corner_points(fan, ends, radius, whole), strict=True))
    begins, arcs = np.nonzero(~mask & np.roll(mask, 1))[0], []
    for begin in begins:
        length = int(np.argmax(np.roll(mask, -begin)))
        rays = (begin + np.arange(length)) % fan.n
        before, after = corner[int(begin - 1) % fan.n], corner[int(rays[-1])]
        arcs.append(np.vstack([part for part in (before, points[rays], after) if part is not None]))
    return arcs


def _corner_points(fan: Fan, ends: Ends, radius: float, whole: Bools) -> list[Floats | None]:
    """The points of the front at the corners, shape (1, 2) each;
    None where f ended for a ray next to one.
    """
    points = front_between(fan, ends.cell + ends.s, np.full(len(ends.s), min(radius, fan.radius)))
    known = np.array([whole[(cell + STENCIL) % fan.n].all() for cell in ends.cell])
    return [point[None] if complete else None for point, complete in zip(points.T, known, strict=True)]


def _joined(arcs: list[Floats], gap: float) -> list[Floats]:
    """Arcs chained where the end of one is the beginning of another."""
    curves, rest = [], list(arcs)
    while rest:
        curve = rest.pop(0)
        while True:
            starts = [np.hypot(*(arc[0] - curve[-1])) for arc in rest] + [np.hypot(*(curve[0] - curve[-1]))]
            nearest = int(np.argmin(starts))
            if starts[nearest] > gap:
                curves.append(curve)
                break
            if nearest == len(rest):
                curves.append(np.vstack([curve, curve[:1]]))
                break
            curve = np.vstack([curve, rest.pop(nearest)])
    return curves

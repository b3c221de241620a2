"""Places where two equally long rays of a fan arrive at one point:
found between fronts of equal arc length, then solved for.
"""

from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.balls.between_rays import STENCIL, weights_at
from curvlib.geodesics.fan import Fan

LEVELS = 64
"""The number of fronts between which meetings are looked for: rays move less between two than the
bumps they run around are wide.
"""

BLOCK = 8
"""Levels looked at together; rays that have met another drop out between blocks."""

MOST_SEEN = 192
"""The most rays whose meetings are looked for; those of the others follow from
their neighbours'.
"""

SLACK = 0.1
"""The distance beyond a segment of the front, in its lengths, at which a passing ray is still
considered: symmetric fronts meet exactly at its ends.
"""

SWEEPS = 9
"""The most steps of Newton's method on a meeting: a good guess takes four."""

FARTHEST, LONGEST_STEP = 4, 0.1
"""The most that such a step may change the other ray, in rays, and the arc length, as a share of
the fan's radius: beyond, the derivatives here say nothing.
"""

SOLVED = 1e-11
"""The step of the arc length, as a share of the radius, at which the meeting is known to rounding.
"""

SETTLED, SETTLED_OTHER = 1e-6, 1e-3
"""The last steps of the arc length, as a share of the radius, and of the other ray, in rays, above
which the search has not settled. Newton's method squares them in the step not taken.
"""

SELF = 0.5
"""A ray that meets one nearer than this, in rays, has found its own focus, not a meeting."""

SOONEST, SHIFTED = 0.5, 0.15
"""The share of the guessed arc length below which a solution is the centre, where all rays meet;
and its distance from the guess, as a share of the radius, beyond which it is another meeting.
"""


@dataclass(frozen=True)
class Meetings:
    """Rays (numbers), the angle of the ray each one meets, in units of the fan's spacing, and the
    arc length at which.
    """

    ray: Ints
    other: Floats
    t: Floats

    def where(self, chosen: Bools | Ints) -> "Meetings":
        return Meetings(self.ray[chosen], self.other[chosen], self.t[chosen])


def joined(parts: list[Meetings]) -> Meetings:
    empty = Meetings(np.zeros(0, int), np.zeros(0), np.zeros(0))
    return Meetings(
        *(np.concatenate([getattr(part, name) for part in [empty, *parts]]) for name in ("ray", "other", "t"))
    )


def first_suspect_level(fronts: Floats, levels: Floats, conjugate: float) -> int:
    """The first level at which rays may have met: below it all J > 0 and the front is simple.

    A local diffeomorphism of a disc that is injective on the boundary is injective, so one simple
    front clears all before it.
    """
    low, high = 0, len(levels)
    while low < high:
        middle = (low + high) // 2
        clear = levels[middle] < conjugate and _is_simple(fronts[middle])
        low, high = (middle + 1, high) if clear else (low, middle)
    return low


def _is_simple(front: Floats) -> bool:
    """True if the closed polygon, shape (2, n), exists and does not cross itself."""
    return bool(np.isfinite(front).all()) and not crosses_itself(front, np.ones(front.shape[1], dtype=bool))


def crosses_itself(front: Floats, kept: Bools) -> bool:
    """True if any two of the kept segments of the polygon (2, n) cross;
    segment k runs from point k to the next.
    """
    left = _left(front, np.roll(front, -1, axis=1), front)
    parted = left ^ np.roll(left, -1, axis=1)
    crossed = parted & parted.T & kept & kept[:, None]
    n = front.shape[1]
    for k in (-1, 0, 1):
        crossed[np.arange(n), (np.arange(n) + k) % n] = False
    return bool(crossed.any())


def _left(start: Floats, end: Floats, points: Floats) -> Bools:
    """True for points (..., 2, n) that lie to the left of segments (..., 2, m), shape
    (..., m, n).
    """
    d = end - start
    level = d[..., 0, :] * start[..., 1, :] - d[..., 1, :] * start[..., 0, :]
    return (
        d[..., 0, :, None] * points[..., 1, None, :] - d[..., 1, :, None] * points[..., 0, None, :] > level[..., None]
    )


def suspected(fronts: Floats, levels: Floats) -> Meetings:
    """Rays that change sides of a segment of the front between two levels, inside the segment.

    Args:
        fronts: points of equal arc length, shape (n_levels, 2, n_rays); NaN where a ray has ended.
        levels: their arc lengths.
    """
    found, first = [], np.full(fronts.shape[2], np.inf)
    ends = np.roll(fronts, -1, axis=2)
    for k in range(0, len(levels) - 1, BLOCK):
        part = slice(k, k + BLOCK + 1)
        open_rays = first > levels[k]
        known = np.isfinite(fronts[k, 0])
        rows = np.nonzero(open_rays & known)[0]
        segments = np.nonzero((open_rays | np.roll(open_rays, -1)) & known & np.roll(known, -1))[0]
        left = _left(fronts[part][:, :, segments], ends[part][:, :, segments], fronts[part][:, :, rows])
        level, j, i = np.nonzero(left[1:] ^ left[:-1])
        meetings = _within(fronts[part], ends[part], levels[part], level, segments[j], rows[i])
        np.minimum.at(first, meetings.ray, meetings.t)
        found.append(meetings)
    return joined(found)


def _within(start: Floats, end: Floats, t: Floats, level: Ints, j: Ints, i: Ints) -> Meetings:
    """Crossings of segment j by ray i, both moving straight from one
    level to the next, that lie on the segment.
    """
    n = start.shape[2]
    apart = (i != j) & (i != (j + 1) % n)
    level, j, i = level[apart], j[apart], i[apart]
    both = np.stack([level, level + 1])[:, None]
    axis = np.arange(2)[None, :, None]
    a, p = start[both, axis, j], start[both, axis, i]
    d = end[both, axis, j] - a
    side = d[:, 0] * (p - a)[:, 1] - d[:, 1] * (p - a)[:, 0]
    share = side[0] / np.where(side[0] == side[1], np.nan, side[0] - side[1])
    a, d, p = ((1 - share) * x[0] + share * x[1] for x in (a, d, p))
    along = (d * (p - a)).sum(axis=0) / np.maximum((d * d).sum(axis=0), np.finfo(float).tiny)
    kept = (along > -SLACK) & (along < 1 + SLACK)
    return Meetings(i[kept], (j + along)[kept], (t[level] + share * (t[level + 1] - t[level]))[kept])


def solved(fan: Fan, guess: Meetings) -> Meetings:
    """Newton's method on exp(t, ray) = exp(t, other), divided by the distance of the angles so that
    a ray does not find itself.
    """
    if not len(guess.ray):
        return guess
    ray, other, t = guess.ray, guess.other.copy(), guess.t.copy()
    h = 2 * np.pi / fan.n
    scale = fan.radius
    with np.errstate(all="ignore"):
        for _ in range(SWEEPS):
            gap, slope_other, slope_t = _gap(fan, ray, other, t)
            apart = (other - ray + fan.n / 2) % fan.n - fan.n / 2
            G = gap / apart
            G_other = (slope_other - G) / apart
            G_t = slope_t / apart
            determinant = G_other[0] * G_t[1] - G_other[1] * G_t[0]
            step_other = (G[0] * G_t[1] - G[1] * G_t[0]) / determinant
            step_t = (G_other[0] * G[1] - G_other[1] * G[0]) / determinant
            other = other - np.clip(step_other, -FARTHEST, FARTHEST)
            t = t - np.clip(step_t, -LONGEST_STEP * scale, LONGEST_STEP * scale)
            if max(np.abs(step_t).max(), np.abs(step_other).max() * h) < SOLVED * scale:
                break
        apart = np.abs((other - ray + fan.n / 2) % fan.n - fan.n / 2)
        good = (
            (np.abs(step_t) < SETTLED * scale)
            & (np.abs(step_other) < SETTLED_OTHER)
            & (apart > SELF)
            & (t > SOONEST * guess.t)
            & (t <= fan.rays.end[ray])
        )
        near = (np.abs(t - guess.t) < SHIFTED * scale) & np.isfinite(t)
    return Meetings(ray, other % fan.n, t).where(good & near)


def _gap(fan: Fan, ray: Ints, other: Floats, t: Floats) -> tuple[Floats, Floats, Floats]:
    """exp(t, other) − exp(t, ray), and its derivatives by `other` and by t; shapes (2, n)."""
    cell = np.floor(other)
    x = other - cell
    rays = (cell[:, None] + STENCIL).astype(int) % fan.n
    weights, slopes, lifts, tilts, line = weights_at(x)
    both = np.concatenate([rays, ray[:, None]], axis=1)
    at = fan.places(both, np.broadcast_to(t[:, None], both.shape))
    points, velocities = fan.points_at(at), fan.velocities_at(at)
    turns = fan.turns_at(at, points, velocities) * (2 * np.pi / fan.n)
    front, sweep = points[:, :, :-1], turns[:, :, :-1]
    gap = (front * weights + sweep * lifts).sum(axis=2) - points[:, :, -1]
    return (
        gap,
        (front * slopes + sweep * tilts).sum(axis=2),
        (velocities[:, :, :-1] * line).sum(axis=2) - velocities[:, :, -1],
    )

"""Where two rays of a fan, equally long, arrive at one point: found between fronts of equal arc length, then solved for."""

from dataclasses import dataclass

import numpy as np

from curvlib.geodesics.fan import Fan

LEVELS = 64
SLACK = 0.1
"""How far beyond a segment of the front, in its lengths, a ray may pass and still be looked at: symmetric fronts meet exactly at its ends."""

STENCIL = np.arange(-1, 3)
"""The rays from which one between the rays 0 and 1 is interpolated: points and their derivatives by the angle, J *T, give degree 7."""

DISTANCES = np.array([[1.0 if a == b else a - b for b in STENCIL] for a in STENCIL])
DENOMINATORS = DISTANCES.prod(axis=1)
TILTS = (1 / DISTANCES).sum(axis=1) - 1
"""Σ 1/(a − b): the slope of each Lagrange polynomial at its own point."""


@dataclass(frozen=True)
class Meetings:
    """Rays (numbers), the angle of the ray each one meets, in units of the fan's spacing, and the arc length at which."""

    ray: np.ndarray
    other: np.ndarray
    t: np.ndarray

    def where(self, chosen: np.ndarray) -> "Meetings":
        return Meetings(self.ray[chosen], self.other[chosen], self.t[chosen])


def joined(parts: list[Meetings]) -> Meetings:
    empty = Meetings(np.zeros(0, int), np.zeros(0), np.zeros(0))
    return Meetings(*(np.concatenate([getattr(part, name) for part in [empty, *parts]]) for name in ("ray", "other", "t")))


def first_suspect_level(fan: Fan, fronts: np.ndarray, levels: np.ndarray, conjugate: float) -> int:
    """The level up to which no two rays can have met: fronts that are seen from the center in the order of their rays, all J > 0."""
    offset = fronts - np.reshape(fan.center, (1, 2, 1))
    ahead = np.roll(offset, -1, axis=2)
    with np.errstate(invalid="ignore"):
        in_order = (offset[:, 0] * ahead[:, 1] - offset[:, 1] * ahead[:, 0] > 0).all(axis=1) & (levels < conjugate)
    return int(np.argmin(in_order)) if not in_order.all() else len(levels)


def suspected(fronts: np.ndarray, levels: np.ndarray) -> Meetings:
    """Rays that change sides of a segment of the front between two levels, inside the segment.

    Args:
        fronts: points of equal arc length, shape (n_levels, 2, n_rays); NaN where a ray has ended.
        levels: their arc lengths.
    """
    n = fronts.shape[2]
    found, rows, first = [], np.arange(n), np.full(n, np.inf)
    ends = np.roll(fronts, -1, axis=2)
    before = None
    for k in range(len(levels)):
        segments = np.nonzero((first >= levels[max(k - 2, 0)]) | np.roll(first >= levels[max(k - 2, 0)], -1))[0]
        rows = np.nonzero(first >= levels[max(k - 2, 0)])[0]
        side = _side(fronts[k], ends[k])
        if before is not None:
            changed = (side * before)[np.ix_(segments, rows)] < 0
            j, i = np.nonzero(changed)
            meetings = _within(fronts[k - 1 : k + 1], ends[k - 1 : k + 1], levels[k - 1 : k + 1], segments[j], rows[i])
            np.minimum.at(first, meetings.ray, meetings.t)
            found.append(meetings)
        before = side
    return joined(found)


def _side(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """For segment j and point i, twice the signed area of their triangle, shape (n, n)."""
    d = end - start
    lines = np.stack([-d[1], d[0], d[1] * start[0] - d[0] * start[1]], axis=1)
    return lines @ np.stack([start[0], start[1], np.ones_like(start[0])])


def _within(start: np.ndarray, end: np.ndarray, t: np.ndarray, j: np.ndarray, i: np.ndarray) -> Meetings:
    """Those of the crossings of segment j by ray i, both moving straight between two levels, that lie on the segment."""
    a, d, p = start[:, :, j], (end - start)[:, :, j], start[:, :, i]
    side = d[:, 0] * (p - a)[:, 1] - d[:, 1] * (p - a)[:, 0]
    share = side[0] / np.where(side[0] == side[1], np.nan, side[0] - side[1])
    a, d, p = ((1 - share) * x[0] + share * x[1] for x in (a, d, p))
    along = (d * (p - a)).sum(axis=0) / np.maximum((d * d).sum(axis=0), 1e-300)
    n = start.shape[2]
    kept = (along > -SLACK) & (along < 1 + SLACK) & (i != j) & (i != (j + 1) % n)
    return Meetings(i[kept], (j + along)[kept], (t[0] + share * (t[1] - t[0]))[kept])


def solved(fan: Fan, guess: Meetings, sweeps: int = 7) -> Meetings:
    """Newton's method on exp(t, ray) = exp(t, other), divided by the distance of the angles so that a ray does not find itself."""
    if not len(guess.ray):
        return guess
    ray, other, t = guess.ray, guess.other.copy(), guess.t.copy()
    h = 2 * np.pi / fan.n
    scale = fan.radius
    with np.errstate(all="ignore"):
        for _ in range(sweeps):
            gap, slope_other, slope_t = _gap(fan, ray, other, t)
            apart = (other - ray + fan.n / 2) % fan.n - fan.n / 2
            G = gap / apart
            G_other = (slope_other - G) / apart
            G_t = slope_t / apart
            determinant = G_other[0] * G_t[1] - G_other[1] * G_t[0]
            step_other = (G[0] * G_t[1] - G[1] * G_t[0]) / determinant
            step_t = (G_other[0] * G[1] - G_other[1] * G[0]) / determinant
            other = other - np.clip(step_other, -4, 4)
            t = t - np.clip(step_t, -0.1 * scale, 0.1 * scale)
            if max(np.abs(step_t).max(), np.abs(step_other).max() * h) < 1e-11 * scale:
                break
        apart = np.abs((other - ray + fan.n / 2) % fan.n - fan.n / 2)
        good = (np.abs(step_t) < 1e-6 * scale) & (np.abs(step_other) < 1e-3) & (apart > 0.5) & (t > 0) & (t <= fan.rays.end[ray])
        near = (np.abs(t - guess.t) < 0.15 * scale) & np.isfinite(t)
    return Meetings(ray, other % fan.n, t).where(good & near)


def _gap(fan: Fan, ray: np.ndarray, other: np.ndarray, t: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """exp(t, other) − exp(t, ray), and its derivatives by `other` and by t; shapes (2, n)."""
    cell = np.floor(other)
    x = other - cell
    rays = (cell[:, None] + STENCIL).astype(int) % fan.n
    weights, slopes, lifts, tilts = _hermite(x)
    both = np.concatenate([rays, ray[:, None]], axis=1)
    at = fan.places(both, np.broadcast_to(t[:, None], both.shape))
    points, velocities = fan.points_at(at), fan.velocities_at(at)
    turns = fan.turns_at(at, points, velocities) * (2 * np.pi / fan.n)
    front, sweep = points[:, :, :-1], turns[:, :, :-1]
    gap = (front * weights + sweep * lifts).sum(axis=2) - points[:, :, -1]
    return gap, (front * slopes + sweep * tilts).sum(axis=2), (velocities[:, :, :-1] * weights).sum(axis=2) - velocities[:, :, -1]


def _hermite(x: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Weights (n, 4) at positions x of the stencil's values, their slopes there, and the same for the stencil's derivatives."""
    d = x[:, None] - STENCIL
    line, slope = np.empty_like(d), np.empty_like(d)
    for k in range(len(STENCIL)):
        a, b, c = (d[:, m] for m in range(len(STENCIL)) if m != k)
        line[:, k] = a * b * c / DENOMINATORS[k]
        slope[:, k] = (a * b + a * c + b * c) / DENOMINATORS[k]
    square, double = line**2, 2 * line * slope
    tilt = 1 - 2 * TILTS * d
    return tilt * square, tilt * double - 2 * TILTS * square, d * square, square + d * double

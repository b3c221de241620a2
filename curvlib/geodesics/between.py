"""Geodesics between two points: seen in the fan of one of them, then solved for by shooting.
The logarithm map.
"""

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from curvlib.arrays import Floats
from curvlib.errors import CurvlibError
from curvlib.evaluation.bound_loss import BoundLoss, landscape
from curvlib.geodesics.endings import REACHED
from curvlib.geodesics.fan import fan, refined
from curvlib.geodesics.frames import inner, norm, turned, unit_directions
from curvlib.geodesics.geodesic import TOLERANCE, Geodesic, shot
from curvlib.geodesics.integration import LONGEST, integrate
from curvlib.geodesics.polar_mesh import ENDED, places_of
from curvlib.geodesics.rays import Rays, initial_states
from curvlib.geodesics.step import U_, V_, U, V, Y
from curvlib.given import number, pair
from curvlib.language.expression import Expression

RAYS, MOST_RAYS = 256, 1024
"""The number of rays that the seeds are taken from, to begin with and at most."""

COARSE = 1e-8
"""The tolerance of the rays that give the seeds: these are corrected later."""

DETOUR = 1.5
"""The length up to which geodesics are looked for, in lengths of the straight way, if none is
given.
"""

PIECES = 256
"""The number of pieces by whose chords the straight way is measured."""

SWEEPS = 12
"""The most steps of Newton's method."""

OVERSHOOT = 1.2
"""The length that a search may grow to, in lengths of the longest seed."""

TURN, STRETCH = 0.2, 0.2
"""The most that a step changes the angle, in radians, and the length, as a share of it."""

EXACT, GOOD, MEETS = 1e-13, 1e-9, 1e-6
"""The miss at which a search is done, up to which it has found a geodesic, and up to which the
geodesic shot anew is one; each relative to the length or to 1.
"""

SAME_LENGTH, SAME_ANGLE = 1e-6, 1e-5
"""The differences in length, relative or from 1, and in angle, below which two geodesics are one.
"""


class PatienceError(CurvlibError):
    """A search that took longer than its caller had patience for."""


def geodesics_between(
    expression: Expression,
    p: Sequence[float],
    q: Sequence[float],
    parameters: Mapping[str, float] | None = None,
    *,
    longest: float | None = None,
    minimal: bool = True,
    patience: float = math.inf,
) -> list[Geodesic]:
    """The geodesics from p to q that are found, the shortest first.

    Args:
        expression: the loss.
        p, q: two points u, v.
        parameters: a value for each parameter that has no default in the text.
        longest: only up to this length; if not given, 1.5 times the length over the straight
            segment of the parameter plane.
        minimal: only those that are shorter than the curves near them, which have no conjugate
            point; else all, each with its Morse index.
        patience: seconds after which the search is given up; on rough landscapes it can take a
            minute.

    Returns:
        Geodesics whose last point is q, their `error` being what they miss it by and what the
        integration may have lost; empty where none was found, as when f is undefined at either
        point or the ways between them leave its domain.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.
        PatienceError: the time was up.

    >>> from curvlib import parse
    >>> [round(g.length, 12) for g in geodesics_between(parse("2*u"), (0, 0), (3, 6))]
    [9.0]
    """
    where, deadline = landscape(expression, parameters), time.monotonic() + patience
    start, end = pair("p", p), pair("q", q)
    limit = LONGEST if longest is None else number(longest)
    if not 0 < limit <= LONGEST:
        raise ValueError(f"longest must be a number above 0 and at most {LONGEST:g}; it is {limit}.")
    if not (np.isfinite(where.slope(start)).all() and np.isfinite(where.slope(end)).all()):
        return []
    if (start == end).all():
        return [shot(where, start, np.array([[1.0], [0.0]]), np.zeros(1))[0]]
    radius = min(DETOUR * straight_length(where, start.tolist(), end.tolist()), limit) if longest is None else limit
    rays = fan(where, (start[0], start[1]), radius, RAYS, COARSE, deadline)
    while True:
        angle, t = _solved(where, start, end, *places_of(rays, end), deadline)
        if len(t) or rays.n >= MOST_RAYS:
            break
        rays = refined(rays, COARSE, deadline)
    found = _curves(where, start, end, angle, t, radius)
    return [g for g in found if g.morse_index == 0 or not minimal]


def logarithm_map(
    expression: Expression, p: Sequence[float], q: Sequence[float], parameters: Mapping[str, float] | None = None
) -> Floats:
    """The velocity at p of the shortest geodesic that is at q after unit time; NaN where none is
    found.

    >>> from curvlib import parse
    >>> logarithm_map(parse("u - v"), (1, 2), (4, 6)).round(12)
    array([3., 4.])
    """
    ways = geodesics_between(expression, p, q, parameters)
    return ways[0].length * ways[0].velocities[0] if ways else np.full(2, np.nan)


def straight_length(where: BoundLoss, p: Sequence[float], q: Sequence[float]) -> float:
    """The length of the curve on the graph over the straight segment;
    where f is undefined on it, twice the distance in space.
    """
    step = np.subtract(q, p)
    line = np.asarray(p, float) + np.linspace(0, 1, PIECES + 1)[:, None] * step
    f = where.jet(line[:, 0], line[:, 1])[0]
    total = float(np.hypot(np.hypot(*step) / PIECES, np.diff(f)).sum())
    return total if np.isfinite(total) else 2 * float(np.hypot(np.hypot(*step), f[-1] - f[0]))


def _solved(where: BoundLoss, p: Floats, q: Floats, angle: Floats, t: Floats, deadline: float) -> tuple[Floats, Floats]:
    """Newton's method on exp(t, angle) = q by rays shot anew: dt = g(T, d), dθ = g(*T, d)/J.
    All seeds together; doubles dropped.
    """
    slope = where.slope(p)
    reach = OVERSHOOT * float(t.max(initial=0))
    miss = np.full(len(t), np.inf)
    for _ in range(SWEEPS):
        if time.monotonic() > deadline:
            raise PatienceError(
                "The search for geodesics took too long and was given up. "
                "Choose a nearer point, or a smoother landscape."
            )
        if not len(t):
            break
        directions = unit_directions(*slope, angle)
        state = initial_states(where, np.full(len(t), p[0]), np.full(len(t), p[1]), directions)
        rays = integrate(where, state, t, TOLERANCE, deadline=deadline)
        kept = (rays.stopped == REACHED) & (t < reach)
        d = q[:, None] - np.stack([_last(rays, U), _last(rays, V)])
        dt, dn, J = _step(where, rays, d)
        miss = np.hypot(dt, dn)
        with np.errstate(all="ignore"):
            turn = np.clip(np.where(J == 0, 0, dn / J), -TURN, TURN)
        done = bool((miss[kept] < EXACT * (1 + t[kept])).all())
        if not done:
            angle, t = angle + turn, t + np.clip(dt, -STRETCH * t, STRETCH * t)
        angle, t, miss = angle[kept], t[kept], miss[kept]
        if done:
            break
    good = miss < GOOD * (1 + t)
    return _distinct(angle[good], t[good])


def _last(rays: Rays, row: int) -> Floats:
    return rays.state[row, np.arange(len(rays.count)), rays.count - 1]


def _step(where: BoundLoss, rays: Rays, d: Floats) -> tuple[Floats, Floats, Floats]:
    """g(T, d), g(*T, d) and J at the ends of the rays."""
    _, f_u, f_v, *_ = where.jet(_last(rays, U), _last(rays, V))
    T = np.stack([_last(rays, U_), _last(rays, V_)])
    return inner(f_u, f_v, T, d), inner(f_u, f_v, turned(f_u, f_v, T), d), rays.end + _last(rays, Y)


def _distinct(angle: Floats, t: Floats) -> tuple[Floats, Floats]:
    order = np.argsort(t)
    kept: list[int] = []
    for k in order:
        same = [
            m
            for m in kept
            if abs(t[k] - t[m]) < SAME_LENGTH * (1 + t[k])
            and abs(np.angle(np.exp(1j * (angle[k] - angle[m])))) < SAME_ANGLE
        ]
        if not same:
            kept.append(int(k))
    return angle[kept], t[kept]


def _curves(where: BoundLoss, p: Floats, q: Floats, angle: Floats, t: Floats, radius: float) -> list[Geodesic]:
    within = t <= radius * (1 + ENDED)
    if not within.any():
        return []
    curves = shot(where, p, unit_directions(*where.slope(p), angle[within]), t[within])
    found = []
    for curve in curves:
        miss = float(norm(*where.slope(q), curve.end - q))
        if curve.complete and miss < MEETS * (1 + curve.length):
            found.append(replace(curve, error=curve.error + miss))
    return found

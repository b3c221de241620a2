"""Isolated degenerate points: found as exactly as floating point allows, and said
how exactly that is.
"""

import numpy as np

from curvlib.arrays import Floats
from curvlib.critical.degenerate import STRIDE, across
from curvlib.critical.points import Inspected, clustered, distinct, inspect
from curvlib.critical.polish import Polished, polish, project
from curvlib.critical.window import ScaledWindow

RUNGS = 60
"""Distances at which a degenerate point is looked at, each half of the one before."""

STEADY = 0.35
"""The most that the power of the gradient's growth may change from rung to rung."""

MAX_POINTS = 60
"""The most isolated degenerate points that are looked for."""

ASSUMED = 1e-9
"""The scaled error of a point at which it is looked around for the direction of its valley."""

GROWING = 0.5
"""The least power with which a gradient grows around a critical point; rounding does not grow."""

STEPS = 400
"""Newton steps towards a degenerate point: near one of order m they shrink by (m - 1)/m only."""


def refined(landscape: ScaledWindow, x: Floats) -> tuple[Polished, Floats]:
    """Isolated points near x, and the power with which the gradient grows around each: 1 at a
    regular point.

    Newton's method goes on without leaving small eigenvalues aside. Around the true point the
    gradient grows like a power of the distance; the error is the distance below which it no longer
    does, be it for rounding or because the point is elsewhere.
    """
    start = Polished(landscape.spots(x), np.zeros(len(x)))
    start = distinct(landscape, start, radius=STRIDE / 2)
    start = start.where(np.arange(len(start.error)) < MAX_POINTS)
    further = polish(landscape, start.spots.x, STEPS, kept=0.0)
    x = np.concatenate([start.spots.x, further.spots.x])
    if not len(x):
        return start, np.empty(0)
    spots = landscape.spots(x)
    error, power = _ladder(landscape, x, inspect(landscape, Polished(spots, np.full(len(x), ASSUMED))))
    found = Polished(spots, error)
    known = np.flatnonzero(error < STRIDE)
    kept = known[clustered(landscape, found.where(known))]
    return found.where(kept), power[kept]


def _ladder(landscape: ScaledWindow, x: Floats, inspected: Inspected) -> tuple[Floats, Floats]:
    """The smallest distance down to which the gradient follows a power law around
    points x, and the power.
    """
    n = len(x)
    distance = 2 * STRIDE * 0.5 ** np.arange(RUNGS)
    tangent = across(inspected.normal)
    angles = np.pi / 4 * np.arange(8) + 0.1
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=-1)
    directions = np.where(inspected.void[:, None, None], ring, np.stack([tangent, -tangent] * 4, axis=1))
    rungs = landscape.moved(x[:, None, None], distance[:, None, None] * directions[:, None])
    across_valley = np.repeat(inspected.normal, RUNGS * 8, axis=0)
    valley = project(landscape, rungs.reshape(-1, 2), across_valley)[0].gradient.reshape(n, RUNGS, 8, 2)
    open_slope = landscape.spots(rungs.reshape(-1, 2)).gradient.reshape(n, RUNGS, 8, 2)
    slope = np.linalg.norm(np.where(inspected.void[:, None, None, None], open_slope, valley), axis=-1).min(axis=-1)
    powers = np.log2(slope[:, :-1] / slope[:, 1:])
    steady = np.isfinite(powers) & (powers > GROWING)
    steady[:, 1:] &= np.abs(np.diff(powers, axis=1)) < STEADY
    rungs_down = np.cumprod(steady, axis=1).sum(axis=1)
    return 2 * distance[rungs_down], np.where(rungs_down > 0, powers[:, 0], np.inf)

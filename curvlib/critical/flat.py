"""Parts of the window on which f is constant."""

import numpy as np

from curvlib.arrays import Bools
from curvlib.critical.results import FlatRegion
from curvlib.critical.search import Survey
from curvlib.critical.window import ScaledWindow

FADING = 1e-12
"""A slope at the rim of a flat region that is smaller than this compared with the steepest one has
faded: the region is a tail.
"""

RIM = 4
"""The width of the rim in cells: wide enough to reach past where the slope underflows."""

MAX_REGIONS = 20
"""Regions of different height at most."""


def flat_regions(landscape: ScaledWindow, seen: Survey) -> list[FlatRegion]:
    """The regions where f is constant up to a kink or to the border:
    a dead ReLU, a step, a constant. Tails that fade into rounding do not count.
    """
    inside = landscape.contains(seen.spots.x)
    flat = seen.flat & inside
    found = []
    for height in np.unique(seen.spots.f[flat])[:MAX_REGIONS]:
        region = flat & (seen.spots.f == height)
        if not _fades(seen, region):
            x = seen.spots.x[region]
            middle = x[landscape.distance(x, x.mean(axis=0)).argmin()]
            (u_low, v_low), (u_high, v_high) = x.min(axis=0).tolist(), x.max(axis=0).tolist()
            share = float(region.sum() / inside.sum())
            found.append(
                FlatRegion((float(middle[0]), float(middle[1])), float(height), (u_low, u_high), (v_low, v_high), share)
            )
    return found


def _fades(seen: Survey, region: Bools) -> bool:
    """True if f only levels out towards the region."""
    near = region.reshape(seen.shape).copy()
    for _ in range(RIM):
        before = near.copy()
        near[1:] |= before[:-1]
        near[:-1] |= before[1:]
        near[:, 1:] |= before[:, :-1]
        near[:, :-1] |= before[:, 1:]
    slope = np.nan_to_num(np.abs(seen.spots.gradient).max(axis=-1))
    rim = near.ravel() & ~seen.flat & (slope > 0)
    return bool(rim.any() and np.median(slope[rim]) < FADING * slope.max())

"""Rays end where they cross a kink of f: beyond it the equations go on as if there were none."""

from dataclasses import replace

import numpy as np

from curvlib.arrays import Floats, Ints
from curvlib.evaluation.bound_loss import BoundLoss
from curvlib.geodesics import interpolation
from curvlib.geodesics.bisection import last_before
from curvlib.geodesics.endings import KINK
from curvlib.geodesics.rays import Rays

SAMPLES = 4
"""Looks at the sign of a kink's gap per step: a ray may cross a kink and come back within one."""


def ended_at_kinks(where: BoundLoss, rays: Rays) -> Rays:
    """The rays, ended where one of the gaps of `BoundLoss.gaps` first changes its sign."""
    if not where.kinks or rays.t.shape[1] < 2:  # a ray of no step crosses nothing
        return rays
    shares = np.arange(SAMPLES) / SAMPLES
    low, high = rays.t[:, :-1], rays.t[:, 1:]
    used = np.isfinite(high)
    step = np.where(used, high, 0) - np.where(used, low, 0)
    t = np.where(used, low, rays.end[:, None])[..., None] + shares * step[..., None]
    t = np.concatenate([t.reshape(len(t), -1), rays.end[:, None]], axis=1)
    signs = _signs(where, rays, np.arange(len(t))[:, None], t)
    crossed = (signs[..., 1:] * signs[..., :-1] < 0) | (signs[..., 1:] == 0)
    crossed = crossed.any(axis=0)
    hit = np.nonzero(crossed.any(axis=1))[0]
    first = np.argmax(crossed[hit], axis=1)
    end = rays.end.copy()
    end[hit] = _crossing(where, rays, hit, t[hit, first], t[hit, first + 1])
    return replace(rays, end=end, stopped=np.where(np.isin(np.arange(len(end)), hit), KINK, rays.stopped))


def _signs(where: BoundLoss, rays: Rays, ray: Ints, t: Floats) -> Floats:
    return np.sign(where.gaps(*interpolation.points(rays, interpolation.places(rays, ray, t))))


def _crossing(where: BoundLoss, rays: Rays, ray: Ints, low: Floats, high: Floats) -> Floats:
    """The place where any sign has changed since `low`, by bisection."""
    start = _signs(where, rays, ray, low)
    return last_before(lambda t: np.any(_signs(where, rays, ray, t) * start <= 0, axis=0), low, high)

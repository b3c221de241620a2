"""The fan of all geodesics from a point: geodesic polar coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curvlib.geodesics import dense
from curvlib.geodesics.batch import Y
from curvlib.geodesics.frames import unit_directions
from curvlib.geodesics.kinks import ended_at_kinks
from curvlib.geodesics.landscape import Landscape
from curvlib.geodesics.rays import TOLERANCE, Rays, initial_states, integrate


@dataclass(frozen=True)
class Fan:
    """n rays of equal length from one point, in directions equally spaced in the tangent plane.

    Attributes:
        where: the landscape.
        center: u, v.
        angles: the directions as angles in the orthonormal frame of `frames.root_of_inverse_metric`, shape (n,).
        rays: the geodesics.
        radius: the length they were given.
    """

    where: Landscape
    center: tuple[float, float]
    angles: np.ndarray
    rays: Rays
    radius: float

    @property
    def n(self) -> int:
        return len(self.angles)

    def points(self, ray: np.ndarray, t: np.ndarray) -> np.ndarray:
        """u, v at arc lengths t on rays given by number, shape (2, ...)."""
        return dense.points(self.rays, dense.places(self.rays, ray, t))

    def velocities(self, ray: np.ndarray, t: np.ndarray) -> np.ndarray:
        """Unit tangent vectors there, shape (2, ...)."""
        return dense.velocities(self.rays, dense.places(self.rays, ray, t))

    def deviation(self, ray: np.ndarray, t: np.ndarray) -> np.ndarray:
        """J − t there."""
        return dense.deviation(self.rays, dense.places(self.rays, ray, t))

    def deviation_slope(self, ray: np.ndarray, t: np.ndarray) -> np.ndarray:
        """J' − 1 there."""
        return dense.deviation_slope(self.rays, dense.places(self.rays, ray, t))

    def area(self, ray: np.ndarray, t: np.ndarray) -> np.ndarray:
        """∫ (J − t) dt up to there."""
        return dense.area(self.rays, dense.places(self.rays, ray, t))


def fan(where: Landscape, center: Sequence[float], radius: float, n: int, tolerance: float = TOLERANCE) -> Fan:
    """The fan of n rays of the given length from the center."""
    u, v = float(center[0]), float(center[1])
    angles = 2 * np.pi * np.arange(n) / n
    _, f_u, f_v, *_ = where.jet(u, v)
    state = initial_states(where, np.full(n, u), np.full(n, v), unit_directions(float(f_u), float(f_v), angles))
    rays = ended_at_kinks(where, integrate(where, state, radius, tolerance))
    return Fan(where, (u, v), angles, rays, radius)


def conjugate_times(rays: Rays) -> np.ndarray:
    """The first t > 0 with J = 0 on each ray, infinity where there is none, shape (n_rays,)."""
    times = np.full(len(rays.count), np.inf)
    J = rays.t + rays.state[Y]
    below = np.isfinite(rays.t) & (J <= 0) & (rays.t > 0)
    hit = np.nonzero(below.any(axis=1))[0]
    if not len(hit):
        return times
    first = np.argmax(below[hit], axis=1)
    low, high = rays.t[hit, first - 1], rays.t[hit, first]
    t = low + (high - low) * 0.5
    for _ in range(40):
        at = dense.places(rays, hit, t)
        value = t + dense.deviation(rays, at)
        low, high = np.where(value > 0, t, low), np.where(value > 0, high, t)
        newton = t - value / (1 + dense.deviation_slope(rays, at))
        step = np.where((newton > low) & (newton < high), newton, (low + high) / 2)
        done = np.abs(step - t).max() < 1e-14 * max(1.0, float(t.max()))
        t = step
        if done:
            break
    times[hit] = t
    return times

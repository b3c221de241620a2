"""The fan of all geodesics from a point: geodesic polar coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats, Ints
from curvlib.evaluation.bound_loss import BoundLoss
from curvlib.geodesics import interpolation
from curvlib.geodesics.bisection import HALVINGS
from curvlib.geodesics.frames import turned, unit_directions
from curvlib.geodesics.integration import TOLERANCE, integrate
from curvlib.geodesics.kinks import ended_at_kinks
from curvlib.geodesics.rays import Rays, initial_states, interleaved
from curvlib.geodesics.step import Y

STILL = 1e-14
"""The relative change of a conjugate time at which it is known to rounding."""


@dataclass(frozen=True)
class Fan:
    """n rays of equal length from one point, in directions equally spaced in the tangent plane.

    Attributes:
        where: the landscape.
        center: u, v.
        angles: the directions as angles in the orthonormal frame of
            `frames.root_of_inverse_metric`, shape (n,).
        rays: the geodesics.
        radius: the length they were given.
    """

    where: BoundLoss
    center: tuple[float, float]
    angles: Floats
    rays: Rays
    radius: float

    @property
    def n(self) -> int:
        return len(self.angles)

    def places(self, ray: Ints, t: Floats) -> interpolation.Places:
        """Arc lengths t on rays given by number, to be read several times."""
        return interpolation.places(self.rays, ray, t)

    def points(self, ray: Ints, t: Floats) -> Floats:
        """u, v at arc lengths t on rays given by number, shape (2, ...)."""
        return interpolation.points(self.rays, self.places(ray, t))

    def points_at(self, at: interpolation.Places) -> Floats:
        """u, v at places found before."""
        return interpolation.points(self.rays, at)

    def velocities_at(self, at: interpolation.Places) -> Floats:
        """Unit tangent vectors at places found before."""
        return interpolation.velocities(self.rays, at)

    def turns_at(self, at: interpolation.Places, points: Floats, velocities: Floats) -> Floats:
        """The derivative of the points by the angle, J *T, from the points and tangents there,
        shape (2, ...).
        """
        _, f_u, f_v, *_ = self.where.jet(*points)
        return (at.t + interpolation.deviation(self.rays, at)) * turned(f_u, f_v, velocities)

    def velocities(self, ray: Ints, t: Floats) -> Floats:
        """Unit tangent vectors there, shape (2, ...)."""
        return interpolation.velocities(self.rays, self.places(ray, t))

    def deviation(self, ray: Ints, t: Floats) -> Floats:
        """J − t there."""
        return interpolation.deviation(self.rays, self.places(ray, t))

    def deviation_slope(self, ray: Ints, t: Floats) -> Floats:
        """J' − 1 there."""
        return interpolation.deviation_slope(self.rays, self.places(ray, t))

    def area(self, ray: Ints, t: Floats) -> Floats:
        """∫ (J − t) dt up to there."""
        return interpolation.area(self.rays, self.places(ray, t))


def fan(
    where: BoundLoss,
    center: Sequence[float],
    radius: float,
    n: int,
    tolerance: float = TOLERANCE,
    deadline: float = np.inf,
) -> Fan:
    """The fan of n rays of the given length from the center."""
    u, v = float(center[0]), float(center[1])
    angles = 2 * np.pi * np.arange(n) / n
    return Fan(where, (u, v), angles, _rays(where, (u, v), radius, angles, tolerance, deadline), radius)


def refined(coarse: Fan, tolerance: float = TOLERANCE, deadline: float = np.inf) -> Fan:
    """The fan with another ray between any two."""
    angles = 2 * np.pi * np.arange(2 * coarse.n) / (2 * coarse.n)
    between = _rays(coarse.where, coarse.center, coarse.radius, angles[1::2], tolerance, deadline)
    return Fan(coarse.where, coarse.center, angles, interleaved(coarse.rays, between), coarse.radius)


def every_second(full: Fan) -> Fan:
    """The fan without every second ray."""
    return Fan(full.where, full.center, full.angles[::2], full.rays.every_second(), full.radius)


def _rays(
    where: BoundLoss, center: tuple[float, float], radius: float, angles: Floats, tolerance: float, deadline: float
) -> Rays:
    u, v = center
    directions = unit_directions(*where.slope(center), angles)
    state = initial_states(where, np.full(len(angles), u), np.full(len(angles), v), directions)
    return ended_at_kinks(where, integrate(where, state, radius, tolerance, deadline=deadline))


def conjugate_times(rays: Rays) -> Floats:
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
    for _ in range(HALVINGS):
        at = interpolation.places(rays, hit, t)
        value = t + interpolation.deviation(rays, at)
        low, high = np.where(value > 0, t, low), np.where(value > 0, high, t)
        newton = t - value / (1 + interpolation.deviation_slope(rays, at))
        step = np.where((newton > low) & (newton < high), newton, (low + high) / 2)
        done = (np.abs(step - t) <= STILL * t).all()
        t = step
        if done:
            break
    times[hit] = t
    return times

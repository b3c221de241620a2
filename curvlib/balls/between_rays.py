"""Between the rays of a fan: points and values at angles that have no ray of their own."""

import numpy as np

from curvlib.arrays import Floats, Ints
from curvlib.geodesics.fan import Fan

STENCIL = np.arange(-1, 3)
"""The rays from which one between the rays 0 and 1 is interpolated:
points and their derivatives by the angle, J *T, give degree 7.
"""

DISTANCES = np.array([[1.0 if a == b else a - b for b in STENCIL] for a in STENCIL])
DENOMINATORS = DISTANCES.prod(axis=1)
TILTS = (1 / DISTANCES).sum(axis=1) - 1
"""Σ 1/(a − b): the slope of each Lagrange polynomial at its own point."""


def front_between(fan: Fan, other: Floats, t: Floats) -> Floats:
    """Points of the fronts at arc lengths t (n,) between the rays, at positions in units of the
    fan's spacing, shape (2, n).
    """
    cell = np.floor(other)
    rays = (cell[:, None] + STENCIL).astype(int) % fan.n
    weights, _, lifts, _, _ = weights_at(other - cell)
    at = fan.places(rays, np.broadcast_to(t[:, None], rays.shape))
    points = fan.points_at(at)
    turns = fan.turns_at(at, points, fan.velocities_at(at)) * (2 * np.pi / fan.n)
    return (points * weights + turns * lifts).sum(axis=2)


def between(other: Floats) -> tuple[Ints, Floats]:
    """Rays around each of the positions (n,) and the weights of their values there,
    shapes (n, 4).
    """
    cell = np.floor(other)
    return (cell[:, None] + STENCIL).astype(int), weights_at(other - cell)[-1]


def weights_at(x: Floats) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Weights (n, 4) at positions x of the stencil's values, their slopes there, the same for its
    derivatives; and of values alone.
    """
    d = x[:, None] - STENCIL
    line, slope = np.empty_like(d), np.empty_like(d)
    for k in range(len(STENCIL)):
        a, b, c = (d[:, m] for m in range(len(STENCIL)) if m != k)
        line[:, k] = a * b * c / DENOMINATORS[k]
        slope[:, k] = (a * b + a * c + b * c) / DENOMINATORS[k]
    square, double = line**2, 2 * line * slope
    tilt = 1 - 2 * TILTS * d
    return tilt * square, tilt * double - 2 * TILTS * square, d * square, square + d * double, line

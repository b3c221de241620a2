"""Points between the nodes of rays: Hermite interpolation in arc length, of degree
5 for points and 7 for areas.
"""

from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats, Ints
from curvlib.geodesics.rays import Rays
from curvlib.geodesics.step import AREA, U_, V_, Y_, U, V, Y


@dataclass(frozen=True)
class Places:
    """Arc lengths on rays, found between their nodes; arrays of one shape."""

    ray: Ints
    node: Ints
    share: Floats
    step: Floats
    t: Floats


def places(rays: Rays, ray: Ints, t: Floats) -> Places:
    """The points on the rays (numbers, any shape) at arc lengths t;
    beyond a ray's ends its first or last step is continued.
    """
    ray, t = np.broadcast_arrays(ray, t)
    far = 4 * (1 + float(rays.end.max(initial=0)))
    keys = np.minimum(rays.t, far / 2) + far * np.arange(len(rays.count))[:, None]
    found = np.searchsorted(keys.ravel(), (np.clip(t, 0, far / 2) + far * ray).ravel(), side="right").reshape(t.shape)
    node = np.clip(found - 1 - ray * rays.t.shape[1], 0, np.maximum(rays.count[ray] - 2, 0))
    low = rays.t[ray, node]
    step = np.where(rays.count[ray] > 1, rays.t[ray, np.minimum(node + 1, rays.count[ray] - 1)] - low, 1.0)
    return Places(ray, node, (t - low) / step, step, t)


def points(rays: Rays, at: Places) -> Floats:
    """u, v there, shape (2, ...)."""
    return np.stack([_quintic(at, *_ends(rays, at, x, x_, bend)) for x, x_, bend in ((U, U_, 0), (V, V_, 1))])


def velocities(rays: Rays, at: Places) -> Floats:
    """u', v' there, shape (2, ...)."""
    return np.stack([_quintic_slope(at, *_ends(rays, at, x, x_, bend)) for x, x_, bend in ((U, U_, 0), (V, V_, 1))])


def deviation(rays: Rays, at: Places) -> Floats:
    """y = J − t there."""
    return _quintic(at, *_ends(rays, at, Y, Y_, 2))


def deviation_slope(rays: Rays, at: Places) -> Floats:
    """y' = J' − 1 there."""
    return _quintic_slope(at, *_ends(rays, at, Y, Y_, 2))


def area(rays: Rays, at: Places) -> Floats:
    """Y there, the integral of y, by the septic that has y, y' and y'' as its
    derivatives at the nodes.
    """
    return area_and_deviation(rays, at)[0]


def area_and_deviation(rays: Rays, at: Places) -> tuple[Floats, Floats]:
    """Y there and its derivative y, one order better than by `deviation`."""
    left, right = (at.ray, at.node), (at.ray, np.minimum(at.node + 1, rays.count[at.ray] - 1))
    h, x = at.step, at.share
    p, d, b, c = (
        rays.state[AREA][left],
        rays.state[Y][left] * h,
        rays.state[Y_][left] * h**2 / 2,
        rays.bend[2][left] * h**3 / 6,
    )
    q = rays.state[AREA][right] - p - d - b - c
    q1 = rays.state[Y][right] * h - d - 2 * b - 3 * c
    q2 = rays.state[Y_][right] * h**2 - 2 * b - 6 * c
    q3 = rays.bend[2][right] * h**3 - 6 * c
    a4 = 35 * q - 15 * q1 + 2.5 * q2 - q3 / 6
    a5 = -84 * q + 39 * q1 - 7 * q2 + q3 / 2
    a6 = 70 * q - 34 * q1 + 6.5 * q2 - q3 / 2
    a7 = -20 * q + 10 * q1 - 2 * q2 + q3 / 6
    value = p + x * (d + x * (b + x * (c + x * (a4 + x * (a5 + x * (a6 + x * a7))))))
    return value, (d + x * (2 * b + x * (3 * c + x * (4 * a4 + x * (5 * a5 + x * (6 * a6 + x * 7 * a7)))))) / h


def _ends(rays: Rays, at: Places, x: int, x_: int, bend: int) -> tuple[Floats, ...]:
    """Coefficients of the quintic in the share of the step, lowest first."""
    left, right = (at.ray, at.node), (at.ray, np.minimum(at.node + 1, rays.count[at.ray] - 1))
    h = at.step
    p, d, b = rays.state[x][left], rays.state[x_][left] * h, rays.bend[bend][left] * h**2 / 2
    q = rays.state[x][right] - p - d - b
    q1 = rays.state[x_][right] * h - d - 2 * b
    q2 = rays.bend[bend][right] * h**2 - 2 * b
    return p, d, b, 10 * q - 4 * q1 + q2 / 2, -15 * q + 7 * q1 - q2, 6 * q - 3 * q1 + q2 / 2


def _quintic(at: Places, a0: Floats, a1: Floats, a2: Floats, a3: Floats, a4: Floats, a5: Floats) -> Floats:
    x = at.share
    return a0 + x * (a1 + x * (a2 + x * (a3 + x * (a4 + x * a5))))


def _quintic_slope(at: Places, a0: Floats, a1: Floats, a2: Floats, a3: Floats, a4: Floats, a5: Floats) -> Floats:
    x = at.share
    return (a1 + x * (2 * a2 + x * (3 * a3 + x * (4 * a4 + x * 5 * a5)))) / at.step

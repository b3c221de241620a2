"""Balls whose area is known in closed form: those on which the curvature is the same everywhere."""

from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats
from curvlib.balls.ball import Ball

LOOKS = 21
"""The number of circles on which K is looked at."""

ALIKE = 1e-9
"""The relative spread of K that passes for constant."""

ROUNDING = 1e-11
"""The share of β² tr H², which bounds the terms of K, that passes for zero."""


@dataclass(frozen=True)
class Control:
    """The exact volume ratio, to hold a measured one against.

    Attributes:
        gaussian_curvature: K = S/2, one number for the ball up to its first cut point and the end
            of f.
        ratio_minus_one: vol_g/vol_e − 1 at the ball's radii; NaN beyond those, where the closed
            form no longer holds.
    """

    gaussian_curvature: float
    ratio_minus_one: Floats


def control(ball: Ball) -> Control | None:
    """The exact ratio where K is constant on the ball to rounding, else None.

        vol_g/vol_e = (sin x / x)², (sinh x / x)² or 1 for K > 0, K < 0 or K = 0,    x = √|K| r/2

    >>> from curvlib import geodesic_ball, parse
    >>> control(geodesic_ball(parse("u^2 + v"), (0, 0), [1.0])).ratio_minus_one
    array([0.])
    """
    certain = min(ball.injectivity_radius, ball.valid_radius, float(ball.radii[-1]))
    K = constant_curvature(ball, certain)
    return (
        None if K is None else Control(K, np.where(ball.radii <= certain, exact_ratio_minus_one(K, ball.radii), np.nan))
    )


def constant_curvature(ball: Ball, radius: float) -> float | None:
    """K if it is the same to rounding all over the ball of a radius, else None."""
    _, f_u, f_v, f_uu, f_uv, f_vv = ball.fan.where.jet(*(values[:-1] for values in ball.mesh(radius, samples=LOOKS)))
    with np.errstate(all="ignore"):
        beta = 1 / (1 + f_u**2 + f_v**2)
        K = beta**2 * (f_uu * f_vv - f_uv**2)
        terms = beta**2 * (f_uu**2 + 2 * f_uv**2 + f_vv**2)
    K, terms = K[np.isfinite(K)], terms[np.isfinite(K)]
    if not len(K) or np.isnan(ball.excess).all():
        return None
    if (np.abs(K) <= ROUNDING * terms).all():
        return 0.0
    middle = float(np.median(K))
    return middle if (np.abs(K - middle) <= ALIKE * abs(middle) + ROUNDING * terms).all() else None


def exact_ratio_minus_one(K: float, radii: Floats) -> Floats:
    """vol_g/vol_e − 1 of a disc on a surface of constant curvature K."""
    x = np.sqrt(abs(K)) * radii / 2
    if K == 0:
        return np.zeros_like(x)
    with np.errstate(over="ignore"):  # infinite where the hyperbolic disc is too large for float64
        ratio = (np.sin(x) if K > 0 else np.sinh(x)) / x
        return (ratio - 1) * (ratio + 1)

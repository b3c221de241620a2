"""A geodesic ball with all that the page says about it, and the geodesics to a second point."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

import curvlib
from curvlib import Expression
from curvlib.balls.ball import Ball
from curvlib.balls.exact import Control, control
from curvlib.balls.volume_order import VolumeOrder, volume_order
from curvlib.geodesics.between import PatienceError
from curvlib.geodesics.geodesic import Geodesic
from curvlib.geodesics.segment import segment_length

STEPS = 100
"""The number of radii that are measured at once; the slider steps from one to the next."""

PATIENCE = 8.0
"""Seconds that the search for geodesics to a second point may take."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Size:
    """A radius, and the largest one on offer."""

    radius: float
    reach: float

    @property
    def step(self) -> float:
        """The distance from one measured radius to the next."""
        return self.reach / STEPS


@dataclass(frozen=True)
class Measured:
    """A ball for a range of radii.

    Attributes:
        ball: the ball, measured at `STEPS` radii.
        order: how the ratio leaves 1 at small radii.
        control: the exact ratio, where there is one.
    """

    ball: Ball
    order: VolumeOrder
    control: Control | None


@dataclass(frozen=True)
class Shown:
    """A ball at the chosen radius.

    Attributes:
        measured: the ball.
        index: the number of the radius.
    """

    measured: Measured
    index: int

    @property
    def ball(self) -> Ball:
        return self.measured.ball

    @property
    def radius(self) -> float:
        return float(self.ball.radii[self.index])

    @property
    def undefined(self) -> bool:
        """True if there is no ball, because f has no derivatives at its center."""
        return math.isnan(self.ball.excess[0])


@dataclass(frozen=True)
class Ways:
    """The geodesics from one point to another.

    Attributes:
        start: from where.
        target: to where.
        curves: the local minimisers found, the shortest first.
        straight: the length of the curve over the straight segment; NaN where f ends on it.
        given_up: why the search was not finished; empty where it was.
    """

    start: Point
    target: Point
    curves: Sequence[Geodesic]
    straight: float
    given_up: str = ""


def measured(expression: Expression, center: Point, parameters: Mapping[str, float], reach: float) -> Measured:
    """The ball around a point for radii up to `reach`."""
    ball = curvlib.geodesic_ball(expression, center, reach * np.arange(1, STEPS + 1) / STEPS, parameters)
    return Measured(ball, volume_order(expression, center, parameters), control(ball))


def shown(ball: Measured, size: Size) -> Shown:
    """The ball at the radius nearest to that of the size."""
    return Shown(ball, min(max(round(size.radius / size.reach * STEPS), 1), STEPS) - 1)


def ways(expression: Expression, start: Point, target: Point, parameters: Mapping[str, float]) -> Ways:
    """The geodesics between two points, and the straight way;
    none where the search takes longer than `PATIENCE`.
    """
    straight = segment_length(expression, start, target, parameters)
    try:
        return Ways(
            start, target, curvlib.geodesics_between(expression, start, target, parameters, patience=PATIENCE), straight
        )
    except PatienceError as error:
        return Ways(start, target, (), straight, str(error))


def reach(u_range: Point, v_range: Point) -> float:
    """The largest radius that a window offers:
    three quarters of its shorter side, rounded down to one digit.
    """
    side = 0.75 * min(abs(u_range[1] - u_range[0]), abs(v_range[1] - v_range[0]))
    if not side > 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(side) + 1e-9)
    return float(f"{math.floor(side / unit + 1e-9) * unit:.12g}")


def rounded_up(radius: float) -> float:
    """A radius, rounded up to one digit."""
    unit = 10.0 ** math.floor(math.log10(radius) + 1e-9)
    return float(f"{math.ceil(radius / unit - 1e-9) * unit:.12g}")

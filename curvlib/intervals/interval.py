"""Intervals: many at a time, as arrays of their ends, rounded outward."""

from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

import numpy as np

from curvlib.arrays import Bools, Floats, Ints

UNIT = float(np.finfo(float).eps)
"""A unit in the last place, at most, as a share of a number."""

SMALLEST = float(np.finfo(float).smallest_subnormal)
LARGEST = float(np.finfo(float).max)


class Interval(NamedTuple):
    """The values that something takes over boxes; all three arrays broadcast.

    Attributes:
        low, high: no value lies outside; low is never +∞ and high never −∞, except that where there
            is no value at all low is +∞ and high −∞.
        whole: whether it is certain that there is a value at every point of the box.
    """

    low: Floats
    high: Floats
    whole: Bools

    @property
    def is_empty(self) -> Bools:
        return np.asarray(self.low > self.high)

    @property
    def is_finite(self) -> Bools:
        """True where there is a finite value at every point of the box."""
        return self.whole & np.isfinite(self.low) & np.isfinite(self.high)

    def rows(self, which: Ints) -> "Interval":
        """Those of some of the boxes."""
        return Interval(self.low[which], self.high[which], self.whole[which])

    def holds(self, x: float) -> Bools:
        """True where x may be a value."""
        return (self.low <= x) & (x <= self.high)


TRUE, FALSE = 1.0, 0.0
"""Truth values are intervals too: [1, 1] is true all over the box, [0, 1] true in a part of it at
most.
"""


def exactly(x: float | Floats) -> Interval:
    """A number, or one for each box."""
    x = np.asarray(x, dtype=float)
    return Interval(x, x, np.ones(x.shape, dtype=bool))


def between(low: Floats, high: Floats) -> Interval:
    """The boxes' own sides."""
    return Interval(low, high, np.ones(np.shape(low), dtype=bool))


def outward(low: Floats, high: Floats, units: float, whole: Bools, *of: Interval) -> Interval:
    """The interval with its ends moved out by so many units in the last place; empty where one of
    its operands is.

    A low end that overflowed is at least the largest number, a high end at most minus it.
    """
    share = units * UNIT
    low, high = np.minimum(low, LARGEST), np.maximum(high, -LARGEST)
    low = low - (np.abs(low) * share + SMALLEST)
    high = high + (np.abs(high) * share + SMALLEST)
    nothing = _nothing(of)
    return Interval(np.where(nothing, np.inf, low), np.where(nothing, -np.inf, high), whole & ~nothing)


def exact(low: Floats, high: Floats, whole: Bools, *of: Interval) -> Interval:
    """The same for ends that are not rounded."""
    nothing = _nothing(of)
    return Interval(np.where(nothing, np.inf, low), np.where(nothing, -np.inf, high), whole & ~nothing)


def hull(a: Interval, b: Interval) -> Interval:
    """The values of both."""
    return Interval(np.minimum(a.low, b.low), np.maximum(a.high, b.high), a.whole & b.whole)


def _nothing(of: Iterable[Interval]) -> Bools:
    return reduce(np.logical_or, (operand.is_empty for operand in of), np.asarray(False))

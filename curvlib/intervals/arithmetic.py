"""Sums, products, powers and choices of intervals."""

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.intervals.interval import FALSE, TRUE, Interval, exact, hull, outward

ROUNDED = 1.0
"""Units in the last place by which a sum or a product, which are rounded to nearest, may be off,
with room to spare.
"""

POWERS = 4.0
"""Units by which numpy's powers may be off, as its other functions."""

TWO_POWERS = 2**53
"""The size from which on every float64 is a whole and even number."""


def add(a: Interval, b: Interval) -> Interval:
    with np.errstate(all="ignore"):
        found = outward(a.low + b.low, a.high + b.high, ROUNDED, a.whole & b.whole, a, b)
    for zero, other in ((a, b), (b, a)):
        found = _where(_is_zero(zero) & ~other.is_empty, other, found)
    return found


def sub(a: Interval, b: Interval) -> Interval:
    return add(a, neg(b))


def neg(a: Interval) -> Interval:
    return Interval(-a.high, -a.low, a.whole)


def mul(a: Interval, b: Interval) -> Interval:
    low, high = _corners(np.multiply, a, b)
    found = outward(low, high, ROUNDED, a.whole & b.whole, a, b)
    zero = (_is_zero(a) | _is_zero(b)) & ~found.is_empty
    return _where(zero, Interval(np.asarray(0.0), np.asarray(0.0), found.whole), found)


def _is_zero(a: Interval) -> Bools:
    return np.asarray((a.low == 0) & (a.high == 0))


def _where(condition: Bools, yes: Interval, no: Interval) -> Interval:
    """Chooses; for results with an exact zero as an operand, which are not rounded."""
    if not condition.any():
        return no
    whole = yes.whole & no.whole
    return Interval(np.where(condition, yes.low, no.low), np.where(condition, yes.high, no.high), whole)


def square(a: Interval) -> Interval:
    """The product of a with itself: never negative."""
    size = absolute(a)
    with np.errstate(all="ignore"):
        found = outward(size.low**2, size.high**2, ROUNDED, a.whole, a)
    return found._replace(low=np.where(found.is_empty, np.inf, np.maximum(found.low, 0.0)))


def div(a: Interval, b: Interval) -> Interval:
    """The quotient: anything over an interval with 0 inside; with 0 at its end, all from the
    other end on.
    """
    return mul(a, reciprocal(b))


def reciprocal(b: Interval) -> Interval:
    positive, negative = b.low >= 0, b.high <= 0
    with np.errstate(all="ignore"):
        low = np.where(positive | negative, np.where(b.high == 0, -np.inf, 1 / b.high), -np.inf)
        high = np.where(positive | negative, np.where(b.low == 0, np.inf, 1 / b.low), np.inf)
    zero = (b.low == 0) & (b.high == 0)
    found = outward(low, high, ROUNDED, b.whole & ~b.holds(0.0), b)
    return Interval(np.where(zero, np.inf, found.low), np.where(zero, -np.inf, found.high), found.whole)


def absolute(a: Interval) -> Interval:
    low = np.where(a.low > 0, a.low, np.where(a.high < 0, -a.high, 0.0))
    return exact(low, np.maximum(np.abs(a.low), np.abs(a.high)), a.whole, a)


def power(a: Interval, b: Interval) -> Interval:
    """The power a^b: by its corners where a ≥ 0, since it is monotone in each; a negative base has
    a value for whole numbers as exponents.
    """
    positive = _power_of_positive(_nonnegative(a), b)
    negative = a.low < 0
    has_whole = negative & (np.ceil(b.low) <= np.floor(b.high))
    if not np.any(has_whole):
        return positive
    mirrored = _power_of_positive(_nonnegative(neg(a)), b)
    n, alone = b.low, b.low == b.high
    even = (np.abs(n) >= TWO_POWERS) | (np.mod(n, 2) == 0)
    low = np.where(alone & even, mirrored.low, -mirrored.high)
    high = np.where(alone & ~even, -mirrored.low, mirrored.high)
    found = hull(positive, Interval(low, high, mirrored.whole))
    whole = a.whole & b.whole & alone & ((n >= 0) | ~a.holds(0.0))
    return Interval(
        np.where(has_whole, found.low, positive.low),
        np.where(has_whole, found.high, positive.high),
        np.where(has_whole, whole, positive.whole),
    )


def _nonnegative(a: Interval) -> Interval:
    """The part of a from 0 on."""
    return Interval(
        np.where(a.high < 0, np.inf, np.maximum(a.low, 0.0)),
        np.where(a.high < 0, -np.inf, a.high),
        a.whole & (a.low >= 0),
    )


def _power_of_positive(a: Interval, b: Interval) -> Interval:
    """The power of a base that is nowhere negative; 0 to a negative power has no value, 0^0 is 1 as
    everywhere in the language.
    """
    low, high = _corners(np.power, a, b)
    pole = (a.low <= 0) & (b.low < 0)
    found = outward(np.maximum(low, 0.0), high, POWERS, a.whole & b.whole & ~pole, a, b)
    return found._replace(low=np.where(found.is_empty, np.inf, np.maximum(found.low, 0.0)))


def _corners(function: np.ufunc, a: Interval, b: Interval) -> tuple[Floats, Floats]:
    """The least and the greatest value at the four corners; 0·∞ is 0, as ∞ is no value."""
    with np.errstate(all="ignore"):
        corners = [np.asarray(function(x, y)) for x in (a.low, a.high) for y in (b.low, b.high)]
        if function is np.multiply:
            corners = [np.where(np.isnan(corner), 0.0, corner) for corner in corners]
    return np.minimum.reduce(np.broadcast_arrays(*corners)), np.maximum.reduce(np.broadcast_arrays(*corners))


def minimum(a: Interval, b: Interval) -> Interval:
    return exact(np.minimum(a.low, b.low), np.minimum(a.high, b.high), a.whole & b.whole, a, b)


def maximum(a: Interval, b: Interval) -> Interval:
    return exact(np.maximum(a.low, b.low), np.maximum(a.high, b.high), a.whole & b.whole, a, b)


def less(a: Interval, b: Interval) -> Interval:
    return _truth(a.high < b.low, a.low < b.high, a, b)


def less_equal(a: Interval, b: Interval) -> Interval:
    return _truth(a.high <= b.low, a.low <= b.high, a, b)


def equal(a: Interval, b: Interval) -> Interval:
    alone = (a.low == a.high) & (b.low == b.high)
    return _truth(alone & (a.low == b.low), (a.low <= b.high) & (b.low <= a.high), a, b)


def both(a: Interval, b: Interval) -> Interval:
    return exact(np.minimum(a.low, b.low), np.minimum(a.high, b.high), a.whole & b.whole)


def either(a: Interval, b: Interval) -> Interval:
    return exact(np.maximum(a.low, b.low), np.maximum(a.high, b.high), a.whole & b.whole)


def opposite(a: Interval) -> Interval:
    return Interval(TRUE - a.high, TRUE - a.low, a.whole)


def _truth(certainly: Bools, possibly: Bools, a: Interval, b: Interval) -> Interval:
    """A comparison with something that has no value is false."""
    valued = a.whole & b.whole
    return Interval(
        np.where(certainly & valued, TRUE, FALSE), np.where(possibly, TRUE, FALSE), np.ones_like(np.asarray(valued))
    )


def chosen(condition: Interval, yes: Interval, no: Interval) -> Interval:
    """The branch that is taken, or both where that depends on the point."""
    sure_yes, sure_no = condition.low == TRUE, condition.high == FALSE
    mixed = hull(yes, no)
    return Interval(*(np.where(sure_yes, y, np.where(sure_no, n, m)) for y, n, m in zip(yes, no, mixed, strict=True)))

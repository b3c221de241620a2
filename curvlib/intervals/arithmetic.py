"""Sums, products, powers and choices of intervals."""

import numpy as np

from curvlib.intervals.interval import FALSE, TRUE, Interval, exact, hull, outward

ROUNDED = 1.0
"""Units in the last place by which a sum or a product, which are rounded to nearest, may be off, with
room to spare.
"""

POWERS = 4.0
"""Units by which numpy's powers may be off; 1 was seen."""

TWO_POWERS = 2**53
"""From here on every float64 is a whole and even number."""


def add(a: Interval, b: Interval) -> Interval:
    with np.errstate(all="ignore"):
        return outward(a.low + b.low, a.high + b.high, ROUNDED, a.whole & b.whole, a, b)


def sub(a: Interval, b: Interval) -> Interval:
    return add(a, neg(b))


def neg(a: Interval) -> Interval:
    return Interval(-a.high, -a.low, a.whole)


def mul(a: Interval, b: Interval) -> Interval:
    low, high = _corners(np.multiply, a, b)
    return outward(low, high, ROUNDED, a.whole & b.whole, a, b)


def square(a: Interval) -> Interval:
    """a·a with the same a: never negative."""
    size = absolute(a)
    with np.errstate(all="ignore"):
        found = outward(size.low**2, size.high**2, ROUNDED, a.whole, a)
    return found._replace(low=np.where(found.is_empty, np.inf, np.maximum(found.low, 0.0)))


def div(a: Interval, b: Interval) -> Interval:
    """Over an interval with 0 inside, anything; with 0 at its end, all from the other end on."""
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
    """a^b: by its corners where a ≥ 0, since it is monotone in each; with whole numbers as exponents
    for negative a too.
    """
    base = Interval(np.maximum(a.low, 0.0), a.high, a.whole & (a.low >= 0))
    positive = _power_of_positive(base, b)
    n = b.low
    is_whole = (b.low == b.high) & (np.floor(n) == n)
    if not np.any(is_whole & (a.low < 0)):
        return positive
    of_size = _power_of_positive(absolute(a), b)
    spans = (a.low < 0) & (a.high > 0)
    even = (np.abs(n) >= TWO_POWERS) | (np.mod(n, 2) == 0)
    mirrored = neg(_power_of_positive(Interval(np.maximum(-a.high, 0.0), -a.low, a.whole), b))
    odd = hull(mirrored, positive)
    low = np.where(even, of_size.low, np.where(spans, odd.low, np.where(a.high <= 0, mirrored.low, positive.low)))
    high = np.where(even, of_size.high, np.where(spans, odd.high, np.where(a.high <= 0, mirrored.high, positive.high)))
    whole = a.whole & b.whole & ((n >= 0) | ~a.holds(0.0))
    chosen = is_whole & (a.low < 0)
    return Interval(
        np.where(chosen, low, positive.low), np.where(chosen, high, positive.high), np.where(chosen, whole, positive.whole)
    )


def _power_of_positive(a: Interval, b: Interval) -> Interval:
    """Of a base that is nowhere negative; 0 to a power that is not positive has no value, but 0^0
    is 1 as everywhere in the language.
    """
    low, high = _corners(np.power, a, b)
    nowhere = a.high < 0
    pole = (a.low <= 0) & (b.low < 0)
    found = outward(np.maximum(low, 0.0), high, POWERS, a.whole & b.whole & ~pole, a, b)
    low = np.where(found.is_empty | nowhere, np.inf, np.maximum(found.low, 0.0))
    return Interval(low, np.where(nowhere, -np.inf, found.high), found.whole & ~nowhere)


def _corners(function: np.ufunc, a: Interval, b: Interval) -> tuple[np.ndarray, np.ndarray]:
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


def _truth(certainly: np.ndarray, possibly: np.ndarray, a: Interval, b: Interval) -> Interval:
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

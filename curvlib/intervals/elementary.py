"""Elementary functions of intervals."""

from collections.abc import Callable
from typing import Any

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.intervals.arithmetic import absolute, add, reciprocal, square
from curvlib.intervals.interval import Interval, exact, exactly, outward
from curvlib.language.operations import OPERATIONS

LIBRARY = 4.0
"""Units in the last place by which numpy's and scipy's functions may be off; the most that a study
saw was 1.53.
"""

HALF_TURN = float(np.nextafter(np.pi, 4))
"""A number above π."""

PHASE = 4e-16
"""The error of a phase x/2π as a share of it, which decides whether a crest lies in an interval."""

Rule = Callable[[Interval], Interval]


def increasing(name: str, start: float = -np.inf, end: float = np.inf, open_: bool = False) -> Rule:
    """The rule of a function that increases where it is defined, from `start` to `end`; at its ends
    it has no value if it is `open_`.
    """
    value = OPERATIONS[name][1]

    def rule(a: Interval) -> Interval:
        low, high = np.maximum(a.low, start), np.minimum(a.high, end)
        outside = (low > high) | (open_ & ((high <= start) | (low >= end)))
        inside = (a.low > start) & (a.high < end) if open_ else (a.low >= start) & (a.high <= end)
        with np.errstate(all="ignore"):
            found = outward(_value(value, low), _value(value, high), LIBRARY, a.whole & inside, a)
        return Interval(
            np.where(outside, np.inf, found.low), np.where(outside, -np.inf, found.high), found.whole & ~outside
        )

    return rule


def _value(function: Callable[..., Any], x: Floats) -> Floats:
    """A value that is none, as log(0), is an infinite end."""
    return np.asarray(function(x), dtype=float)


def at_least(rule: Rule, least: float = -np.inf, most: float = np.inf) -> Rule:
    """The rule of a function that never leaves an interval: rounding outward does neither."""

    def held(a: Interval) -> Interval:
        found = rule(a)
        return found._replace(
            low=np.where(found.is_empty, np.inf, np.maximum(found.low, least)),
            high=np.where(found.is_empty, -np.inf, np.minimum(found.high, most)),
        )

    return held


def arccosine(a: Interval) -> Interval:
    mirrored = increasing("asin", -1.0, 1.0)(Interval(-a.high, -a.low, a.whole))
    return add(mirrored, exactly(np.pi / 2))


def cosh(a: Interval) -> Interval:
    return at_least(increasing("cosh"), 1.0)(absolute(a))


def floor(a: Interval) -> Interval:
    return exact(np.floor(a.low), np.floor(a.high), a.whole, a)


def sign(a: Interval) -> Interval:
    return exact(np.sign(a.low), np.sign(a.high), a.whole, a)


def sine(a: Interval) -> Interval:
    return _wave(a, np.sin, 0.25)


def cosine(a: Interval) -> Interval:
    return _wave(a, np.cos, 0.0)


def _wave(a: Interval, function: Callable[..., Any], crest: float) -> Interval:
    """A wave with a crest at 2π (n + crest) and a trough half a turn later."""
    with np.errstate(all="ignore"):
        ends = function(a.low), function(a.high)
        found = outward(np.minimum(*ends), np.maximum(*ends), LIBRARY, a.whole, a)
    high = np.where(_has_whole(a, crest), 1.0, np.minimum(found.high, 1.0))
    low = np.where(_has_whole(a, crest + 0.5), -1.0, np.maximum(found.low, -1.0))
    return Interval(np.where(a.is_empty, np.inf, low), np.where(a.is_empty, -np.inf, high), found.whole)


def _has_whole(a: Interval, shift: float, period: float = 2 * np.pi) -> Bools:
    """True where the phases of the interval, less a shift, may hold a whole number."""
    with np.errstate(all="ignore"):
        first, last = a.low / period - shift, a.high / period - shift
        room = PHASE * (2 + np.maximum(np.abs(first), np.abs(last)))
        return ~(np.ceil(first - room) > np.floor(last + room))  # an infinite or unknown phase may


def tangent(a: Interval) -> Interval:
    pole = _has_whole(a, 0.5, np.pi)
    with np.errstate(all="ignore"):
        found = outward(np.tan(a.low), np.tan(a.high), LIBRARY, a.whole & ~pole, a)
    return Interval(
        np.where(pole & ~a.is_empty, -np.inf, found.low), np.where(pole & ~a.is_empty, np.inf, found.high), found.whole
    )


def hypotenuse(a: Interval, b: Interval) -> Interval:
    return at_least(increasing("sqrt", 0.0), 0.0)(add(square(a), square(b)))


def angle(v: Interval, u: Interval) -> Interval:
    """atan2: by the corners of a box that neither holds the origin nor touches its cut along
    negative u.
    """
    with np.errstate(all="ignore"):
        corners = np.broadcast_arrays(*(np.arctan2(y, x) for y in (v.low, v.high) for x in (u.low, u.high)))
        found = outward(np.minimum.reduce(corners), np.maximum.reduce(corners), LIBRARY, v.whole & u.whole, v, u)
    cut = v.holds(0.0) & (u.low <= 0)
    low, high = np.where(cut, -HALF_TURN, found.low), np.where(cut, HALF_TURN, found.high)
    empty = v.is_empty | u.is_empty
    return Interval(np.where(empty, np.inf, low), np.where(empty, -np.inf, high), found.whole)


FUNCTIONS: dict[str, Rule] = {
    "sqrt": at_least(increasing("sqrt", 0.0), 0.0),
    "cbrt": increasing("cbrt"),
    "exp": at_least(increasing("exp"), 0.0),
    "log": increasing("log", 0.0, open_=True),
    "log1p": increasing("log1p", -1.0, open_=True),
    "sin": sine,
    "cos": cosine,
    "tan": tangent,
    "asin": increasing("asin", -1.0, 1.0),
    "acos": arccosine,
    "atan": increasing("atan"),
    "sinh": increasing("sinh"),
    "cosh": cosh,
    "tanh": at_least(increasing("tanh"), -1.0, 1.0),
    "asinh": increasing("asinh"),
    "acosh": at_least(increasing("acosh", 1.0), 0.0),
    "atanh": increasing("atanh", -1.0, 1.0, open_=True),
    "erf": at_least(increasing("erf"), -1.0, 1.0),
    "sigmoid": at_least(increasing("sigmoid"), 0.0, 1.0),
    "softplus": at_least(increasing("softplus"), 0.0),
    "abs": absolute,
    "sign": sign,
    "floor": floor,
    "neg": lambda a: Interval(-a.high, -a.low, a.whole),
    "reciprocal": reciprocal,
}
"""The rules of functions of one operand."""

"""Checks of numbers where callers give them: a mistake is named in their words, not in numpy's."""

import math
from typing import Any, overload

import numpy as np

from curvlib.arrays import AnyFloats, Extended, Floats

NO_NUMBERS = (str, bytes, complex, np.complexfloating, np.datetime64, np.timedelta64)
"""Numpy would read texts as numbers, drop imaginary parts, and count days."""


def number(value: Any) -> float:
    """A real number as a float: NaN for whatever is none, infinite where it is too large.

    >>> number(3), number("3"), number(10**400)
    (3.0, nan, inf)
    """
    if isinstance(value, (str, bytes)):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
    except (TypeError, ValueError):
        return math.nan


@overload
def pair(name: str, values: Extended) -> Extended: ...


@overload
def pair(name: str, values: Any) -> Floats: ...


def pair(name: str, values: Any) -> AnyFloats:
    """Two finite numbers, as a point or a vector, shape (2,).

    Raises:
        ValueError: there are not two of them, or they are no finite numbers.
    """
    found = array(name, values)
    if found.shape != (2,) or not np.isfinite(found).all():
        raise ValueError(f"{name} must be two finite numbers, of u and of v.")
    return found


@overload
def array(name: str, values: Extended) -> Extended: ...


@overload
def array(name: str, values: Any) -> Floats: ...


def array(name: str, values: Any) -> AnyFloats:
    """Real numbers as an array of float64, or of np.longdouble where they are.

    Raises:
        ValueError: some are not real numbers (text or complex numbers, too), or are too large for
            float64.
    """
    try:
        found = np.asarray(values)
        objects = found.flat if found.dtype == object else ()
        if found.dtype.kind not in "biufO" or any(isinstance(value, NO_NUMBERS) for value in objects):
            raise TypeError
        return found if found.dtype == np.longdouble else found.astype(np.float64)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must be real numbers.") from None

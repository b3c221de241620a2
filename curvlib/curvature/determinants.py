"""2 × 2 determinants to the last digit, whatever the size of their entries: products without
rounding, and exponents carried apart from mantissas.
"""

import numpy as np
from numpy.typing import NDArray

from curvlib.arrays import AnyFloats

Exponents = NDArray[np.int32]
"""Powers of two, of the type that `np.frexp` gives."""


def two_by_two(a: AnyFloats, b: AnyFloats, c: AnyFloats, d: AnyFloats) -> tuple[AnyFloats, Exponents]:
    """ad - bc as a number and a power of two to multiply it by;
    exact products, one rounding of their difference.
    """
    high, low, exponent = _exact_product(a, d)
    high_, low_, exponent_ = _exact_product(b, c)
    shared = np.where(high == 0, exponent_, np.where(high_ == 0, exponent, np.maximum(exponent, exponent_)))
    high, low = np.ldexp(high, exponent - shared), np.ldexp(low, exponent - shared)
    high_, low_ = np.ldexp(high_, exponent_ - shared), np.ldexp(low_, exponent_ - shared)
    return (high - high_) + (low - low_), shared


def _exact_product(x: AnyFloats, y: AnyFloats) -> tuple[AnyFloats, AnyFloats, Exponents]:
    """x y = (high + low) 2^exponent without rounding (Dekker 1971):
    mantissas lie in [½, 1), so nothing overflows.
    """
    (x, x_exponent), (y, y_exponent) = np.frexp(x), np.frexp(y)
    (x_high, x_low), (y_high, y_low) = _halves(x), _halves(y)
    high = x * y
    low = ((x_high * y_high - high) + x_high * y_low + x_low * y_high) + x_low * y_low
    return high, low, x_exponent + y_exponent


def _halves(x: AnyFloats) -> tuple[AnyFloats, AnyFloats]:
    """x as a sum of two numbers of half the digits (Veltkamp's splitting)."""
    shifted = x * x.dtype.type(2 ** ((np.finfo(x.dtype).nmant + 2) // 2) + 1)
    high = shifted - (shifted - x)
    return high, x - high

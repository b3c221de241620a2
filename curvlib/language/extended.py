"""The error function in extended precision, which neither numpy nor scipy has."""

from typing import Any

import numpy as np

TWO_OVER_ROOT_PI = np.longdouble("1.128379167095512573896158903121545171688")

FAR = np.sqrt(-np.log(np.finfo(np.longdouble).eps))
"""The argument from which on erf is 1 to all digits, however many np.longdouble has:
erfc x < e^(−x²) = eps.
"""


def extended_erf(x: Any) -> Any:
    """erf of np.longdouble numbers, to all their digits and over their whole range.

        erf x = 2/√π e^(−x²) Σ 2ⁿ x^(2n+1)/(1·3·5 … (2n+1))        (DLMF 7.6.2)

    All terms have one sign, so that nothing cancels.

    >>> float(extended_erf(np.longdouble("1e-4000")) * np.longdouble("1e4000"))
    1.1283791670955126
    """
    near = np.clip(x, -FAR, FAR)
    square = near * near
    term = total = near
    n = 0
    while np.any(np.abs(term) > np.abs(total) * np.finfo(np.longdouble).eps):
        n += 1
        term = term * (2 * square / (2 * n + 1))
        total = total + term
    return np.where(np.abs(x) < FAR, TWO_OVER_ROOT_PI * np.exp(-square) * total, np.sign(x))

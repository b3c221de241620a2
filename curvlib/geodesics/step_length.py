"""The lengths of steps: the error of one over what is tolerated, and how long the next may be.

The eighth-order pair of Dormand and Prince has two estimates, of order 5 and 3; together they
behave as one of order 7, so that steps go with the eighth root of the error.
"""

from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.geodesics.step import AREA, ROWS, U_, V_, Y_, U, V, Y

SAFETY = 0.9
"""The share of the step that the error would allow: a step that fails costs as much as a good one.
"""

SHRINK, GROW = 0.2, 5.0
"""The most that a step is shortened and lengthened at a time: the estimates hold for steps like the
one they were made on.
"""

STEEPEST = 1e6
"""The slope up to which u and v are held the tighter the steeper f is, as the height hangs on them.
"""


def over_tolerance(
    estimates: Floats, state: Floats, new: Floats, gradient: Floats, size: float, tolerance: float
) -> Floats:
    """The error of a step of many rays over what is tolerated, shape (n,), from its two estimates
    (2, 9, n); the tolerance is relative to the larger of the states before and after.
    """
    steep = np.minimum(1 + np.abs(gradient).max(axis=0), STEEPEST)
    scale = np.maximum(np.abs(state), np.abs(new))
    scale[:3], scale[4:7] = size, 1.0
    scale[Y] += size
    scale[Y_] += 1
    scale[AREA] += size**2
    scale[[U, V, U_, V_]] /= steep
    ratio = estimates / (tolerance * scale)
    fifth, third = np.einsum("kij,kij->kj", ratio, ratio) / ROWS
    return combined(fifth, third)


def combined(fifth: Any, third: Any) -> Floats:
    """The error from the squares of the two estimates, NaN where they are not numbers."""
    with np.errstate(all="ignore"):
        error = fifth / np.sqrt(fifth + 0.01 * third)
    return np.where(fifth > 0, error, np.where(np.isnan(fifth), np.nan, 0.0))


def change(error: Any, largest: Any = GROW) -> Floats:
    """The next step over this one, whose error is given in what is tolerated."""
    with np.errstate(all="ignore"):
        return np.clip(SAFETY * np.asarray(error, float) ** -0.125, SHRINK, largest)

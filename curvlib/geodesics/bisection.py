"""Bisection of many intervals at once."""

from collections.abc import Callable

import numpy as np

from curvlib.arrays import Bools, Floats

HALVINGS = 50
"""Halvings of an interval: what is left of it is below the rounding of its ends."""


def last_before(beyond: Callable[[Floats], Bools], low: Floats, high: Floats) -> Floats:
    """The last places in the intervals before a function of the place becomes true."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        passed = beyond(middle)
        low, high = np.where(passed, low, middle), np.where(passed, middle, high)
    return low

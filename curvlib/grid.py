"""The window of the parameter plane on which fields are evaluated."""

import math
from dataclasses import dataclass
from functools import cached_property
from operator import index
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.errors import GridError
from curvlib.given import number

MAX_SIDE = 16384
"""The most points along one side of a grid."""

MAX_COORDINATE = 1e12
"""The largest coordinate a window may reach, in absolute value."""

NARROWEST = 1e-36
"""The least width of a window: geodesic balls in it have volumes and errors that
are still numbers.
"""

Range = tuple[float, float]


@dataclass(frozen=True)
class Grid:
    """Equally spaced points (u_j, v_i) over a window of the parameter plane, both ends included.

    Arrays on a grid have shape (n_v, n_u): row = v, column = u.

    Args:
        u_range: first and last u.
        v_range: first and last v.
        shape: (n_v, n_u), at least 2 and at most `MAX_SIDE` each.

    Raises:
        GridError: a range is not finite or empty, or a side is too short or too long.

    >>> Grid((-1, 1), (0, 3), (4, 3)).u
    array([-1.,  0.,  1.])
    """

    u_range: Range
    v_range: Range
    shape: tuple[int, int] = (256, 256)

    def __post_init__(self) -> None:
        for name in ("u", "v"):
            low, high = _ends(name, getattr(self, f"{name}_range"))
            object.__setattr__(self, f"{name}_range", (low, high))
            _check_range(name, low, high)
        n_v, n_u = _sides(self.shape)
        object.__setattr__(self, "shape", (n_v, n_u))
        if min(n_v, n_u) < 2 or max(n_v, n_u) > MAX_SIDE:
            raise GridError(f"A grid has 2 to {MAX_SIDE} points a side; {n_u} × {n_v} was given.")

    @cached_property
    def u(self) -> Floats:
        """The coordinates of the columns, shape (n_u,)."""
        return np.linspace(*self.u_range, self.shape[1])

    @cached_property
    def v(self) -> Floats:
        """The coordinates of the rows, shape (n_v,)."""
        return np.linspace(*self.v_range, self.shape[0])


def _ends(name: str, ends: Any) -> Range:
    try:
        low, high = ends
    except (TypeError, ValueError):
        raise GridError(f"The window of {name} needs two numbers, its first and its last {name}.") from None
    return number(low), number(high)


def _sides(shape: Any) -> tuple[int, int]:
    try:
        n_v, n_u = shape
        return index(n_v), index(n_u)
    except (TypeError, ValueError):
        raise GridError("The shape of a grid is two whole numbers, (n_v, n_u): its rows and its columns.") from None


def _check_range(name: str, low: float, high: float) -> None:
    if not (math.isfinite(low) and math.isfinite(high)) or max(abs(low), abs(high)) > MAX_COORDINATE:
        raise GridError(
            f"The window of {name} must run between finite numbers up to {MAX_COORDINATE:g}; "
            f"it runs from {low} to {high}."
        )
    if not low < high:
        raise GridError(f"The window of {name} is empty: {low:g} is not below {high:g}. Give the smaller end first.")
    if high - low < NARROWEST:
        raise GridError(f"The window of {name} is narrower than {NARROWEST:g}: {low!r} to {high!r}.")
    if high - low < 1e-12 * max(abs(low), abs(high)):
        raise GridError(f"The window of {name} is narrower than floating point can divide: {low!r} to {high!r}.")

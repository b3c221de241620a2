"""Candidates for critical points: cells of the window that cannot be shown to have a slope
everywhere.

A cell of half-width d around c is cleared when the gradient at c is larger than the Hessian can
undo on the way to the border, or when the Newton step from c leads further out than the Hessian's
change over the cell can bend it back (Krawczyk's test, with the change sampled at the neighbours
instead of bounded). Cells that are not cleared are quartered, and tried again.
"""

from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.critical.window import UNDERFLOWN, ScaledWindow, Spots

CELLS = 160
"""Cells along a side of the window to begin with, whatever the grid:
the list must not depend on the resolution of a picture.
"""

LEVELS = 4
"""The most times that a cell is quartered."""

MAX_CELLS = 20_000
"""The number of cells that are not cleared above which no cell is quartered."""

SLACK = 1.3
"""The factor by which the sampled bounds are widened."""

OFFSET = 0.3819660
"""The mesh is shifted by this part of a cell, so that its centres avoid the round numbers where
kinks and symmetries are.
"""

EVEN = 0.25
"""The change of H over a cell, by H⁻¹, below which Newton's method finds its way from the centre.
"""


@dataclass(frozen=True, slots=True)
class Survey:
    """The window in cells, one more around it on each side.

    Attributes:
        spots: the centres, row by row.
        shape: rows and columns of cells.
        spread: how much the Hessian changes from a cell to its neighbours, shape (n, 2, 2).
        half: half the scaled width of a cell.
    """

    spots: Spots
    shape: tuple[int, int]
    spread: Floats
    half: float

    @property
    def flat(self) -> Bools:
        """Cells on which f is constant in floating point, with all their neighbours, shape (n,)."""
        level = (self.spots.gradient == 0).all(axis=-1) & (self.spots.hessian == 0).all(axis=(-1, -2))
        return level & (self.spread == 0).all(axis=(-1, -2))


def survey(landscape: ScaledWindow, cells: int = CELLS) -> Survey:
    """The landscape sampled at the centres of cells that cover the window and a little more."""
    side = (np.arange(cells + 3) - 1.5 + OFFSET) / cells
    u, v = np.meshgrid(*(landscape.low[:, None] + side * landscape.size[:, None]))
    spots = landscape.spots(np.stack([u.ravel(), v.ravel()], axis=-1))
    shape = u.shape
    return Survey(spots, shape, _spread(spots.hessian.reshape(*shape, 2, 2)).reshape(-1, 2, 2), 0.5 / cells)


def _spread(hessian: Floats) -> Floats:
    """The largest change of each entry from a cell to its four neighbours;
    0 where none of them is defined.
    """
    spread = np.zeros_like(hessian)
    for axis in (0, 1):
        change = np.abs(np.diff(hessian, axis=axis))
        ahead = [slice(None)] * 2
        behind = list(ahead)
        ahead[axis], behind[axis] = slice(1, None), slice(None, -1)
        spread[tuple(ahead)] = np.fmax(spread[tuple(ahead)], change)
        spread[tuple(behind)] = np.fmax(spread[tuple(behind)], change)
    return spread


def suspects(landscape: ScaledWindow, first: Survey) -> Floats:
    """Points of shape (n, 2) from which to look for critical points."""
    open_cells = _open(first.spots, first.spread, first.half)
    spots, spread, half = first.spots.where(open_cells), first.spread[open_cells], first.half
    found = [np.empty((0, 2))]
    for _ in range(LEVELS):
        settled = _settled(spots, spread)
        found.append(spots.x[settled])
        spots = spots.where(~settled)
        if not 0 < len(spots) <= MAX_CELLS // 4:
            break
        spots, spread, half = _quartered(landscape, spots, half)
    return np.concatenate([*found, spots.x])


def _quartered(landscape: ScaledWindow, parents: Spots, half: float) -> tuple[Spots, Floats, float]:
    corners = np.array([(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)]) * half
    children = landscape.spots(landscape.moved(parents.x[:, None], corners).reshape(-1, 2))
    change = np.abs(children.hessian.reshape(-1, 4, 2, 2) - parents.hessian[:, None])
    spread = np.repeat(np.fmax.reduce(change, axis=1), 4, axis=0)
    spread = np.nan_to_num(spread)
    chosen = _open(children, spread, half / 2)
    return children.where(chosen), spread[chosen], half / 2


def _open(spots: Spots, spread: Floats, half: float) -> Bools:
    """True if a cell may hold a critical point; never where f is undefined at its centre."""
    reach = SLACK * half * (np.abs(spots.hessian) + spread).sum(axis=-1)
    slope_may_vanish = (np.abs(spots.gradient) <= reach).all(axis=-1)
    alive = (
        spots.defined & (np.abs(spots.hessian).max(axis=(-1, -2)) > UNDERFLOWN) & np.isfinite(spread).all(axis=(-1, -2))
    )
    candidates = np.flatnonzero(slope_may_vanish & alive)
    chosen = np.zeros(len(spots), dtype=bool)
    step, inflation = _step_and_inflation(spots.where(candidates), spread[candidates])
    chosen[candidates] = ~(np.abs(step) > SLACK * half * (1 + inflation)).any(axis=-1)
    return chosen


def _settled(spots: Spots, spread: Floats) -> Bools:
    """True if the Hessian hardly changes over the cell:
    Newton's method will find its way from here.
    """
    inflation = _step_and_inflation(spots, spread)[1]
    return np.asarray((inflation < EVEN).all(axis=-1))


def _step_and_inflation(spots: Spots, spread: Floats) -> tuple[Floats, Floats]:
    """H⁻¹∇f, and by how much the spread of H over a cell lengthens such steps;
    infinite where H is singular. Both (n, 2).
    """
    a, b, d = spots.hessian[:, 0, 0], spots.hessian[:, 0, 1], spots.hessian[:, 1, 1]
    inverse = np.stack([d, -b, -b, a], axis=-1).reshape(-1, 2, 2) / (a * d - b * b)[:, None, None]
    step = (inverse @ spots.gradient[..., None])[..., 0]
    inflation = (np.abs(inverse) @ spread).sum(axis=-1)
    return step, np.where(np.isnan(inflation), np.inf, inflation)

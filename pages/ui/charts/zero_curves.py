"""The curves on which a field is zero, drawn only where the field says so."""

from collections.abc import Sequence

import numpy as np
from contourpy import contour_generator

from curvlib.arrays import AnyFloats, Floats, Ints
from curvlib.evaluation.fields import Fields
from curvlib.grid import Grid

NOISE = 1e-12
"""A field this small compared with the terms it is made of is zero to rounding,
and has no zero curves.
"""


def of_fields(fields: Fields, grid: Grid) -> tuple[list[Floats], list[Floats]]:
    """The curves S = 0 and the curves tr H = 0, drawn on at most 256² of the grid's points."""
    rows, columns = thinned(grid.shape[0], 256), thinned(grid.shape[1], 256)
    slope, trace, curvature = (fields.measure(name)[np.ix_(rows, columns)] for name in ("gradient", "trace", "S"))
    u, v = grid.u[columns], grid.v[rows]
    with np.errstate(all="ignore"):
        # zero where S is, and without its narrow peaks: straight lines between grid points find its
        # zeros
        determinant = curvature * (1 + slope**2) ** 2
        determinant = np.where(np.isfinite(determinant), determinant, curvature)
        flat = zero_curves(determinant, u, v, largest(trace**2))
        return flat, zero_curves(trace, u, v, largest(np.sqrt(np.abs(determinant))))


def thinned(n: int, most: int) -> Ints:
    """At most `most` of the indices 0 … n − 1, evenly spread, both ends among them."""
    return np.unique(np.linspace(0, n - 1, min(n, most)).round().astype(int))


def largest(values: AnyFloats) -> float:
    """The largest finite value, 0 where there is none."""
    return float(values[np.isfinite(values)].max(initial=0.0))


def zero_curves(values: AnyFloats, u: Floats, v: Floats, natural_size: float = 0.0) -> list[Floats]:
    """The curves values = 0, each an array of points (n, 2).

    No curve crosses a cell with an undefined corner, nor a pole, where the sign changes through
    infinity.

    Args:
        values: a field of shape (n_v, n_u).
        u: coordinates of the columns.
        v: coordinates of the rows.
        natural_size: the largest size of the terms that the field is a sum of.
    """
    finite = np.where(np.isfinite(values), values, np.nan)
    if np.isnan(finite).all() or np.nanmax(np.abs(finite)) <= NOISE * natural_size:
        return []
    lines = contour_generator(u, v, np.ma.masked_invalid(_without_poles(finite)), corner_mask=False).lines(0.0)
    return [np.asarray(line) for line in lines]


def joined(curves: Sequence[Floats]) -> Floats:
    """All curves as one array of points (n, 2) with a row of NaN between curves:
    what a line trace draws.
    """
    gap = np.full((1, 2), np.nan)
    return np.concatenate([part for curve in curves for part in (curve, gap)]) if len(curves) else np.empty((0, 2))


def _without_poles(values: AnyFloats) -> AnyFloats:
    """The values, undefined next to a change of sign towards which they grow from both sides:
    there they change sign through infinity.
    """
    found = np.zeros(values.shape, dtype=bool)
    for field, marks in ((values, found), (values.T, found.T)):
        size = np.abs(field)
        changes = np.sign(field[:, 1:-2]) * np.sign(field[:, 2:-1]) < 0
        pole = changes & (size[:, 1:-2] > 1.5 * size[:, :-3]) & (size[:, 2:-1] > 1.5 * size[:, 3:])
        marks[:, 1:-2] |= pole
        marks[:, 2:-1] |= pole
    return np.where(found, np.nan, values)

"""The one door for files: NPY, NPZ and tables of text are read by an allow-list, before anything of
the size they claim is set aside.

numpy's own readers are not used: they trust the shape in a header, unpack what unpacks without end,
and know Python objects.
"""

from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats
from curvlib.grid import MAX_SIDE, Grid
from curvlib.sampled.fit import MIN_SIDE
from curvlib.sampled.npy import MAX_CELLS, array, members
from curvlib.sampled.samples_error import SamplesError
from curvlib.sampled.tables import even_range, table

MAX_BYTES = 16 * 2**20
"""The largest file."""


@dataclass(frozen=True, eq=False)
class Samples:
    """The contents of a file.

    Attributes:
        values: the losses, float64, shape (n_v, n_u), row = v, column = u; NaN where there is none.
        u_range, v_range: first and last coordinates, where the file says them.
    """

    values: Floats
    u_range: tuple[float, float] | None = None
    v_range: tuple[float, float] | None = None

    def grid(self, u_range: tuple[float, float] = (-1.0, 1.0), v_range: tuple[float, float] = (-1.0, 1.0)) -> Grid:
        """The grid of the file's coordinates, or of those given where it has none."""
        return Grid(self.u_range or u_range, self.v_range or v_range, (self.values.shape[0], self.values.shape[1]))


def read(data: bytes) -> Samples:
    """Reads a grid of losses from the bytes of a file; what kind of file it is, its contents say.

    * NPY: one array of real numbers with two axes.
    * NPZ: an array `f` and, if there, evenly spaced `u` and `v`, as this library's own files have;
    or a single array of any name. * Text: a table with a row for each v, numbers apart by commas,
    semicolons, tabs or blanks; or one with the heading `u, v, f` and a row for
      each point of a whole grid. Empty cells and `nan` are missing losses.

    Raises:
        SamplesError: the file is too large, of another kind, broken, or not a grid of at least
            `MIN_SIDE` losses a side.
    """
    if len(data) > MAX_BYTES:
        raise SamplesError(f"The file has {len(data) / 2**20:.1f} MiB; up to {MAX_BYTES // 2**20} are read.")
    if not data.strip():
        raise SamplesError("The file is empty.")
    if data.startswith(b"\x93NUMPY"):
        samples = Samples(array(data))
    elif data.startswith(b"PK"):
        samples = _from_members(members(data))
    else:
        samples = Samples(*table(data))
    return _checked(samples)


def _from_members(arrays: dict[str, Floats]) -> Samples:
    if "f" in arrays:
        return Samples(arrays["f"], *(_range(name, arrays.get(name)) for name in "uv"))
    if len(arrays) != 1:
        names = ", ".join(sorted(arrays)) or "none"
        raise SamplesError(
            f"The NPZ file needs an array named f, or exactly one array; its arrays of numbers are: {names}."
        )
    return Samples(next(iter(arrays.values())))


def _range(name: str, axis: Floats | None) -> tuple[float, float] | None:
    if axis is None:
        return None
    if axis.ndim != 1 or axis.size < 2 or not np.isfinite(axis).all():
        raise SamplesError(f"The coordinates {name} must be a list of numbers.")
    return even_range(name, axis)


def _checked(samples: Samples) -> Samples:
    values = samples.values
    if values.ndim != 2:
        raise SamplesError(f"A grid of losses has two axes, v and u; this array has the shape {values.shape}.")
    if min(values.shape) < MIN_SIDE or max(values.shape) > MAX_SIDE or values.size > MAX_CELLS:
        raise SamplesError(
            f"A grid has {MIN_SIDE} to {MAX_SIDE} losses a side and {MAX_CELLS:,} in all; "
            f"this one has {values.shape[1]} × {values.shape[0]}."
        )
    if not np.isfinite(values).any():
        raise SamplesError("None of the losses is a finite number.")
    return samples

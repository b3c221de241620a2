"""Numbers as CSV that pandas, numpy and spreadsheets read at the first try: a row of names, then
nothing but numbers.

There is no comment, for pandas has none; the formula is in the NPZ and in the state file. What is
undefined is `nan`, for `numpy.loadtxt` has no empty cells.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from curvlib.arrays import AnyFloats
from curvlib.curvature.measures import BY_NAME
from curvlib.evaluation.fields import Fields
from curvlib.grid import Grid

Columns = Mapping[str, AnyFloats]
"""Name → numbers, all of shapes that broadcast.
Names are words without blanks, commas and brackets.
"""


def measures(fields: Fields) -> dict[str, AnyFloats]:
    """The measures that are there by their names, each of shape (n_v, n_u)."""
    return {name: array for name in BY_NAME if (array := getattr(fields, name)) is not None}


def field_columns(fields: Fields, grid: Grid) -> dict[str, AnyFloats]:
    """The columns of a grid: the coordinates of each point, u running first, and the
    measures there.
    """
    return {"u": grid.u, "v": grid.v[:, None], **measures(fields)}


def csv_lines(columns: Columns) -> Iterator[str]:
    """The table as text, several lines at a time, numbers to the last bit.

    >>> "".join(csv_lines({"r": np.array([1.0, 2.0]), "ratio": np.array([0.1, np.nan])})).split()
    ['r,ratio', '1.0,0.1', '2.0,nan']
    """
    yield ",".join(columns) + "\n"
    for parts in zip(*np.broadcast_arrays(*columns.values()), strict=True):
        rows = np.column_stack([np.ravel(part) for part in parts]).tolist()
        yield "".join(",".join(map(repr, row)) + "\n" for row in rows)

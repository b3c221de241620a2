"""Tables of text, read strictly: what another program could read otherwise is
refused with its line.
"""

import re
from collections.abc import Iterator

import numpy as np

from curvlib.arrays import Floats
from curvlib.sampled.npy import MAX_CELLS
from curvlib.sampled.samples_error import SamplesError

Range = tuple[float, float]

CELL = re.compile(
    r"[+-]?(?:\d{1,25}\.?\d{0,25}|\.\d{1,25})(?:[eE][+-]?\d{1,4})?|[+-]?(?:nan|inf|infinity)|", re.ASCII | re.IGNORECASE
)
"""A number, `nan`, `inf` or nothing."""

DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)
HEADING = ("u", "v", "f")
EVENNESS = 1e-4
"""The distance that coordinates may be off an even grid, as a share of its step;
float32 coordinates are not exact.
"""

COMMENTS = ("#", '"#')
"""The beginnings of a line that is a remark about the table;
the second is a cell in quotation marks.
"""


def table(data: bytes) -> tuple[Floats, Range | None, Range | None]:
    """The losses of a table and, where it has the heading u, v, f, the ranges of its coordinates.

    Raises:
        SamplesError: not text, a cell that is not a number, rows of different lengths, or points
            that are not a whole grid.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SamplesError("The file is neither NPY, NPZ nor text in UTF-8.") from error
    lines = [
        (number, line)
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.lstrip(' \t"').startswith("#")
    ]
    if not lines:
        raise SamplesError("The file has no numbers.")
    separator = _separator(lines[0][1])
    heading = [name.strip().lower() for name in lines[0][1].split(separator)]
    if tuple(heading[:3]) == HEADING:
        return _points(_rows(lines[1:], separator, len(heading), 3))
    return np.array(list(_rows(lines, separator, len(heading))), dtype=float), None, None


def _separator(line: str) -> str | None:
    """The separator of the cells of the first line; None is blanks."""
    return next((mark for mark in (";", "\t", ",") if mark in line), None)


def _rows(
    lines: list[tuple[int, str]], separator: str | None, length: int, columns: int | None = None
) -> Iterator[list[float]]:
    """The numbers of each line, which must have `length` cells;
    only of its first `columns` if given.
    """
    cells = 0
    for number, line in lines:
        parts = [part.strip() for part in line.split(separator)]
        if len(parts) != length:
            raise SamplesError(
                f"Line {number} has {len(parts)} cells, the first one {length}. "
                "All lines of a grid have the same number."
            )
        cells += length
        if cells > MAX_CELLS:
            raise SamplesError(f"The table has more than {MAX_CELLS:,} cells.")
        yield [_number(part, number) for part in parts[:columns]]


def _number(cell: str, line: int) -> float:
    if CELL.fullmatch(cell):
        return float(cell) if cell else np.nan
    shown = cell[:20] + "…" * (len(cell) > 20)
    hint = " Write a point for a decimal comma." if DECIMAL_COMMA.fullmatch(cell) else ""
    raise SamplesError(f"Line {line}: {shown!a} is not a number.{hint}")


def _points(rows: Iterator[list[float]]) -> tuple[Floats, Range, Range]:
    """A grid from a row for each point, in any order."""
    found = np.array(list(rows), dtype=float).reshape(-1, 3)
    (u, column), (v, row) = (np.unique(found[:, axis], return_inverse=True) for axis in (0, 1))
    if not np.isfinite(found[:, :2]).all() or u.size < 2 or v.size < 2:
        raise SamplesError("Each row needs a u and a v, and there must be several of both.")
    if u.size * v.size != len(found) or np.unique(row * u.size + column).size != len(found):
        raise SamplesError(
            "The points are not a whole grid: "
            f"{u.size} different u and {v.size} different v need {u.size * v.size} rows; there are {len(found)}."
        )
    values = np.empty((v.size, u.size))
    values[row, column] = found[:, 2]
    return values, even_range("u", u), even_range("v", v)


def even_range(name: str, axis: Floats) -> Range:
    """First and last coordinate of an axis; SamplesError where it does not grow in even steps."""
    with np.errstate(all="ignore"):
        even = np.linspace(axis[0], axis[-1], axis.size)
        if not axis[0] < axis[-1] or not np.abs(axis - even).max() <= EVENNESS * (even[1] - even[0]):
            raise SamplesError(f"The coordinates {name} must grow in even steps.")
    return float(axis[0]), float(axis[-1])

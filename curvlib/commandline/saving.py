"""Fields in files: NPZ for numpy, CSV for everything else, HTML for reading."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from curvlib.commandline.arguments import ArgumentError
from curvlib.commandline.report import html
from curvlib.fields import Fields
from curvlib.grid import Grid
from curvlib.language.expression import Expression

COLUMNS = ("f", "gradient_norm", "hessian_trace", "scalar_curvature")


def write_npz(path: Path, expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> None:
    """The four fields (n_v, n_u), the axes u and v, the formula and its parameters; readable without pickle."""
    arrays = dict(zip(COLUMNS, fields.arrays, strict=True))
    names = np.array(list(values), dtype=np.str_)
    numbers = np.array(list(values.values()), dtype=np.float64)
    axes = {"u": grid.u, "v": grid.v, "formula": np.array(str(expression)), "parameter_names": names, "parameter_values": numbers}
    np.savez_compressed(path, **axes, **arrays)  # type: ignore[arg-type] # the stub takes the arrays' names for options


def write_csv(path: Path, expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> None:
    """A row for each point: u, v and the four fields; an undefined cell is empty."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(("u", "v", *COLUMNS)) + "\r\n")
        for i, v in enumerate(grid.v):
            for j, u in enumerate(grid.u):
                cells = (array[i, j] for array in fields.arrays)
                file.write(",".join([repr(float(u)), repr(float(v)), *("" if np.isnan(x) else repr(float(x)) for x in cells)]) + "\r\n")


def write_html(path: Path, expression: Expression, grid: Grid, values: Mapping[str, float], fields: Fields) -> None:
    """One page that needs nothing else: the four maps and their ranges."""
    path.write_text(html(expression, grid, values, fields), encoding="utf-8")


WRITERS: dict[str, Callable[[Path, Expression, Grid, Mapping[str, float], Fields], None]] = {".npz": write_npz, ".csv": write_csv, ".html": write_html}
"""File ending → who writes it."""


def writer(path: Path) -> Callable[[Path, Expression, Grid, Mapping[str, float], Fields], None]:
    """The function that writes a file of this ending.

    Raises:
        ArgumentError: no such format, or no such folder.
    """
    if path.suffix.lower() not in WRITERS:
        raise ArgumentError(f"--output {str(path)!r}: a file ends in {', '.join(WRITERS)}.")
    if not path.parent.is_dir():
        raise ArgumentError(f"--output {str(path)!r}: there is no folder {str(path.parent)!r}.")
    return WRITERS[path.suffix.lower()]

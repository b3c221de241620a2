"""Fields on grids too large to hold: straight to a file, tile by tile, with progress and cancel."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import numpy as np

from curvlib.evaluation.fields import DEFAULT_KERNEL, Fields, fill
from curvlib.grid import Grid
from curvlib.language.expression import Expression


def evaluate_to_file(
    expression: Expression,
    grid: Grid,
    path: str | os.PathLike[str],
    parameters: Mapping[str, float] | None = None,
    *,
    dtype: Any = np.float64,
    kernel: str = DEFAULT_KERNEL,
    progress: Callable[[float], None] | None = None,
    executor: Executor | None = None,
) -> Fields:
    """f, |∇f|, tr H and S of the loss on the grid, in a NumPy file of shape (4, n_v, n_u) that is
    never whole in memory.

    The file appears under its name when it is complete; work that was cancelled, or failed, leaves
    nothing behind.

    Args:
        expression, grid, parameters, kernel, progress, executor: as for `evaluate`.
        path: of the file; one that is there is replaced.
        dtype: float64 or float32.

    Returns:
        Fields whose arrays are read from the file where they are looked at. `causes` is empty.

    Raises:
        OSError: the file cannot be written, or the disk is full.
    """
    path = Path(path)
    n_bytes = 4 * grid.shape[0] * grid.shape[1] * np.dtype(dtype).itemsize
    part = path.with_name(path.name + ".part")
    try:
        file = np.lib.format.open_memmap(part, mode="w+", dtype=dtype, shape=(4, *grid.shape))
        _reserve(part, file.offset + n_bytes)
        name = fill(
            expression,
            grid,
            parameters,
            (file[0], file[1], file[2], file[3]),
            kernel=kernel,
            progress=progress,
            executor=executor,
        )
        file.flush()
        del file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return read_fields(path, name)


def read_fields(path: str | os.PathLike[str], kernel: str = "") -> Fields:
    """The fields of a file that `evaluate_to_file` wrote, read from it where they are looked at."""
    f, gradient_norm, hessian_trace, scalar_curvature = np.load(path, mmap_mode="r", allow_pickle=False)
    return Fields(f, gradient_norm, hessian_trace, scalar_curvature, kernel)


def _reserve(path: Path, n_bytes: int) -> None:
    """Reserves room on the disk now, where its lack is an error;
    a full disk while a page is written would end the process.
    """
    if hasattr(os, "posix_fallocate"):
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, n_bytes)

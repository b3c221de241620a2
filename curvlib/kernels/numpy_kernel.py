"""The numpy kernel: nothing to compile, so the first answer to a new formula is its;
the fastest of the two declared ones.
"""

from collections.abc import Mapping
from typing import Any

from curvlib.kernels.program import PLANE, Program
from curvlib.kernels.rescue import Planes
from curvlib.kernels.steps import run
from curvlib.kernels.tiles import Progress, fill

TILE = 16384
"""Cells done at once: a few dozen arrays of this length fit the second-level cache."""


class NumpyKernel:
    """Fields by numpy, a tile at a time."""

    name = "numpy"

    def __init__(self, code: Program) -> None:
        self._code = code
        self._plane = [i for i, step in enumerate(code.steps) if step.place == PLANE]

    def __call__(
        self, symbols: Mapping[str, Any], out: Planes, progress: Progress | None = None, first_row: int = 0
    ) -> None:
        fill(self._code, TILE, self._plane_steps, symbols, out, progress, first_row)

    def _plane_steps(self, known: dict[int, Any]) -> tuple[Any, ...]:
        values = run(self._code, {}, known, self._plane)
        return tuple(values[i] for i in self._code.outputs.values())

"""The arrays on the axes of a grid as the compiled rows read them, and the compiled functions."""

import ctypes
from collections.abc import Mapping
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.curvature.measures import COMPUTED
from curvlib.kernels import memory
from curvlib.kernels.native.ir import NAMES, Module
from curvlib.kernels.native.outputs import Layout
from curvlib.kernels.program import Program
from curvlib.kernels.steps import run

_AXIS = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p)


def _rows(planes: int) -> Any:
    """The type of `rows` for so many planes."""
    return ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * planes, *[ctypes.c_int64] * 5, *[ctypes.c_void_p] * 4)


class Axes:
    """One call's parameters, the arrays on its axes, and the function that does the rows."""

    def __init__(
        self, code: Program, shape: Module, functions: Mapping[str, int], symbols: Mapping[str, Any], layout: Layout
    ) -> None:
        values = run(code, symbols, only=code.scalars, keep=shape.parameters)
        self.parameters = np.array([*(float(values[i]) for i in shape.parameters), *shape.constants, 0.0])
        self.steps, self.layout, self._functions = shape.axes, layout, functions
        self._numbers = shape.parameters
        self._x = np.asarray(symbols["u"], dtype=float)
        v = np.asarray(symbols["v"], dtype=float)
        v = np.concatenate([v, np.repeat(v[-1:], -len(v) % layout.width)])
        self.v = self._filled(1, v)
        self._shifted = {0: self._filled(0, self._columns())}
        self.by_row = np.ascontiguousarray(self.v.transpose(0, 2, 1)).reshape(len(v), -1)
        self.rows = _rows(len(COMPUTED) + len(code.further))(functions["rows"])

    @property
    def u(self) -> Floats:
        return self._shifted[0]

    def shifted(self, shift: int) -> Floats:
        """The arrays along u for rows that start so many columns after the start of a line."""
        if shift not in self._shifted:
            vectors, arrays, width = self.u.shape
            moved = memory.array((vectors + 1, arrays, width))
            moved[:-1, :, shift:], moved[1:, :, :shift] = self.u[:, :, : width - shift], self.u[:, :, width - shift :]
            moved[0, :, :shift], moved[-1, :, shift:] = self.u[0, :, :1], self.u[-1, :, -1:]
            self._shifted[shift] = moved
        return self._shifted[shift]

    def _columns(self) -> Floats:
        """u in whole vectors; the end repeats the last column if streamed, else it overlaps."""
        width, n = self.layout.width, len(self._x)
        if self.layout.streaming:
            return np.concatenate([self._x, np.repeat(self._x[-1:], -n % width)])
        starts = np.minimum(np.arange(0, n, width), n - width)
        return self._x[starts[:, None] + np.arange(width)].ravel()

    def _filled(self, which: int, x: Floats) -> Floats:
        """The arrays of an axis, [vector][array][lane]."""
        vectors, wanted = len(x) // self.layout.width, self.steps[which]
        values = memory.array((vectors, len(wanted), self.layout.width))
        if wanted:
            compute = _AXIS(self._functions[NAMES[which]])
            compute(x.ctypes.data, vectors, self.parameters.ctypes.data, values.ctypes.data)
        return values

    def extremes(self) -> dict[int, tuple[float, float]]:
        """Step → least and largest value of its array, or a parameter twice; NaN if one is."""
        found = {i: (number, number) for i, number in zip(self._numbers, self.parameters.tolist(), strict=False)}
        for steps, values in zip(self.steps, (self.u, self.v), strict=True):
            least, largest = values.min((0, 2)).tolist(), values.max((0, 2)).tolist()
            found.update(zip(steps, zip(least, largest, strict=True), strict=True))
        return found

"""The native kernel: arrays in, arrays out."""

import ctypes
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np

from curvlib.kernels.native import engine
from curvlib.kernels.native.ir import NAMES, Module, module
from curvlib.kernels.native.measures import Layout
from curvlib.kernels.program import Program
from curvlib.kernels.rescue import Planes, mend_unsound
from curvlib.kernels.steps import run
from curvlib.kernels.tiles import Progress

STREAMED = 2**20
"""Bytes of results from which on they are written past the cache."""

CHUNK = 2**18
"""Cells between two calls of `progress`, and the fewest that are worth a thread of their own."""

_AXIS = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p)
_ROWS = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 4, *[ctypes.c_int64] * 4, *[ctypes.c_void_p] * 2, ctypes.c_int64, *[ctypes.c_void_p] * 3)


class NativeKernel:
    """Fields by machine code made for the formula.

    Args:
        code: the jet's program.
        threads: how many threads share the rows of a large grid.
        machine: the processor to compile for; this one if not given.

    Raises:
        RuntimeError: there is no llvmlite, or LLVM does not know this processor.
    """

    name = "native"

    def __init__(self, code: Program, threads: int = 1, machine: engine.Host | None = None) -> None:
        machine = machine or engine.host()
        if machine is None:
            raise RuntimeError("There is no native kernel here: it takes llvmlite and a processor with fused multiply-add.")
        self._code, self._threads, self._machine = code, threads, machine
        self._ready: dict[Layout, tuple[Module, Mapping[str, int]]] = {}
        self._scalars = [i for i, step in enumerate(code.steps) if step.place == 0]

    def listing(self, layout: Layout | None = None) -> str:
        """The text that LLVM compiles for this formula."""
        return module(self._code, layout or Layout(self._machine.width, self._machine.has_scale)).text

    def __call__(self, symbols: Mapping[str, Any], out: Planes, progress: Progress | None = None) -> None:
        width = self._machine.width
        if out[0].shape[1] < width or any(plane.strides != out[0].strides or plane.strides[1] != plane.itemsize for plane in out):
            _through_copies(self, symbols, out, progress)
            return
        layout = Layout(width, self._machine.has_scale, _is_streamed(out), out[0].dtype == np.float32)
        shape, functions = self._compiled(layout)
        _Work(self._code, shape, functions, symbols, out, self._scalars, width).rows(self._threads, progress)

    def _compiled(self, layout: Layout) -> tuple[Module, Mapping[str, int]]:
        if layout not in self._ready:
            shape = module(self._code, layout)
            self._ready[layout] = shape, engine.compiled(shape.text, NAMES, self._machine)
        return self._ready[layout]


def _is_streamed(out: Planes) -> bool:
    """Whether the results are large and lie alike in cache lines."""
    return sum(plane.nbytes for plane in out) > STREAMED and len({plane.ctypes.data % 64 for plane in out}) == 1


def _through_copies(kernel: NativeKernel, symbols: Mapping[str, Any], out: Planes, progress: Progress | None) -> None:
    """For planes that are too narrow for a vector, or no two of which lie alike in memory."""
    n_v, n_u = out[0].shape
    u = np.concatenate([symbols["u"], np.repeat(symbols["u"][-1:], max(0, 8 - n_u))])
    copies = tuple(np.empty((n_v, len(u)), dtype=plane.dtype) for plane in out)
    kernel({**symbols, "u": u}, copies, progress)
    for plane, copy in zip(out, copies, strict=True):
        plane[...] = copy[:, :n_u]


class _Work:
    """One call: the axes are done on the way in, rows as they are asked for."""

    def __init__(self, code: Program, shape: Module, functions: Mapping[str, int], symbols: Mapping[str, Any], out: Planes, scalars: list[int], width: int):
        self.code, self.symbols, self.out = code, symbols, out
        values = run(code, symbols, only=scalars, keep=shape.parameters)
        self.parameters = np.array([float(values[i]) for i in shape.parameters] or [0.0])
        self.axes = tuple(self._axis(functions[f"axis_{name}"], shape.axes[k], np.ascontiguousarray(symbols[name], dtype=float), width) for k, name in enumerate("uv"))
        self.flags = np.zeros(out[0].shape[0], dtype=np.uint8)
        self.function = _ROWS(functions["rows"])

    def _axis(self, address: int, wanted: tuple[int, ...], x: np.ndarray, width: int) -> np.ndarray:
        n = max(len(x), width)
        if len(x) < n:
            x = np.concatenate([x, np.repeat(x[-1:], n - len(x))])
        values = np.empty((max(1, len(wanted)), n))
        if wanted:
            _AXIS(address)(x.ctypes.data, n, self.parameters.ctypes.data, values.ctypes.data)
        return values

    def rows(self, threads: int, progress: Progress | None) -> None:
        n_v, n_u = self.out[0].shape
        step = max(1, CHUNK // n_u)
        parts = [(start, min(n_v, start + step)) for start in range(0, n_v, step)]
        run_parts = map if threads < 2 or len(parts) < 2 else _pool(threads).map
        for k, _ in enumerate(run_parts(lambda part: self._some(*part), parts)):
            if progress:
                progress((k + 1) / len(parts))

    def _some(self, first: int, last: int) -> None:
        out, (u, v) = self.out, self.axes
        planes = [plane.ctypes.data for plane in out]
        stride = out[0].strides[0] // out[0].itemsize
        self.function(
            *planes, out[0].shape[1], stride, first, last, u.ctypes.data, v.ctypes.data, v.shape[1], self.parameters.ctypes.data, self.flags.ctypes.data, 0
        )
        flagged = np.nonzero(self.flags[first:last])[0] + first
        if len(flagged):
            self._mend(flagged)

    def _mend(self, rows: np.ndarray) -> None:
        points = {**self.symbols, "u": np.asarray(self.symbols["u"])[None, :], "v": np.asarray(self.symbols["v"])[rows, None]}
        parts = tuple(plane[rows].astype(np.float64) for plane in self.out)
        mend_unsound(self.code, points, parts)
        for plane, part in zip(self.out, parts, strict=True):
            with np.errstate(over="ignore"):
                plane[rows] = part


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="kernel")

"""The native kernel: arrays in, arrays out."""

import math
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property
from typing import Any

import numpy as np

from curvlib.arrays import Bytes, Ints
from curvlib.kernels.native import engine
from curvlib.kernels.native.axes import Axes
from curvlib.kernels.native.ir import NAMES, Module, module
from curvlib.kernels.native.outputs import Layout
from curvlib.kernels.native.safety import Separated
from curvlib.kernels.native.separate import separated
from curvlib.kernels.program import Program
from curvlib.kernels.rescue import Planes, mend_unsound
from curvlib.kernels.tiles import Progress

STREAMED = 2**20
"""Bytes of results from which on they are written past the cache."""

CHUNK = 2**18
"""Cells between two calls of `progress`, and the fewest that are worth a thread of their own."""

PARTS = 4
"""Parts for each of several threads, which may not be equally quick, if no progress is reported."""

MAX_THREADS = 4
"""One or two fill the memory's bandwidth; heavier formulas can use a few more."""

BLOCK = 24576
"""Bytes of axis arrays that the first-level cache holds in addition to the rest."""


class NativeKernel:
    """Fields by machine code made for the formula.

    Args:
        code: the jet's program.
        threads: how many threads share the rows of a large grid; as many as there are processors,
            up to `MAX_THREADS`, if not given.
        machine: the processor to compile for; this one if not given.

    Raises:
        RuntimeError: there is no llvmlite, or LLVM does not know this processor; or, in a call, the
            C library lacks a function.
    """

    name = "native"

    def __init__(self, code: Program, threads: int | None = None, machine: engine.Host | None = None) -> None:
        machine = machine or engine.host()
        if machine is None:
            raise RuntimeError(
                "There is no native kernel here: it needs llvmlite and a processor with fused multiply-add."
            )
        self._code, self._threads, self._machine = code, threads or min(MAX_THREADS, os.cpu_count() or 1), machine
        self._ready: dict[tuple[int, Layout], tuple[Module, Mapping[str, int]]] = {}

    def listing(self, layout: Layout | None = None) -> str:
        """The program that is run, then the text that LLVM compiles for it."""
        code = self._separated.code if self._separated else self._code
        return f"{code.listing()}\n\n{self._module(code, layout or self._layout()).text}"

    def __call__(
        self, symbols: Mapping[str, Any], out: Planes, progress: Progress | None = None, first_row: int = 0
    ) -> None:
        if out[0].shape[1] < self._machine.width or any(
            plane.strides != out[0].strides or plane.strides[1] != plane.itemsize for plane in out
        ):
            _through_copies(self, symbols, out, progress, first_row)
            return
        axes = self._safe_axes(symbols, self._layout_for(out))
        _rows(self._code, axes, symbols, out, self._threads, progress, first_row)

    def is_ready(self, out: Planes) -> bool:
        """True if the code that fills such arrays is compiled."""
        return any(layout == self._layout_for(out) for _, layout in self._ready)

    def prepare(self, out: Planes) -> None:
        """Compiles the code that fills such arrays."""
        self._compiled(self._separated.code if self._separated else self._code, self._layout_for(out))

    def _layout_for(self, out: Planes) -> Layout:
        return self._layout(_is_streamed(out), out[0].dtype == np.float32)

    def _layout(self, streaming: bool = False, single: bool = False) -> Layout:
        return Layout(self._machine.width, self._machine.has_scale, streaming, single)

    @cached_property
    def _separated(self) -> Separated | None:
        return separated(self._code)

    def _safe_axes(self, symbols: Mapping[str, Any], layout: Layout) -> Axes:
        """The values on the axes, of the separated program if that is safe on this grid."""
        if self._separated:
            axes = Axes(self._separated.code, *self._compiled(self._separated.code, layout), symbols, layout)
            if self._separated.is_safe(axes.extremes()):
                return axes
        return Axes(self._code, *self._compiled(self._code, layout), symbols, layout)

    def _module(self, code: Program, layout: Layout) -> Module:
        return module(code, layout, bool(self._separated and self._separated.code is code and self._separated.angles))

    def _compiled(self, code: Program, layout: Layout) -> tuple[Module, Mapping[str, int]]:
        key = (id(code), layout)
        if key not in self._ready:
            shape = self._module(code, layout)
            if missing := sorted(name for name in shape.called if not engine.has_function(name)):
                raise RuntimeError(
                    f"The C library of this machine has no {', '.join(missing)}; "
                    "the numpy kernel computes such formulas."
                )
            self._ready[key] = shape, engine.compiled(shape.text, NAMES, self._machine)
        return self._ready[key]


def _is_streamed(out: Planes) -> bool:
    """True if the results are large and lie alike in cache lines."""
    return sum(plane.nbytes for plane in out) > STREAMED and len({plane.ctypes.data % 64 for plane in out}) == 1


def _through_copies(
    kernel: NativeKernel, symbols: Mapping[str, Any], out: Planes, progress: Progress | None, first_row: int
) -> None:
    """Fills planes that are too narrow for a vector, or no two of which lie alike in memory."""
    n_v, n_u = out[0].shape
    u = np.concatenate([symbols["u"], np.repeat(symbols["u"][-1:], max(0, 8 - n_u))])
    copies = tuple([np.empty((n_v, len(u)), dtype=plane.dtype) for plane in out])
    kernel({**symbols, "u": u}, copies, progress, first_row)
    for plane, copy in zip(out, copies, strict=True):
        plane[...] = copy[:, :n_u]


def _rows(
    code: Program,
    axes: Axes,
    symbols: Mapping[str, Any],
    out: Planes,
    threads: int,
    progress: Progress | None,
    first_row: int,
) -> None:
    n_v, n_u = out[0].shape
    step, kinds = max(1, CHUNK // n_u), len(list(_alike(axes.layout, out, 0, n_v)))
    if kinds > 1:
        step = min(step * kinds, max(step, -(-n_v // threads)))  # fewer calls
    if progress is None:
        step = max(step, n_v // (PARTS * threads) if threads > 1 else n_v)
    parts = [(start, min(n_v, start + step)) for start in range(0, n_v, step)]
    run_parts = map if threads < 2 or len(parts) < 2 else _pool(threads).map
    for k, _ in enumerate(run_parts(lambda part: _some_rows(code, axes, symbols, out, first_row, *part), parts)):
        if progress:
            progress((k + 1) / len(parts))


def _some_rows(
    code: Program, axes: Axes, symbols: Mapping[str, Any], out: Planes, first_row: int, first: int, last: int
) -> None:
    flags = np.zeros(last - first, dtype=np.uint8)
    for start, step, shift in _alike(axes.layout, out, first, last):
        flags[start - first :: step] = _alike_rows(axes, out, first_row, range(start, last, step), shift)
    if flags.any():
        _mend(code, symbols, out, np.nonzero(flags)[0] + first, first_row)


def _alike(layout: Layout, out: Planes, first: int, last: int) -> Iterator[tuple[int, int, int]]:
    """Every `step`-th row, all starting alike in a cache line, and the columns after its start."""
    address, stride, vector = out[0].ctypes.data, out[0].strides[0], layout.width * layout.size
    step = vector // math.gcd(stride, vector) if layout.streaming else 1
    for start in range(first, min(first + step, last)):
        yield start, step, (address + start * stride) % vector // layout.size if layout.streaming else 0


def _alike_rows(axes: Axes, out: Planes, first_row: int, rows: range, shift: int) -> Bytes:
    """Fills such rows; which of them are to be done again."""
    flags, u = np.zeros(len(rows), dtype=np.uint8), axes.shifted(shift)
    v = np.ascontiguousarray(axes.by_row[first_row + rows.start : first_row + rows.stop : rows.step])
    size, stride, arrays = out[0].itemsize, out[0].strides[0], u.shape[1]
    planes = [plane.ctypes.data + rows.start * stride - shift * size for plane in out]
    on_u, *rest = (array.ctypes.data for array in (u, v, axes.parameters, flags))
    for start, stop in _blocks(out[0].shape[1] + shift, arrays):
        bounds = stop - start, rows.step * stride // size, max(0, shift - start), 0, len(rows)
        axes.rows(*[plane + start * size for plane in planes], *bounds, on_u + start * arrays * 8, *rest)
    return flags


def _blocks(n: int, arrays: int) -> Iterator[tuple[int, int]]:
    """Columns to do at a time, so that axis arrays stay in the first-level cache between rows."""
    width = max(128, BLOCK // max(1, 8 * arrays) // 64 * 64)
    count = max(1, n // width)
    for k in range(count):
        yield k * width, n if k == count - 1 else (k + 1) * width


def _mend(code: Program, symbols: Mapping[str, Any], out: Planes, rows: Ints, first_row: int) -> None:
    points = {**symbols, "u": np.asarray(symbols["u"])[None, :], "v": np.asarray(symbols["v"])[first_row + rows, None]}
    parts = tuple([plane[rows].astype(np.float64) for plane in out])
    mend_unsound(code, points, parts)
    with np.errstate(over="ignore"):
        for plane, part in zip(out, parts, strict=True):
            plane[rows] = part


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix="kernel")

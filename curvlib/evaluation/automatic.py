"""A kernel that chooses: numpy at once, native code as soon as it is compiled.

The first answer to a new formula does not wait: numpy gives it while the native kernel is compiled
in the background, once for each formula; parameters are arguments of the code, so that a slider
never compiles. On a grid so large that numpy would take longer than the compiler, the call waits
for the compiler.
"""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from curvlib.kernels.numpy_kernel import NumpyKernel
from curvlib.kernels.program import Program
from curvlib.kernels.rescue import Planes

if TYPE_CHECKING:
    from curvlib.kernels.native.kernel import NativeKernel

WAITED_FOR = 2**19
"""Cells from which on compiling first is faster than numpy."""

MAX_WAITING = 16
"""The most formulas in line for the compiler; more are not compiled until they are
evaluated again.
"""


class AutomaticKernel:
    """Chooses between the kernels of one formula. Safe to use from several threads."""

    def __init__(self, code: Program) -> None:
        self._code, self._numpy = code, NumpyKernel(code)
        self._native: NativeKernel | None = None
        self._compiling: Future[None] | None = None
        self._lock = threading.Lock()

    def choose(self, out: Planes) -> "NumpyKernel | NativeKernel":
        """The best kernel there is by now to fill such arrays."""
        if not is_native_here():
            return self._numpy
        with self._lock:
            native = self._native = self._native or _native_kernel(self._code)
            if native.is_ready(out):
                return native
            if self._compiling is None or self._compiling.done() and not self._compiling.exception():
                self._compiling = _background().compile(native, out)
            compiling = self._compiling
        if compiling is None or out[0].size < WAITED_FOR or compiling.exception():
            return self._numpy
        return native


@cache
def is_native_here() -> bool:
    """True if native code can be made: llvmlite is installed and knows this processor."""
    if find_spec("llvmlite") is None:
        return False
    from curvlib.kernels.native.engine import host

    return host() is not None


def _native_kernel(code: Program) -> "NativeKernel":
    from curvlib.kernels.native.kernel import NativeKernel

    return NativeKernel(code)


class _Background:
    """One thread that compiles."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="compiler")
        self._places = threading.Semaphore(MAX_WAITING)

    def compile(self, native: "NativeKernel", out: Planes) -> Future[None] | None:
        if not self._places.acquire(blocking=False):
            return None
        future = self._worker.submit(native.prepare, out)
        future.add_done_callback(lambda _: self._places.release())
        return future


@cache
def _background() -> _Background:
    return _Background()

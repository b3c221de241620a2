"""Arrays whose memory is used again.

Fresh memory costs more than a whole native kernel: the system clears each page when it is first
touched. The memory of an array from `array` comes back here when nothing holds the array, or a view
of it, any longer.
"""

from collections import defaultdict, deque
from math import prod
from typing import Any, overload

import numpy as np

from curvlib.arrays import AnyFloats, Bytes, Floats

MAX_BYTES = 2**28
"""The most memory that is kept for its next use; when more comes back, all of it goes."""

ALIGNMENT = 64
"""Arrays start on a cache line, so that whole lines can be written past the cache."""

_free: defaultdict[int, deque[Bytes]] = defaultdict(deque)


@overload
def array(shape: tuple[int, ...]) -> Floats: ...


@overload
def array(shape: tuple[int, ...], dtype: Any) -> AnyFloats: ...


def array(shape: tuple[int, ...], dtype: Any = np.float64) -> AnyFloats:
    """An array with arbitrary contents.

    >>> array((2, 3), np.float32).shape
    (2, 3)
    """
    kind = np.dtype(dtype)
    n_bytes = prod(shape) * kind.itemsize + ALIGNMENT
    try:
        memory = _free[n_bytes].pop()
    except IndexError:
        memory = np.empty(n_bytes, dtype=np.uint8)
    return np.asarray(_Loan(memory, shape, kind))


class _Loan:
    """The owner of an array's memory, alive as long as the array and its views are."""

    def __init__(self, memory: Bytes, shape: tuple[int, ...], kind: np.dtype) -> None:
        self._memory = memory
        address = memory.ctypes.data
        self.__array_interface__ = {
            "version": 3,
            "shape": shape,
            "typestr": kind.str,
            "data": (address + -address % ALIGNMENT, False),
        }

    def __del__(self) -> None:
        free = _free
        if free is None:  # the interpreter is on its way out
            return
        if sum(size * len(kept) for size, kept in list(free.items())) + len(self._memory) > MAX_BYTES:
            free.clear()
        free[len(self._memory)].append(self._memory)

"""The physical limit: writing numbers past the cache, and nothing else."""

import ctypes
from collections.abc import Callable

from curvlib.kernels import memory
from curvlib.kernels.native import engine

WRITE = """
define void @write(ptr %to, i64 %n) {{
entry:
  br label %loop
loop:
  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
  %here = getelementptr double, ptr %to, i64 %i
  store <{width} x double> splat (double 1.0), ptr %here, align {bytes}, !nontemporal !0
  %next = add i64 %i, {width}
  %more = icmp slt i64 %next, %n
  br i1 %more, label %loop, label %end
end:
  ret void
}}
!0 = !{{i32 1}}
"""


def streaming_write(n: int) -> Callable[[], None]:
    """A call that writes n float64, in whole vectors, to memory that has been touched before."""
    machine = engine.host()
    if machine is None:
        raise RuntimeError("The write limit is measured by native code, which takes llvmlite.")
    code = engine.compiled(WRITE.format(width=machine.width, bytes=8 * machine.width), ("write",), machine)
    kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int64)
    to = memory.array((n,))
    to[:] = 0
    return lambda: kind(code["write"])(to.ctypes.data, len(to) // machine.width * machine.width)

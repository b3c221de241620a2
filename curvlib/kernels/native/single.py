"""One elementary operation as a function of arrays:
for measuring the accuracy of the vector mathematics.
"""

import ctypes
from collections.abc import Callable

import numpy as np

from curvlib.arrays import Floats
from curvlib.kernels.native import engine
from curvlib.kernels.native.vectors import as_number, gives_truth, written
from curvlib.kernels.native.writer import Writer
from curvlib.language.operations import OPERATIONS


def operation(name: str, machine: engine.Host, spares_divider: bool = False) -> Callable[..., Floats]:
    """The operation in vectors as the machine has them, on float64 arrays of one length; truth
    values come as 0 and 1.

    With `spares_divider`, "div" is 1/b by multiplications.
    """
    arity = OPERATIONS[name][0]
    engine.has_function(name), engine.has_function("sin"), engine.has_function("cos")
    code = engine.compiled(text(name, machine, spares_divider), ("apply",), machine)
    kind = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 3, ctypes.c_void_p, ctypes.c_int64)

    def applied(*args: Floats) -> Floats:
        n = len(args[0])
        operands = [np.concatenate([np.asarray(arg, dtype=float), np.ones(-n % machine.width)]) for arg in args]
        out = np.empty(len(operands[0]))
        kind(code["apply"])(
            *[operand.ctypes.data for operand in (operands * 3)[:3]], out.ctypes.data, len(out) // machine.width
        )
        return out[:n]

    assert arity <= 3
    return applied


def text(name: str, machine: engine.Host, spares_divider: bool = False) -> str:
    """A module with a function that applies the operation to whole vectors."""
    arity = OPERATIONS[name][0]
    w = Writer(machine.width, machine.has_scale)
    w.spares_divider = spares_divider
    w.start("entry")
    w.open_loop("j", "0")
    operands = [w.load_vector(f"%x{k}_", f"mul i64 %j, {w.width}") for k in range(arity)]
    if name == "div" and spares_divider:
        operands[0] = w.constant(1.0)
    value = written(w, name, operands, [False] * arity)
    w.line(
        f"store {w.numbers} {as_number(w, value, gives_truth(name))}, "
        f"ptr {w.offset('%out', f'mul i64 %j, {w.width}')}, align 8"
    )
    w.close_loop("j", "%n")
    declared = "\n".join(w.declared.values())
    weights = '!1 = !{!"branch_weights", i32 1, i32 100000}'
    return (
        f"define void @apply(ptr %x0_, ptr %x1_, ptr %x2_, ptr %out, i64 %n) {{\n"
        f"{w.text()}\n  ret void\n}}\n\n{declared}\n\n{weights}\n"
    )

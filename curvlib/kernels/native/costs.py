"""What the plane's work of a program costs: which program to run, and who divides.

Multiplications come two a cycle, a division in 17 cycles and a root in 19, on a unit of their own, beside the rest.
"""

from collections.abc import Collection, Iterator

from curvlib.kernels.program import PLANE, Program

COSTS = {"exp": 12, "log": 20, "log1p": 30, "sin": 25, "cos": 25, "tan": 40, "tanh": 25, "div": 8, "sqrt": 8, "sigmoid": 20, "softplus": 45, "neg": 0}
"""Operation → multiplications that take as long; what is not here takes one."""

MEASURES, MEASURES_DEPTH = 40, 70
"""Multiplications from the derivatives to the results in memory, and cycles if nothing else is done meanwhile."""

LATENCIES = {"exp": 50, "log": 70, "log1p": 100, "sin": 65, "cos": 65, "tan": 90, "tanh": 85, "div": 24, "sqrt": 31, "sigmoid": 90, "softplus": 160}
"""Operation → cycles until its result is there; 4 for what is not here."""

DIVISION, ROOT, PATIENCE = 17, 19, 0.75
"""Cycles of the divider; and the share of the other work that it may take before multiplications do its work."""


def multiplications(code: Program, only: Collection[int] | None = None) -> int:
    """The plane's work, or that of some of its steps, in multiplications."""
    return sum(COSTS.get(code.steps[i].op, 1) for i in _plane(code, only))


def spares_divider(code: Program, only: Collection[int] | None = None, ends: bool = True) -> bool:
    """Whether a loop over these steps had better compute 1/x by multiplications, because it waits for the divider.

    Args:
        code: the program.
        only: the steps; all of the plane if not given.
        ends: whether the loop goes on to the measures, which need a division and a root.
    """
    ops = [code.steps[i].op for i in _plane(code, only)]
    divider = DIVISION * (ends + ops.count("div") + 2 * ops.count("log1p") + ops.count("log")) + ROOT * (ends + ops.count("sqrt"))
    return divider > PATIENCE * (ends * MEASURES + multiplications(code, only)) / 2


def depth(code: Program) -> int:
    """Cycles from the first operation on the plane to the last, if each has to wait for nothing but its operands."""
    ready = [0] * len(code.steps)
    for i in _plane(code, None):
        ready[i] = LATENCIES.get(code.steps[i].op, 4) + max(ready[arg] for arg in code.steps[i].args)
    return max(ready, default=0) + MEASURES_DEPTH


def _plane(code: Program, only: Collection[int] | None) -> Iterator[int]:
    return (i for i, step in enumerate(code.steps) if step.place == PLANE and (only is None or i in only))

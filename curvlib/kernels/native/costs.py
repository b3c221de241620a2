"""The cost of a program's work on the plane: it decides which program runs and which code divides.

Multiplications come two a cycle, a division in 17 cycles and a root in 19, on a unit of their own,
in parallel with the rest.
"""

from curvlib.kernels.program import PLANE, Program

COSTS = {
    "exp": 12, "log": 20, "log1p": 30, "sin": 25, "cos": 25, "tan": 40, "tanh": 25, "div": 8, "sqrt": 8,
    "sigmoid": 20, "softplus": 45, "neg": 0,
}  # fmt: skip
"""Operation → multiplications that take as long; what is not here takes one."""

MEASURES, MEASURES_DEPTH = 40, 70
"""Multiplications from the derivatives to the results in memory, and cycles if
nothing else is done meanwhile.
"""

LATENCIES = {
    "exp": 50, "log": 70, "log1p": 100, "sin": 65, "cos": 65, "tan": 90, "tanh": 85, "div": 24, "sqrt": 31,
    "sigmoid": 90, "softplus": 160,
}  # fmt: skip
"""Slow operation → cycles until its result is there."""

DIVISION, ROOT, PATIENCE = 17, 19, 0.8
"""Cycles of the divider; and the share of the other work that it may take before
multiplications do its work.
"""


def multiplications(code: Program) -> int:
    """The plane's work in multiplications."""
    return sum(COSTS.get(step.op, 1) for step in code.steps if step.place == PLANE)


def spares_divider(code: Program) -> bool:
    """True if the loop should compute 1/x by multiplications, because it waits for the divider;
    the measures need a division and a root.
    """
    ops = [step.op for step in code.steps if step.place == PLANE]
    divider = DIVISION * (1 + ops.count("div") + 2 * ops.count("log1p") + ops.count("log")) + ROOT * (
        1 + ops.count("sqrt")
    )
    return divider > PATIENCE * (MEASURES + multiplications(code)) / 2


def latency(op: str) -> int:
    """Cycles from an operation's operands to its result."""
    return LATENCIES.get(op, 4)


def depth(code: Program) -> int:
    """Cycles from the first operation on the plane to the last, if each has to wait
    for nothing but its operands.
    """
    ready = [0] * len(code.steps)
    for i, step in enumerate(code.steps):
        if step.place == PLANE:
            ready[i] = latency(step.op) + max(ready[arg] for arg in step.args)
    return max(ready, default=0) + MEASURES_DEPTH

"""What the plane's work of a program costs: which program to run, and who divides.

Multiplications come two a cycle, a division in 17 cycles and a root in 19, on a unit of their own, beside the rest.
"""

from curvlib.kernels.program import PLANE, Program

COSTS = {"exp": 12, "log": 20, "log1p": 30, "sin": 25, "cos": 25, "tan": 40, "tanh": 25, "div": 8, "sqrt": 8, "sigmoid": 20, "softplus": 45, "neg": 0}
"""Operation → multiplications that take as long; what is not here takes one."""

MEASURES = 40
"""Multiplications from the derivatives to the results in memory."""

DIVISION, ROOT, PATIENCE = 17, 19, 0.75
"""Cycles of the divider; and the share of the other work that it may take before multiplications do its work."""


def multiplications(code: Program) -> int:
    """The plane's work, in multiplications."""
    return sum(COSTS.get(step.op, 1) for step in code.steps if step.place == PLANE)


def spares_divider(code: Program) -> bool:
    """Whether 1/x is better computed by multiplications, because the loop waits for the divider."""
    plane = [step.op for step in code.steps if step.place == PLANE]
    divider = DIVISION * (1 + plane.count("div") + 2 * plane.count("log1p") + plane.count("log")) + ROOT * (1 + plane.count("sqrt"))
    return divider > PATIENCE * (MEASURES + multiplications(code)) / 2

"""The order in which the steps of a program are written down: that of the time at which each can begin.

The processor looks a hundred or two operations ahead, and LLVM keeps the order more or less. In the order of the results, all that
reads a division or an exponential stands right behind it, fills the queue and waits, while what could be done meanwhile is out of
sight. In the order of time it stands where its operands are there, and what is summed up together is read together.
"""

from curvlib.kernels.native.costs import latency
from curvlib.kernels.program import PLANE, Program

PACE = 3
"""Cycles between two steps that read nothing but the axes."""


def in_time(code: Program) -> Program:
    """The same program with the steps on the plane in the order in which they can begin."""
    begin, ready, begun = [0] * len(code.steps), [0] * len(code.steps), 0
    for i, step in enumerate(code.steps):
        if step.place == PLANE:
            begin[i] = max([ready[arg] for arg in step.args])
            if not begin[i]:
                begin[i], begun = PACE * begun, begun + 1
            ready[i] = begin[i] + latency(step.op)
    return code.reordered(sorted(range(len(code.steps)), key=lambda i: (code.steps[i].place == PLANE, begin[i])))

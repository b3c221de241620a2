"""Where the loop over a row is cut in two.

The processor looks about a hundred waiting operations ahead. A chain root → exp → determinant → division is longer than that, so
that the next vector of columns cannot start before this one is nearly done. Cut after its transcendental functions, the loop
becomes two, over the same few vectors, with a buffer in the first-level cache between them; in each, many vectors overlap.
"""

from dataclasses import dataclass

from curvlib.kernels.native.costs import LATENCIES, MEASURES, depth, multiplications
from curvlib.kernels.program import PLANE, Program
from curvlib.language.operations import BOOLEAN

VECTORS = 8
"""What the two loops do in turn: as much as the processor's queue of stores holds, so that memory is busy in the first one too."""


@dataclass(frozen=True)
class Stages:
    """The steps of the first loop, and those of them that the second reads."""

    first: frozenset[int]
    handed: tuple[int, ...]


def stages(code: Program) -> Stages | None:
    """Where to cut; None where one loop is better, because its operations do not wait for each other."""
    if depth(code) < MEASURES + multiplications(code):
        return None
    first = _slow(code)
    read = {arg for i, step in enumerate(code.steps) if step.place == PLANE and i not in first for arg in step.args} | set(code.outputs.values())
    handed = tuple(sorted(first & read))
    if not handed or any(code.steps[i].op in BOOLEAN for i in handed):
        return None
    return Stages(first, handed)


def _slow(code: Program) -> frozenset[int]:
    """The slow operations on the plane, and what they are computed from."""
    found = {i for i, step in enumerate(code.steps) if step.place == PLANE and step.op in LATENCIES}
    for i in range(len(code.steps) - 1, -1, -1):
        if i in found:
            found.update(arg for arg in code.steps[i].args if code.steps[arg].place == PLANE)
    return frozenset(found)

"""Where the loop over a row is cut in two.

The processor looks about a hundred waiting operations ahead. A chain root → exp → determinant → division is longer than that, so
that the next vector of columns cannot start before this one is nearly done. Cut after its transcendental functions, the loop
becomes two, over the same few vectors, with a buffer in the first-level cache between them; in each, many vectors overlap.
"""

from dataclasses import dataclass

from curvlib.kernels.native.costs import LATENCIES, MEASURES, depth, multiplications
from curvlib.kernels.program import PLANE, Program

VECTORS = 8
"""What the two loops do in turn: as much as the processor's queue of stores holds, so that memory is busy in the first one too."""


@dataclass(frozen=True)
class Stages:
    """The steps of the first loop and of the second, and those of the first whose values the second reads from the buffer.

    What is not slow is computed in both, where both need it.
    """

    first: frozenset[int]
    second: frozenset[int]
    handed: tuple[int, ...]


def stages(code: Program) -> Stages | None:
    """Where to cut; None where one loop is better, because its operations do not wait for each other."""
    if depth(code) < MEASURES + multiplications(code):
        return None
    slow = {i for i, step in enumerate(code.steps) if step.place == PLANE and step.op in LATENCIES}
    second = _needed(code, set(code.outputs.values()), slow)
    handed = tuple(sorted(second & slow))
    if not handed:
        return None
    return Stages(_needed(code, slow, set()), second - slow, handed)


def _needed(code: Program, wanted: set[int], known: set[int]) -> frozenset[int]:
    """The steps on the plane that the wanted ones need, and they themselves, if some are known."""
    found = set(wanted)
    for i in range(len(code.steps) - 1, -1, -1):
        if i in found and i not in known:
            found.update(code.steps[i].args)
    return frozenset(i for i in found if code.steps[i].place == PLANE)

"""The cut of the work on a vector into two halves.

The processor looks about a hundred waiting operations ahead. A chain
root → exp → determinant → division is longer than that, so that the next vector of columns cannot
start before this one is nearly done. Cut after its transcendental functions, the loop does the
second half of one vector and the first half of a later one in turn (software pipelining): neither
waits for the other, and the divider works for one while sums and products are made for the other.
"""

from dataclasses import dataclass

from curvlib.kernels.native.costs import LATENCIES, MEASURES, depth, multiplications
from curvlib.kernels.program import PLANE, Program

AHEAD = 4
"""Vectors between the two halves, a power of two:
far enough that what the second half reads is there when it is needed.
"""


@dataclass(frozen=True)
class Stages:
    """The steps of the first half and of the second, and those of the first whose values the second
    reads from a buffer.

    What is not slow is computed in both, where both need it.
    """

    first: frozenset[int]
    second: frozenset[int]
    handed: tuple[int, ...]


def stages(code: Program) -> Stages | None:
    """The best place to cut; None where it is better not to, because the operations do
    not wait for each other.
    """
    if depth(code) < MEASURES + multiplications(code):
        return None
    slow = {i for i, step in enumerate(code.steps) if step.place == PLANE and step.op in LATENCIES}
    second = needed(code, set(code.outputs.values()), slow)
    handed = tuple(sorted(second & slow))
    if not handed:
        return None
    return Stages(needed(code, slow, set()), second - slow, handed)


def needed(code: Program, wanted: set[int], known: set[int]) -> frozenset[int]:
    """The steps on the plane that must be computed for the wanted ones, these
    included, if some are known.
    """
    found = set(wanted)
    for i in range(len(code.steps) - 1, -1, -1):
        if i in found and i not in known:
            found.update(code.steps[i].args)
    return frozenset(i for i in found if code.steps[i].place == PLANE)

"""The order in which the steps of a program are written down: that of the time at which each can
begin.

The processor looks a hundred or two operations ahead, and LLVM keeps the order more or less. In the
order of the results, all that reads a division or an exponential stands right behind it, fills the
queue and waits, while what could be done meanwhile is out of sight. In the order of time it stands
where its operands are there, and what is summed up together is read together.
"""

from collections.abc import Iterable

from curvlib.kernels.native.costs import latency
from curvlib.language.nodes import Node

PACE = 3
"""Cycles between two steps that read nothing but the axes."""


def in_time(on_plane: Iterable[Node]) -> list[Node]:
    """The nodes on the plane, given with operands first, in the order in which they can begin."""
    begin: dict[Node, int] = {}
    ready: dict[Node, int] = {}
    begun = 0
    for node in on_plane:
        start = max([ready.get(arg, 0) for arg in node.args])
        if not start:
            start, begun = PACE * begun, begun + 1
        begin[node], ready[node] = start, start + latency(node.op)
    return sorted(begin, key=begin.__getitem__)

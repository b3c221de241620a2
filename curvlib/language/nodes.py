"""The immutable nodes that expressions, their derivatives and kernel programs are made of.

A formula is a directed graph: equal subexpressions built by one `Graph` are one node, so that work
shared by f and its derivatives is found by identity. Leaves are `number` (value: float), `constant`
(value: "pi", "e" or "tau") and `symbol` (value: "u", "v" or a parameter's name). Every other node
has the name of an arithmetic operator, a function of the language (`functions.py`) or an elementary
operation (`operations.py`) as its `op`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import copysign
from typing import Any

U, V, PARAMETER = 1, 2, 4
"""The bits of `Node.depends`."""


@dataclass(slots=True, eq=False)  # not frozen, which would take three times as long to make
class Node:
    """One operation and what it is applied to; compared by identity, and never changed once it is
    made.

    Attributes:
        op: the operation's name.
        args: the operands.
        value: the number of a `number`, the name of a `constant` or `symbol`; None elsewhere.
        depends: which of `U`, `V`, `PARAMETER` the value depends on, as bits.
    """

    op: str
    args: tuple["Node", ...] = ()
    value: Any = None  # which of the three is settled by op
    depends: int = 0

    def __repr__(self) -> str:
        inner = ", ".join([repr(self.value)] * (self.value is not None) + [arg.op for arg in self.args])
        return f"{self.op}({inner})"


class Graph:
    """Makes nodes, each distinct one once."""

    def __init__(self) -> None:
        self._nodes: dict[tuple, Node] = {}

    def __len__(self) -> int:
        return len(self._nodes)

    def number(self, value: float) -> Node:
        key = ("number", value, copysign(1, value))  # 0.0 == -0.0
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = Node("number", (), float(value))
        return node

    def constant(self, name: str) -> Node:
        return self._leaf("constant", name, 0)

    def symbol(self, name: str) -> Node:
        return self._leaf("symbol", name, {"u": U, "v": V}.get(name, PARAMETER))

    def node(self, op: str, *args: Node) -> Node:
        return self._nodes.get((op, *args)) or self._made(op, args)

    def _made(self, op: str, args: tuple[Node, ...]) -> Node:
        depends = 0
        for arg in args:
            depends |= arg.depends
        node = self._nodes[op, *args] = Node(op, args, None, depends)
        return node

    def _leaf(self, op: str, name: str, depends: int) -> Node:
        node = self._nodes.get((op, name))
        if node is None:
            node = self._nodes[op, name] = Node(op, (), name, depends)
        return node


def in_order(roots: Iterable[Node]) -> list[Node]:
    """Each node below the roots once, operands before what uses them;
    without recursion, so that no formula is too deep.
    """
    found: dict[Node, None] = {}
    for root in roots:
        stack = [root]
        while stack:
            node = stack[-1]
            for arg in node.args:
                if arg not in found:
                    stack.append(arg)
                    break
            else:
                stack.pop()
                found[node] = None
    return list(found)

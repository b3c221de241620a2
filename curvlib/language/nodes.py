"""The immutable nodes that expressions, their derivatives and kernel programs are made of.

A formula is a directed graph: equal subexpressions built by one `Graph` are one node, so that work shared by f and its
derivatives is found by identity. Leaves are `number` (value: float), `constant` (value: "pi", "e" or "tau") and `symbol`
(value: "u", "v" or a parameter's name). Every other node has the name of an arithmetic operator, a function of the language
(`functions.py`) or an elementary operation (`operations.py`) as its `op`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

U, V, PARAMETER = 1, 2, 4
"""The bits of `Node.depends`."""


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One operation and what it is applied to; compared by identity.

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

    def number(self, value: float) -> Node:
        return self._intern("number", (), float(value), 0)

    def constant(self, name: str) -> Node:
        return self._intern("constant", (), name, 0)

    def symbol(self, name: str) -> Node:
        return self._intern("symbol", (), name, {"u": U, "v": V}.get(name, PARAMETER))

    def node(self, op: str, *args: Node) -> Node:
        depends = 0
        for arg in args:
            depends |= arg.depends
        return self._intern(op, args, None, depends)

    def _intern(self, op: str, args: tuple[Node, ...], value: float | str | None, depends: int) -> Node:
        key = (op, *args) if args else (op, repr(value))
        node = self._nodes.get(key)
        if node is None:
            node = self._nodes[key] = Node(op, args, value, depends)
        return node


def in_order(roots: Iterable[Node]) -> Iterator[Node]:
    """Each node below the roots once, operands before what uses them; without recursion, so that no formula is too deep."""
    done: set[Node] = set()
    for root in roots:
        stack = [root]
        while stack:
            node = stack[-1]
            waiting = [arg for arg in node.args if arg not in done]
            if waiting:
                stack += waiting[::-1]
                continue
            stack.pop()
            if node not in done:
                done.add(node)
                yield node

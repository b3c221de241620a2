"""A graph as one line of text with as few brackets as its precedences allow;
the canonical text and the Python source are two styles of it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from curvlib.language.limits import MAX_ARGUMENTS
from curvlib.language.nodes import Node, in_order

OR, AND, NOT, COMPARISON, SUM, SIGN, PRODUCT, POWER, ATOM = range(1, 10)
"""The strength with which a text holds together;
an operand that is weaker than its place requires gets brackets.
"""

PLACES = MappingProxyType(
    {
        "or": (OR, OR, AND),
        "and": (AND, AND, NOT),
        "not": (NOT, NOT),
        **dict.fromkeys(("lt", "le", "gt", "ge", "eq", "ne"), (COMPARISON, SUM, SUM)),
        "add": (SUM, SUM, PRODUCT),
        "sub": (SUM, SUM, PRODUCT),
        "neg": (SIGN, PRODUCT),
        "mul": (PRODUCT, PRODUCT, POWER),
        "div": (PRODUCT, PRODUCT, POWER),
        "pow": (POWER, ATOM, POWER),
    }
)
"""Operator → (how tightly the result holds, how tightly each operand must)."""


def infix(
    root: Node,
    leaf: Callable[[Node], str],
    signs: Mapping[str, str],
    call: Callable[[str, list[str]], str],
    view: Callable[[Node], tuple[str, list[Node]]],
) -> str:
    """The text of a graph.

    Args:
        root: the graph.
        leaf: writes a number, constant or symbol.
        signs: operator → its sign; operators that are left out are written as calls.
        call: writes a call from its name and the texts of its arguments.
        view: what to write for a node: an operator or a function, and its operands.
    """
    texts: dict[Node, tuple[str, int]] = {}
    for node in in_order([root]):
        op, args = view(node)
        if not args:
            texts[node] = leaf(node), ATOM
        elif op in signs:
            level, *places = PLACES[op]
            operands = [bracketed(*texts[arg], place) for arg, place in zip(args, places, strict=True)]
            texts[node] = signs[op].join(operands if len(operands) > 1 else ["", *operands]), level
        else:
            texts[node] = call(op, [texts[arg][0] for arg in args]), ATOM
    return texts[root][0]


def bracketed(text: str, level: int, place: int) -> str:
    """The text, in brackets if it holds less tightly than its place requires."""
    return text if level >= place else f"({text})"


def flattened(node: Node) -> tuple[str, list[Node]]:
    """The operation and its operands, those of max(max(a, b), c) as a, b, c."""
    args = list(node.args)
    while node.op in ("min", "max") and args[0].op == node.op and len(args) < MAX_ARGUMENTS:
        args[:1] = args[0].args
    return node.op, args

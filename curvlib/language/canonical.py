"""The formula in the language itself, one spelling for each: the text of links and cache keys.
It parses back to an equal expression.
"""

from types import MappingProxyType

from curvlib.language.infix import flattened, infix
from curvlib.language.nodes import Node

_SIGNS = MappingProxyType(
    {"or": " or ", "and": " and ", "not": "not ", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "eq": "==", "ne": "!="}
    | {"add": "+", "sub": "-", "neg": "-", "mul": "*", "div": "/", "pow": "^"}
)


def canonical(root: Node) -> str:
    """The text of a graph, without blanks.

    >>> from curvlib.language.nodes import Graph
    >>> g = Graph()
    >>> canonical(g.node("neg", g.node("pow", g.symbol("u"), g.number(2))))
    '-u^2'
    """
    return infix(root, _leaf, _SIGNS, lambda op, args: f"{op}({','.join(args)})", flattened)


def number(value: float) -> str:
    """A number as the language writes it, digits enough to read the same double back.

    >>> number(3.0), number(0.1), number(1e-7)
    ('3', '0.1', '1e-07')
    """
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def _leaf(node: Node) -> str:
    return number(node.value) if isinstance(node.value, float) else str(node.value)

"""First and second derivatives of the operations of one operand, and the places
where an operation is not smooth.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from curvlib.language.lowering import Algebra
from curvlib.language.nodes import Node, U, V
from curvlib.language.operations import BOOLEAN, row

Slopes = tuple[Node, Node]


@dataclass(frozen=True, slots=True)
class Kink:
    """A curve along which f is continuous at most: its derivatives jump there, or f itself does.

    Attributes:
        words: what is not smooth, fit to show ("abs has a kink").
        on: a truth value, true exactly on the curve.
        gap: changes its sign across the curve.
    """

    words: str
    on: Node
    gap: Node


def _sqrt(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.div(g.number(0.5), h)
    return first, g.mul(g.number(-0.5), g.div(first, a))


def _cbrt(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.div(h, g.mul(g.number(3), a))
    return first, g.mul(g.number(-2 / 3), g.div(first, a))


def _log(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.div(g.one, a)
    return first, g.neg(g.square(first))


def _log1p(g: Algebra, a: Node, h: Node) -> Slopes:
    return _log(g, g.add(g.one, a), h)


def _tan(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.add(g.one, g.square(h))
    return first, g.mul(g.two, g.mul(h, first))


def _asin(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.div(g.one, g.apply("sqrt", g.mul(g.sub(g.one, a), g.add(g.one, a))))
    return first, g.mul(a, g.mul(first, g.square(first)))


def _acos(g: Algebra, a: Node, h: Node) -> Slopes:
    first, second = _asin(g, a, h)
    return g.neg(first), g.neg(second)


def _atan(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.div(g.one, g.add(g.one, g.square(a)))
    return first, g.neg(g.mul(g.mul(g.two, a), g.square(first)))


def _tanh(g: Algebra, a: Node, h: Node) -> Slopes:
    """1 − tanh² loses every digit in the tails; 4e/(1 + e)² with e = exp(−2|a|) keeps them all."""
    first = g.mul(g.number(4), _bell(g, g.mul(g.two, g.apply("abs", a))))
    return first, g.neg(g.mul(g.mul(g.two, h), first))


def _bell(g: Algebra, size: Node) -> Node:
    small = g.apply("exp", g.neg(size))
    return g.div(small, g.square(g.add(g.one, small)))


def _sigmoid(g: Algebra, a: Node, h: Node) -> Slopes:
    first = _bell(g, g.apply("abs", a))
    tilt = g.neg(g.apply("tanh", g.mul(g.number(0.5), a)))  # 1 − 2h without its cancellation
    return first, g.mul(first, tilt)


def _softplus(g: Algebra, a: Node, h: Node) -> Slopes:
    return g.apply("sigmoid", a), _bell(g, g.apply("abs", a))


def _erf(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.mul(g.number(2 / math.sqrt(math.pi)), g.apply("exp", g.neg(g.square(a))))
    return first, g.neg(g.mul(g.mul(g.two, a), first))


def _asinh(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.div(g.one, g.apply("sqrt", g.add(g.one, g.square(a))))
    return first, g.neg(g.mul(a, g.mul(first, g.square(first))))


def _acosh(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.div(g.one, g.mul(g.apply("sqrt", g.sub(a, g.one)), g.apply("sqrt", g.add(a, g.one))))
    return first, g.neg(g.mul(a, g.mul(first, g.square(first))))


def _atanh(g: Algebra, a: Node, h: Node) -> Slopes:
    first = g.div(g.one, g.mul(g.sub(g.one, a), g.add(g.one, a)))
    return first, g.mul(g.mul(g.two, a), g.square(first))


SLOPES: dict[str, Callable[[Algebra, Node, Node], Slopes]] = {
    "sqrt": _sqrt,
    "cbrt": _cbrt,
    "exp": lambda g, a, h: (h, h),
    "log": _log,
    "log1p": _log1p,
    "sin": lambda g, a, h: (g.apply("cos", a), g.neg(h)),
    "cos": lambda g, a, h: (g.neg(g.apply("sin", a)), g.neg(h)),
    "tan": _tan,
    "asin": _asin,
    "acos": _acos,
    "atan": _atan,
    "sinh": lambda g, a, h: (g.apply("cosh", a), h),
    "cosh": lambda g, a, h: (g.apply("sinh", a), h),
    "tanh": _tanh,
    "asinh": _asinh,
    "acosh": _acosh,
    "atanh": _atanh,
    "erf": _erf,
    "sigmoid": _sigmoid,
    "softplus": _softplus,
    "abs": lambda g, a, h: (g.apply("sign", a), g.zero),
    "sign": lambda g, a, h: (g.zero, g.zero),
    "floor": lambda g, a, h: (g.zero, g.zero),
}
"""Operation → (φ', φ'') as nodes, from the graph, the operand a and h = φ(a).
At a kink the values are those of one side; `kinks` says where.
"""

COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})


SMOOTH = frozenset(
    (
        "add sub mul div neg pow sqrt cbrt exp log log1p sin cos tan asin "
        "acos atan sinh cosh tanh asinh acosh atanh erf sigmoid softplus"
    ).split()
)
"""The operations that are smooth wherever they and their derivatives have values."""


def kinks(g: Algebra, node: Node) -> Iterator[Kink]:
    """The curves on which this operation, seen alone,
    has a value but is not twice differentiable.
    """
    if node.args and node.op not in SMOOTH:
        yield from row(KINKS, node.op, "kinks")(g, node)


def _floor(g: Algebra, node: Node) -> Iterator[Kink]:
    (a,) = node.args
    yield Kink("floor jumps", g.apply("eq", a, node), g.apply("sin", g.mul(g.number(math.pi), a)))


def _angle(g: Algebra, node: Node) -> Iterator[Kink]:
    y, x = node.args
    behind = g.apply("lt", x, g.zero)
    on = g.apply("and", behind, g.apply("eq", y, g.zero))
    yield Kink("atan2 jumps", on, g.apply("where", behind, y, g.number(math.nan)))


def _choice(g: Algebra, node: Node) -> Iterator[Kink]:
    yield from (_crossing(g, "a condition changes", *part.args) for part in _comparisons(node.args[0]))


def _kink_at_zero(words: str) -> Callable[[Algebra, Node], Iterator[Kink]]:
    return lambda g, node: iter([_crossing(g, words, node.args[0], g.zero)])


def _kink_where_equal(words: str) -> Callable[[Algebra, Node], Iterator[Kink]]:
    return lambda g, node: iter([_crossing(g, words, *node.args)])


KINKS: dict[str, Callable[[Algebra, Node], Iterator[Kink]]] = {
    "abs": _kink_at_zero("abs has a kink"),
    "sign": _kink_at_zero("sign jumps"),
    "min": _kink_where_equal("min has a kink"),
    "max": _kink_where_equal("max has a kink"),
    "floor": _floor,
    "atan2": _angle,
    "where": _choice,
    **dict.fromkeys(BOOLEAN, lambda g, node: iter(())),  # `where` tells the kinks of its condition
}
"""Operation that is not in `SMOOTH` → its kinks."""


def _crossing(g: Algebra, words: str, a: Node, b: Node) -> Kink:
    return Kink(words, g.apply("eq", a, b), g.sub(a, b))


def _comparisons(condition: Node) -> Iterator[Node]:
    if condition.op in COMPARISONS:
        yield condition
    else:
        for part in condition.args:
            yield from _comparisons(part)


def varies(node: Node) -> bool:
    """True if the node's value changes over the plane."""
    return bool(node.depends & (U | V))

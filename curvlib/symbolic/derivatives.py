"""Derivatives of an expression to second order: f with its first and second derivatives, exactly,
for everything the language can say.

The derivatives are built forward on the expression graph, operation by operation, at a cost linear
in its size; no finite differences, no computer algebra. Where a formula has kinks (abs, max, floor,
a condition) the places are kept along with the derivatives, since f may have a value there and yet
no curvature.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial, reduce

from curvlib.errors import ExpressionError
from curvlib.language.expression import Expression
from curvlib.language.lowering import Algebra, is_smoothed_kink, lower
from curvlib.language.nodes import Node, in_order
from curvlib.language.operations import row
from curvlib.symbolic.slopes import SLOPES, Kink, kinks, varies

MAX_STEPS = 4000
"""The most operations a jet may take; a longer formula is refused by `differentiate`."""


JET_NAMES = ("f", "f_u", "f_v", "f_uu", "f_uv", "f_vv")
Derivatives = tuple[Node, Node, Node, Node, Node]
"""f_u, f_v, f_uu, f_uv, f_vv of one node."""

Operand = tuple[Node, Node, Node, Node, Node, Node]
"""A node, then its derivatives."""


@dataclass(frozen=True, slots=True)
class SymbolicJet:
    """The 2-jet of an expression as nodes of one graph.

    Attributes:
        nodes: "f", "f_u", … "f_vv".
        kinks: the curves along which the formula is not smooth.
        on_kink: a truth value, true exactly on any of them; the number 0 where there are none.
    """

    nodes: Mapping[str, Node]
    kinks: tuple[Kink, ...]
    on_kink: Node


@lru_cache(maxsize=256)
def differentiate(expression: Expression) -> SymbolicJet:
    """f, f_u, f_v, f_uu, f_uv, f_vv of the expression on one graph that shares what they have in
    common.

    Raises:
        ExpressionError: the derivatives take more than `MAX_STEPS` operations.
    """
    g = Algebra()
    root = lower(expression.root, g)
    done: dict[int, Derivatives] = {}
    places: dict[int, Kink] = {}
    for node in _needed(root):
        done[id(node)] = _derivatives(g, node, done)
        places.update((id(kink.on), kink) for kink in kinks(g, node) if varies(kink.on))
    nodes = dict(zip(JET_NAMES, (root, *done[id(root)]), strict=True))
    if len(g) > MAX_STEPS and (steps := len(in_order(nodes.values()))) > MAX_STEPS:
        raise ExpressionError(
            f"The derivatives of this formula take {steps} operations; at most {MAX_STEPS} are computed.",
            0,
            "Shorten it.",
        )
    return SymbolicJet(nodes, tuple(places.values()), _any(g, [kink.on for kink in places.values()]))


def _any(g: Algebra, conditions: list[Node]) -> Node:
    if not conditions:
        return g.zero
    return reduce(partial(g.apply, "or"), conditions)


def _needed(root: Node) -> Iterator[Node]:
    """The nodes whose derivatives the root's derivatives are made of, operands first."""
    done: set[int] = set()
    stack = [(root, False)]
    while stack:
        node, ready = stack.pop()
        if id(node) in done:
            continue
        operands = _operands(node)
        if ready or not operands:
            done.add(id(node))
            yield node
        else:
            stack.append((node, True))
            stack.extend((operand, False) for operand in reversed(operands) if id(operand) not in done)


def _operands(node: Node) -> tuple[Node, ...]:
    if node.op == "pow" and is_smoothed_kink(*node.args):
        return node.args[0].args
    if node.op == "where":
        return node.args[1:]
    return node.args


def _derivatives(g: Algebra, node: Node, done: Mapping[int, Derivatives]) -> Derivatives:
    zero = g.zero
    if not varies(node):
        return (zero,) * 5
    if node.op == "symbol":
        return (g.one, zero, zero, zero, zero) if node.value == "u" else (zero, g.one, zero, zero, zero)
    operands = [(arg, *done[id(arg)]) for arg in _operands(node)]
    if node.op in RULES:
        return RULES[node.op](g, node, *operands)
    first, second = row(SLOPES, node.op, "slopes")(g, node.args[0], node)
    return chain(g, first, second, operands[0])


def chain(g: Algebra, first: Node, second: Node, a: Operand) -> Derivatives:
    """Derivatives of φ(a) from φ' and φ'': φ(a)_uv = φ' a_uv + φ'' a_u a_v."""
    _, a_u, a_v, a_uu, a_uv, a_vv = a

    def mixed(a_i: Node, a_j: Node, a_ij: Node) -> Node:
        return g.add(g.mul(second, g.mul(a_i, a_j)), g.mul(first, a_ij))

    return g.mul(first, a_u), g.mul(first, a_v), mixed(a_u, a_u, a_uu), mixed(a_u, a_v, a_uv), mixed(a_v, a_v, a_vv)


def _linear(op: str) -> Callable[..., Derivatives]:
    return lambda g, node, *operands: tuple([g.apply(op, *parts) for parts in list(zip(*operands, strict=True))[1:]])


def product(g: Algebra, node: Node, x: Operand, y: Operand) -> Derivatives:
    """(ab)_uv = a_uv b + a_u b_v + a_v b_u + a b_uv."""
    for factor, other in ((x, y), (y, x)):
        if not varies(factor[0]):
            f_u, f_v, f_uu, f_uv, f_vv = [g.mul(factor[0], part) for part in other[1:]]
            return f_u, f_v, f_uu, f_uv, f_vv
    a, a_u, a_v, a_uu, a_uv, a_vv = x
    b, b_u, b_v, b_uu, b_uv, b_vv = y

    def mixed(a_i: Node, b_i: Node, a_j: Node, b_j: Node, a_ij: Node, b_ij: Node) -> Node:
        middle = g.add(g.mul(a_i, b_j), g.mul(a_j, b_i))
        return g.add(g.add(g.mul(a_ij, b), g.mul(a, b_ij)), middle)

    first = (g.add(g.mul(a_u, b), g.mul(a, b_u)), g.add(g.mul(a_v, b), g.mul(a, b_v)))
    return (
        *first,
        mixed(a_u, b_u, a_u, b_u, a_uu, b_uu),
        mixed(a_u, b_u, a_v, b_v, a_uv, b_uv),
        mixed(a_v, b_v, a_v, b_v, a_vv, b_vv),
    )


def _quotient(g: Algebra, node: Node, x: Operand, y: Operand) -> Derivatives:
    """q = a/b:  q_u = (a_u − q b_u)/b,  q_uv = (a_uv − q_u b_v − q_v b_u − q b_uv)/b."""
    b, b_u, b_v, b_uu, b_uv, b_vv = y
    _, a_u, a_v, a_uu, a_uv, a_vv = x
    q_u = g.div(g.sub(a_u, g.mul(node, b_u)), b)
    q_v = g.div(g.sub(a_v, g.mul(node, b_v)), b)

    def mixed(q_i: Node, b_i: Node, q_j: Node, b_j: Node, a_ij: Node, b_ij: Node) -> Node:
        middle = g.add(g.mul(q_i, b_j), g.mul(q_j, b_i))
        return g.div(g.sub(g.sub(a_ij, middle), g.mul(node, b_ij)), b)

    return (
        q_u,
        q_v,
        mixed(q_u, b_u, q_u, b_u, a_uu, b_uu),
        mixed(q_u, b_u, q_v, b_v, a_uv, b_uv),
        mixed(q_v, b_v, q_v, b_v, a_vv, b_vv),
    )


def _power(g: Algebra, node: Node, x: Operand, *rest: Operand) -> Derivatives:
    a, b = node.args
    if is_smoothed_kink(a, b):
        return _smoothed_power(g, a, b, x)
    if not varies(b):
        below = g.sub(b, g.one)
        first = g.mul(b, g.pow(a, below))
        second = g.mul(g.mul(b, below), g.pow(a, g.sub(below, g.one)))
        return chain(g, first, second, x)
    log = g.apply("log", a)
    slopes = SLOPES["log"](g, a, log)
    exponent = (g.mul(b, log), *product(g, node, (log, *chain(g, *slopes, x)), rest[0]))
    return chain(g, node, node, exponent)


def _smoothed_power(g: Algebra, base: Node, exponent: Node, a: Operand) -> Derivatives:
    """|a|^n and max(a, 0)^n with n > 2 are smooth enough: n a |a|^(n−2), n (n−1) |a|^(n−2)."""
    n = exponent.value
    if base.op == "abs":
        low = g.pow(base, g.number(n - 2))
        first = g.mul(g.number(n), g.mul(base.args[0], low))
    else:
        low = g.pow(base, g.number(n - 2))
        first = g.mul(g.number(n), g.pow(base, g.number(n - 1)))
    return chain(g, first, g.mul(g.number(n * (n - 1)), low), a)


def _chosen(g: Algebra, condition: Node, x: Operand, y: Operand) -> Derivatives:
    f_u, f_v, f_uu, f_uv, f_vv = (g.apply("where", condition, a, b) for a, b in zip(x[1:], y[1:], strict=True))
    return f_u, f_v, f_uu, f_uv, f_vv


def _angle(g: Algebra, node: Node, y: Operand, x: Operand) -> Derivatives:
    """t = atan2(y, x):  t_u = (x y_u − y x_u)/(x² + y²)."""
    b, *b_i = x
    a, *a_i = y
    square = g.add(g.square(a), g.square(b))
    over = [g.div(g.sub(g.mul(b, a_j), g.mul(a, b_j)), square) for a_j, b_j in zip(a_i, b_i, strict=True)]

    def mixed(i: int, j: int, ij: int) -> Node:
        turn = g.div(g.sub(g.mul(b_i[j], a_i[i]), g.mul(a_i[j], b_i[i])), square)
        growth = g.div(g.mul(g.two, g.add(g.mul(a, a_i[j]), g.mul(b, b_i[j]))), square)
        return g.sub(g.add(over[ij], turn), g.mul(over[i], growth))

    return over[0], over[1], mixed(0, 0, 2), mixed(0, 1, 3), mixed(1, 1, 4)


RULES: dict[str, Callable[..., Derivatives]] = {
    "add": _linear("add"),
    "sub": _linear("sub"),
    "neg": _linear("neg"),
    "mul": product,
    "div": _quotient,
    "pow": _power,
    "atan2": _angle,
    "min": lambda g, node, a, b: _chosen(g, g.apply("lt", a[0], b[0]), a, b),
    "max": lambda g, node, a, b: _chosen(g, g.apply("gt", a[0], b[0]), a, b),
    "where": lambda g, node, a, b: _chosen(g, node.args[0], a, b),
}
"""Rules for the derivatives of an operation from those of its operands, where the chain rule of one
operand does not suffice.
"""

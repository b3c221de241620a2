"""Elementary operations from the functions a visitor typed, on a graph that simplifies as it grows.

`lower` keeps f as typed: it folds constants and expands functions, and leaves the order of sums and
products alone, because rearranging a sum of squares would lose its relative accuracy near a perfect
fit.
"""

import math
from collections.abc import Callable, Mapping
from operator import add, mul, neg, sub

import numpy as np

from curvlib.language.functions import FUNCTIONS
from curvlib.language.nodes import Graph, Node, in_order
from curvlib.language.operations import OPERATIONS

CONSTANTS = {"pi": math.pi, "e": math.e, "tau": math.tau}
COMMUTATIVE = ("add", "mul")
MAX_CHAIN = 32
"""Whole powers up to this one become products by repeated squaring; above, they stay powers."""


class Algebra(Graph):
    """A graph whose sums, products and powers drop zeros and ones, fold numbers and share commuted
    operands.

    >>> g = Algebra()
    >>> g.mul(g.number(3), g.mul(g.number(2), g.symbol("u"))).args[0]
    number(6.0)
    """

    def __init__(self) -> None:
        super().__init__()
        self.zero, self.one, self.two = self.number(0), self.number(1), self.number(2)

    def number(self, value: float) -> Node:
        return super().number(value + 0.0)  # one zero only: -0.0 + 0.0 is 0.0

    def node(self, op: str, *args: Node) -> Node:
        node = self._nodes.get((op, *args))
        if node is None and op in COMMUTATIVE:
            node = self._nodes.get((op, args[1], args[0]))
        return node or self._made(op, args)

    def apply(self, op: str, *args: Node) -> Node:
        """Any elementary operation, through its simplifying method where it has one."""
        method = SIMPLIFIED.get(op)
        return method(self, *args) if method else self._folded(op, *args)

    def add(self, a: Node, b: Node) -> Node:
        if a is self.zero:
            return b
        if b is self.zero:
            return a
        if a is b:
            return self.mul(self.two, a)
        if b.op == "neg":
            return self.sub(a, b.args[0])
        if a.op == "neg":
            return self.sub(b, a.args[0])
        return self._folded("add", a, b)

    def sub(self, a: Node, b: Node) -> Node:
        if b is self.zero:
            return a
        if a is self.zero:
            return self.neg(b)
        if a is b:
            return self.zero
        if b.op == "neg":
            return self.add(a, b.args[0])
        return self._folded("sub", a, b)

    def neg(self, a: Node) -> Node:
        if a.op == "neg":
            return a.args[0]
        if a.op == "sub":
            return self.sub(*a.args[::-1])
        if a.op == "mul" and a.args[0].op == "number":
            return self.mul(self.neg(a.args[0]), a.args[1])
        return self._folded("neg", a)

    def mul(self, a: Node, b: Node) -> Node:
        if b.op == "number" and a.op != "number":
            a, b = b, a
        if a is self.zero or a is self.one:
            return b if a is self.one else a
        if a.op == "number" and a.value == -1:
            return self.neg(b)
        if a.op == "neg" or b.op == "neg":
            return self._product_of_negatives(a, b)
        if a.op == "number" and b.op == "mul" and b.args[0].op == "number":
            factor = self._folded("mul", a, b.args[0])
            return self.mul(factor, b.args[1]) if factor.op == "number" else self.node("mul", a, b)
        if a.op != "number" and b.op == "mul" and b.args[0].op == "number":
            return self.mul(b.args[0], self.mul(a, b.args[1]))
        if a.op == "mul" and a.args[0].op == "number":
            return self.mul(a.args[0], self.mul(a.args[1], b))
        if a is b and a.op == "abs":
            return self.mul(a.args[0], a.args[0])
        return self._folded("mul", a, b)

    def _product_of_negatives(self, a: Node, b: Node) -> Node:
        if a.op == b.op:
            return self.mul(a.args[0], b.args[0])
        if a.op == "number":
            return self.mul(self.neg(a), b.args[0])
        return self.neg(self.mul(a.args[0], b) if a.op == "neg" else self.mul(a, b.args[0]))

    def div(self, a: Node, b: Node) -> Node:
        if a is self.zero and b is not self.zero or b is self.one:
            return a
        if b.op == "number" and a.op != "number" and _has_exact_reciprocal(b.value):
            return self.mul(self.number(1 / b.value), a)
        if a.op == "neg" and b.op == "neg":
            return self.div(a.args[0], b.args[0])
        if a.op == "neg":
            return self.neg(self.div(a.args[0], b))
        if b.op == "neg":
            return self.neg(self.div(a, b.args[0]))
        return self._folded("div", a, b)

    def pow(self, a: Node, b: Node) -> Node:
        if b.op != "number" or a.op == "number" or is_smoothed_kink(a, b):
            return self._folded("pow", a, b)
        exponent = b.value
        if exponent < 0:
            return self.div(self.one, self.pow(a, self.number(-exponent)))
        whole, half = divmod(exponent, 1)
        if exponent > MAX_CHAIN or half not in (0, 0.5):
            return self._folded("pow", a, b)
        product = self._chain(a, int(whole))
        return self.mul(product, self.apply("sqrt", a)) if half else product

    def _chain(self, a: Node, n: int) -> Node:
        if n < 2:
            return a if n else self.one
        root = self._chain(a, n // 2)
        return self.mul(root, root) if n % 2 == 0 else self.mul(a, self.mul(root, root))

    def where(self, condition: Node, yes: Node, no: Node) -> Node:
        if yes is no:
            return yes
        if condition.op == "number":
            return yes if condition.value else no
        return self._folded("where", condition, yes, no)

    def both(self, a: Node, b: Node) -> Node:
        for known, other in ((a, b), (b, a)):
            if known.op == "number":
                return other if known.value else self.zero
        return self.node("and", a, b)

    def either(self, a: Node, b: Node) -> Node:
        for known, other in ((a, b), (b, a)):
            if known.op == "number":
                return self.one if known.value else other
        return a if a is b else self.node("or", a, b)

    def square(self, a: Node) -> Node:
        return self.mul(a, a)

    def _folded(self, op: str, *args: Node) -> Node:
        for arg in args:
            if arg.op != "number":
                return self.node(op, *args)
        value = _value(op, *(arg.value for arg in args))
        return self.number(value) if math.isfinite(value) else self.node(op, *args)


def _has_exact_reciprocal(x: float) -> bool:
    """True for a power of two whose reciprocal is finite, which excludes the smallest ones."""
    return x != 0 and math.frexp(x)[0] in (0.5, -0.5) and math.isfinite(1 / x)


def _value(op: str, *args: float) -> float:
    if op in IN_PYTHON:
        return float(IN_PYTHON[op](*args))
    with np.errstate(all="ignore"):
        return float(OPERATIONS[op][1](*args))


IN_PYTHON: dict[str, Callable[..., float]] = {"add": add, "sub": sub, "mul": mul, "neg": neg}
"""Operations with the same result on Python's numbers as on numpy's, in a tenth of the time."""

SIMPLIFIED: dict[str, Callable[..., Node]] = {
    "add": Algebra.add,
    "sub": Algebra.sub,
    "mul": Algebra.mul,
    "div": Algebra.div,
    "neg": Algebra.neg,
    "pow": Algebra.pow,
    "where": Algebra.where,
    "and": Algebra.both,
    "or": Algebra.either,
}


def is_smoothed_kink(base: Node, exponent: Node) -> bool:
    """True if base^exponent is twice differentiable although the base is not:
    |a|^n and max(a, b)^n with n > 2, b = 0.
    """
    if exponent.op != "number" or exponent.value <= 2:
        return False
    if base.op == "abs":
        return exponent.value % 2 != 0
    return base.op == "max" and base.args[1].op == "number" and base.args[1].value == 0


def lower(root: Node, g: Algebra, values: Mapping[str, Node] | None = None) -> Node:
    """The same function in elementary operations on the graph g; constants folded, f otherwise as
    typed. `values` are nodes of g that stand for symbols.
    """
    done: dict[int, Node] = {}
    for node in in_order([root]):
        args = [done[id(arg)] for arg in node.args]
        done[id(node)] = _lowered(node, args, g, values or {})
    return done[id(root)]


def _lowered(node: Node, args: list[Node], g: Algebra, values: Mapping[str, Node]) -> Node:
    if node.op == "number":
        return g.number(node.value)
    if node.op == "constant":
        return g.number(CONSTANTS[node.value])
    if node.op == "symbol":
        return values[node.value] if node.value in values else g.symbol(node.value)
    if node.op == "pow" and node.args[0].op == "constant" and node.args[0].value == "e":
        return g.apply("exp", args[1])
    if node.op == "log" and (z := _one_plus_exp(args[0])) is not None:
        return g.apply("softplus", z)
    if node.op in ("mul", "div") and g.zero in args and any(arg.depends for arg in args) and not values:
        return g.node(node.op, *args)  # 0·log(u) is undefined for negative u: keep the domain of what was typed
    if node.op == "hypot":
        return g.apply("sqrt", g.add(g.square(args[0]), g.square(args[1])))
    expand = FUNCTIONS[node.op].expand if node.op in FUNCTIONS else None
    return expand(g, *args) if expand else g.apply(node.op, *args)


def _one_plus_exp(a: Node) -> Node | None:
    """The z of a = 1 + e^z, else None: its logarithm is softplus(z), which neither
    overflows nor cancels.
    """
    if a.op != "add":
        return None
    for one, power in (a.args, a.args[::-1]):
        if one.op == "number" and one.value == 1 and power.op == "exp":
            return power.args[0]
    return None

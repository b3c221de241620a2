"""Makes the nodes of a formula while it is read, and refuses those that are too much or that are
constants without a value.
"""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from curvlib.errors import ExpressionError
from curvlib.language.canonical import canonical
from curvlib.language.functions import FUNCTIONS
from curvlib.language.infix import PLACES
from curvlib.language.limits import MAX_DEGREE, MAX_DEPTH, MAX_EXPONENT, MAX_NODES
from curvlib.language.nodes import Graph, Node, in_order
from curvlib.language.operations import BOOLEAN, OPERATIONS

CONSTANT_VALUES = MappingProxyType({"pi": math.pi, "e": math.e, "tau": math.tau})


_ON_CONDITIONS = frozenset({"and", "or", "not", "if"})


class Facts(NamedTuple):
    """The facts about a node that are known when it is made.

    Attributes:
        size: the nodes below and including it, shared ones counted each time: the length of its
            text, roughly.
        depth: how deep its canonical text is nested.
        degree: the largest product of constant exponents along a path down from it.
        value: its value in double precision, if it depends on nothing.
    """

    size: int
    depth: int
    degree: float
    value: float | None


class Doubles:
    """The methods a function's `expand` needs, on plain numbers: what a constant is worth."""

    def number(self, value: float) -> float:
        return value

    def apply(self, op: str, *args: float) -> float:
        if op == "erf":
            return math.erf(*args)
        return float(OPERATIONS[op][1](*args))

    def __getattr__(self, op: str) -> Any:
        return lambda *args: self.apply(op, *args)


class Builder:
    """A `Graph` that watches the limits. Every method takes the column to complain
    about as `at`.
    """

    def __init__(self) -> None:
        self._graph = Graph()
        self._facts: dict[Node, Facts] = {}

    def number(self, value: float) -> Node:
        return self._leaf(self._graph.number(value), value)

    def constant(self, name: str) -> Node:
        return self._leaf(self._graph.constant(name), CONSTANT_VALUES[name])

    def symbol(self, name: str) -> Node:
        return self._leaf(self._graph.symbol(name), None)

    def value(self, node: Node) -> float | None:
        """The value of a node that depends on nothing, else None."""
        return self._facts[node].value

    def node(self, op: str, *args: Node, at: int) -> Node:
        """One operation; min and max of several operands are taken two by two.

        Raises:
            ExpressionError: a limit is passed, a condition stands for a number or the reverse, or
                the operation is a constant without a value.
        """
        if op in ("min", "max") and len(args) > 2:
            return self.node(op, self.node(op, *args[:-1], at=at), args[-1], at=at)
        _check_kinds(op, args, at)
        node = self._graph.node(op, *args)
        if node not in self._facts:
            self._facts[node] = self._checked(node, [self._facts[arg] for arg in args], at)
        return node

    def _checked(self, node: Node, facts: list[Facts], at: int) -> Facts:
        """The facts about a new node, if it exceeds no limit."""
        size, depth = 1, 0
        for fact, brackets in zip(facts, _brackets(node), strict=True):
            size += fact.size
            depth = max(depth, fact.depth + brackets)
        if size > MAX_NODES:
            message = f"The formula has more than {MAX_NODES} operations and operands."
            raise ExpressionError(message, at, "Shorten it; definitions count each time they are used.")
        if depth > MAX_DEPTH:
            raise ExpressionError(f"The formula is nested more than {MAX_DEPTH} deep.", at, "Simplify it.")
        value = _value(node, facts, at)
        return Facts(size, depth, _degree(node.op, facts, at), value)

    def substitute(self, body: Node, replaced: Mapping[Node, Node], at: int) -> Node:
        """The body with some of its leaves replaced."""
        made = dict(replaced)
        for node in in_order([body]):
            if node not in made:
                args = [made[arg] for arg in node.args]
                changed = any(new is not old for new, old in zip(args, node.args, strict=True))
                made[node] = self.node(node.op, *args, at=at) if changed else node
        return made[body]

    def _leaf(self, node: Node, value: float | None) -> Node:
        if node not in self._facts:
            self._facts[node] = Facts(1, 0, 1.0, value)
        return node


def _brackets(node: Node) -> list[int]:
    """1 for each operand where the reader of the canonical text goes one level deeper, else 0:
    into brackets, a call, or an exponent without them.
    """
    places = PLACES.get(node.op)
    if places is None or node.op == "not":
        return [1] * len(node.args)
    deeper = [
        int(PLACES[arg.op][0] < place) if arg.op in PLACES else 0
        for arg, place in zip(node.args, places[1:], strict=True)
    ]
    return [deeper[0], 1] if node.op == "pow" else deeper


def _check_kinds(op: str, args: tuple[Node, ...], at: int) -> None:
    if op not in _ON_CONDITIONS and not [arg for arg in args if arg.op in BOOLEAN]:
        return
    for index, arg in enumerate(args):
        wants_condition = op in ("and", "or", "not") or (op == "if" and index == 0)
        if wants_condition and arg.op not in BOOLEAN:
            raise ExpressionError(
                f"'{op}' needs a condition here, such as u > 0, not a number.",
                at,
                "Compare with <, <=, >, >=, == or !=.",
            )
        if not wants_condition and arg.op in BOOLEAN:
            raise ExpressionError(
                "A condition stands where a number is needed.",
                at,
                "Turn it into one with if(condition, a, b), for example if(u > 0, 1, 0).",
            )


def _degree(op: str, facts: list[Facts], at: int) -> float:
    if op != "pow":
        return max([fact.degree for fact in facts])
    exponent = facts[1].value
    if exponent is None:
        return max(facts[0].degree, facts[1].degree)
    if abs(exponent) > MAX_EXPONENT:
        raise ExpressionError(
            f"The exponent {exponent:g} is too large.", at, f"Exponents reach from -{MAX_EXPONENT} to {MAX_EXPONENT}."
        )
    degree = facts[0].degree * max(1.0, abs(exponent))
    if degree > MAX_DEGREE:
        raise ExpressionError(
            f"Powers of powers multiply to more than {MAX_DEGREE} here.", at, "Use smaller exponents."
        )
    return degree


def _value(node: Node, facts: list[Facts], at: int) -> float | None:
    if node.op == "div" and facts[1].value == 0:
        raise ExpressionError(f"{_shown(node)} divides by zero.", at, "Change what stands below the fraction bar.")
    if node.depends:
        return None
    values = [fact.value for fact in facts]
    function = FUNCTIONS.get(node.op)
    algebra = Doubles()
    value = function.expand(algebra, *values) if function and function.expand else algebra.apply(node.op, *values)  # type: ignore[arg-type]
    if math.isfinite(value):
        return value
    hint = _REMEDIES.get(node.op, "Each constant in a formula needs a value.")
    if math.isnan(value) or node.op == "log":
        raise ExpressionError(f"{_shown(node)} is not a real number.", at, hint)
    raise ExpressionError(f"{_shown(node)} is not a finite number.", at, "Constants reach to 1.8e308.")


def _shown(node: Node) -> str:
    text = canonical(node)
    return text if len(text) <= 40 else f"{text[:40]}…"


_REMEDIES = MappingProxyType(
    {
        "pow": "For the real cube root of a negative number write cbrt(t).",
        "sqrt": "The square root needs a number that is not negative.",
        "log": "The logarithm needs a positive number.",
    }
)

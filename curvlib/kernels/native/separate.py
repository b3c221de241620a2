"""Programs with less work on the plane than a jet's: what a grid makes cheap is put on its axes.

On a grid a function of one variable is an array of n values, so that a sum Σ a_k(u) b_k(v) costs
one multiply-add a term. The derivatives become sums of

    number × a(u) × b(v) × product of atoms,

atoms being operations that really need both variables; terms that agree in b and atoms are added up
on the axis. On the way exp(a(u) + b(v)) is split, sin and cos of sums are expanded, and divisions
by the same thing share one reciprocal. For the sum of (v·tanh(x_k·u) − y_k)² over any number of
data, f_v = v A(u) + B(u) is left: one multiply-add.

What it costs in accuracy is a few units in the last place of the terms:

* f itself keeps its sums as typed, but for sums of softplus (logistic.py); a sum of squares is
never multiplied out; * a product of two sums is never multiplied out either, so that no term is
larger than in the program as typed; nor is one of an
  atom and a sum a(u) + b(v), which the next derivative multiplies by once more;
* `Separated.splits` and the size of the axis arrays are checked on the way in (`is_safe`), and
where something could overflow
  or vanish the program as typed is run instead.
"""

from collections.abc import Callable
from functools import reduce

from curvlib.kernels.native.costs import multiplications
from curvlib.kernels.native.forms import (
    Form,
    added,
    constant,
    has_atoms,
    is_plane,
    is_slope,
    multiplied,
    node_of,
    of_atom,
    of_axis,
    parts,
    rescaled,
    scaled_exponentials,
)
from curvlib.kernels.native.logistic import Logistic, is_softplus_sum
from curvlib.kernels.native.safety import Separated
from curvlib.kernels.native.schedule import in_time
from curvlib.kernels.program import Program, program
from curvlib.language.lowering import Algebra
from curvlib.language.nodes import Node, U, V, in_order
from curvlib.language.operations import BOOLEAN

MAX_TERMS = 256
"""A sum of more terms stays as typed."""

FLOOR, WORTH = 40, 0.9
"""The additional cost of writing the fields, in operations;
and the share of the work below which separation has to bring it.
"""


def separated(code: Program) -> Separated | None:
    """The separated program; None where that would not be less work, or too deep to think about."""
    try:
        return _separated(code)
    except RecursionError:
        return None


def _separated(code: Program) -> Separated | None:
    work = _Separation(code)
    f = work.typed(work.results["f"])
    scaled = scaled_exponentials(f)
    results = {
        name: node_of(work.g, rescaled(work._forms[node], scaled)) if name not in ("f", "kinks") else node
        for name, node in work.results.items()
    }
    results["f"] = f
    results, factors = work.logistic.finished(results), work.factors
    names = {
        f"{axis}{k}": node
        for k, (parts, _) in enumerate(factors.items())
        for axis, node in zip("uv", parts, strict=True)
    }
    new = program({name: results[name] for name in code.outputs} | names, in_time)
    if FLOOR + multiplications(new) > WORTH * (FLOOR + multiplications(code)):
        return None
    return Separated(new, tuple((f"u{k}", f"v{k}", most) for k, most in enumerate(factors.values())))


class _Separation:
    """The work on one program: its nodes on a simplifying graph, and what each has become."""

    def __init__(self, code: Program) -> None:
        self.g = g = Algebra()
        self.nodes: list[Node] = []
        for step in code.steps:
            args = [self.nodes[arg] for arg in step.args]
            self.nodes.append(
                g.node(step.op, *args)
                if args
                else g.number(float(step.value or 0))
                if step.op == "number"
                else g.symbol(str(step.value))
            )
        self.results = {name: self.nodes[i] for name, i in code.outputs.items()}
        self.is_smooth = self.results["kinks"] is g.zero
        self.roots = {node.args[0]: node for node in self.nodes if node.op == "sqrt"}
        self.factors: dict[tuple[Node, Node], float] = {}
        self.logistic = Logistic(g, self.split_exponential)
        self._ages: dict[Node, int] = {}
        self._typed: dict[Node, Node] = {}
        self._forms: dict[Node, Form] = {}
        below_f = set(in_order([self.results["f"]]))
        for node in dict.fromkeys(self.nodes):
            self._forms[node] = self._form(node)
            if node in below_f and not is_softplus_sum(node):
                self.typed(node)  # operands first, so that no recursion is deep

    # values as typed, for f and below the atoms

    def typed(self, node: Node) -> Node:
        if node not in self._typed:
            self._typed[node] = self._as_typed(node)
        return self._typed[node]

    def _as_typed(self, node: Node) -> Node:
        g, form = self.g, self._forms[node]
        if not is_plane(node) or node.op in BOOLEAN:
            return node
        if len(form) == 1 or node.op in ("sin", "cos"):
            return self.summed(node)
        if node.op == "div":
            return g.mul(self.typed(node.args[0]), node_of(g, self._reciprocal(node.args[1])))
        if node.op == "where":
            return g.node("where", node.args[0], self.typed(node.args[1]), self.typed(node.args[2]))
        if is_softplus_sum(node):
            return self.logistic.joined(node, self.typed)
        return g.node(node.op, *(self.typed(arg) for arg in node.args))

    # sums of products

    def summed(self, node: Node) -> Node:
        return node_of(self.g, self._forms[node])

    def _form(self, node: Node) -> Form:
        if not is_plane(node):
            return of_axis(node)
        rule = RULES.get(node.op)
        form = rule(self, node) if rule else None
        return form if form is not None and len(form) <= MAX_TERMS else self.atom(node)

    def atom(self, node: Node) -> Form:
        g = self.g
        args = [self.typed(arg) for arg in node.args]
        value = (
            node
            if node.op in BOOLEAN
            else g.node(node.op, *args)
            if node.op != "where"
            else g.node("where", node.args[0], *args[1:])
        )
        return of_atom(value)

    def product(self, x: Form, y: Form) -> Form:
        return multiplied(self.g, x, y, self._age)

    def _age(self, atom: Node) -> int:
        return self._ages.setdefault(atom, len(self._ages))

    def _reciprocal(self, node: Node) -> Form:
        g = self.g
        if not is_plane(node):
            return of_axis(g.div(g.one, node))
        if node in self.roots:
            root = self._reciprocal(self.roots[node])
            return self.product(root, root)
        if node.op == "mul":
            return self.product(*(self._reciprocal(arg) for arg in node.args))
        ((atoms, a, b), number), *more = self._forms[node].items()
        if not more and not atoms and number:
            factors = [of_axis(g.div(g.one, part)) for part in (a, b) if part is not None]
            return reduce(self.product, factors, constant(1 / number))
        return of_atom(g.div(g.one, self.typed(node)))

    def split_exponential(self, node: Node, most: float) -> Form | None:
        """e^node as a product of two axis functions, if node is a function of u plus a
        function of v.
        """
        g, found = self.g, parts(self.g, self._forms[node])
        if found is None or not (found[0].depends & U and found[1].depends & V):
            return None
        a, b = found
        factors = g.apply("exp", a), g.apply("exp", b)
        self.factors[factors] = min(most, self.factors.get(factors, most))
        return {((), *factors): 1.0}


def _times(work: _Separation, node: Node) -> Form:
    if any(arg is work.g.zero for arg in node.args):
        return work.atom(node)  # 0·log(u v) has the domain of log
    x, y = (work._forms[arg] for arg in node.args)
    if len(x) > 1 and len(y) > 1:
        x, y = (of_atom(work.typed(arg)) for arg in node.args)
    elif has_atoms(x) and is_slope(y):
        y = of_atom(work.typed(node.args[1]))
    elif has_atoms(y) and is_slope(x):
        x = of_atom(work.typed(node.args[0]))
    return work.product(x, y)


def _quotient(work: _Separation, node: Node) -> Form:
    if node.args[0] is work.g.zero:
        return work.atom(node)
    return work.logistic.bell(node) or work.product(work._forms[node.args[0]], work._reciprocal(node.args[1]))


def _turn(work: _Separation, node: Node) -> Form | None:
    """sin(a + b) = sin a cos b + cos a sin b, where no kink rests on its exact zeros."""
    g, found = work.g, parts(work.g, work._forms[node.args[0]])
    if found is None or not work.is_smooth:
        return None
    a, b = found
    sin_a, cos_a, sin_b, cos_b = (g.apply(op, part) for part in (a, b) for op in ("sin", "cos"))
    if node.op == "sin":
        return {((), sin_a, cos_b): 1.0, ((), cos_a, sin_b): 1.0}
    return {((), cos_a, cos_b): 1.0, ((), sin_a, sin_b): -1.0}


RULES: dict[str, Callable[[_Separation, Node], Form | None]] = {
    "add": lambda work, node: added(work._forms[node.args[0]], work._forms[node.args[1]], 1.0),
    "sub": lambda work, node: added(work._forms[node.args[0]], work._forms[node.args[1]], -1.0),
    "neg": lambda work, node: {key: -number for key, number in work._forms[node.args[0]].items()},
    "mul": _times,
    "div": _quotient,
    "exp": lambda work, node: work.split_exponential(node.args[0], 700.0),
    "sin": _turn,
    "cos": _turn,
    "sigmoid": lambda work, node: work.logistic.sigmoid(node),
}
"""Rules for the form of an operation from those of its operands;
an operation without a rule, or whose rule gives None, is an atom.
"""

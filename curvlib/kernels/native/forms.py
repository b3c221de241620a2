"""Sums of products of functions of one variable: the form in which derivatives are collected.

A form is a sum of terms

    number × a(u) × b(v) × product of atoms,

with atoms that really need both variables; parameters count as functions of v.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import reduce

from curvlib.kernels.program import PLANE
from curvlib.language.lowering import Algebra
from curvlib.language.nodes import Node, U, in_order

Key = tuple[tuple[Node, ...], Node | None, Node | None]
"""The atoms, the function of u and the function of v (or of parameters alone) of a term."""

Form = dict[Key, float]
"""A sum of terms, each with its number."""

MODERATE = 1e3
"""The largest factor of an exponential that derivatives take over from f."""

STRANDS, LONG = 2, 8
"""A sum of more than so many groups is added up in strands that do not wait for each other."""


def is_plane(node: Node) -> bool:
    return node.depends & PLANE == PLANE


def constant(number: float) -> Form:
    return {((), None, None): number}


def of_atom(node: Node) -> Form:
    return {((node,), None, None): 1.0}


def of_axis(node: Node) -> Form:
    """The form of what lives on one axis, or nowhere."""
    number, rest = _without_number(node)
    on_u = rest is not None and bool(rest.depends & U)
    return {((), rest if on_u else None, None if on_u else rest): number}


def added(x: Form, y: Form, sign: float) -> Form:
    total = defaultdict(float, x)
    for key, number in y.items():
        total[key] += sign * number
    return _without_zeros(total)


def multiplied(g: Algebra, x: Form, y: Form, age: Callable[[Node], int]) -> Form:
    """The product, term by term; atoms in the order of their age, so that the same product is
    written in one way only.
    """
    total: Form = defaultdict(float)
    for (atoms, a, b), p in x.items():
        for (atoms_, a_, b_), q in y.items():
            n_a, a__ = _product(g, a, a_)
            n_b, b__ = _product(g, b, b_)
            total[tuple(sorted(atoms + atoms_, key=age)), a__, b__] += p * q * n_a * n_b
    return _without_zeros(total)


def has_atoms(form: Form) -> bool:
    return any(atoms for atoms, _, _ in form)


def is_slope(form: Form) -> bool:
    """True if the form is a sum of axis functions, as a slope of a quadratic is."""
    return len(form) > 1 and not has_atoms(form)


def scaled_exponentials(f: Node) -> dict[Node, Node]:
    """The exponentials of which f needs one moderate multiple c e^z, each with that multiple."""
    found: dict[Node, list[Node]] = defaultdict(list)
    for node in in_order([f]):
        for arg in node.args:
            if arg.op == "exp" and is_plane(arg):
                found[arg].append(node)
    multiples = {
        exp: nodes[0]
        for exp, nodes in found.items()
        if len(nodes) == 1 and nodes[0].op == "mul" and nodes[0].args[0].op == "number"
    }
    return {exp: node for exp, node in multiples.items() if 1 / MODERATE < abs(node.args[0].value) < MODERATE}


def rescaled(form: Form, scaled: Mapping[Node, Node]) -> Form:
    """The form with c e^z for e^z: where the number in front was c, it is gone."""
    new: Form = {}
    for (atoms, a, b), number in form.items():
        for atom in atoms:
            if atom in scaled:
                number /= scaled[atom].args[0].value
        new[tuple(scaled.get(atom, atom) for atom in atoms), a, b] = number
    return new


def parts(g: Algebra, form: Form) -> tuple[Node, Node] | None:
    """a(u) and b(v) of a form that is their sum; None if it is not."""
    a, b = g.zero, g.zero
    for (atoms, a_k, b_k), number in form.items():
        if atoms or a_k is not None and b_k is not None:
            return None
        term = g.mul(g.number(number), a_k or b_k or g.one)
        a, b = (g.add(a, term), b) if a_k is not None else (a, g.add(b, term))
    return a, b


def node_of(g: Algebra, form: Form) -> Node:
    """The form as a node: terms that agree in their atoms and in one factor are added up on the
    axis of the other.
    """
    groups: dict[tuple[Node, ...], dict[tuple[Node | None, Node | None], float]] = defaultdict(dict)
    for (atoms, a, b), number in form.items():
        groups[atoms][a, b] = number
    strands = [g.zero] * (STRANDS if len(groups) > LONG else 1)
    for k, (atoms, terms) in enumerate(groups.items()):
        value = _collected(g, terms)
        if atoms:
            product = reduce(lambda x, y: g.node("mul", x, y), atoms)  # first, so that all sums share it
            value = g.mul(product, value) if value.op == "number" else g.node("mul", product, value)
        strands[k % len(strands)] = g.add(strands[k % len(strands)], value)
    return reduce(g.add, strands)


def _collected(g: Algebra, terms: Mapping[tuple[Node | None, Node | None], float]) -> Node:
    """Σ number a b, terms that share a factor added up on the axis of the other."""
    which = 1 if len({b for _, b in terms}) < len({a for a, _ in terms}) else 0
    sums: dict[Node | None, Node] = {}
    for parts, number in terms.items():
        shared, other = parts[which], parts[1 - which]
        term = g.mul(g.number(number), other) if other is not None else g.number(number)
        sums[shared] = g.add(sums.get(shared, g.zero), term)
    total = g.zero
    for shared, value in sums.items():
        total = g.add(
            total,
            value if shared is None else g.mul(value, shared) if value.op == "number" else g.node("mul", shared, value),
        )
    return total


def _product(g: Algebra, a: Node | None, b: Node | None) -> tuple[float, Node | None]:
    if a is None or b is None:
        return 1.0, a if b is None else b
    return _without_number(g.mul(a, b))


def _without_number(node: Node) -> tuple[float, Node | None]:
    """The number in front of a product, and the rest of it."""
    number = 1.0
    while True:
        if node.op == "number":
            return number * float(node.value or 0), None
        if node.op == "neg":
            number, node = -number, node.args[0]
        elif node.op == "mul" and node.args[0].op == "number" and node.args[0].value:
            number, node = number * float(node.args[0].value or 0), node.args[1]
        else:
            return number, node


def _without_zeros(form: Form) -> Form:
    return {key: number for key, number in form.items() if number} or {((), None, None): 0.0}

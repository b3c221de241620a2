"""Logistic functions of z = a(u) + b(v), for which E = e^z is a product of two axis functions and
needs no exponential:

    sigmoid z = E R,   sigmoid' z = E R²,   softplus z = log(1 + E),   R = 1/(1 + E).

A sum of softplus takes one logarithm: with P_0 = 0, P_k = E_k + P_(k−1) (1 + E_k) the sum is
log(1 + P_n), with no cancellation on the way. Up to `SHARE` R come from one division, of the
product of their 1 + E, by multiplications down the tree of partial products: three for each at
most, and rounding errors grow with the logarithm of their number. `Separated.is_safe` keeps every z
so small that no product overflows.
"""

from collections.abc import Callable
from functools import reduce

from curvlib.kernels.native.forms import STRANDS, Form, of_atom
from curvlib.language.lowering import Algebra
from curvlib.language.nodes import Node, in_order

MOST = 300.0
"""The largest z; beyond, the program as typed is run."""


SHARE = 5
"""The most reciprocals from one division: fewer keep the divider busy longer than all the rest,
more keep more numbers waiting.
"""


class Logistic:
    """The logistic functions of one program.

    Args:
        g: its graph.
        split: e^z as a form, given z and its largest value; None if z is not a sum of them.
    """

    def __init__(self, g: Algebra, split: Callable[[Node, float], Form | None]) -> None:
        self.g, self.split = g, split
        self._exponentials: dict[Node, Node | None] = {}
        self._sums: list[Node] = []

    def _exponential(self, z: Node) -> Node | None:
        """E as a node of the plane."""
        if z not in self._exponentials:
            form = self.split(z, MOST)
            _, a, b = next(iter(form)) if form else ((), None, None)
            self._exponentials[z] = self.g.node("mul", a, b) if a and b else None
        return self._exponentials[z]

    def _one_plus(self, exponential: Node) -> Node:
        total = self.g.node("add", self.g.one, exponential)
        if total not in self._sums:
            self._sums.append(total)
        return total

    def _atoms(self, exponential: Node, power: int) -> Form:
        reciprocal = self.g.node("div", self.g.one, self._one_plus(exponential))
        atom = self.g.node("mul", exponential, reciprocal)
        if power == 2:
            atom = self.g.node("mul", atom, reciprocal)
        return of_atom(atom)

    def sigmoid(self, node: Node) -> Form | None:
        exponential = self._exponential(node.args[0])
        return self._atoms(exponential, 1) if exponential else None

    def bell(self, node: Node) -> Form | None:
        """e/(1 + e)² with e = e^(−|z|), which is even in z."""
        small, square = node.args
        if square.op != "mul" or square.args[0] is not square.args[1] or small.op != "exp":
            return None
        total = square.args[0]
        if total.op != "add" or self.g.one not in total.args or small not in total.args:
            return None
        z = _inside_modulus(self.g, small.args[0])
        exponential = self._exponential(z) if z else None
        return self._atoms(exponential, 2) if exponential else None

    def joined(self, f: Node, typed: Callable[[Node], Node]) -> Node:
        """A sum as typed, with its softplus under one logarithm."""
        g = self.g
        total, products = None, list[Node]()
        for summand in _summands(f):
            exponential = self._exponential(summand.args[0]) if summand.op == "softplus" else None
            if exponential is not None:
                products.append(exponential)
            else:
                value = typed(summand)
                total = value if total is None else g.add(total, value)
        if not products:
            return g.node("add", *map(typed, f.args))
        logarithm = g.node("log1p", self._product_less_one(products))
        return logarithm if total is None else g.add(total, logarithm)

    def _product_less_one(self, exponentials: list[Node]) -> Node:
        """Π (1 + E_k) − 1, in strands that do not wait for each other:
        (1 + P)(1 + Q) − 1 = P (1 + Q) + Q.
        """
        g = self.g
        strands = exponentials[:STRANDS]
        for k, exponential in enumerate(exponentials[STRANDS:]):
            strand = strands[k % STRANDS]
            strands[k % STRANDS] = g.node("add", g.node("mul", strand, self._one_plus(exponential)), exponential)
        return reduce(lambda p, q: g.node("add", g.node("mul", p, g.node("add", g.one, q)), q), strands)

    def finished(self, results: dict[str, Node]) -> dict[str, Node]:
        """The results with the reciprocals of the 1 + E from few divisions."""
        replaced: dict[Node, Node] = {}
        count, n = -(-len(self._sums) // SHARE), len(self._sums)
        for k in range(count):
            sums = self._sums[k * n // count : (k + 1) * n // count]
            self._share(sums, self.g.node("div", self.g.one, self._product(sums)), replaced)
        for node in in_order(results.values()):
            if node not in replaced:
                args = tuple([replaced[arg] for arg in node.args])
                replaced[node] = node if args == node.args else self.g.node(node.op, *args)
        return {name: replaced[node] for name, node in results.items()}

    def _product(self, sums: list[Node]) -> Node:
        """The product of the sums, as one half times the other."""
        half = len(sums) // 2
        return self.g.node("mul", self._product(sums[:half]), self._product(sums[half:])) if half else sums[0]

    def _share(self, sums: list[Node], inverse: Node, found: dict[Node, Node]) -> None:
        """1/s for each s from the inverse of their product:
        that of one half is `inverse` times the product of the other.
        """
        half, g = len(sums) // 2, self.g
        if not half:
            found[g.node("div", g.one, sums[0])] = inverse
            return
        low, high = sums[:half], sums[half:]
        self._share(low, g.node("mul", inverse, self._product(high)), found)
        self._share(high, g.node("mul", inverse, self._product(low)), found)


def is_softplus_sum(node: Node) -> bool:
    return node.op == "add" and any(arg.op == "softplus" for arg in node.args)


def _summands(f: Node) -> list[Node]:
    found, stack = [], [f]
    while stack:
        node = stack.pop()
        if node.op == "add":
            stack.extend(reversed(node.args))
        else:
            found.append(node)
    return found


def _inside_modulus(g: Algebra, exponent: Node) -> Node | None:
    """c z where the exponent is −c |z|."""
    number = -1.0
    if exponent.op == "neg":
        exponent = exponent.args[0]
    elif exponent.op == "mul" and exponent.args[0].op == "number":
        number, exponent = float(exponent.args[0].value or 0), exponent.args[1]
    else:
        return None
    return exponent.args[0] if exponent.op == "abs" and number == -1.0 else None

"""The formula as a sympy expression, made by sympy's constructors from the checked graph; no text
reaches sympy.

Where a constructor would start to simplify on its own (conditions, Piecewise, Min, Max) it is told
not to.
"""

import math
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from curvlib.language.functions import FUNCTIONS
from curvlib.language.nodes import Node, in_order
from curvlib.language.operations import row

if TYPE_CHECKING:
    import sympy


def to_sympy(root: Node) -> "sympy.Expr":
    """The sympy expression of a graph; u, v and the parameters are real symbols, decimal numbers
    exact fractions.

    >>> from curvlib.language.nodes import Graph
    >>> g = Graph()
    >>> to_sympy(g.node("div", g.symbol("u"), g.number(0.5)))
    2*u
    """
    made: dict[Node, Any] = {}
    algebra = SympyAlgebra()
    for node in in_order([root]):
        made[node] = (
            _leaf(node, algebra) if not node.args else algebra.function(node.op, *(made[arg] for arg in node.args))
        )
    return made[root]


class SympyAlgebra:
    """The operations that a function's `expand` needs, on sympy expressions."""

    def __init__(self) -> None:
        self._constructors = _constructors()

    def number(self, value: float) -> Any:
        """Short decimals become the fractions that were meant,
        others stay floating-point numbers.
        """
        import sympy

        if value == int(value) and abs(value) < 1e15:
            return sympy.Integer(int(value))
        mantissa, exponent = math.frexp(value)
        digits = repr(value)
        return (
            sympy.Rational(digits)
            if len(digits) <= 12 and abs(exponent) < 40
            else sympy.Float(mantissa) * sympy.Integer(2) ** exponent
        )

    def apply(self, op: str, *args: Any) -> Any:
        return row(self._constructors, op, "sympy's constructors")(*args)

    def function(self, op: str, *args: Any) -> Any:
        """Any operation or function of the language."""
        expand = FUNCTIONS[op].expand if op in FUNCTIONS else None
        return expand(self, *args) if expand and op not in self._constructors else self.apply(op, *args)

    def __getattr__(self, op: str) -> Callable[..., Any]:
        return self._constructors[op]


def _leaf(node: Node, algebra: SympyAlgebra) -> Any:
    import sympy

    if isinstance(node.value, float):
        return algebra.number(node.value)
    if node.op == "constant":
        return {"pi": sympy.pi, "e": sympy.E, "tau": 2 * sympy.pi}[str(node.value)]
    return sympy.Symbol(str(node.value), real=True)


_OWN_NAMES = (
    "exp log sin cos tan asin acos atan sinh cosh tanh asinh acosh "
    "atanh sec csc cot sech csch coth erf sign floor atan2 sqrt"
).split()  # sympy calls these as we do
_OTHER_NAMES = {"add": "Add", "mul": "Mul", "pow": "Pow", "abs": "Abs", "ceil": "ceiling"}
_LEFT_ALONE = {op: op.capitalize() for op in "lt le gt ge eq ne and or not min max".split()}


@cache
def _constructors() -> dict[str, Callable[..., Any]]:
    """Operation → what makes it in sympy; functions that are missing here are expanded."""
    import sympy as sp

    return {
        **{name: getattr(sp, name) for name in _OWN_NAMES},
        **{op: getattr(sp, name) for op, name in _OTHER_NAMES.items()},
        **{op: partial(getattr(sp, name), evaluate=False) for op, name in _LEFT_ALONE.items()},
        "sub": lambda a, b: a - b,
        "div": lambda a, b: a / b,
        "neg": lambda a: -a,
        "cbrt": lambda a: sp.sign(a) * sp.Abs(a) ** sp.Rational(1, 3),
        "hypot": lambda a, b: sp.sqrt(a**2 + b**2),
        "log1p": lambda a: sp.log(1 + a),
        "log2": lambda a: sp.log(a) / sp.log(2),
        "log10": lambda a: sp.log(a) / sp.log(10),
        "sigmoid": lambda a: 1 / (1 + sp.exp(-a)),
        "softplus": lambda a: sp.log(1 + sp.exp(a)),
        "gelu": lambda a: a * (1 + sp.erf(a / sp.sqrt(2))) / 2,
        "where": lambda condition, a, b: sp.Piecewise((a, condition), (b, True), evaluate=False),
    }

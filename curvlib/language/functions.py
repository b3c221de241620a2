"""The functions of the language: what people may write, what it means, and how each is made of
elementary operations.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from curvlib.language.limits import MAX_ARGUMENTS

Expansion = Callable[..., Any]
"""(g, *operands) → the function's value, built with the methods
`number add sub mul div neg pow apply` of g.
"""


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the language.

    Attributes:
        name: the name in the canonical text, and the `op` of its nodes.
        aliases: other names that are read as this one.
        arity: the least and the largest number of arguments.
        summary: one line for the reference.
        expand: how it is made of elementary operations; None where it is one itself.
        arguments: how a reference calls them.
        definition: the same in other functions of the language; empty where there is no shorter way
            to say it.
        domain: the condition for it to have a value; empty where it always has one.
        rough: the condition for it to have a value but no second derivative; empty where it always
            has both.
    """

    name: str
    aliases: tuple[str, ...]
    arity: tuple[int, int]
    summary: str
    expand: Expansion | None = None
    arguments: str = "t"
    definition: str = ""
    domain: str = ""
    rough: str = ""

    @property
    def signature(self) -> str:
        """The function as it is written.

        >>> FUNCTIONS["atan2"].signature
        'atan2(y, x)'
        """
        return f"{self.name}({self.arguments})"


def _f(name: str, aliases: str, summary: str, expand: Expansion | None = None, **more: str) -> Function:
    return Function(name, tuple(aliases.split()), (1, 1), summary, expand, **more)


def _of_several(
    name: str, aliases: str, arguments: str, summary: str, expand: Expansion | None = None, **more: str
) -> Function:
    n = arguments.count(",") + 1
    arity = (n - 1, MAX_ARGUMENTS) if arguments.endswith("…") else (n, n)
    return Function(name, tuple(aliases.split()), arity, summary, expand, arguments, **more)


def _reciprocal(op: str) -> Expansion:
    return lambda g, a: g.div(g.number(1), g.apply(op, a))


def _logarithm(base: int) -> Expansion:
    return lambda g, a: g.div(g.apply("log", a), g.number(math.log(base)))


def _ceil(g: Any, a: Any) -> Any:
    return g.neg(g.apply("floor", g.neg(a)))


def _mod(g: Any, a: Any, b: Any) -> Any:
    return g.sub(a, g.mul(b, g.apply("floor", g.div(a, b))))


def _step(g: Any, a: Any) -> Any:
    return g.apply("where", g.apply("ge", a, g.number(0)), g.number(1), g.number(0))


def _gelu(g: Any, a: Any) -> Any:
    return g.div(g.mul(a, g.add(g.number(1), g.apply("erf", g.div(a, g.number(math.sqrt(2)))))), g.number(2))


GROUPS: Mapping[str, tuple[Function, ...]] = MappingProxyType(
    {
        "Trigonometric": (
            _f("sin", "", "sine, in radians"),
            _f("cos", "", "cosine"),
            _f("tan", "tg", "tangent", definition="sin(t)/cos(t)", domain="cos(t) != 0"),
            _f("sec", "", "secant", _reciprocal("cos"), definition="1/cos(t)", domain="cos(t) != 0"),
            _f("csc", "cosec", "cosecant", _reciprocal("sin"), definition="1/sin(t)", domain="sin(t) != 0"),
            _f("cot", "ctg cotan", "cotangent", lambda g, a: g.div(g.apply("cos", a), g.apply("sin", a)),
               definition="cos(t)/sin(t)", domain="sin(t) != 0"),
            _f("asin", "arcsin", "inverse sine", domain="|t| <= 1", rough="|t| == 1"),
            _f("acos", "arccos", "inverse cosine", domain="|t| <= 1", rough="|t| == 1"),
            _f("atan", "arctan arctg", "inverse tangent"),
            _of_several("atan2", "arctan2", "y, x", "angle of the point (x, y), from -pi to pi",
                        rough="y == 0 and x <= 0"),
        ),
        "Hyperbolic": (
            _f("sinh", "", "hyperbolic sine", definition="(exp(t) - exp(-t))/2"),
            _f("cosh", "", "hyperbolic cosine", definition="(exp(t) + exp(-t))/2"),
            _f("tanh", "", "hyperbolic tangent", definition="sinh(t)/cosh(t)"),
            _f("sech", "", "hyperbolic secant", _reciprocal("cosh"), definition="1/cosh(t)"),
            _f("csch", "", "hyperbolic cosecant", _reciprocal("sinh"), definition="1/sinh(t)", domain="t != 0"),
            _f("coth", "", "hyperbolic cotangent", _reciprocal("tanh"), definition="1/tanh(t)", domain="t != 0"),
            _f("asinh", "arcsinh arsinh", "inverse hyperbolic sine", definition="log(t + sqrt(t^2 + 1))"),
            _f("acosh", "arccosh arcosh", "inverse hyperbolic cosine",
               definition="log(t + sqrt(t^2 - 1))", domain="t >= 1", rough="t == 1"),
            _f("atanh", "arctanh artanh", "inverse hyperbolic tangent",
               definition="log((1 + t)/(1 - t))/2", domain="|t| < 1"),
        ),
        "Exponentials, logarithms and roots": (
            _f("exp", "", "exponential", definition="e^t"),
            _f("log", "ln", "natural logarithm", domain="t > 0"),
            _f("log2", "log_2", "logarithm to base 2", _logarithm(2), definition="log(t)/log(2)", domain="t > 0"),
            _f("log10", "log_10", "logarithm to base 10", _logarithm(10),
               definition="log(t)/log(10)", domain="t > 0"),
            _f("log1p", "", "logarithm of 1 + t, accurate for small t", definition="log(1 + t)", domain="t > -1"),
            _f("sqrt", "", "square root", definition="t^(1/2)", domain="t >= 0", rough="t == 0"),
            _f("cbrt", "", "cube root, also of negative numbers", definition="sign(t)*|t|^(1/3)", rough="t == 0"),
            _of_several("pow", "power", "a, b", "power; where b varies, smooth for a > 0 only", definition="a^b",
                        domain="a > 0 or a == 0 and b >= 0 or b == floor(b) and a != 0",
                        rough="a == 0 and b != floor(b)"),
            _of_several("hypot", "", "a, b", "length of the vector (a, b)",
                        definition="sqrt(a^2 + b^2)", rough="a == 0 and b == 0"),
        ),
        "Kinks, jumps and choices": (
            _f("abs", "", "absolute value, also written |t|; a kink at 0",
               definition="if(t >= 0, t, -t)", rough="t == 0"),
            _f("sign", "sgn", "-1, 0 or 1; a jump at 0", definition="if(t > 0, 1, if(t < 0, -1, 0))", rough="t == 0"),
            _of_several("min", "", "a, b, …", "the smallest of its arguments",
                        definition="if(a < b, a, b)", rough="a == b"),
            _of_several("max", "", "a, b, …", "the largest of its arguments",
                        definition="if(a > b, a, b)", rough="a == b"),
            _f("floor", "", "the integer below; jumps at integers", rough="t == floor(t)"),
            _f("ceil", "ceiling", "the integer above; jumps at integers", _ceil,
               definition="-floor(-t)", rough="t == floor(t)"),
            _of_several("mod", "", "a, b", "remainder, with the sign of b", _mod,
                        definition="a - b*floor(a/b)", domain="b != 0", rough="mod(a, b) == 0 and b != 0"),
            _f("step", "heaviside Heaviside", "1 from 0 on, 0 before; a jump at 0", _step,
               definition="if(t >= 0, 1, 0)", rough="t == 0"),
            _of_several("if", "where", "condition, a, b", "a where the condition holds, b elsewhere",
                        lambda g, c, a, b: g.apply("where", c, a, b)),
        ),
        "Machine learning": (
            _f("gauss", "", "the bell",
               lambda g, a: g.apply("exp", g.neg(g.pow(a, g.number(2)))), definition="exp(-t^2)"),
            _f("erf", "", "error function"),
            _f("sigmoid", "logistic expit", "logistic function", definition="1/(1 + exp(-t))"),
            _f("softplus", "", "smooth relu, without overflow", definition="log(1 + exp(t))"),
            _f("relu", "ReLU", "rectifier; a kink at 0",
               lambda g, a: g.apply("max", a, g.number(0)), definition="max(t, 0)", rough="t == 0"),
            _f("silu", "swish SiLU", "sigmoid linear unit",
               lambda g, a: g.mul(a, g.apply("sigmoid", a)), definition="t*sigmoid(t)"),
            _f("gelu", "GELU", "Gaussian error linear unit", _gelu, definition="t*(1 + erf(t/sqrt(2)))/2"),
        ),
    }
)  # fmt: skip
"""The functions, in the order of a reference."""

FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType(
    {function.name: function for group in GROUPS.values() for function in group}
)
"""Name → function."""

NAMES: MappingProxyType[str, str] = MappingProxyType(
    {alias: f.name for f in FUNCTIONS.values() for alias in (f.name, *f.aliases)}
)
"""Every name that may be written → the canonical one."""

"""The functions of the language: what people may write, and how each is made of elementary operations."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from curvlib.language.limits import MAX_ARGUMENTS

Expansion = Callable[..., Any]
"""(g, *operands) → the function's value, built with the methods `number add sub mul div neg pow apply` of g."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function of the language.

    Attributes:
        name: the name in the canonical text, and the `op` of its nodes.
        aliases: other names that are read as this one.
        arity: the least and the largest number of arguments.
        summary: one line for the reference.
        expand: how it is made of elementary operations; None where it is one itself.
    """

    name: str
    aliases: tuple[str, ...]
    arity: tuple[int, int]
    summary: str
    expand: Expansion | None = None


def _f(name: str, aliases: str, summary: str, expand: Expansion | None = None, arity: tuple[int, int] = (1, 1)) -> Function:
    return Function(name, tuple(aliases.split()), arity, summary, expand)


def _reciprocal(op: str) -> Expansion:
    return lambda g, a: g.div(g.number(1), g.apply(op, a))


def _step(g: Any, a: Any) -> Any:
    return g.apply("where", g.apply("ge", a, g.number(0)), g.number(1), g.number(0))


def _gelu(g: Any, a: Any) -> Any:
    return g.div(g.mul(a, g.add(g.number(1), g.apply("erf", g.div(a, g.number(math.sqrt(2)))))), g.number(2))


_TABLE: Iterable[Function] = (
    _f("sin", "", "sine, in radians"),
    _f("cos", "", "cosine"),
    _f("tan", "tg", "tangent"),
    _f("sec", "", "1/cos", _reciprocal("cos")),
    _f("csc", "cosec", "1/sin", _reciprocal("sin")),
    _f("cot", "ctg cotan", "cos/sin", lambda g, a: g.div(g.apply("cos", a), g.apply("sin", a))),
    _f("asin", "arcsin", "inverse sine, on [-1, 1]"),
    _f("acos", "arccos", "inverse cosine, on [-1, 1]"),
    _f("atan", "arctan arctg", "inverse tangent"),
    _f("atan2", "arctan2", "angle of the point (x, y): atan2(y, x)", arity=(2, 2)),
    _f("sinh", "", "hyperbolic sine"),
    _f("cosh", "", "hyperbolic cosine"),
    _f("tanh", "", "hyperbolic tangent"),
    _f("sech", "", "1/cosh", _reciprocal("cosh")),
    _f("csch", "", "1/sinh", _reciprocal("sinh")),
    _f("coth", "", "1/tanh", _reciprocal("tanh")),
    _f("asinh", "arcsinh arsinh", "inverse hyperbolic sine"),
    _f("acosh", "arccosh arcosh", "inverse hyperbolic cosine, from 1 on"),
    _f("atanh", "arctanh artanh", "inverse hyperbolic tangent, on (-1, 1)"),
    _f("exp", "", "exponential, e^t"),
    _f("log", "ln", "natural logarithm"),
    _f("log2", "log_2", "logarithm to base 2", lambda g, a: g.div(g.apply("log", a), g.number(math.log(2)))),
    _f("log10", "log_10", "logarithm to base 10", lambda g, a: g.div(g.apply("log", a), g.number(math.log(10)))),
    _f("log1p", "", "log(1 + t), accurate for small t"),
    _f("sqrt", "", "square root"),
    _f("cbrt", "", "cube root, also of negative numbers"),
    _f("pow", "power", "a^b", arity=(2, 2)),
    _f("hypot", "", "sqrt(a^2 + b^2)", arity=(2, 2)),
    _f("abs", "", "absolute value, also written |t|; a kink at 0"),
    _f("sign", "sgn", "-1, 0 or 1; a jump at 0"),
    _f("min", "", "the smallest of its arguments", arity=(2, MAX_ARGUMENTS)),
    _f("max", "", "the largest of its arguments", arity=(2, MAX_ARGUMENTS)),
    _f("floor", "", "the integer below; jumps at integers"),
    _f("ceil", "ceiling", "the integer above; jumps at integers", lambda g, a: g.neg(g.apply("floor", g.neg(a)))),
    _f("mod", "", "remainder a - b*floor(a/b)", lambda g, a, b: g.sub(a, g.mul(b, g.apply("floor", g.div(a, b)))), (2, 2)),
    _f("step", "heaviside Heaviside", "1 from 0 on, 0 before; a jump at 0", _step),
    _f("if", "where", "if(condition, a, b): a where the condition holds, b elsewhere", lambda g, c, a, b: g.apply("where", c, a, b), (3, 3)),
    _f("gauss", "", "the bell exp(-t^2)", lambda g, a: g.apply("exp", g.neg(g.pow(a, g.number(2))))),
    _f("erf", "", "error function"),
    _f("sigmoid", "logistic expit", "1/(1 + exp(-t))"),
    _f("softplus", "", "log(1 + exp(t)), without overflow"),
    _f("relu", "ReLU", "max(t, 0); a kink at 0", lambda g, a: g.apply("max", a, g.number(0))),
    _f("silu", "swish SiLU", "t*sigmoid(t)", lambda g, a: g.mul(a, g.apply("sigmoid", a))),
    _f("gelu", "GELU", "t*(1 + erf(t/sqrt(2)))/2", _gelu),
)

FUNCTIONS: MappingProxyType[str, Function] = MappingProxyType({function.name: function for function in _TABLE})
"""Name → function, in the order of a reference: trigonometry, exponentials, roots, kinks, machine learning."""

NAMES: MappingProxyType[str, str] = MappingProxyType({alias: f.name for f in _TABLE for alias in (f.name, *f.aliases)})
"""Every name that may be written → the canonical one."""

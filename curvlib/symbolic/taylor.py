"""Taylor polynomials in two variables: the value of a formula at a point together with all its
derivatives to some order, exactly.

A polynomial is an array c of shape (d + 1, d + 1) with c[i, j] the coefficient of δu^i δv^j; terms
with i + j > d are dropped.
"""

import math
from collections.abc import Callable, Mapping

import numpy as np

from curvlib.arrays import Floats
from curvlib.language.expression import Expression
from curvlib.language.lowering import Algebra, lower
from curvlib.language.nodes import Node, in_order
from curvlib.language.operations import BOOLEAN, OPERATIONS, row

Series = Floats


def taylor(expression: Expression, u: float, v: float, parameters: Mapping[str, float], degree: int) -> Series:
    """The Taylor polynomial of f at (u, v), shape (degree + 1, degree + 1);
    NaN where f has no derivatives.
    """
    root = lower(expression.root, Algebra())
    symbols = {
        **{name: constant(value, degree) for name, value in parameters.items()},
        "u": constant(u, degree),
        "v": constant(v, degree),
    }
    if degree:
        symbols["u"][1, 0] = symbols["v"][0, 1] = 1.0
    done: dict[int, Series] = {}
    with np.errstate(all="ignore"):
        for node in in_order([root]):
            done[id(node)] = _value(node, [done[id(arg)] for arg in node.args], symbols, degree)
    return done[id(root)]


def constant(value: float, degree: int) -> Series:
    c = np.zeros((degree + 1, degree + 1))
    c[0, 0] = value
    return c


def multiply(a: Series, b: Series) -> Series:
    d = len(a) - 1
    c = np.zeros_like(a)
    for i, j in zip(*np.nonzero(a), strict=True):
        c[i:, j:] += a[i, j] * b[: d + 1 - i, : d + 1 - j]
    return np.where(np.add.outer(range(d + 1), range(d + 1)) <= d, c, 0.0)


def compose(outer: Floats, a: Series) -> Series:
    """Σ outer[k] (a − a_00)^k by Horner's rule."""
    rest = a.copy()
    rest[0, 0] = 0
    total = np.zeros_like(a)
    for coefficient in outer[::-1]:
        total = multiply(rest, total)
        total[0, 0] += coefficient
    return total


def divide(a: Series, b: Series) -> Series:
    return multiply(a, compose(_power(b[0, 0], len(b), -1.0), b))


def derivative(a: Series, axis: int) -> Series:
    """∂a/∂u (axis 0) or ∂a/∂v (axis 1), one degree lower."""
    d = len(a) - 1
    factors = np.arange(1, d + 1)
    return a[1:, :-1] * factors[:, None] if axis == 0 else a[:-1, 1:] * factors


def lowered(a: Series, degree: int) -> Series:
    """The polynomial without its terms of higher degree."""
    c = a[: degree + 1, : degree + 1]
    return np.where(np.add.outer(range(degree + 1), range(degree + 1)) <= degree, c, 0.0)


def _value(node: Node, args: list[Series], symbols: Mapping[str, Series], degree: int) -> Series:
    if node.op == "number":
        return constant(float(node.value), degree)
    if node.op == "symbol":
        return symbols[str(node.value)]
    if node.op in COMBINED:
        return COMBINED[node.op](*args)
    if node.op in LOCALLY_CONSTANT:
        return constant(float(OPERATIONS[node.op][1](*(a[0, 0] for a in args))), degree)
    return compose(row(OUTER, node.op, "Taylor coefficients")(args[0][0, 0], degree + 1), args[0])


def _general_power(a: Series, b: Series) -> Series:
    if not b.ravel()[1:].any():
        return compose(_power(a[0, 0], len(a), b[0, 0]), a)
    return compose(
        _exp(0, len(a)) * a[0, 0] ** b[0, 0],
        multiply(b, compose(_log(a[0, 0], len(a)), a)) - constant(b[0, 0] * math.log(a[0, 0]), len(a) - 1),
    )


def _angle(y: Series, x: Series) -> Series:
    if abs(x[0, 0]) >= abs(y[0, 0]):
        turn = compose(_atan(y[0, 0] / x[0, 0], len(x)), divide(y, x))
    else:
        turn = -compose(_atan(x[0, 0] / y[0, 0], len(x)), divide(x, y))
    turn[0, 0] = math.atan2(y[0, 0], x[0, 0])
    return turn


COMBINED: Mapping[str, Callable[..., Series]] = {
    "add": np.add,
    "sub": np.subtract,
    "neg": np.negative,
    "mul": multiply,
    "div": divide,
    "pow": _general_power,
    "atan2": _angle,
    "min": lambda a, b: a if a[0, 0] < b[0, 0] else b,
    "max": lambda a, b: b if a[0, 0] < b[0, 0] else a,
    "where": lambda condition, a, b: a if condition[0, 0] else b,
}
"""Operation → its polynomial from those of its operands; at a kink, that of one side."""

LOCALLY_CONSTANT = frozenset({"sign", "floor"}) | BOOLEAN
"""The operations that only jump: near a point where they do not, they are constant."""


def _power(x: float, n: int, exponent: float) -> Floats:
    """(x + δ)^exponent: binomial coefficients; a whole exponent needs no x ≠ 0."""
    terms, factor = [], 1.0
    for k in range(n):
        terms.append(0.0 if factor == 0 else factor * float(np.float64(x) ** (exponent - k)))
        factor *= (exponent - k) / (k + 1)
    return np.array(terms)


def _exp(x: float, n: int) -> Floats:
    return np.exp(x) * np.array([1 / math.factorial(k) for k in range(n)])


def _log(x: float, n: int) -> Floats:
    return np.array([np.log(x), *((-1.0) ** (k + 1) / (k * x**k) for k in range(1, n))])


def _wave(
    first: Callable[[float], float], second: Callable[[float], float], sign: float
) -> Callable[[float, int], Floats]:
    """Functions with h'' = sign h, from h and h'."""
    return lambda x, n: np.array([(first, second)[k % 2](x) * sign ** (k // 2) / math.factorial(k) for k in range(n)])


def _integrated(slope: Callable[[Floats], Floats], value: Callable[[float], float]) -> Callable[[float, int], Floats]:
    """A function from its derivative, which is made of series in one variable."""

    def series(x: float, n: int) -> Floats:
        line = np.zeros((n, n))
        line[0, 0] = x
        line[1:2, 0] = 1
        return np.array([value(x), *(slope(line)[: n - 1, 0] / np.arange(1, n))])

    return series


def _raised(exponent: float) -> Callable[[Series], Series]:
    return lambda a: compose(_power(a[0, 0], len(a), exponent), a)


def _plus_square(one: float, sign: float) -> Callable[[Series], Series]:
    return lambda x: constant(one, len(x) - 1) + sign * multiply(x, x)


def _slope_of_squares(one: float, sign: float, exponent: float, scale: float = 1.0) -> Callable[[Series], Series]:
    return lambda x: scale * _raised(exponent)(_plus_square(one, sign)(x))


def _riccati(value: Callable[[float], float], p: float, q: float, r: float) -> Callable[[float, int], Floats]:
    """Functions with h' = p + q h + r h²."""

    def series(x: float, n: int) -> Floats:
        h = [float(value(x))]
        for k in range(n - 1):
            h.append(((p if k == 0 else 0.0) + q * h[k] + r * sum(h[i] * h[k - i] for i in range(k + 1))) / (k + 1))
        return np.array(h)

    return series


_atan = _integrated(_slope_of_squares(1, 1, -1), np.arctan)
_sigmoid = _riccati(OPERATIONS["sigmoid"][1], 0, 1, -1)

OUTER: Mapping[str, Callable[[float, int], Floats]] = {
    "sqrt": lambda x, n: _power(x, n, 0.5),
    "cbrt": lambda x, n: np.sign(x) * _power(abs(x), n, 1 / 3) * np.sign(x) ** np.arange(n),
    "exp": _exp,
    "log": _log,
    "log1p": lambda x, n: np.array([np.log1p(x), *_log(1 + x, n)[1:]]),
    "sin": _wave(np.sin, np.cos, -1),
    "cos": _wave(np.cos, lambda x: -np.sin(x), -1),
    "sinh": _wave(np.sinh, np.cosh, 1),
    "cosh": _wave(np.cosh, np.sinh, 1),
    "tan": _riccati(np.tan, 1, 0, 1),
    "tanh": _riccati(np.tanh, 1, 0, -1),
    "sigmoid": _sigmoid,
    "softplus": lambda x, n: np.array([OPERATIONS["softplus"][1](x), *(_sigmoid(x, n)[: n - 1] / np.arange(1, n))]),
    "asin": _integrated(_slope_of_squares(1, -1, -0.5), np.arcsin),
    "acos": _integrated(_slope_of_squares(1, -1, -0.5, -1), np.arccos),
    "atan": _atan,
    "asinh": _integrated(_slope_of_squares(1, 1, -0.5), np.arcsinh),
    "acosh": _integrated(_slope_of_squares(-1, 1, -0.5), np.arccosh),
    "atanh": _integrated(_slope_of_squares(1, -1, -1), np.arctanh),
    "erf": _integrated(
        lambda x: 2 / math.sqrt(math.pi) * compose(_exp(0, len(x)) * np.exp(-(x[0, 0] ** 2)), _minus_square(x)),
        OPERATIONS["erf"][1],
    ),
    "abs": lambda x, n: np.array([abs(x), np.sign(x) if x else np.nan, *[0.0] * n])[:n],
}
"""Operation → its Taylor coefficients in one variable: (x, how many) → h(x), h'(x), h''(x)/2, …"""


def _minus_square(x: Series) -> Series:
    """−x² without its value at the point."""
    return -multiply(x, x) + constant(x[0, 0] ** 2, len(x) - 1)

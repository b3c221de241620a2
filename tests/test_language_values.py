"""A formula means what people mean by it: every reading is held to numpy written by hand, through a
tiny evaluator of its own.
"""

import math
import operator

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib.language.functions import FUNCTIONS, NAMES
from curvlib.language.grammar import parse

POINTS = [(0.7, 0.4), (-1.3, 0.6), (1.9, -0.8), (-0.2, -2.1)]
VALUES = {
    "c": 0.3, "a": 1.5, "b": -0.7, "k": 2.0, "n": 3.0, "R": 4.0, "lam": 0.1, "sigma": 0.8,
    "theta": 0.5, "l_1": 1.1, "l1": 1.1, "s2": 0.9, "beta": 0.6,
}  # fmt: skip


def sigmoid(t):
    return 1 / (1 + math.exp(-t))


MEANING = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "neg": operator.neg,
    "pow": math.pow, "lt": operator.lt, "le": operator.le, "gt": operator.gt, "ge": operator.ge, "eq": operator.eq,
    "ne": operator.ne, "and": lambda a, b: a and b, "or": lambda a, b: a or b, "not": operator.not_, "sin": math.sin,
    "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos, "atan": math.atan, "atan2": math.atan2,
    "sec": lambda t: 1 / math.cos(t), "csc": lambda t: 1 / math.sin(t), "cot": lambda t: math.cos(t) / math.sin(t),
    "sinh": math.sinh, "cosh": math.cosh, "tanh": math.tanh, "asinh": math.asinh, "acosh": math.acosh,
    "atanh": math.atanh, "sech": lambda t: 1 / math.cosh(t), "csch": lambda t: 1 / math.sinh(t),
    "coth": lambda t: 1 / math.tanh(t), "exp": math.exp, "log": math.log, "log2": math.log2, "log10": math.log10,
    "log1p": math.log1p, "sqrt": math.sqrt, "cbrt": lambda t: math.copysign(abs(t) ** (1 / 3), t), "hypot": math.hypot,
    "abs": abs, "sign": lambda t: (t > 0) - (t < 0), "min": min, "max": max, "floor": math.floor, "ceil": math.ceil,
    "mod": lambda a, b: a - b * math.floor(a / b), "step": lambda t: 1.0 if t >= 0 else 0.0,
    "if": lambda c, a, b: a if c else b, "gauss": lambda t: math.exp(-t * t), "erf": math.erf, "sigmoid": sigmoid,
    "softplus": lambda t: math.log(1 + math.exp(t)), "relu": lambda t: max(t, 0), "silu": lambda t: t * sigmoid(t),
    "gelu": lambda t: t / 2 * (1 + math.erf(t / math.sqrt(2))),
}  # fmt: skip


def value(node, names):
    """The definition, straight: no arrays, no sharing, nothing of the library but the
    names of the operations.
    """
    if node.op == "number":
        return node.value
    if node.op == "constant":
        return {"pi": math.pi, "e": math.e, "tau": 2 * math.pi}[node.value]
    if node.op == "symbol":
        return names[node.value]
    return MEANING[node.op](*(value(arg, names) for arg in node.args))


def values(text):
    root = parse(text).root
    return [value(root, {**VALUES, **parse(text).defaults, "u": u, "v": v}) for u, v in POINTS]


READINGS = [
    # signs and powers
    ("-u^2", lambda u, v: -(u**2)),
    ("-u^2 + v", lambda u, v: -(u**2) + v),
    ("(-u)^2", lambda u, v: u**2),
    ("2^3^2", lambda u, v: 512 + 0 * u),
    ("2^-1 u", lambda u, v: u / 2),
    ("2^-u^2", lambda u, v: 2 ** (-(u**2))),
    ("u**2", lambda u, v: u**2),
    ("u - v - 1", lambda u, v: u - v - 1),
    ("u/v/2", lambda u, v: u / v / 2),
    ("u/2*v", lambda u, v: u / 2 * v),
    ("u - -v", lambda u, v: u + v),
    ("u*-v", lambda u, v: -u * v),
    ("-u*v", lambda u, v: -u * v),
    ("+u", lambda u, v: u),
    ("u^2*v^-2", lambda u, v: u**2 / v**2),
    ("-2^2 + u", lambda u, v: u - 4),
    # numbers
    (".5u + 5.v", lambda u, v: 0.5 * u + 5 * v),
    ("1e-3*u + 2E2", lambda u, v: 1e-3 * u + 200),
    ("2e + u", lambda u, v: 2 * math.e + u),
    ("2e^u", lambda u, v: 2 * np.exp(u)),
    ("2e3u", lambda u, v: 2000 * u),
    # constants
    ("e^u + E + pi*v + tau", lambda u, v: np.exp(u) + math.e + math.pi * v + 2 * math.pi),
    # products without a sign
    ("2u", lambda u, v: 2 * u),
    ("uv", lambda u, v: u * v),
    ("2uv^2", lambda u, v: 2 * u * v**2),
    ("uuv", lambda u, v: u * u * v),
    ("u(1+v)", lambda u, v: u * (1 + v)),
    ("3(1-u)^2", lambda u, v: 3 * (1 - u) ** 2),
    ("(u+1)(v-2)", lambda u, v: (u + 1) * (v - 2)),
    ("u sin(v)", lambda u, v: u * np.sin(v)),
    ("u v", lambda u, v: u * v),
    ("2 pi u", lambda u, v: 2 * math.pi * u),
    ("u^2v", lambda u, v: u**2 * v),
    ("1/2u", lambda u, v: u / 2),
    ("a(u+v)", lambda u, v: 1.5 * (u + v)),
    ("e^uv", lambda u, v: np.exp(u) * v),
    ("sin(u)(v+1)", lambda u, v: np.sin(u) * (v + 1)),
    # functions
    ("e^(-c u) sin(u) sin(v)", lambda u, v: np.exp(-0.3 * u) * np.sin(u) * np.sin(v)),
    ("e^(-c u) sin u sin v", lambda u, v: np.exp(-0.3 * u) * np.sin(u) * np.sin(v)),
    ("sin u v", lambda u, v: np.sin(u) * v),
    ("sin uv", lambda u, v: np.sin(u * v)),
    ("sin 2u", lambda u, v: np.sin(2 * u)),
    ("sin 2u cos 3v", lambda u, v: np.sin(2 * u) * np.cos(3 * v)),
    ("cos 2πu", lambda u, v: np.cos(2 * np.pi * u)),
    ("sin u^2", lambda u, v: np.sin(u**2)),
    ("sin u + v", lambda u, v: np.sin(u) + v),
    ("sin u(1+v)", lambda u, v: np.sin(u) * (1 + v)),
    ("sin cos u", lambda u, v: np.sin(np.cos(u))),
    ("ln |u|", lambda u, v: np.log(np.abs(u))),
    ("sin(u)^2", lambda u, v: np.sin(u) ** 2),
    ("sin^2(u)", lambda u, v: np.sin(u) ** 2),
    ("sin^2 u cos^2 v", lambda u, v: np.sin(u) ** 2 * np.cos(v) ** 2),
    ("tanh^n(u)", lambda u, v: np.tanh(u) ** 3),
    ("cosh^-2(u)", lambda u, v: np.cosh(u) ** -2),
    ("pow(u, 2) + power(2, v)", lambda u, v: u**2 + 2**v),
    ("(1-u)²+100(v-u²)²", lambda u, v: (1 - u) ** 2 + 100 * (v - u**2) ** 2),
    ("e^-(u^2+v^2)", lambda u, v: np.exp(-(u**2) - v**2)),
    ("sin[u] + max{u, v}", lambda u, v: np.sin(u) + np.maximum(u, v)),
    (
        "max(u, v, 0.1) - min(u, v, -1, 2)",
        lambda u, v: np.maximum(np.maximum(u, v), 0.1) - np.minimum(np.minimum(u, v), -1),
    ),
    # bars
    ("|u|", lambda u, v: np.abs(u)),
    ("||u| - 1|", lambda u, v: np.abs(np.abs(u) - 1)),
    ("|u||v|", lambda u, v: np.abs(u) * np.abs(v)),
    ("2|u - v|^2", lambda u, v: 2 * np.abs(u - v) ** 2),
    ("|u|v", lambda u, v: np.abs(u) * v),
    ("|(|u| - |v|)|", lambda u, v: np.abs(np.abs(u) - np.abs(v))),
    # conditions
    ("if(u > 0, u, v)", lambda u, v: np.where(u > 0, u, v)),
    ("if(0 < u < 1, u, -u)", lambda u, v: np.where((u > 0) & (u < 1), u, -u)),
    ("if(u ≤ 0 or v ≥ 0, 1, 2)", lambda u, v: np.where((u <= 0) | (v >= 0), 1, 2)),
    ("if(not u < v and u != 3, 1, 2)", lambda u, v: np.where((u >= v) & (u != 3), 1, 2)),
    ("where(u == 0.7 && v ≠ 1, u, 0)", lambda u, v: np.where((u == 0.7) & (v != 1), u, 0)),
    ("if(u > 0 or v > 0 and u < -1, 1, 2)", lambda u, v: np.where((u > 0) | ((v > 0) & (u < -1)), 1, 2)),
    # other names of the variables
    ("x^2 + xy", lambda u, v: u**2 + u * v),
    ("w1^2 - w_2", lambda u, v: u**2 - v),
    ("θ1 θ2", lambda u, v: u * v),
    ("theta_1 - θ₂", lambda u, v: u - v),
    ("x1 + 2x2", lambda u, v: u + 2 * v),
    ("w0 + 2w1", lambda u, v: u + 2 * v),
    ("w_1 + 0", lambda u, v: u),
    ("x₁ + 2x₂", lambda u, v: u + 2 * v),
    # parameters
    ("lam*u + beta v + l_1 + s2", lambda u, v: 0.1 * u + 0.6 * v + 1.1 + 0.9),
    ("σ u + θ", lambda u, v: 0.8 * u + 0.5),
    ("σu", lambda u, v: 0.8 * u),
    ("l₁ u", lambda u, v: 1.1 * u),
    # unicode
    ("2·u × v − u²", lambda u, v: 2 * u * v - u**2),
    ("u³ v⁻² + uⁿ", lambda u, v: u**3 * v**-2 + u**3),
    ("√(u²+v²) + ∛v", lambda u, v: np.hypot(u, v) + np.cbrt(v)),
    ("√2u", lambda u, v: math.sqrt(2) * u),
    ("u ÷ 2", lambda u, v: u / 2),
    ("sin²(u)", lambda u, v: np.sin(u) ** 2),
    ("u v", lambda u, v: u * v),
    # LaTeX
    (r"\frac{u}{v}", lambda u, v: u / v),
    (r"\frac12 u^2 + \dfrac{v}{2}", lambda u, v: u**2 / 2 + v / 2),
    (r"\frac uv", lambda u, v: u / v),
    (r"e^{-c u}\sin u\sin v", lambda u, v: np.exp(-0.3 * u) * np.sin(u) * np.sin(v)),
    (r"\exp\left(-\frac{u^2+v^2}{2\sigma^2}\right)", lambda u, v: np.exp(-(u**2 + v**2) / (2 * 0.8**2))),
    (r"$\sqrt{u^2 + v^2}\,\cos\theta$", lambda u, v: np.hypot(u, v) * math.cos(0.5)),
    (r"\[ \sqrt[3]{u} \cdot \sqrt[4]{2} \]", lambda u, v: np.cbrt(u) * 2**0.25),
    (r"\(\operatorname{sigmoid}(u) + \mathrm{e}^{v}\)", lambda u, v: 1 / (1 + np.exp(-u)) + np.exp(v)),
    (r"\left|u\right| + \lvert v \rvert", lambda u, v: np.abs(u) + np.abs(v)),
    (r"\theta_1^2 + \theta_{2}", lambda u, v: u**2 + v),
    (r"\max\left\{0,\, u\right\} \times \log_2(k) + \log_{10} a", lambda u, v: np.maximum(0, u) + math.log10(1.5)),
    (r"\sin^2 u + \tanh^{3}(v)", lambda u, v: np.sin(u) ** 2 + np.tanh(v) ** 3),
    (r"2 \pi u \; v", lambda u, v: 2 * np.pi * u * v),
    # lines
    ("c = 0.25\nc*u", lambda u, v: 0.25 * u),
    ("c*u\nc = 1/4", lambda u, v: 0.25 * u),
    ("c = -2; c u", lambda u, v: -2 * u),
    ("g(t) = t^2/(1+t^2)\ng(u) + g(2v)", lambda u, v: u**2 / (1 + u**2) + 4 * v**2 / (1 + 4 * v**2)),
    ("r2 = u^2 + v^2\nexp(-r2) r2", lambda u, v: np.exp(-(u**2) - v**2) * (u**2 + v**2)),
    ("h(s, t) = s - 2t; h(v, u)", lambda u, v: v - 2 * u),
    ("g(u) = 3u\ng(v)", lambda u, v: 3 * v),
    ("k(x) = x^2\nh(t) = k(t) + 1\nh(u) k(v)", lambda u, v: (u**2 + 1) * v**2),
    ("f(u, v) = u^2 - v", lambda u, v: u**2 - v),
    ("f(x, y) = x^2 - y", lambda u, v: u**2 - v),
    ("f(y, x) = y", lambda u, v: v),
    ("f(s, t) = s - 2t", lambda u, v: u - 2 * v),
    ("f(v) = v^2", lambda u, v: v**2),
    ("f = u - v", lambda u, v: u - v),
    ("z = x - y^2", lambda u, v: u - v**2),
    ("L(w1, w2) = w1 - w2^2", lambda u, v: u - v**2),
    (r"\mathcal{L}(\theta_1, \theta_2) = \theta_1 - \theta_2^2", lambda u, v: u - v**2),
    ("f(u, v) = u - v; f(v, u) + 1", lambda u, v: v - u + 1),
    ("u^2 +\nv^2", lambda u, v: u**2 + v**2),
    ("u^2\n- v^2", lambda u, v: u**2 - v**2),
    ("(u\n+ v)", lambda u, v: u + v),
    ("x = u + v\ny = u - v\nx y", lambda u, v: u**2 - v**2),
    ("uv = 3\nuv*u", lambda u, v: 3 * u),
]


@pytest.mark.parametrize(("text", "meant"), READINGS, ids=[text for text, _ in READINGS])
def test_a_formula_means_what_people_mean_by_it(text, meant):
    with np.errstate(invalid="ignore"):
        expected = [meant(u, v) for u, v in POINTS]
    assert_allclose(values(text), expected, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize("name", NAMES)
def test_every_function_and_alias_has_its_textbook_value(name):
    meant = MEANING[NAMES[name]]
    arguments = {"if": "u < v, u, v", "acosh": "u", "acos": "v", "asin": "v", "atanh": "v"}.get(
        NAMES[name], "u, v, 2"[: 3 * FUNCTIONS[NAMES[name]].arity[0] - 2]
    )
    u, v = (1.7, 0.6)
    numbers = {"u": [u], "v": [v], "u, v": [u, v], "u < v, u, v": [u < v, u, v]}[arguments]
    assert value(parse(f"{name}({arguments})").root, {"u": u, "v": v}) == pytest.approx(meant(*numbers), rel=1e-15)
    assert parse(f"{name}({arguments})").root.op == NAMES[name]


class Numbers:
    """The operations that an expansion asks for, on plain numbers, with the meanings above."""

    def number(self, x):
        return float(x)

    def apply(self, op, *args):
        return MEANING["if" if op == "where" else op](*args)

    def __getattr__(self, op):
        return MEANING[op]


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.expand])
@pytest.mark.parametrize("t", [-2.3, -0.4, 0.0, 0.7, 3.0])
def test_an_expansion_into_elementary_operations_keeps_the_meaning(name, t):
    args = {"if": (t > 0, t, 1.5), "mod": (t, 1.5)}.get(
        name, (abs(t) + 0.1 if name.startswith("log") or t == 0 and name[0] == "c" else t,)
    )
    assert FUNCTIONS[name].expand(Numbers(), *args) == pytest.approx(MEANING[name](*args), rel=1e-14, abs=1e-15)

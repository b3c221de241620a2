"""What is printed is what was understood: canonical text, LaTeX, sympy and Python
source agree with each other.
"""

import re

import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose

from curvlib.language.functions import FUNCTIONS
from curvlib.language.grammar import parse
from curvlib.presets import PRESETS

CALLS = {
    name: {"if": "if(u < v and not u == 1 or v >= 2, u, v)", "acosh": "acosh(u+2)"}.get(
        name, f"{name}({'u, v' if function.arity[0] == 2 else 'u'})"
    )
    for name, function in FUNCTIONS.items()
}
FORMULAS = [
    *CALLS.values(),
    "-u^2", "(-u)^2", "2^3^2 u", "(u^2)^3", "u-(v-1)", "u-(-v)", "u/(v/2)", "u/v/2", "u*(v*2)", "-(u+v)", "-u*v",
    "(-u)*v", "2*3*u", "u^(1/3)", "u^(v+1)",
    "1e-7u+1e20v", "e^(u v)", "e^u^2", "exp(exp(u))", "sin(u)^2", "sin(u)^c", "|u|^3", "sqrt(u)^3", "(u/2)^2",
    "if(u<v,1,2)^2",
    "max(u,v,1,2)", "min(u,max(v,1))", "pi*tau*e*u",
    "a*u+lambda*v+l_1+theta2", "c=0.1;c*u", "c^u+c^a+1/c", "0.25*u", "3*0.5*u", "2*(1/3)u", "|u|*|v|", "10^20*u",
]  # fmt: skip
EVERYTHING = [*FORMULAS, *(preset.text for preset in PRESETS.values())]


def names(expression):
    return {name: 0.6 + 0.1 * i for i, name in enumerate(expression.parameters)}


def numpy_values(expression, u, v):
    namespace = {}
    exec(expression.python(), namespace)  # our own source, from a formula of this file
    with np.errstate(all="ignore"):
        return namespace["f"](
            u, v, **{name if name != "lambda" else "lambda_": value for name, value in names(expression).items()}
        )


POINTS = np.array([0.7, -0.3, 0.45]), np.array([0.4, 0.8, -0.65])


@pytest.mark.parametrize("text", EVERYTHING)
def test_the_canonical_text_reads_back_to_the_same_formula(text):
    expression = parse(text)
    assert parse(str(expression)) == expression
    assert hash(parse(str(expression))) == hash(expression)
    assert parse(str(expression)).canonical == expression.canonical
    assert_allclose(numpy_values(parse(str(expression)), *POINTS), numpy_values(expression, *POINTS), rtol=0)


@pytest.mark.parametrize("text", EVERYTHING)
def test_sympy_and_the_numpy_source_agree(text):
    expression = parse(text)
    symbolic = expression.to_sympy()
    assert {str(symbol) for symbol in symbolic.free_symbols} <= {"u", "v", *expression.parameters}
    assert all(symbol.is_real for symbol in symbolic.free_symbols)
    expected = np.broadcast_to(numpy_values(expression, *POINTS), 3)
    for u, v, value in zip(*POINTS, expected, strict=True):
        exact = {name: sympy.Float(number, 30) for name, number in {**names(expression), "u": u, "v": v}.items()}
        result = complex(
            sympy.N(symbolic.xreplace({sympy.Symbol(name, real=True): number for name, number in exact.items()}), 25)
        )
        if np.isfinite(value):
            assert abs(result.imag) < 1e-15
            assert result.real == pytest.approx(value, rel=1e-12, abs=1e-13)
        else:
            assert abs(result.imag) > 1e-15 or not np.isfinite(result.real)


READABLE = [text for text in EVERYTHING if not re.search(r"if\(|floor|ceil|l_1", text)]


@pytest.mark.parametrize("text", READABLE)
def test_the_latex_reads_back_to_the_same_values(text):
    expression = parse(text)
    again = parse(f"$f(u, v) = {expression.latex()}$")
    assert [spelled(name) for name in again.parameters] == [spelled(name) for name in expression.parameters]
    with np.errstate(all="ignore"):
        assert_allclose(numpy_values(again, *POINTS), numpy_values(expression, *POINTS), rtol=1e-13, atol=1e-15)


def spelled(name):
    return re.sub("^lam$", "lambda", name.replace("_", ""))


TYPESET = [
    ("e^(-c u) sin(u) sin(v)", r"e^{-c u} \sin(u) \sin(v)"),
    ("u/2", r"\frac{u}{2}"),
    ("-u^2/2", r"-\frac{u^{2}}{2}"),
    ("(u/v)^2", r"\left(\frac{u}{v}\right)^{2}"),
    ("(u+v)^2", "(u + v)^{2}"),
    ("u-(v-1)", "u - (v - 1)"),
    ("2*3 u", r"2 \cdot 3 u"),
    ("2*10^u", r"2 \cdot 10^{u}"),
    ("u*2", r"u \cdot 2"),
    ("a(1+v)", r"a \, (1 + v)"),
    ("sin(u)^2", r"\sin^{2}(u)"),
    ("ln(u)^2", r"\ln^{2}(u)"),
    ("sin(u)^c", r"\sin(u)^{c}"),
    ("exp(u)^2", r"(e^{u})^{2}"),
    ("exp(-(u^2+v^2)/(2 s^2))", r"e^{-\frac{u^{2} + v^{2}}{2 s^{2}}}"),
    ("exp(e^u)", r"\exp(e^{u})"),
    ("sqrt(u)+cbrt(v)", r"\sqrt{u} + \sqrt[3]{v}"),
    ("|u/2|", r"\left|\frac{u}{2}\right|"),
    ("floor(u)+ceil(v)", r"\left\lfloor u \right\rfloor + \left\lceil v \right\rceil"),
    ("l1 u + theta_2 + lam", r"l_{1} u + \theta_{2} + \lambda"),
    ("eps*phi", r"\varepsilon \varphi"),
    ("s_x u", "s_{x} u"),
    ("width = 2; width u", r"\mathrm{width} \, u"),
    ("a1b = 2; a1b u", r"\mathrm{a1b} \, u"),
    ("log2(u) + log10(v) + log(u)", r"\log_{2}(u) + \log_{10}(v) + \ln(u)"),
    ("arctan(u) + arsinh(v)", r"\arctan(u) + \operatorname{arsinh}(v)"),
    ("relu(u) + max(u, v, 1)", r"\operatorname{relu}(u) + \max(u, v, 1)"),
    ("1e-7 u + 2.5e-9", r"10^{-7} u + 2.5 \cdot 10^{-9}"),
    ("u^(1/3)", "u^{1/3}"),
    ("2 pi tau e", r"2 \pi \tau e"),
    (
        "if(u <= 0 and not v != 1, u, 2)",
        r"\begin{cases} u & \text{if } u \le 0 \land \lnot (v \ne 1) \\ 2 & \text{otherwise} \end{cases}",
    ),
    (
        "if(u>0 or v==1, u, 2)^2",
        r"\left(\begin{cases} u & \text{if } u > 0 \lor v = 1 \\ 2 & \text{otherwise} \end{cases}\right)^{2}",
    ),
]


@pytest.mark.parametrize(("text", "typeset"), TYPESET)
def test_a_formula_is_typeset_as_one_would_write_it(text, typeset):
    assert parse(text).latex() == typeset


SOURCE = [
    ("e^(-c u) + pi", "return np.exp(-c*u) + np.pi"),
    ("c = 0.5; c u", "def f(u, v, *, c=0.5):"),
    ("b u + a", "def f(u, v, *, a, b):"),
    ("lambda u", "return lambda_*u"),
    ("np = 2; np u", "return np_*u"),
    ("a^b + 1/a", "a, b = np.float64((a, b))"),
    ("1/c", "c = np.float64(c)"),
    ("sigmoid(u) erf(v)", "from scipy.special import erf, expit"),
    ("if(u < 0 or v < 1, 1, 2)", "np.where(np.logical_or(u < 0, v < 1), 1, 2)"),
    ("10^20*u + 5e9", "return 10.0**20*u + 5000000000.0"),
]


@pytest.mark.parametrize(("text", "line"), SOURCE)
def test_the_source_is_plain_numpy(text, line):
    assert line in parse(text).python()


def test_decimals_become_exact_fractions_in_sympy():
    assert parse("0.1 u").to_sympy() == sympy.Symbol("u", real=True) / 10
    assert parse("0.3333333333333333 u").to_sympy().coeff(sympy.Symbol("u", real=True)) == sympy.Float(
        0.3333333333333333
    )
    assert float(parse("1e-300 + 1e300 + u").to_sympy().subs(sympy.Symbol("u", real=True), 0)) == 1e300


def test_a_power_of_e_stays_as_typed():
    assert parse("e^u").canonical == "e^u"
    assert parse("exp(u)").canonical == "exp(u)"

"""Jets against derivatives taken by sympy and evaluated by mpmath in fifty digits."""

import math
from collections.abc import Sequence

import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import given, settings, strategies as st
from numpy.testing import assert_allclose

from curvlib.errors import ExpressionError, ParameterError
from curvlib.evaluation.jets import jet
from curvlib.kernels.program import program
from curvlib.language.grammar import parse
from curvlib.symbolic.derivatives import JET_NAMES, MAX_STEPS, differentiate

U, V = sympy.symbols("u v", real=True)
ORDERS = {"f": (), "f_u": (U,), "f_v": (V,), "f_uu": (U, U), "f_uv": (U, V), "f_vv": (V, V)}


def oracle(formula: sympy.Expr, u: float, v: float) -> dict[str, float]:
    """The jet by sympy and mpmath; u and v are taken as the exact binary fractions they are."""
    with mpmath.workdps(50):
        point = {U: sympy.Rational(u), V: sympy.Rational(v)}
        return {name: float(sympy.N(_derivative(formula, order).subs(point), 30)) for name, order in ORDERS.items()}


def _derivative(formula: sympy.Expr, order: Sequence[sympy.Symbol]) -> sympy.Expr:
    return sympy.diff(formula, *order) if order else formula


def assert_jet(text: str, formula: sympy.Expr, u: float, v: float, rtol: float = 1e-12, atol: float = 1e-13) -> None:
    found = jet(parse(text), u, v)
    for name, expected in oracle(formula, u, v).items():
        assert_allclose(getattr(found, name), expected, rtol=rtol, atol=atol, err_msg=f"{name} of {text}")


ONE_OPERAND = {
    "sqrt({0})": sympy.sqrt,
    "cbrt({0})": lambda a: sympy.real_root(a, 3),
    "exp({0})": sympy.exp,
    "log({0})": sympy.log,
    "log2({0})": lambda a: sympy.log(a) / sympy.log(2),
    "log10({0})": lambda a: sympy.log(a) / sympy.log(10),
    "sin({0})": sympy.sin,
    "cos({0})": sympy.cos,
    "tan({0})": sympy.tan,
    "sec({0})": sympy.sec,
    "csc({0})": sympy.csc,
    "cot({0})": sympy.cot,
    "asin({0})": sympy.asin,
    "acos({0})": sympy.acos,
    "atan({0})": sympy.atan,
    "sinh({0})": sympy.sinh,
    "cosh({0})": sympy.cosh,
    "tanh({0})": sympy.tanh,
    "asinh({0})": sympy.asinh,
    "atanh({0})": sympy.atanh,
    "erf({0})": sympy.erf,
    "sigmoid({0})": lambda a: 1 / (1 + sympy.exp(-a)),
    "softplus({0})": lambda a: sympy.log(1 + sympy.exp(a)),
    "gauss({0})": lambda a: sympy.exp(-(a**2)),
    "abs({0})": sympy.Abs,
    "relu({0})": lambda a: a,
    "{0}^2.5": lambda a: a ** sympy.Rational(5, 2),
    "{0}^-3": lambda a: a**-3,
    "{0}^0.3": lambda a: a ** sympy.Rational(0.3),
    "3^{0}": lambda a: 3**a,
    "{0}^{0}": lambda a: a**a,
    "e^{0}": sympy.exp,
    "{0}^40": lambda a: a**40,
}


@pytest.mark.parametrize("text", ONE_OPERAND)
@pytest.mark.parametrize(("u", "v"), [(0.25, 0.5), (0.625, 0.125)])
def test_every_operation_has_the_derivatives_that_sympy_finds(text, u, v):
    inner = U * V + U / 2  # so that first and second derivatives and the mixed one all take part
    assert_jet(text.format("(u*v+u/2)"), ONE_OPERAND[text](inner), u, v)


def test_acosh_and_negative_arguments_are_right_too():
    assert_jet("acosh(u*v)", sympy.acosh(U * V), 1.5, 1.25)
    assert_jet("abs(u*v)^3", -((U * V) ** 3), -1.5, 1.25)
    assert_jet("abs(u*v)", -U * V, -1.5, 1.25)
    assert_jet("cbrt(u*v)", -sympy.root(-U * V, 3), -1.5, 1.25)
    assert_jet("sigmoid(u*v)", 1 / (1 + sympy.exp(-U * V)), -1.5, 1.25)


TWO_OPERANDS = {
    "(u+2*v)*(u*v)": (U + 2 * V) * (U * V),
    "(u+2*v)/(u*v)": (U + 2 * V) / (U * V),
    "(u+2*v)^(u*v)": (U + 2 * V) ** (U * V),
    "hypot(u, u*v)": sympy.sqrt(U**2 + (U * V) ** 2),
    "atan2(u*v, u-2*v)": sympy.atan2(U * V, U - 2 * V),
    "min(u*v, u-v)": U - V,
    "max(u*v, u-v)": U * V,
    "if(u < v, u^2*v, sin(u*v))": U**2 * V,
    "if(u >= v, u^2*v, sin(u*v))": sympy.sin(U * V),
    "mod(u*v+3, 2)": U * V + 1,
    "u^2*v^3 - 4*u*v": U**2 * V**3 - 4 * U * V,
}


@pytest.mark.parametrize("text", TWO_OPERANDS)
def test_operations_of_two_operands_too(text):
    assert_jet(text, TWO_OPERANDS[text], 0.375, 0.75)


@pytest.mark.parametrize("tail", [20.0, 40.0, 300.0])
@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("tanh(u)", sympy.tanh(U)),
        ("sigmoid(u)", 1 / (1 + sympy.exp(-U))),
        ("softplus(-u)", sympy.log(1 + sympy.exp(-U))),
        ("log(1+exp(-u))", sympy.log(1 + sympy.exp(-U))),
    ],
)
def test_derivatives_keep_their_digits_in_the_tails(text, formula, tail):
    """1 − tanh² is 0 from u = 20 on; sech² is not."""
    found = jet(parse(text), tail, 0.0)
    with mpmath.workdps(400):
        for name in ("f_u", "f_uu"):
            expected = _derivative(formula, ORDERS[name]).subs(U, sympy.Rational(tail)).evalf(30, maxn=2000)
            assert_allclose(float(getattr(found, name)), float(expected), rtol=2e-14)


ATOMS = st.sampled_from(["u", "v", "2", "0.5", "3"])
UNARY = st.sampled_from(
    [
        *"sin({}) cos({}) exp(-({})^2) tanh({}) ({})^2 ({})^3 -({}) atan({})".split(),
        *"1/(2+sin({})) log(3+cos({})) sqrt(1+({})^2)".split(),
    ]
)
BINARY = st.sampled_from(["({})+({})", "({})-({})", "({})*({})", "({})/(4+({})^2)"])
FORMULAS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(st.builds(str.format, UNARY, inner), st.builds(str.format, BINARY, inner, inner)),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(FORMULAS, st.integers(-16, 16), st.integers(-16, 16))
def test_jets_of_random_formulas_agree_with_sympy(text, u, v):
    expression = parse(text)
    found = jet(expression, u / 8, v / 8)
    formula = expression.to_sympy()
    point = {symbol: {"u": u, "v": v}[symbol.name] * sympy.Rational(1, 8) for symbol in formula.free_symbols}
    by_name = {symbol.name: symbol for symbol in formula.free_symbols}
    for name, order in ORDERS.items():
        variables = [by_name.get(symbol.name, symbol) for symbol in order]
        expected = float(_derivative(formula, variables).xreplace(point).evalf(30))
        assert_allclose(float(getattr(found, name)), expected, rtol=1e-10, atol=1e-11, err_msg=f"{name} of {text}")


@pytest.mark.parametrize("name", JET_NAMES)
def test_a_jet_has_the_shape_of_its_points_even_where_it_is_constant(name):
    found = jet(parse("u + 1"), np.zeros((2, 3)), np.zeros((2, 3)))
    assert getattr(found, name).shape == (2, 3)


def test_parameters_are_run_time_values():
    expression = parse("a*u^2 + b*v")
    assert jet(expression, 1.0, 0.0, {"a": 3, "b": 0}).f_uu == 6
    assert jet(expression, 1.0, 0.0, {"a": -1, "b": 0}).f_uu == -2
    assert jet(parse("a = 5\na*u^2"), 1.0, 0.0).f_uu == 10
    assert jet(parse("a = 5\na*u^2"), 1.0, 0.0, {"a": 1}).f_uu == 2


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "'a' has no value"),
        ({"a": 1, "b": 2}, "no parameter 'b'; its parameters: a"),
        ({"a": math.nan}, "must be a finite number"),
    ],
)
def test_parameters_that_do_not_fit_are_named(given, message):
    with pytest.raises(ParameterError, match=message):
        jet(parse("a*u"), 0.0, 0.0, given)


@pytest.mark.parametrize(
    "text", ["abs(u)", "max(u, 0)", "floor(u)", "sign(u)", "if(u > 0, 1, v)", "min(u, -u)", "atan2(u, v - 3)"]
)
def test_on_a_kink_f_has_a_value_and_its_derivatives_have_none(text):
    found = jet(parse(text), 0.0, 1.0)
    assert np.isfinite(found.f)
    assert all(np.isnan(getattr(found, name)) for name in JET_NAMES[1:])


@pytest.mark.parametrize(
    ("text", "value"),
    [("abs(u)^3", 0.0), ("abs(u)^2", 2.0), ("relu(u)^3", 0.0), ("relu(u)^2.5", 0.0), ("abs(u)*abs(u)", 2.0)],
)
def test_powers_of_a_kink_that_are_smooth_keep_their_derivatives(text, value):
    assert jet(parse(text), 0.0, 1.0).f_uu == value


def test_a_derivative_does_not_outlive_the_domain_of_f():
    assert np.isnan(jet(parse("log(u)"), -1.0, 0.0).f_u)
    assert np.isnan(jet(parse("0*log(u) + v^2"), -1.0, 0.0).f_vv)


def test_the_limit_on_the_steps_of_a_jet_holds_on_both_sides(monkeypatch):
    """The limits of the language keep formulas below it;
    it guards against operations yet to come.
    """
    expression = parse("+".join(f"atan2({k}*u*v, u-{k}*v)" for k in range(1, 30)))
    steps = len(program(differentiate(expression).nodes).steps)
    assert steps < MAX_STEPS
    monkeypatch.setattr("curvlib.symbolic.derivatives.MAX_STEPS", steps)
    differentiate.cache_clear()
    differentiate(expression)
    monkeypatch.setattr("curvlib.symbolic.derivatives.MAX_STEPS", steps - 1)
    differentiate.cache_clear()
    with pytest.raises(ExpressionError, match=f"take {steps} operations; at most {steps - 1}"):
        differentiate(expression)

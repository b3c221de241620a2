"""Which letters become sliders, and what is said about a reading that may surprise."""

import math

import pytest

from curvlib.language.grammar import parse


def test_letters_that_are_neither_variables_nor_constants_are_parameters():
    assert parse("a*u + E + e + beta*v + l_1 + lam + pi + tau").parameters == ("a", "beta", "l_1", "lam")
    everyday = "C I N O Q S gamma zeta".split()
    assert parse("S*u + N*v + Q + O + C + I + gamma + zeta").parameters == tuple(everyday)
    assert parse("w1*u + theta1*v + x1").parameters == ("theta1", "w1", "x1")


def test_values_on_lines_of_their_own_become_defaults():
    expression = parse("c = 0.1\nb = -pi\nd = 3\nexp(-c u) + b v")
    assert expression.parameters == ("b", "c")
    assert expression.defaults == {"b": -math.pi, "c": 0.1}
    assert parse("width = 2; width*u").parameters == ("width",)


NOTES = [
    ("x^2 + y", "x is read as u, y is read as v."),
    ("theta_1 + theta_2", "theta_1 is read as u, theta_2 is read as v."),
    ("f(s, t) = s t", "s is read as u, t is read as v."),
    ("u v", "Blanks between factors are read as products."),
    ("1/2u", "Products without a sign are taken in turn with divisions"),
    ("e^uv", "An exponent without brackets is one number or name: …^uv is (…^u)*v."),
    ("e^2u", "An exponent without brackets is one number or name: …^2u is (…^2)*u."),
    ("U^2 + V^2", "Neither variable occurs in the formula"),
    ("g(u)", "g(…) is read as the product g*(…), because no function g is defined."),
    ("sigma(u) + v", "sigma(…) is read as the product"),
    ("u2 + v", "u2 is a parameter of its own; a power is written u^2."),
    ("max(0,5*u)", "0,5 is read as two arguments; the decimal number is written 0.5."),
    ("d = 3; u", "The line that defines d is not used."),
]


@pytest.mark.parametrize(("text", "note"), NOTES)
def test_a_reading_that_may_surprise_is_said(text, note):
    assert any(said.startswith(note) for said in parse(text).notes), parse(text).notes


@pytest.mark.parametrize(
    "text", ["u^2 + v^2", "e^(-c*u)*sin(u)*sin(v)", "2u v + 1", r"\frac{1}{2}u", "u^2v", "max(0, u)"]
)
def test_a_plain_reading_is_not_talked_about(text):
    assert parse(text).notes == ()

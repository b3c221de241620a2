"""Each limit of the language, from both sides:
what is just within it is read, what is just beyond is refused by name.
"""

import random

import pytest

from curvlib.errors import ExpressionError
from curvlib.language import limits
from curvlib.language.grammar import parse


def nested(n):
    return "sin(" * n + "u" + ")" * n


def lines(n):
    return "\n".join(f"a{i} = 1" for i in range(n - 1)) + "\nu"


TALL = "((((u))))²+" * 142 + "(" * 5 + "u" + ")" * 5
"""1,999 tokens in as few nodes and characters as can be: ² stands for four tokens."""

LETTERS = "abcdghijkl"
LIMITS = [
    # just within, just beyond, what the refusal says
    ("u" + " " * (limits.MAX_LENGTH - 1), "u" + " " * limits.MAX_LENGTH, "2,001 characters; at most 2,000"),
    (f"-{TALL}", f"--{TALL}", "more than 2,000 numbers, names and signs"),
    (lines(limits.MAX_STATEMENTS), lines(limits.MAX_STATEMENTS + 1), "24 lines"),
    ("-u" + "+u" * 299, "--u" + "+u" * 299, "600 operations and operands"),
    ("g(t) = " + "+".join(["t"] * 150) + "\ng(u) + g(v)", "g(t) = " + "+".join(["t"] * 151) + "\ng(u) + g(v)",
     "600 operations and operands"),
    (nested(limits.MAX_DEPTH), nested(limits.MAX_DEPTH + 1), "nested more than 48 deep"),
    ("(" * 48 + "u" + ")" * 48, "(" * 49 + "u" + ")" * 49, "nested more than 48 deep"),
    ("|" * 48 + "u" + "|" * 48, "|" * 49 + "u" + "|" * 49, "nested more than 48 deep"),
    ("1^" * 48 + "u", "1^" * 49 + "u", "nested more than 48 deep"),
    ("sin " * 48 + "u", "sin " * 49 + "u", "nested more than 48 deep"),
    (f"g(t) = {nested(24)}\ng(g(u))".replace("u)", "t)", 1), f"g(t) = {nested(25)}\ng(g(u))".replace("u)", "t)", 1),
     "nested more than 48 deep"),
    ("-" * limits.MAX_SIGNS + "u", "-" * (limits.MAX_SIGNS + 1) + "u", "More than 8 signs"),
    ("max(" + ",".join("u" * 8) + ")", "max(" + ",".join("u" * 9) + ")", "at most 8 arguments"),
    ("+".join(LETTERS[:8]), "+".join(LETTERS[:9]), "There are 9 parameters"),
    ("a" * 16 + "=1;" + "a" * 16, "a" * 17 + "=1;" + "a" * 17, "has 17 characters; at most 16"),
    ("0." + "1" * 23 + "u", "0." + "1" * 24 + "u", "at most 25 characters; this one has 26"),
    ("1e300*u", "1.01e300*u", "1.01e300 is too large"),
    ("c = 1e299*10\nc u", "c = 1e300*10\nc u", "value of 'c' is too large"),
    ("u^100", "u^101", "exponent 101 is too large"),
    ("u^-100", "u^(-100.5)", "exponent -100.5 is too large"),
    ("1.001^100*u", "1.001^101*u", "exponent 101 is too large"),
    ("(u^100)^4", "(u^100)^4.01", "Powers of powers multiply to more than 400"),
    ("sin(1+u^20)^20", "sin(1+u^20)^20.1", "Powers of powers multiply to more than 400"),
    ("g(t) = t^20\ng(g(u))", "g(t) = t^21\ng(g(u))", "Powers of powers multiply to more than 400"),
    ("c=1.2345678901234567*u\n" + "+".join(["c"] * 94), "c=1.2345678901234567*u\n" + "+".join(["c"] * 96),
     "written out the formula has more than 2,000"),
]  # fmt: skip


@pytest.mark.parametrize(("within", "beyond", "said"), LIMITS, ids=[said for _, _, said in LIMITS])
def test_a_limit_is_where_it_is_said_to_be(within, beyond, said):
    assert parse(parse(within).canonical) == parse(within)
    with pytest.raises(ExpressionError, match=said):
        parse(beyond)


def test_a_logistic_loss_of_twenty_points_fits_twice():
    rng = random.Random(20)
    terms = [f"log(1+exp({rng.uniform(-3, 3):.2f}*u{rng.uniform(0, 3):+.2f}*v))" for _ in range(40)]
    assert parse(f"({'+'.join(terms)})/40+lam*(u^2+v^2)").parameters == ("lam",)


def test_towers_are_refused_however_they_are_grouped():
    for tower in (
        "((((u^9)^9)^9)^9)",
        "(((u^9)^9)^9*u)^9",
        "(sin((u^9)^9+v)^9)^9",
        "g(t)=t^9;h(t)=g(g(t));h(h(u))",
        "(u^81)^81",
        "((-u^81)/2)^81",
        "((u^100)^0.01)^100",
        "(((u^100)^-0.01)^0.5)^100",
    ):
        with pytest.raises(ExpressionError, match="Powers of powers"):
            parse(tower)


def test_definitions_that_double_are_refused_before_they_are_written_out():
    doubling = "\n".join(f"g{i}(t) = g{i - 1}(g{i - 1}(t))" for i in range(1, 20))
    with pytest.raises(ExpressionError, match="600 operations"):
        parse(f"g0(t) = t + 1/t\n{doubling}\ng19(u)")
    with pytest.raises(ExpressionError, match="600 operations"):
        parse("a0 = u + v\n" + "\n".join(f"a{i} = a{i - 1}*a{i - 1}" for i in range(1, 20)) + "\na19")

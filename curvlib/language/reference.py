"""Everything that may be written in a formula, as a reference shows it:
the functions and constants from their own tables, and the rules next to them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from curvlib.language.builder import CONSTANT_VALUES
from curvlib.language.characters import GREEK
from curvlib.language.functions import GROUPS, Function
from curvlib.language.names import CONSTANTS, FAMILIES

CARET = "…"
"""The place, in what a reference inserts, for the next letter that is typed or for
the marked text.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the reference.

    Attributes:
        name: what is written.
        also: other ways to write it.
        example: one use of it.
        same: the same, said with other means of the language; empty where there are none.
        meaning: one line.
        domain, rough: conditions, as of a `Function`; in ordinary signs.
        insert: what is put into a formula, with `CARET` where writing goes on.
        word: whether it is a name that can be completed while it is typed.
    """

    name: str
    example: str
    same: str
    meaning: str
    also: tuple[str, ...] = ()
    domain: str = ""
    rough: str = ""
    insert: str = ""
    word: bool = False


def in_signs(condition: str) -> str:
    """A condition of the language as it is printed.

    >>> in_signs("a != 0 or b >= 0")
    'a ≠ 0 or b ≥ 0'
    """
    for sign, printed in (("<=", "≤"), (">=", "≥"), ("!=", "≠"), ("==", "="), (" - ", " − "), ("-", "−"), ("*", "·")):
        condition = condition.replace(sign, printed)
    return condition


def _function(function: Function) -> Entry:
    return Entry(
        function.name,
        function.signature,
        function.definition,
        function.summary,
        function.aliases,
        in_signs(function.domain),
        in_signs(function.rough),
        f"{function.name}({CARET})",
        word=True,
    )


def _constant(name: str) -> Entry:
    value = CONSTANT_VALUES[name]
    also = [alias for alias, meant in CONSTANTS.items() if meant == name != alias] + [
        letter for letter, word in GREEK.items() if word == name
    ]
    return Entry(name, name, repr(value), f"{value:.6g}…", tuple(also), insert=name, word=True)


def _rule(name: str, example: str, same: str, meaning: str, insert: str = "", also: str = "") -> Entry:
    return Entry(name, example, same, meaning, tuple(also.split()), insert=insert or example)


_OPERATORS = (
    _rule("+ -", "-u^2 + v", "(-(u^2)) + v", "sum, difference; a sign before a term is applied last", " + ", "−"),
    _rule("* /", "u*v/2", "(u v)/2", "product, quotient", "*", "· × ÷"),
    _rule("2u v", "2u v", "2*u*v", "a product needs no sign"),
    _rule("^", "2^u^2", "2^(u^2)", "power, from the right", "^", "** ² ³"),
    _rule("( ) [ ] { }", "2[u + {1 - v}]", "2*(u + (1 - v))", "brackets of any kind", f"({CARET})"),
    _rule("| |", "|u|", "abs(u)", "absolute value", f"|{CARET}|"),
    _rule("√ ∛", "√(u + 1)", "sqrt(u + 1)", "roots", f"√({CARET})"),
    _rule("sin u v", "sin u v", "sin(u)*v", "a function without brackets takes the one thing that follows"),
    _rule("sin^2(u)", "sin^2(u)", "sin(u)^2", "the power of a function's value", f"sin^2({CARET})"),
    _rule("< <= > >= == !=", "if(u <= v, u, 1)", "if(u ≤ v, u, 1)", "conditions, inside if", " <= ", "≤ ≥ ≠"),
    _rule("and or not", "if(u > 0 and not v > 0, u, 1)", "if(u > 0 ∧ ¬ v > 0, u, 1)", "conditions joined", " and ",
          "∧ ∨ ¬ &&"),
    _rule(r"\frac{u}{2}", r"\frac{u}{2}", "u/2", "LaTeX can be pasted"),
)  # fmt: skip
_NAMES = (
    _rule("u v", "x y", "u*v", "the variables; other pairs of names are read as u and v", "u",
          " ".join(name for pair in FAMILIES[1:4] for name in pair)),
    _rule("uv", "uuv", "u*u*v", "variables side by side are a product"),
    _rule("c l_1 σ", "c u^σ", "c*u^sigma",
          "any other letter, with or without an index, and any Greek name is a parameter with a slider", "c",
          "c1 lambda"),
    _rule("0.5 2e-3", "0.5u + 2e-3", "0.50*u + 0.002", "numbers have a decimal point", "0.5"),
)  # fmt: skip
_LINES = (
    _rule("c = 0.1", "c = 0.1; exp(-c u)", "c = 0.1\nexp(-c u)",
          "the value a parameter starts from; a semicolon or a line break parts lines"),
    _rule("r = u^2 + v^2", "r = u^2 + v^2; exp(-r)", "exp(-(u^2 + v^2))", "a name for a part"),
    _rule("g(t) = t^2", "g(t) = t^2; g(u) - g(v)", "u^2 - v^2", "a function of your own"),
    _rule("f(u, v) = …", "f(u, v) = u^2 - v", "u^2 - v", "may stand before the formula"),
)  # fmt: skip

REFERENCE: Mapping[str, tuple[Entry, ...]] = MappingProxyType(
    {
        "Operators and brackets": _OPERATORS,
        **{group: tuple(map(_function, functions)) for group, functions in GROUPS.items()},
        "Constants": tuple(map(_constant, CONSTANT_VALUES)),
        "Variables, parameters, numbers": _NAMES,
        "Lines": _LINES,
    }
)
"""Group → its rows, in the order of a reference."""

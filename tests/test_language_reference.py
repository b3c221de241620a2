"""The page that explains the language says what the code does."""

import re
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from curvlib import Fields, Grid, evaluate
from curvlib.language import limits
from curvlib.language.builder import CONSTANT_VALUES
from curvlib.language.characters import SIGNS
from curvlib.language.cursor import CLOSING
from curvlib.language.functions import FUNCTIONS, GROUPS
from curvlib.language.grammar import parse
from curvlib.language.names import CONSTANTS
from curvlib.language.reader import _BINARY
from curvlib.language.reference import CARET, REFERENCE, Entry, in_signs

PAGE = (Path(__file__).parent.parent / "docs" / "language.md").read_text()


ENTRIES = {entry.name: entry for entries in REFERENCE.values() for entry in entries}
RULES = [entry for entry in ENTRIES.values() if not entry.word]
SEVERAL = {"if", "pow"}
"""Functions whose domain and kinks depend on a condition or on how an exponent varies."""


def row(entry: Entry) -> str:
    """The row of a function in the page's table."""
    also = ", ".join(f"`{alias}`" for alias in entry.also)
    cells = (
        f"`{entry.example}`",
        also,
        f"{entry.meaning}{f': `{entry.same}`' if entry.same else ''}",
        entry.domain,
        entry.rough,
    )
    return " | ".join(cell.replace("|", r"\|") for cell in cells)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_and_alias_has_its_row(name):
    assert f"| {row(ENTRIES[name])} |" in PAGE.splitlines()


def test_reference_has_every_function_constant_bracket_and_operator():
    assert {*FUNCTIONS, *CONSTANT_VALUES} == {entry.name for entry in ENTRIES.values() if entry.word}
    signs = {sign for entry in RULES for sign in (*entry.name.split(), *entry.also)}
    assert _BINARY.keys() | CLOSING.keys() | set(CLOSING.values()) | {"|", "not", "-"} <= signs | {"+"}
    assert {SIGNS.get(sign, sign) for sign in signs} >= set(SIGNS.values())


def test_reference_tells_every_name_of_a_constant():
    told = {
        name: CONSTANTS.get(name)
        for entry in REFERENCE["Constants"]
        for name in (entry.name, *entry.also)
        if name.isascii()
    }
    assert told == CONSTANTS


def test_groups_hold_each_function_once():
    assert sum(map(len, GROUPS.values())) == len(FUNCTIONS)


@pytest.mark.parametrize("entry", RULES, ids=lambda entry: entry.name)
def test_rule_reads_as_it_says(entry):
    assert parse(entry.example) == parse(entry.same)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=lambda entry: entry.name)
def test_what_the_reference_inserts_is_read(entry):
    inside = {"t": "u", "condition, a, b": "u > v, u, v"}.get(
        FUNCTIONS[entry.name].arguments if entry.name in FUNCTIONS else "t", "u, v"
    )
    inserted = entry.insert.replace(CARET, inside)
    joins = {" <= ": "if(u <= v, u, v)", " and ": "if(u > 0 and v > 1, u, v)", " + ": "u + v", "*": "u*v", "^": "u^v"}
    text = joins.get(inserted, inserted)
    assert inserted in text
    parse(text)


PLANE = Grid((-3, 3), (-3, 3), (25, 25))
"""Points at 0, at the integers and halfway between, where functions end and bend."""


def on_the_plane(name: str, text: str) -> Fields:
    """A text in the arguments of a function, with u and v for them;
    a function of one is bent by v², so that S ≠ 0.
    """
    names = dict(zip(re.findall(r"[a-z]\b", FUNCTIONS[name].arguments), "uv", strict=False))
    return evaluate(
        parse(
            re.sub(r"\b[a-z]\b", lambda match: names.get(match.group(), match.group()), text)
            + " + v^2" * (len(names) == 1)
        ),
        PLANE,
    )


def holds(name: str, condition: str, otherwise: bool) -> np.ndarray:
    if not condition:
        return np.full(PLANE.shape, otherwise)
    answer = on_the_plane(name, f"if({condition}, 1, 0)").f
    return (answer - (PLANE.v[:, None] ** 2 if len(FUNCTIONS[name].arguments) == 1 else 0)) == 1


@pytest.mark.parametrize("name", sorted(FUNCTIONS.keys() - SEVERAL))
def test_function_has_values_and_curvature_where_the_reference_says(name):
    function = FUNCTIONS[name]
    fields = on_the_plane(name, function.signature.replace(", …", ""))
    defined = holds(name, function.domain, True)
    assert_array_equal(np.isfinite(fields.f), defined)
    assert_array_equal(np.isnan(fields.scalar_curvature), ~defined | holds(name, function.rough, False))


@pytest.mark.parametrize("name", [name for name, function in FUNCTIONS.items() if function.definition])
def test_function_is_what_its_definition_says(name):
    function = FUNCTIONS[name]
    known = on_the_plane(name, function.definition).f
    assert_allclose(on_the_plane(name, function.signature.replace(", …", "")).f, known, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("b", [-1.0, 0.5, 1.0, 1.5, 2.0, 2.5])
def test_power_has_values_and_curvature_where_the_reference_says(b):
    a = np.linspace(-2, 2, 9)
    fields = evaluate(parse(f"pow(u, {b}) + v^2"), Grid((-2, 2), (-1, 1), (2, 9)))
    defined, rough = (
        np.array([parse_condition(condition, value, b) for value in a])
        for condition in (FUNCTIONS["pow"].domain, FUNCTIONS["pow"].rough)
    )
    assert_array_equal(np.isfinite(fields.f[0]), defined)
    assert_array_equal(np.isnan(fields.scalar_curvature[0]), ~defined | rough)


def parse_condition(condition: str, a: float, b: float) -> bool:
    numbers = {"a": f"({a})", "b": f"({b})"}
    text = re.sub(r"\b[ab]\b", lambda match: numbers[match.group()], condition)
    return bool(evaluate(parse(f"if({text}, 1, 0)"), Grid((0, 1), (0, 1), (2, 2))).f[0, 0])


def test_conditions_are_printed_in_signs_that_can_be_typed_back():
    assert in_signs("|t| <= 1") == "|t| ≤ 1"
    assert parse(f"if({in_signs('u - 1 >= v and u*v != -1')}, u, v)") == parse("if(u - 1 >= v and u*v != -1, u, v)")


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.startswith("MAX_")])
def test_every_limit_is_told_as_it_is(name):
    value = getattr(limits, name)
    assert re.search(
        rf"\b{value:,}\b" if isinstance(value, int) else re.escape(f"{value:g}"), PAGE.split("## Limits")[1]
    )


def test_the_example_of_lines_reads_as_it_says():
    example = re.search(r"```\n(c = .*?)```", PAGE, re.DOTALL)
    assert example is not None
    assert parse(example.group(1)).defaults == {"c": 0.1}


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("-u^2", "-(u^2)"),
        ("2^u^2", "2^(u^2)"),
        ("sin u v", "sin(u)*v"),
        ("sin^2(u)", "sin(u)^2"),
        (r"\frac{u}{2}", "u/2"),
    ],
)
def test_the_readings_in_the_table_hold(text, same):
    assert parse(text) == parse(same)

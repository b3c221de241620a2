"""The page that explains the language says what the code does."""

import re
from pathlib import Path

import pytest

from curvlib.language import limits
from curvlib.language.functions import FUNCTIONS
from curvlib.language.grammar import parse

PAGE = (Path(__file__).parent.parent / "docs" / "language.md").read_text()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_and_alias_has_its_row(name):
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
    assert all(f"`{alias}`" in row for alias in FUNCTIONS[name].aliases)


@pytest.mark.parametrize("name", [name for name in vars(limits) if name.startswith("MAX_")])
def test_every_limit_is_told_as_it_is(name):
    value = getattr(limits, name)
    assert re.search(rf"\b{value:,}\b" if isinstance(value, int) else re.escape(f"{value:g}"), PAGE.split("## Limits")[1])


def test_the_example_of_lines_reads_as_it_says():
    example = re.search(r"```\n(c = .*?)```", PAGE, re.DOTALL)
    assert example is not None
    assert parse(example.group(1)).defaults == {"c": 0.1}


@pytest.mark.parametrize(
    ("text", "same"), [("-u^2", "-(u^2)"), ("2^u^2", "2^(u^2)"), ("sin u v", "sin(u)*v"), ("sin^2(u)", "sin(u)^2"), (r"\frac{u}{2}", "u/2")]
)
def test_the_readings_in_the_table_hold(text, same):
    assert parse(text) == parse(same)

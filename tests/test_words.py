"""The words of the code: docstrings that begin with a verb or a quantity, in narrow columns."""

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = ("curvlib", "pages", "benchmarks", "examples")
MODULES = [ROOT / "app.py", *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))]

PROSE = 100
"""Columns of a docstring or a comment."""

CLAUSES = "how what whatever when whenever where wherever whether which whichever who whom whose why"
PREPOSITIONS = "along as beyond by for from in into like of on to up with without"
NO_SUBJECT = frozenset(f"{CLAUSES} {PREPOSITIONS}".split())
"""First words that leave a reader without the subject of the docstring."""


def docstrings(source: str) -> Iterator[tuple[int, str]]:
    """The docstrings of a module, its classes, functions and constants, each with its line."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str(text))):
                yield node.lineno, text


def clauses(source: str) -> list[str]:
    """The docstrings that begin without a subject, as "line: first line"."""
    return [
        f"{line}: {text.strip().splitlines()[0]}" for line, text in docstrings(source) if first_word(text) in NO_SUBJECT
    ]


def first_word(text: str) -> str:
    """The first word of a text, in small letters and without the punctuation after it."""
    return text.split(maxsplit=1)[0].lower().strip(",.:;…") if text.strip() else ""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_docstring_names_its_subject_first(path):
    assert clauses(path.read_text()) == []


@pytest.mark.parametrize(
    "source",
    [
        '"""What came of it."""',
        'LIMIT = 3\n"""How many there may be."""',
        'class A:\n    """Where, if anywhere, it is."""',
        'def f():\n    """\n    Whether it is so.\n    """',
        'class A:\n    size: int\n    """Which of them."""',
        'SIZES = ()\n"""By how much it grows."""',
    ],
)
def test_a_docstring_that_begins_with_a_clause_is_found_wherever_it_stands(source):
    assert len(clauses(source)) == 1


@pytest.mark.parametrize("text", ["The result.", "Whatsoever", "True if it is so.", "Draws what is there.", "Howitzer"])
def test_other_docstrings_are_left_alone(text):
    assert clauses(f'"""{text}"""') == []


@pytest.mark.parametrize(
    "path", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=lambda path: str(path.relative_to(ROOT))
)
def test_docstrings_and_comments_are_at_most_a_hundred_columns_wide(path):
    assert too_wide(path.read_text()) == []


def too_wide(source: str) -> list[int]:
    """The lines of docstrings, and of comments that stand alone, that are too wide."""
    lines, prose = source.splitlines(), set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str())):
                prose |= set(range(node.lineno, node.end_lineno + 1))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and token.line.lstrip().startswith("#"):
            prose.add(token.start[0])
    return [line for line in sorted(prose) if len(lines[line - 1]) > PROSE]


@pytest.mark.parametrize("line", ["    # {}", '    """{}"""', '    """A\n    {}\n    """', "    # ∇{}"])
def test_prose_that_is_one_column_too_wide_is_found(line):
    room = PROSE - next(len(part) - len("{}") for part in line.splitlines() if "{}" in part)
    assert not too_wide(f"def f():\n{line.format('x' * room)}\n    return 1\n")
    assert len(too_wide(f"def f():\n{line.format('x' * (room + 1))}\n    return 1\n")) == 1


def test_code_may_be_wider_than_prose():
    assert too_wide(f"x = '{'x' * PROSE}'  # why") == []

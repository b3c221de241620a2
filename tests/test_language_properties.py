"""What holds for every text and every formula: random texts are read or refused and nothing else;
random formulas survive being written and read.
"""

import string

import numpy as np
import pytest
from hypothesis import example, given, strategies as st

from curvlib.errors import ExpressionError
from curvlib.language.canonical import canonical, number
from curvlib.language.functions import FUNCTIONS, NAMES
from curvlib.language.grammar import parse
from curvlib.language.nodes import Graph

SNIPPETS = [
    *NAMES, *"uvxyabcgefEst0123456789+-*/^()[]{}|,=<>;\n\t .$\\'\"_!%²³⁻√πθλ·×≤≠∞\u200b\u202e😀жα", "g(t)=", "f(u,v)=",
    "**", "<=", "==", " and ", " or ", "not ", "uv", "xy", "l_1", "w1", "theta_1", "lam", "1e3", "0.5", "1/0",
    r"\frac{", r"\sqrt[3]{", r"\left(", r"\right)", r"\theta_{1}", r"\sin^2", r"\operatorname{", "__", "}{", "sin^-1",
]  # fmt: skip


def read(text):
    """The expression, or the error after a look at its manners."""
    try:
        return parse(text)
    except ExpressionError as refusal:
        error = refusal
    assert 0 <= error.position <= len(text)
    assert error.message
    assert error.hint
    assert str(error).isprintable()
    error.caret(text).encode()
    return error


@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(st.sampled_from(SNIPPETS), max_size=25).map("".join),
        st.text(alphabet="uv2+-*^/(), |", max_size=40),
    )
)
@example("g(t)= w1")
@example(r"lamf(u,v)=\theta_1")
@example("|u|v||")
def test_any_text_is_read_or_refused_and_what_is_read_reads_back(text):
    result = read(text)
    if not isinstance(result, ExpressionError):
        assert parse(result.canonical) == result
        assert result.latex()
        assert result.python()


@given(
    st.integers(0, 3000),
    st.sampled_from(
        ["u+", "sin(", "(", "-", "|", "2^", "u ", "if(u>0,", "g(", "\\frac{", "²", "1,", "u=\n", "a;", "√", "not "]
    ),
)
def test_repetition_is_read_or_refused(times, piece):
    read(piece * times)
    read(piece * times + "u")


LETTERS = ("u", "v", "c", "l_1", "theta", "w1")
NUMERIC = ["neg", *(name for name, function in FUNCTIONS.items() if name != "if" and function.arity[0] == 1)]
BINARY = ["add", "sub", "mul", "div", "pow", "atan2", "hypot", "mod", "min", "max"]
COMPARISONS = ["lt", "le", "gt", "ge", "eq", "ne"]


@st.composite
def formulas(draw, height=3):
    """Formulas as nested tuples (operation, operands)."""
    kind = draw(st.sampled_from(["leaf", "unary", "binary", "binary", "if"])) if height else "leaf"
    if kind == "leaf":
        constants = st.sampled_from([("constant", name) for name in ("pi", "e", "tau")])
        numbers = st.tuples(st.just("number"), st.one_of(st.floats(0, 1e300), st.integers(0, 100).map(float)))
        return draw(st.one_of(st.sampled_from([("symbol", name) for name in LETTERS]), constants, numbers))
    below = formulas(height=height - 1)
    if kind == "unary":
        return draw(st.tuples(st.sampled_from(NUMERIC), below))
    if kind == "binary":
        return draw(st.tuples(st.sampled_from(BINARY), below, below))
    return ("if", draw(conditions(below)), draw(below), draw(below))


@st.composite
def conditions(draw, numbers, height=1):
    kind = draw(st.sampled_from(["compare", "not", "both"])) if height else "compare"
    if kind == "compare":
        return draw(st.tuples(st.sampled_from(COMPARISONS), numbers, numbers))
    below = conditions(numbers, height=height - 1)
    return draw(
        st.tuples(st.just("not"), below) if kind == "not" else st.tuples(st.sampled_from(["and", "or"]), below, below)
    )


def built(graph, formula):
    op, *rest = formula
    return (
        getattr(graph, op)(*rest)
        if op in ("symbol", "constant", "number")
        else graph.node(op, *(built(graph, part) for part in rest))
    )


def shape(node):
    return (node.op, *map(shape, node.args)) if node.args else (node.op, node.value)


REFUSALS = ("is not a", "divides by zero", "is too large", "Powers of powers", "600 operations", "2,000")


def text_of(formula):
    return f"f(u, v) = {canonical(built(Graph(), formula))}"


def parsed(formula):
    """The formula written out and read; None where it has constants without a value or
    passes a limit.
    """
    try:
        return parse(text_of(formula))
    except ExpressionError as error:
        if any(reason in error.message for reason in REFUSALS):
            return None
        raise


@given(formulas())
def test_a_graph_written_out_is_read_back_as_it_was(formula):
    expression = parsed(formula)
    if expression is not None:
        assert shape(expression.root) == formula
        assert parse(expression.canonical) == expression


@example(("gauss", ("number", 1.5e154)))
@given(formulas())
def test_the_numpy_source_of_a_formula_always_runs(formula):
    expression = parsed(formula)
    if expression is not None:
        namespace = {}
        exec(expression.python(), namespace)  # our own source
        with np.errstate(all="ignore"):
            values = namespace["f"](
                np.array([0.3, -1.0]), np.array([0.7, 2.0]), **dict.fromkeys(expression.parameters, 0.5)
            )
        assert np.broadcast_to(values, 2).dtype.kind in "fi"


@given(formulas())
def test_braces_and_brackets_of_the_latex_are_balanced(formula):
    expression = parsed(formula)
    if expression is not None:
        latex = expression.latex()
        assert latex.count("{") == latex.count("}")
        assert latex.count(r"\left") == latex.count(r"\right")
        assert latex.count("(") == latex.count(")")
        assert set(latex) <= set(string.ascii_letters + string.digits + " \\{}()[]^_+-.,=<>|&/")


@given(st.floats(0, 1e300))
@example(1e15)
@example(2.2250738585072014e-308)
@example(5e-324)
@example(0.1)
def test_a_number_written_out_is_the_same_double(value):
    assert float(number(value)) == value
    assert parse(f"{number(value)}*u").root.args[0].value == pytest.approx(value, rel=0, abs=0)

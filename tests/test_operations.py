"""Each table of operations has a row for each operation;
one that a table does not know is an error there.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import pytest

from curvlib.evaluation import undefined
from curvlib.evaluation.fields import evaluate
from curvlib.grid import Grid
from curvlib.kernels import javascript, numexpr_kernel
from curvlib.kernels.numpy_kernel import NumpyKernel
from curvlib.kernels.program import program
from curvlib.language import python_printer, sympy_printer
from curvlib.language.expression import Expression
from curvlib.language.functions import FUNCTIONS
from curvlib.language.grammar import parse
from curvlib.language.infix import PLACES
from curvlib.language.nodes import Graph
from curvlib.language.operations import BOOLEAN, OPERATIONS
from curvlib.symbolic import slopes, taylor
from curvlib.symbolic.derivatives import RULES, differentiate

TYPED = FUNCTIONS.keys() | PLACES.keys() - {"neg"}
"""Functions and operators as they stand in the graph of what was typed."""

LOWERED = OPERATIONS.keys() - {"hypot"}
"""What is left when functions are expanded; `lower` writes hypot as a root."""

TABLES: dict[str, tuple[Iterable[str], Iterable[str]]] = {
    "the language": ({*TYPED, "neg", "where"}, OPERATIONS),
    "Taylor polynomials": ({*taylor.COMBINED, *taylor.LOCALLY_CONSTANT, *taylor.OUTER}, LOWERED),
    "first and second derivatives": ({*RULES, *slopes.SLOPES}, LOWERED - BOOLEAN),
    "kinks": ({*slopes.SMOOTH, *slopes.KINKS}, LOWERED),
    "domains": ({*undefined.EVERYWHERE, *undefined.DOMAINS}, LOWERED),
    "JavaScript": (javascript.TEMPLATES, OPERATIONS),
    "numexpr": ({*numexpr_kernel.TEMPLATES, *numexpr_kernel.BY_NUMPY}, OPERATIONS),
    "Python": ({*python_printer._SIGNS, *python_printer._CALLS}, TYPED),
}


@pytest.mark.parametrize("name", TABLES)
def test_table_has_a_row_for_each_operation(name):
    rows, operations = map(set, TABLES[name])
    assert sorted(operations - rows) == [], f"missing in the table of {name}"


def test_native_code_has_a_row_for_each_operation():
    vectors = pytest.importorskip("curvlib.kernels.native.vectors", reason="no llvmlite here")
    assert sorted(OPERATIONS.keys() ^ vectors.WRITTEN.keys()) == []


def test_sympy_has_a_constructor_for_each_operation_and_what_is_not_expanded():
    made = sympy_printer._constructors().keys()
    unexpanded = {name for name, function in FUNCTIONS.items() if not function.expand}
    assert sorted((OPERATIONS.keys() | unexpanded) - made) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (taylor.COMBINED.keys() | taylor.LOCALLY_CONSTANT, taylor.OUTER),
        (slopes.SMOOTH, slopes.KINKS),
        (undefined.EVERYWHERE, undefined.DOMAINS),
        (RULES, slopes.SLOPES),
    ],
)
def test_no_operation_has_two_rows(one, other):
    assert set(one) & set(other) == set()


def unknown() -> Expression:
    g = Graph()
    product = g.node("mul", g.symbol("u"), g.symbol("v"))
    return Expression("lambertw(u*v) + 1", g.node("add", g.node("lambertw", product), g.number(1)))


def _jet(code: Callable[..., Any]) -> Callable[[Expression], Any]:
    names = ("f", "f_u", "f_v", "f_uu", "f_uv", "f_vv", "kinks")
    return lambda expression: code(program(dict.fromkeys(names, expression.root)))


@pytest.mark.parametrize(
    ("taken", "table"),
    [
        (lambda f: taylor.taylor(f, 0.5, 0.0, {}, 4), "Taylor coefficients"),
        (differentiate, "slopes"),
        (lambda f: next(slopes.kinks(Graph(), f.root.args[0])), "kinks"),
        (Expression.to_sympy, "sympy's constructors"),
        (Expression.python, "calls in Python"),
        (_jet(lambda code: javascript.javascript(code, ())), "JavaScript"),
        (_jet(numexpr_kernel.NumexprKernel), "numexpr's templates"),
    ],
)
def test_operation_that_a_table_does_not_know_is_an_error_there(taken, table):
    with pytest.raises(NotImplementedError, match=f"'lambertw' has no row in the table of {table}"):
        taken(unknown())


def test_operation_without_a_domain_is_not_blamed_on_overflow(monkeypatch):
    monkeypatch.setattr(undefined, "DOMAINS", {op: rows for op, rows in undefined.DOMAINS.items() if op != "acosh"})
    undefined._domain_program.cache_clear()
    with pytest.raises(NotImplementedError, match="'acosh' has no row in the table of domains"):
        undefined.reasons(parse("acosh(u)"), {"u": np.zeros(1), "v": np.zeros(1)})


def test_numpy_runs_operations_and_nothing_else():
    with pytest.raises(KeyError, match="lambertw"):
        _jet(NumpyKernel)(unknown())({"u": np.ones(2), "v": np.ones(2)}, tuple(np.empty((4, 2, 2))))


def test_logarithm_of_1_plus_minus_1_is_a_logarithm_of_0():
    fields = evaluate(parse("log1p(u)"), Grid((-1, 1), (-1, 1), (9, 9)))
    assert [(cause.words, cause.cells) for cause in fields.causes] == [("logarithm of 0", 9)]

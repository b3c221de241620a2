"""Numbers at the ends of float64 in formulas:
no kernel breaks, and what needs extended precision is right.
"""

import math
import random

import mpmath
import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import Grid, evaluate, geometry_at, jet, parse
from curvlib.errors import CurvlibError
from curvlib.evaluation.fields import KERNELS
from curvlib.evaluation.jets import jet_program
from curvlib.kernels.javascript import javascript
from curvlib.language.extended import FAR, extended_erf
from curvlib.language.operations import BOOLEAN, OPERATIONS
from tests.visits import formula

EXTREME = [
    "1/(u/5e-324)",
    "u^(v/5e-324)",
    "-(-(-(u/5e-324)))",
    "1/(1/(u/5e-324))",
    "erf(u/5e-324)",
    "csc(u*(-5e-324)/(-5e-324) - 2)",
    "atan2(u/(-5e-324), v)",
    "((((u/5e-324)/5e-324)/5e-324)/5e-324)",
    "(2/v)/5e-324",
    "u/2^(-100)/2^(-100)",
    "1e300*(1e300*u)",
    "(1e300*u)*(1e300*v)",
    "1/(1e300*(1e300*u))",
    "v/(1 + u*1e300/(-5e-324))",
    "(u - v)/(u - u)",
    "u/(1e-320*v)",
    "mod(u, 5e-324)",
    "c = 5e-324; u/c",
]


@pytest.mark.parametrize("text", EXTREME)
@pytest.mark.parametrize("kernel", KERNELS)
def test_kernels_agree_on_extreme_constants(text, kernel):
    loss, grid = parse(text), Grid((-1, 1), (-1, 1), (6, 5))
    assert_allclose(evaluate(loss, grid, kernel=kernel).f, evaluate(loss, grid, kernel="numpy").f, rtol=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_every_printer_takes_whatever_can_be_typed(seed):
    rng = random.Random(seed)
    for _ in range(60):
        try:
            loss = parse(formula(rng, 5))
            code = jet_program(loss)
        except CurvlibError:
            continue
        values = dict.fromkeys(loss.parameters, 1.5)
        assert all((loss.latex(), loss.python(), javascript(code, loss.parameters).body))
        assert parse(loss.canonical).canonical == loss.canonical
        for kernel in ("numpy", "numexpr"):
            evaluate(loss, Grid((-1, 1), (-1, 1), (3, 3)), values, kernel=kernel)


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name not in BOOLEAN and name != "where"])
def test_every_operation_has_extended_precision(name):
    """In the rescue each of them gets np.longdouble, and what it makes must be no float64:
    the next one needs the range.
    """
    n, operation = OPERATIONS[name]
    arguments = [np.array(["0.3", "0.7"], dtype=np.longdouble) + (1 if name == "acosh" else 0) for _ in range(n)]
    found = operation(*arguments)
    assert found.dtype == np.longdouble
    assert_allclose(found.astype(float), operation(*[argument.astype(float) for argument in arguments]), rtol=1e-14)


def test_extended_erf_is_right_to_the_last_digits_over_its_whole_range():
    with mpmath.workdps(40):
        x = np.concatenate([np.linspace(-8, 8, 97), [10.0**-k for k in range(1, 300, 23)]]).astype(np.longdouble)
        true = [mpmath.erf(mpmath.mpf(np.format_float_positional(value, unique=True))) for value in x]
        found = [mpmath.mpf(np.format_float_scientific(value, unique=True)) for value in extended_erf(x)]
        assert max(abs((a - b) / (b or 1)) for a, b in zip(found, true, strict=True)) < 8 * float(
            np.finfo(np.longdouble).eps
        )
    assert extended_erf(np.array([np.inf, -np.inf, np.nan], np.longdouble)).tolist()[:2] == [1, -1]


@pytest.mark.parametrize("digits", [53, 64, 113])
def test_erf_is_1_to_all_digits_where_its_series_is_left(digits):
    """Whatever np.longdouble is: float64, the x87's 80 bits, or IEEE's 128."""
    with mpmath.workdps(60):
        eps = mpmath.mpf(2) ** (1 - digits)
        far = mpmath.sqrt(-mpmath.log(eps))
        assert mpmath.erfc(far) < eps / 2
        if digits == np.finfo(np.longdouble).nmant + 1:
            assert float(FAR) == pytest.approx(float(far), rel=1e-15)


RESCUED = {
    "erf(sqrt(u)) + v^2": ((0, 2), (-1, 1)),
    "1e160*erf(u)": ((-1, 1), (-1, 1)),
    "exp(u^4)*erf(v)": ((4, 4.2), (-1, 1)),
    "erf(1/u)": ((-1, 1), (-1, 1)),
    "erf(atanh(v))": ((-1, 1), (-1, 1)),
    "u*erf(log(u))": ((0, 1), (-1, 1)),
    "gelu(1e160*u)": ((-1, 1), (-1, 1)),
}
"""Formulas with erf whose float64 derivatives overflow or are undefined somewhere in the window."""


@pytest.mark.parametrize("text", RESCUED)
@pytest.mark.parametrize("kernel", KERNELS)
def test_erf_is_evaluated_where_extended_precision_is_needed(text, kernel):
    fields = evaluate(parse(text), Grid(*RESCUED[text], (5, 5)), kernel=kernel)
    assert fields.kernel == kernel
    assert np.isfinite(fields.f).any()


def test_gradient_of_erf_beyond_the_squares_of_float64_is_right():
    fields = evaluate(parse("1e160*erf(u)"), Grid((-1, 1), (-1, 1), (3, 3)))
    true = 1e160 * 2 / math.sqrt(math.pi) * np.exp(-np.array([1.0, 0.0, 1.0]))
    assert_allclose(fields.gradient_norm[1], true, rtol=1e-15)
    assert_allclose(fields.scalar_curvature, 0, atol=0)


def test_curvature_of_erf_is_right_where_its_hessian_overflows():
    at = geometry_at(parse("erf(1e200*u)"), (1e-210, 0))
    assert at.scalar_curvature == 0
    assert at.undefined == "beyond the range of float64"
    inner = jet(parse("erf(1e200*u)"), np.longdouble("1e-210"), np.longdouble(0))
    if np.finfo(np.longdouble).max > np.finfo(float).max:
        slope = np.longdouble("1e200") * 2 / np.sqrt(np.longdouble(math.pi))
        assert_allclose(inner.f_u, slope, rtol=1e-15)
        assert_allclose(inner.f_uu, -2 * np.longdouble("1e-10") * np.longdouble("1e200") * slope, rtol=1e-15)

"""The vector mathematics of the native kernel against mpmath, in vectors of every width."""

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
from numpy.testing import assert_array_equal

engine = pytest.importorskip("curvlib.kernels.native.engine")
from curvlib.kernels.native.single import operation  # noqa: E402
from curvlib.kernels.native.vectors import WRITTEN  # noqa: E402
from curvlib.language.operations import OPERATIONS  # noqa: E402

MACHINE = engine.host()
pytestmark = pytest.mark.skipif(MACHINE is None, reason="no native code on this machine")
WIDTHS = [width for width in (8, 4, 2) if MACHINE and width <= MACHINE.width]

TRUE: dict[str, tuple[Callable[..., Any], float]] = {
    "exp": (mpmath.exp, 1.1),
    "log": (mpmath.log, 1.0),
    "log1p": (mpmath.log1p, 1.0),
    "sin": (mpmath.sin, 1.6),
    "cos": (mpmath.cos, 1.6),
    "tan": (mpmath.tan, 3.2),
    "sinh": (mpmath.sinh, 2.8),
    "cosh": (mpmath.cosh, 2.6),
    "tanh": (mpmath.tanh, 2.8),
    "sigmoid": (lambda x: 1 / (1 + mpmath.exp(-x)), 2.4),
    "softplus": (lambda x: mpmath.log1p(mpmath.exp(x)), 2.0),
    "sqrt": (mpmath.sqrt, 0.501),
    "cbrt": (lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), 4.0),
    "asin": (mpmath.asin, 1.0),
    "acos": (mpmath.acos, 1.0),
    "atan": (mpmath.atan, 1.0),
    "asinh": (mpmath.asinh, 2.0),
    "acosh": (mpmath.acosh, 2.0),
    "atanh": (mpmath.atanh, 2.0),
    "erf": (mpmath.erf, 1.5),
}
"""Operation → its definition, and the most units in the last place it may be off."""

POINTS = 150


def points(seed: int) -> np.ndarray:
    """Small, usual, large, and any bits that make a number."""
    rng = np.random.default_rng(seed)
    bits = rng.integers(0, 2**63, POINTS, dtype=np.uint64).view(np.float64) * rng.choice([-1, 1], POINTS)
    usual = [rng.uniform(-reach, reach, POINTS) for reach in (1e-3, 1, 10, 750)]
    return np.concatenate([*usual, bits[np.isfinite(bits)]])


def units_off(found: np.ndarray, true: Callable[..., Any], *args: np.ndarray) -> float:
    worst = 0.0
    with mpmath.workdps(50):
        for y, *x in zip(found, *args, strict=True):
            exact = true(*map(mpmath.mpf, map(float, x)))
            if isinstance(exact, mpmath.mpc) or not mpmath.isfinite(exact):
                continue
            if abs(exact) > np.finfo(float).max:
                assert abs(y) == math.inf or abs(exact) < np.finfo(float).max * (1 + 1e-15)
                continue
            worst = max(
                worst, float(abs(mpmath.mpf(float(y)) - exact) / mpmath.mpf(float(np.spacing(abs(float(exact))))))
            )
    return worst


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", TRUE)
def test_functions_are_right_to_a_few_units_in_the_last_place(name, width):
    true, most = TRUE[name]
    x = points(width)
    if name in ("sin", "cos", "tan"):
        x = x[np.abs(x) < 1e30]
    assert units_off(operation(name, engine.narrowed(MACHINE, width))(x), true, x) <= most


@pytest.mark.parametrize("multiple", [1, 2, 3, 355, 573204, 52174, 80143857, 2**26 + 1])
def test_sin_and_cos_keep_their_digits_beside_their_zeros(multiple):
    x = np.nextafter(multiple * math.pi / 2, [0.0, math.inf])
    x = np.concatenate([x, -x])
    assert units_off(operation("sin", MACHINE)(x), mpmath.sin, x) <= 1
    assert units_off(operation("cos", MACHINE)(x), mpmath.cos, x) <= 1


SPECIAL = np.array([
    0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, -5e-324, 2.0**-1022,
    -1.0, 1.0, 2.0, -2.0, 0.5, 1.7e308, -1.7e308, 709.9, -745.2, -750.0,
])  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", sorted(set(OPERATIONS) - {"where"}))
def test_infinities_signed_zeros_and_nan_come_out_as_numpy_has_them(name, width):
    arity, in_numpy = OPERATIONS[name]
    args = [part.ravel() for part in np.meshgrid(*[SPECIAL] * arity)]
    with np.errstate(all="ignore"):
        expected = np.asarray(in_numpy(*args), dtype=float)
    found = operation(name, engine.narrowed(MACHINE, width))(*args)
    assert_array_equal(np.isnan(found), np.isnan(expected))
    extreme = np.isinf(expected) | (expected == 0)
    assert_array_equal(found[extreme], expected[extreme])
    if name not in ("min", "max", "pow"):  # where C leaves the sign of a zero open
        assert_array_equal(np.signbit(found[extreme]), np.signbit(expected[extreme]))


def test_every_operation_of_the_language_is_written():
    assert set(WRITTEN) == set(OPERATIONS)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_reciprocal_by_multiplications_is_rounded_like_a_division(width):
    x = np.concatenate([points(3), SPECIAL, [1e-310, 1e308, 2.0**1000, 2.0**-1000, 2.0**999]])
    with np.errstate(all="ignore"):
        expected = 1 / x
    found = operation("div", engine.narrowed(MACHINE, width), spares_divider=True)(x, x)
    np.testing.assert_array_max_ulp(found[np.isfinite(expected)], expected[np.isfinite(expected)], 1)
    assert_array_equal(found[~np.isfinite(expected)], expected[~np.isfinite(expected)])

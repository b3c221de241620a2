"""The native kernel against numpy's, and its further promises:
the same bits however the work is cut, no compiling twice.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from curvlib.evaluation import automatic
from curvlib.evaluation.fields import Fields, evaluate
from curvlib.evaluation.jets import jet_program, parameter_values
from curvlib.grid import Grid
from curvlib.kernels import memory
from curvlib.kernels.native import engine, separate
from curvlib.kernels.native.costs import multiplications
from curvlib.kernels.native.kernel import NativeKernel
from curvlib.kernels.native.logistic import SHARE
from curvlib.kernels.native.safety import Separated
from curvlib.kernels.native.separate import separated
from curvlib.kernels.native.stages import stages
from curvlib.kernels.numpy_kernel import NumpyKernel
from curvlib.kernels.program import Program
from curvlib.kernels.steps import run
from curvlib.language.grammar import parse

MACHINE = engine.host()
pytestmark = pytest.mark.skipif(MACHINE is None, reason="no native code on this machine")

FORMULAS = {
    "number": "3",
    "one variable": "u^3 - 2u",
    "paper": "exp(-c*u)*sin(u)*sin(v)",
    "Rosenbrock": "(1-u)^2+100*(v-u^2)^2",
    "Beale": "(1.5-u+u*v)^2+(2.25-u+u*v^2)^2+(2.625-u+u*v^3)^2",
    "Ackley": "-20*exp(-0.2*sqrt(0.5*(u^2+v^2)))-exp(0.5*(cos(2*pi*u)+cos(2*pi*v)))+e+20",
    "Gaussians": "2*exp(-(u-0.3)^2-2*(v+0.4)^2) - exp(-(u+1)^2/3-(v-1)^2)/2 + exp(-u^2-u*v-v^2)",
    "tanh data": "(v*tanh(0.5*u)-0.3)^2+(v*tanh(1.5*u)-0.6)^2+(v*tanh(-u)+0.4)^2",
    "logistic data": "log(1+exp(-u+0.3*v))+log(1+exp(u+v))+log(1+exp(2u-v))"
    "+log(1+exp(v-u/2))+log(1+exp(-2u-v/3))+log(1+exp(0.1u+v))",
    "waves": "sin(u*v) + cos(2*u-3*v) + tan(u/4+v/5)",
    "hyperbolic": "sinh(u*v/4) + cosh(u-v) + tanh(u*v)",
    "inverse": "atan(u*v) + asinh(u+v) + atan2(v+3, u*u+1) + asin(u*v/20) + acos(u*v/30)",
    "on an axis and on the plane": "asin(u/20) + asin(u*v/20) + sin(v) + sin(u*v) + exp(u) + exp(-u*v)",
    "powers": "(u^2+v^2+1)^c + cbrt(u*v+20) + sqrt(u^2+v^2+1)",
    "erf and friends": "erf(u*v) + sigmoid(u*v) + softplus(u*v)",
    "poles": "1/(u*v) + 1/(1+u^2+v^2)^2 + u/v",
    "logarithms": "log(u*v) + log(1+u^2*v^2)",
    "roots of anything": "sqrt(u*v) + u/sqrt(u^2+v^2)",
    "kinks": "abs(u-v) + max(u,v) + min(u*v, 1) + floor(u*v)",
    "conditions": "if(u*v > 0.5, u^3*v, v^2) + relu(u-v)^3 + sign(v)*u",
    "domain of nothing": "0*log(u*v) + u*v",
    "fast waves": "sin(1e9*u*v)",
}
GRID = Grid((-4.03, 5.1), (-3.2, 4.05), (64, 67))


def planes(shape: tuple[int, int], dtype: type = np.float64):
    return tuple(np.full(shape, 7.0, dtype) for _ in range(4))


def filled(kernel, text: str, grid: Grid = GRID, dtype: type = np.float64, **keywords):
    expression = parse(text)
    out = planes(grid.shape, dtype)
    kernel(
        {"u": grid.u, "v": grid.v, **parameter_values(expression, dict.fromkeys(expression.parameters, 0.7))},
        out,
        **keywords,
    )
    return out


def natively(
    text: str,
    grid: Grid = GRID,
    dtype: type = np.float64,
    threads: int = 1,
    width: int = MACHINE.width if MACHINE else 0,
):
    return filled(NativeKernel(jet_program(parse(text)), threads, engine.narrowed(MACHINE, width)), text, grid, dtype)


def size_of_terms(text: str, grid: Grid) -> list[np.ndarray]:
    """The size of what is added up in each measure:
    rounding errors are a small multiple of it times 2⁻⁵³.
    """
    expression = parse(text)
    code = jet_program(expression)
    u, v = np.meshgrid(grid.u, grid.v)
    values = run(code, {"u": u, "v": v, **dict.fromkeys(expression.parameters, 0.7)}, keep=range(len(code.steps)))
    sizes: list[np.ndarray] = []
    with np.errstate(all="ignore"):
        for i, step in enumerate(code.steps):
            operands = [sizes[arg] for arg in step.args]
            nudged = [np.abs(values[arg]) + 1e-300 for arg in step.args]
            spread = sum(
                (size / nudge * np.abs(values[i]) for size, nudge in zip(operands, nudged, strict=True)),
                start=np.abs(values[i]),
            )
            sizes.append(operands[0] + operands[1] if step.op in ("add", "sub") else spread)
    return [np.broadcast_to(sizes[code.outputs[name]], u.shape) for name in ("f", "f_u", "f_v", "f_uu", "f_vv")]


@pytest.mark.parametrize("width", [width for width in (8, 4, 2) if MACHINE and width <= MACHINE.width])
@pytest.mark.parametrize("name", FORMULAS)
def test_native_and_numpy_agree_to_rounding(name, width):
    text = FORMULAS[name]
    found, expected = natively(text, width=width), filled(NumpyKernel(jet_program(parse(text))), text)
    f, f_u, f_v, f_uu, f_vv = size_of_terms(text, GRID)
    for a, b, size in zip(found, expected, (f, f_u + f_v, f_uu + f_vv), strict=False):
        assert_array_equal(np.isnan(a), np.isnan(b))
        assert np.nanmax(np.abs(a - b) / (1e-13 * size + 1e-300), initial=0) < 1
    assert_array_equal(np.isnan(found[3]), np.isnan(expected[3]))
    assert_allclose(found[3], expected[3], rtol=1e-6, atol=1e-9 * np.nanmax(np.abs(expected[3]), initial=1e-6))


@pytest.mark.parametrize("n_u", [2, 3, 7, 8, 9, 15, 17, 130, 1001])
def test_any_number_of_columns_is_filled_and_no_more(n_u):
    grid = Grid((-1, 1), (0, 2), (5, n_u))
    text = FORMULAS["paper"]
    for a, b in zip(natively(text, grid), filled(NumpyKernel(jet_program(parse(text))), text, grid), strict=True):
        assert_allclose(a, b, rtol=1e-12, atol=1e-13)


def test_arrays_in_a_larger_one_are_filled_and_their_surroundings_left_alone():
    grid = Grid((-1, 1), (0, 2), (40, 50))
    around = np.full((4, 60, 80), 7.0)
    expression = parse("u*v + exp(u)")
    NativeKernel(jet_program(expression))({"u": grid.u, "v": grid.v}, tuple(around[:, 10:50, 13:63]))
    assert_array_equal(around[:, 10:50, 13:63], natively("u*v + exp(u)", grid))
    around[:, 10:50, 13:63] = 7
    assert (around == 7).all()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(("n_u", "left"), [(1001, 5), (1004, 0), (1004, 3), (1025, 0), (1024, 1)])
@pytest.mark.parametrize("name", ["Ackley", "tanh data", "fast waves", "kinks"])
def test_rows_that_begin_inside_a_cache_line_get_the_same_bits_and_no_more(name, n_u, left, dtype):
    n_v = 70 if dtype is np.float64 else 140
    grid = Grid((-4.03, 5.1), (-3.2, 4.05), (n_v, n_u))
    kernel = NativeKernel(jet_program(parse(FORMULAS[name])), threads=1)
    around = memory.array((4, n_v + 2, 1040), dtype)
    around[:] = 7
    kernel({"u": grid.u, "v": grid.v}, tuple(around[:, 1 : n_v + 1, left : left + n_u]))
    for start in range(0, n_v, 10):
        small = tuple(np.empty((10, n_u), dtype) for _ in range(4))
        kernel({"u": grid.u, "v": grid.v}, small, None, start)
        assert_array_equal(around[:, 1 + start : 11 + start, left : left + n_u], small)
    around[:, 1 : n_v + 1, left : left + n_u] = 7
    assert (around == 7).all()


BEYOND = {
    "exp(400*u - 410*v)": 3,
    "exp(300*u+300*v)*exp(-300*u-299*v)": 3,
    "u^90*u^80/v^90/v^80": 3,
    "exp(-300*u^2-300*v^2)*1e300": 3,
    FORMULAS["logistic data"]: 300,
}
"""Formulas, and windows so large that their factors leave the range of float64 where they
themselves do not.
"""


@pytest.mark.parametrize("text", BEYOND)
def test_where_separated_factors_overflow_or_vanish_the_formula_is_computed_as_typed(text):
    reach = BEYOND[text]
    grid = Grid((-reach, reach), (-reach, reach), (40, 40))
    found, expected = natively(text, grid), filled(NumpyKernel(jet_program(parse(text))), text, grid)
    for a, b in zip(found, expected, strict=True):
        assert_array_equal(np.isnan(a), np.isnan(b))
    for a, b in zip(found[:3], expected[:3], strict=True):
        assert_allclose(a, b, rtol=1e-9, atol=1e-300)


VANISHING = {
    "the factor of v": ("exp(u-v)+exp(u-2*v)", (200, 300), (600, 744)),
    "the factor of u": ("exp(v-u)+exp(v-2*u)", (600, 744), (200, 300)),
    "the product of all": (
        "log(1+exp(u+v))+log(1+exp(1.1*u+v))+log(1+exp(u+1.1*v))+log(1+exp(1.2*u+v))",
        (60, 120),
        (60, 120),
    ),
}
"""Windows on which each factor is a number, but has lost its digits, or overflows once it is
multiplied by the others.
"""


@pytest.mark.parametrize("lost", VANISHING)
def test_digits_that_a_factor_alone_would_lose_are_kept(lost):
    text, u_range, v_range = VANISHING[lost]
    grid = Grid(u_range, v_range, (40, 40))
    found, expected = natively(text, grid), filled(NumpyKernel(jet_program(parse(text))), text, grid)
    for a, b in zip(found[:3], expected[:3], strict=True):
        assert_allclose(a, b, rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("text", "reach", "is_near"),
    [
        ("cos(u*v) + sin(u+v)", 3, True),
        ("cos(u*v) + sin(u+v)", 1e5, False),
        ("cos(c*u*v) + sin(u+v)", 3e4, False),
        ("tan(u*v/9) + sin(u+v)", 3, True),
        ("sin(u/(u*v+99)) + sin(u+v)", 3, False),
    ],
)
def test_only_where_all_angles_are_moderate_the_loop_does_not_look_at_them(text, reach, is_near):
    kernel, grid = NativeKernel(jet_program(parse(text))), Grid((-reach, reach), (-reach, reach), (40, 40))
    found, expected = filled(kernel, text, grid), filled(NumpyKernel(jet_program(parse(text))), text, grid)
    assert_allclose(found[0], expected[0], rtol=1e-9, atol=1e-14)
    *_, (shape, _) = kernel._ready.values()
    rows = shape.text[shape.text.index("define void @rows") :]
    assert ("call <8 x double> @lanes_" in rows[: rows.index("\n}")].replace(f"<{MACHINE.width} x", "<8 x")) != is_near


def test_a_loop_is_cut_where_its_operations_wait_for_each_other():
    def cut(text: str):
        code = jet_program(parse(text))
        return stages((separated(code) or Separated(code, ())).code)

    assert cut(FORMULAS["Ackley"])
    assert cut("sin(u*v)")
    assert not cut(FORMULAS["Rosenbrock"])
    assert not cut("+".join(f"exp(-(u-{k})^2-(u-{k})*v-v^2)" for k in range(5)))


def logistic(data: int) -> str:
    return "+".join(f"log(1+exp({0.3 * k - 1:.1f}*u+{0.7 - 0.2 * k:.1f}*v))" for k in range(data))


def test_in_the_order_of_time_nothing_stands_right_behind_the_division_it_waits_for(monkeypatch):
    def shortest_wait(code: Program) -> int:
        divisions = [i for i, step in enumerate(code.steps) if step.op == "div"]
        return min(next(k for k, step in enumerate(code.steps[i + 1 :]) if i in step.args) for i in divisions)

    ordered = separated(jet_program(parse(logistic(20)))).code
    monkeypatch.setattr(separate, "in_time", list)
    code = separated(jet_program(parse(logistic(20)))).code
    assert shortest_wait(code) == 0
    assert shortest_wait(ordered) > 20
    symbols = {"u": GRID.u[None, :], "v": GRID.v[:, None]}
    before, after = run(code, symbols), run(ordered, symbols)
    for name in code.outputs:
        assert_array_equal(before[code.outputs[name]], after[ordered.outputs[name]])


@pytest.mark.parametrize(("data", "divisions"), [(2, 1), (SHARE, 1), (SHARE + 1, 2), (4 * SHARE, 4)])
def test_a_few_logistic_reciprocals_share_one_division(data, divisions):
    steps = separated(jet_program(parse(logistic(data)))).code.steps
    assert sum(step.op == "div" for step in steps) == divisions


def test_slopes_of_a_turned_gaussian_are_computed_once():
    typed = jet_program(parse("2*exp(-u^2-u*v-v^2) + 3*exp(u*v-u^2-4*v^2)"))
    assert multiplications(separated(typed).code) < 0.85 * multiplications(typed)


def test_threads_and_progress_do_not_change_the_bits():
    text, grid = "sin(u*v) + exp(-u^2-v^2)", Grid((-2, 2), (-2, 2), (1100, 1024))
    code = jet_program(parse(text))
    whole = filled(NativeKernel(code, threads=1), text, grid)
    for parts in (
        filled(NativeKernel(code, threads=3), text, grid),
        filled(NativeKernel(code, threads=1), text, grid, progress=lambda share: None),
    ):
        for a, b in zip(whole, parts, strict=True):
            assert_array_equal(a, b)


def test_progress_is_told_and_can_stop_the_work():
    grid = Grid((-2, 2), (-2, 2), (1200, 1024))
    shares: list[float] = []
    filled(NativeKernel(jet_program(parse("u*v"))), "u*v", grid, progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 2
    assert shares[-1] == 1

    def enough(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        filled(NativeKernel(jet_program(parse("u*v"))), "u*v", grid, progress=enough)


def test_the_program_and_what_was_generated_for_it_can_be_read():
    kernel = NativeKernel(jet_program(parse("exp(-c*u)*sin(v)")))
    listing = kernel.listing()
    assert "→ f_uv" in listing
    assert "define void @rows(" in listing
    assert engine.assembly(listing[listing.index("define") :], MACHINE)


def test_the_first_answer_does_not_wait_and_later_ones_are_native():
    expression, grid = parse("sin(u*v) + 0.123456*v"), Grid((0, 1), (0, 1), (32, 32))
    first = evaluate(expression, grid)
    assert first.kernel == "numpy"
    for _ in range(1000):
        later = evaluate(expression, grid)
        if later.kernel == "native":
            break
        automatic._background().compile(NativeKernel(jet_program(parse("u"))), later.arrays).result()
    assert later.kernel == "native"
    assert_allclose(first.scalar_curvature, later.scalar_curvature, rtol=1e-9)


def test_a_large_grid_waits_for_the_compiler():
    assert evaluate(parse("sin(u*v) + 0.654321*v"), Grid((0, 1), (0, 1), (1024, 1024))).kernel == "native"


def test_without_llvmlite_numpy_does_the_work(monkeypatch):
    automatic.is_native_here.cache_clear()
    monkeypatch.setattr(automatic, "find_spec", lambda name: None)
    try:
        for _ in range(2):
            assert evaluate(parse("u*v - 0.5"), Grid((0, 1), (0, 1), (8, 8))).kernel == "numpy"
    finally:
        automatic.is_native_here.cache_clear()
    monkeypatch.setattr(engine, "host", lambda: None)
    with pytest.raises(RuntimeError, match="needs llvmlite and a processor with fused multiply-add"):
        NativeKernel(jet_program(parse("u*v")))


def test_a_formula_that_needs_a_function_the_machine_lacks_is_computed_by_numpy(monkeypatch):
    monkeypatch.setattr(engine, "has_function", lambda name: False)
    with pytest.raises(RuntimeError, match="C library of this machine has no erf"):
        natively("erf(u*v)")
    assert evaluate(parse("erf(u*v)+0.25"), Grid((0, 1), (0, 1), (1024, 1024))).kernel == "numpy"


def test_memory_of_arrays_nobody_holds_is_used_again():
    first = memory.array((11, 13))
    address, view = first.ctypes.data, first[2:]
    del first
    assert memory.array((11, 13)).ctypes.data != address
    del view
    assert memory.array((11, 13)).ctypes.data == address
    assert address % 64 == 0


def test_fields_in_float32_hold_half_the_bytes():
    fields = evaluate(parse("u*v"), GRID, out=Fields.empty(GRID.shape, np.float32))
    assert fields.f.dtype == np.float32
    assert_allclose(fields.f, np.outer(GRID.v, GRID.u), rtol=1e-7)

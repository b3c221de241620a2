"""Fields against closed forms, invariances, mpmath, and one kernel against the other."""

import mpmath
import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from curvlib.errors import GridError
from curvlib.evaluation.automatic import is_native_here
from curvlib.evaluation.fields import KERNELS as ALL_KERNELS, Fields, evaluate
from curvlib.evaluation.jets import jet
from curvlib.grid import MAX_SIDE, Grid
from curvlib.language.grammar import parse
from curvlib.presets import PRESETS

KERNELS = [name for name in ALL_KERNELS if name != "native" or is_native_here()]
WINDOW = Grid((-1.0, 1.5), (-0.5, 2.0), (31, 41))


def fields_of(text: str, grid: Grid = WINDOW, **parameters: float) -> Fields:
    return evaluate(parse(text), grid, parameters)


def test_a_sphere_has_the_curvature_of_its_radius_everywhere():
    fields = fields_of("sqrt(R^2-u^2-v^2)", Grid((-1, 1), (-1, 1), (33, 33)), R=2)
    assert_allclose(fields.scalar_curvature, 2 / 2**2, rtol=1e-13)


def test_the_pseudosphere_is_equally_curved_the_other_way():
    text = "a*log((a+sqrt(a^2-u^2-v^2))/sqrt(u^2+v^2)) - sqrt(a^2-u^2-v^2)"
    fields = fields_of(text, Grid((0.15, 0.65), (-0.3, 0.3), (33, 33)), a=1)
    assert_allclose(fields.scalar_curvature, -2, rtol=1e-11)


@pytest.mark.parametrize(
    "cylinder", ["sin(3*u)", "(u + 2*v)^2", "exp(u - v)", "cos(u+0.1*v)*3", "7*u - 2*v + 1", "relu(u-v)^3"]
)
def test_cylinders_are_flat_however_sharply_they_bend(cylinder):
    assert_allclose(fields_of(cylinder).scalar_curvature, 0, atol=1e-12)


def test_the_paper_example_has_the_corrected_curvature_not_the_printed_one():
    paper = parse("exp(-c*u)*sin(u)*sin(v)")
    at = Grid((1, 3), (1, 2), (2, 2))
    fields = evaluate(paper, at, {"c": 0.1})
    assert_allclose(fields.scalar_curvature[1, 0], 0.657600738275, rtol=1e-11)
    assert_allclose(fields.hessian_trace[0, 1], -0.05163452, rtol=1e-6)
    whole = evaluate(paper, Grid((0, 10), (0, 10), (512, 512)), {"c": 0.1})
    assert -2 <= whole.scalar_curvature.min() < -1.99
    assert 1.49 < whole.scalar_curvature.max() <= 1.4961
    assert 1.73 < np.abs(whole.hessian_trace).max() <= 1.7351342


def test_s_does_not_see_a_constant_nor_the_sign_of_f():
    base = fields_of("u^3 - u*v + sin(v)")
    assert_allclose(
        fields_of("u^3 - u*v + sin(v) + 17").scalar_curvature, base.scalar_curvature, rtol=1e-12, atol=1e-14
    )
    assert_allclose(fields_of("-(u^3 - u*v + sin(v))").scalar_curvature, base.scalar_curvature, rtol=1e-12, atol=1e-14)
    assert_allclose(fields_of("-(u^3 - u*v + sin(v))").hessian_trace, -base.hessian_trace, rtol=1e-12, atol=1e-14)


def test_swapping_the_axes_transposes_the_fields():
    grid = Grid((-1, 1), (-2, 2), (17, 23))
    swapped = Grid((-2, 2), (-1, 1), (23, 17))
    for one, other in zip(
        fields_of("u^3*v - exp(v)", grid).arrays, fields_of("v^3*u - exp(u)", swapped).arrays, strict=True
    ):
        assert_allclose(one, other.T, rtol=1e-13, atol=1e-13)


def test_a_translation_moves_the_fields_along():
    assert_allclose(
        fields_of("sin(u-0.5)*(v-0.25)^2", Grid((-0.5, 2.0), (-0.25, 2.25), (31, 41))).scalar_curvature,
        fields_of("sin(u)*v^2", Grid((-1.0, 1.5), (-0.5, 2.0), (31, 41))).scalar_curvature,
        rtol=1e-11,
        atol=1e-13,
    )


def test_a_rotation_of_the_plane_turns_the_fields_with_it():
    c, s = 0.6, 0.8
    u, v = np.meshgrid(WINDOW.u, WINDOW.v)
    rotated = jet(parse("(0.6*u-0.8*v)^3 + exp(0.8*u+0.6*v)"), u, v)
    plain = jet(parse("u^3 + exp(v)"), c * u - s * v, s * u + c * v)
    assert_allclose(rotated.f_uu + rotated.f_vv, plain.f_uu + plain.f_vv, rtol=1e-11)
    assert_allclose(
        rotated.f_uu * rotated.f_vv - rotated.f_uv**2, plain.f_uu * plain.f_vv - plain.f_uv**2, rtol=1e-9, atol=1e-9
    )


HOSTILE = {
    "gradients of 1e100": ("1e100*u + 1e60*u^2*v^2 + v", 0.5, 0.5),
    "gradients of 1e160": ("1e160*u + 1e150*u*v + 1e158*u^2*v", 0.5, 0.5),
    "gradients of 1e200, curved as much": ("1e200*(u^2 + v^2 + u*v)", 0.5, 0.25),
    "a determinant that cancels": ("exp(u+v) + 1e-6*u^2", 0.3, 0.4),
    "beside a pole": ("1/u + v^2*u", 1e-9, 0.5),
    "closer to the pole": ("1/u^2 + v^2", 1e-60, 0.5),
    "tiny everywhere": ("1e-120*(u^2+v^2)", 0.5, 0.5),
}


@pytest.mark.parametrize("case", HOSTILE)
@pytest.mark.parametrize("kernel", KERNELS)
def test_s_stays_right_where_the_formula_as_printed_overflows_or_cancels(case, kernel):
    text, u, v = HOSTILE[case]
    expression = parse(text)
    grid = Grid((u, u + 1), (v, v + 1), (2, 2))
    found = evaluate(expression, grid, kernel=kernel).scalar_curvature[0, 0]
    with mpmath.workdps(400):
        f = lambda x, y: mpmath.mpmathify(_value(text, x, y))  # noqa: E731
        expected = _scalar_curvature(f, mpmath.mpf(u), mpmath.mpf(v))
    assert_allclose(found, float(expected), rtol=1e-9)


def _value(text: str, u, v):
    return eval(text.replace("^", "**"), {"exp": mpmath.exp, "u": u, "v": v})  # noqa: S307 - our own formulas above


def _scalar_curvature(f, u, v):
    """From the definition in 400 digits: derivatives as limits of differences small enough for the
    digits at hand.
    """
    h = u * mpmath.mpf(10) ** -90
    f_u, f_v = (f(u + h, v) - f(u - h, v)) / (2 * h), (f(u, v + h) - f(u, v - h)) / (2 * h)
    f_uu = (f(u + h, v) - 2 * f(u, v) + f(u - h, v)) / h**2
    f_vv = (f(u, v + h) - 2 * f(u, v) + f(u, v - h)) / h**2
    f_uv = (f(u + h, v + h) - f(u + h, v - h) - f(u - h, v + h) + f(u - h, v - h)) / (4 * h**2)
    return 2 * (f_uu * f_vv - f_uv**2) / (1 + f_u**2 + f_v**2) ** 2


@pytest.mark.parametrize("name", PRESETS)
def test_the_kernels_agree_on_every_preset(name):
    preset = PRESETS[name]
    grid = Grid(*preset.window, (29, 37))
    values = {key: parameter.default for key, parameter in preset.parameters.items()}
    expression = parse(preset.text)
    one, other = (evaluate(expression, grid, values, kernel=kernel) for kernel in ("numpy", "numexpr"))
    for a, b in zip(one.arrays, other.arrays, strict=True):
        assert_array_equal(np.isnan(a), np.isnan(b))
        assert_allclose(a, b, rtol=1e-9, atol=1e-10 * np.nanmax(np.abs(a), initial=1e-300))


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize(
    "text",
    [
        "erf(u*v)",
        "cbrt(u*v)",
        "sigmoid(u-v)",
        "softplus(u*v)",
        "if(u*v > 0 and not(u > v), u*v, sin(u+v))",
        "floor(u*v)+min(u,v)",
        "5",
        "u",
        "v^2",
    ],
)
def test_kernels_reproduce_the_jet_at_every_point(kernel, text):
    expression = parse(text)
    fields = evaluate(expression, WINDOW, kernel=kernel)
    u, v = np.meshgrid(WINDOW.u, WINDOW.v)
    points = jet(expression, u, v)
    assert_allclose(fields.f, points.f, rtol=1e-13, atol=1e-14)
    assert_allclose(fields.hessian_trace, points.f_uu + points.f_vv, rtol=1e-11, atol=1e-12)
    assert_allclose(fields.gradient_norm, np.hypot(points.f_u, points.f_v), rtol=1e-12, atol=1e-13)


CAUSES = {
    "log(u)": {"logarithm of a negative number": 4 * 9, "logarithm of 0": 9},
    "sqrt(u)": {"square root of a negative number": 4 * 9, "division by zero": 9},
    "1/u": {"division by zero": 9},
    "abs(u)": {"kink or jump of f": 9},
    "asin(2*u)": {"asin outside [−1, 1]": 4 * 9, "division by zero": 2 * 9},
    "exp(1000*u)": {"beyond the range of float64": 2 * 9},
    "u^0.3": {"fractional power of a negative number": 4 * 9, "division by zero": 9},
    "u*v": {},
}


@pytest.mark.parametrize("text", CAUSES)
def test_undefined_cells_are_counted_by_cause(text):
    fields = fields_of(text, Grid((-1, 1), (-1, 1), (9, 9)))
    assert {cause.words: cause.cells for cause in fields.causes} == CAUSES[text]
    assert fields.undefined.sum() == sum(CAUSES[text].values())


@pytest.mark.parametrize("sign", "*/")
@pytest.mark.parametrize(
    ("inner", "in_numpy"), [("log(u)", np.log), ("sqrt(u)", np.sqrt), ("acosh(u)", np.arccosh), ("asin(u)", np.arcsin)]
)
def test_nothing_times_or_over_what_has_no_value_has_none_either(sign, inner, in_numpy):
    grid = Grid((-2, 2), (-2, 2), (16, 16))
    with np.errstate(invalid="ignore"):
        undefined = np.isnan(in_numpy(grid.u))
    assert undefined.any()
    assert_array_equal(np.isnan(fields_of(f"0{sign}{inner} + v^2", grid).f), np.broadcast_to(undefined, grid.shape))


def test_f_keeps_its_value_on_a_kink_and_curvature_has_none():
    fields = fields_of("abs(u) + v^2", Grid((-1, 1), (-1, 1), (9, 9)))
    assert np.isfinite(fields.f).all()
    for measure in fields.arrays[1:]:
        assert_array_equal(np.isnan(measure).sum(axis=0), [0, 0, 0, 0, 9, 0, 0, 0, 0])


def test_the_cusp_of_ackley_is_a_gap_and_nothing_else_is():
    fields = evaluate(parse(PRESETS["ackley"].text), Grid((-4, 4), (-4, 4), (65, 65)))
    assert_array_equal(np.argwhere(fields.undefined), [[32, 32]])
    assert np.isfinite(fields.f[32, 32])


def test_results_go_into_the_arrays_given():
    expression = parse("u*v + exp(u)")
    first = evaluate(expression, WINDOW, kernel="numpy")
    again = evaluate(expression, WINDOW, out=Fields(*(np.full(WINDOW.shape, 7.0) for _ in range(4))), kernel="numpy")
    kept = evaluate(expression, WINDOW, out=again, kernel="numpy")
    assert kept.f is again.f
    for a, b in zip(first.arrays, kept.arrays, strict=True):
        assert_array_equal(a, b)
    with pytest.raises(ValueError, match="the grid needs float64 or float32 arrays of shape"):
        evaluate(expression, Grid((0, 1), (0, 1), (3, 3)), out=first)


def test_large_grids_come_in_tiles_that_fit_together_and_tell_how_far_they_are():
    expression = parse("sin(u*v) + v")
    grid = Grid((-3, 3), (-3, 3), (300, 700))
    shares: list[float] = []
    fields = evaluate(expression, grid, kernel="numpy", progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 3
    assert shares[-1] == 1
    u, v = np.meshgrid(grid.u, grid.v)
    assert_array_equal(fields.f, np.sin(u * v) + v)


def test_progress_can_stop_the_work():
    def stop(share: float) -> None:
        raise TimeoutError(share)

    with pytest.raises(TimeoutError):
        evaluate(parse("sin(u*v)"), Grid((0, 1), (0, 1), (512, 512)), progress=stop)


def test_an_unknown_kernel_is_refused():
    with pytest.raises(ValueError, match="no kernel 'abacus'"):
        evaluate(parse("u"), WINDOW, kernel="abacus")


@pytest.mark.parametrize(
    ("u_range", "v_range", "shape", "message"),
    [
        ((1, 0), (0, 1), (8, 8), "window of u is empty"),
        ((0, 1), (0, float("nan")), (8, 8), "window of v must run between finite numbers"),
        ((0, 1), (0, 2e12), (8, 8), "window of v must run between finite numbers"),
        ((1e6, 1e6 + 1e-9), (0, 1), (8, 8), "narrower than floating point"),
        ((0, 1), (0, 1), (1, 8), "2 to 16384 points"),
        ((0, 1), (0, 1), (8, MAX_SIDE + 1), "2 to 16384 points"),
    ],
)
def test_windows_that_cannot_be_are_refused_with_the_reason(u_range, v_range, shape, message):
    with pytest.raises(GridError, match=message):
        Grid(u_range, v_range, shape)


def test_the_largest_grids_and_windows_are_accepted():
    assert Grid((-1e12, 1e12), (0, 1), (2, MAX_SIDE)).u[-1] == 1e12

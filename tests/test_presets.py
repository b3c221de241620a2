"""Every preset can be read and seen, and the numbers in its reason are what curvlib computes."""

import math

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import PRESETS, Grid, evaluate, parse
from curvlib.critical import critical_points
from curvlib.evaluation.point import geometry_at
from curvlib.presets import GROUPS, ParameterRange

ASKED_FOR = """paper_ex31 two_minima_fig1 sphere_cap hyperboloid_1sheet hyperboloid_1sheet_annulus
hyperboloid_2sheet pseudosphere saddle quadratic parabolic_cylinder plane monkey_saddle
gaussian_bump egg_carton scherk rosenbrock rosenbrock_soft himmelblau beale booth three_hump_camel
six_hump_camel styblinski_tang rastrigin ackley branin mccormick peaks double_well mexican_hat
dinh_uv matfac_l2 river_valley tanh_neuron logistic_reg emilien_bowl peano goldstein_price_log easom
griewank levy13 michalewicz eggholder bukin relu_slice three_wells""".split()


def fields(name, shape=(120, 130)):
    preset = PRESETS[name]
    return evaluate(parse(preset.text), preset.grid(shape), preset.defaults)


def critical(name):
    preset = PRESETS[name]
    return critical_points(parse(preset.text), preset.grid(), preset.defaults)


def curvatures(name, kind="minimum"):
    return sorted(point.scalar_curvature for point in critical(name) if point.kind == kind)


def at(name, u, v, **parameters):
    preset = PRESETS[name]
    return geometry_at(parse(preset.text), (u, v), preset.defaults | parameters)


def test_nothing_that_people_expect_is_missing():
    assert set(ASKED_FOR) == set(PRESETS)


def test_no_two_presets_have_one_text_by_which_the_app_knows_them_again():
    texts = [preset.text for preset in PRESETS.values()]
    assert len(set(texts)) == len(texts)


def test_presets_come_group_by_group():
    groups = [preset.group for preset in PRESETS.values()]
    assert tuple(dict.fromkeys(groups)) == GROUPS
    assert sorted(groups, key=GROUPS.index) == groups


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_has_all_it_takes(name):
    preset = PRESETS[name]
    assert preset.name == name
    assert preset.title
    assert preset.reason.endswith((".", "?"))
    assert "\n" not in preset.reason
    assert set(parse(preset.text).parameters) == set(preset.parameters)
    for parameter in preset.parameters.values():
        assert parameter.low <= parameter.default <= parameter.high
        assert parameter.low < parameter.high


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("end", ["default", "low", "high"])
def test_f_is_defined_on_most_of_the_window_for_all_its_sliders(name, end):
    preset = PRESETS[name]
    values = {key: getattr(parameter, end) for key, parameter in preset.parameters.items()}
    seen = evaluate(parse(preset.text), preset.grid((40, 40)), values)
    hole = math.pi * values["a"] ** 2 / 36 if name == "hyperboloid_1sheet_annulus" else 0
    assert np.isfinite(seen.f).mean() > 0.97 - hole


def test_presets_are_values():
    preset = PRESETS["paper_ex31"]
    assert preset.grid((3, 4)) == Grid(*preset.window, (3, 4))
    assert preset.defaults == {"c": 0.1}
    assert preset.parameters == {"c": ParameterRange(0.1, 0.0, 0.5)}
    with pytest.raises(AttributeError):
        preset.name = "other"
    with pytest.raises(TypeError):
        preset.parameters["c"] = ParameterRange(1, 0, 2)
    with pytest.raises(TypeError):
        PRESETS["mine"] = preset
    assert len({preset, PRESETS["saddle"], preset}) == 2


SURFACES = {  # constant scalar curvature, and mean curvature
    "sphere_cap": lambda a: 2 / a["R"] ** 2,
    "pseudosphere": lambda a: -2 / a["a"] ** 2,
    "plane": lambda a: 0,
    "parabolic_cylinder": lambda a: 0,
}


@pytest.mark.parametrize("name", SURFACES)
def test_surfaces_of_constant_curvature_have_one_colour(name):
    assert_allclose(fields(name).scalar_curvature, SURFACES[name](PRESETS[name].defaults), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "kind", "expected", "tolerance"),
    [
        ("himmelblau", "minimum", [4232, 6049, 10446, 18921], 0.6),
        ("branin", "minimum", [38.41] * 3, 0.005),
        ("rosenbrock", "minimum", [800], 1e-9),
        ("rosenbrock_soft", "minimum", [40], 1e-10),
        ("beale", "minimum", [29.53], 0.005),
        ("booth", "minimum", [72], 1e-10),
        ("three_hump_camel", "minimum", [14, 46.6, 46.6], 0.06),
        ("double_well", "minimum", [32, 32], 1e-12),
        ("matfac_l2", "minimum", [2.88, 2.88], 1e-10),
        ("river_valley", "minimum", [0.64], 0.005),
        ("tanh_neuron", "saddle", [-8], 1e-10),
        ("saddle", "saddle", [-8], 1e-15),
        ("egg_carton", "minimum", [2] * 4, 1e-12),
        ("egg_carton", "saddle", [-2] * 8, 1e-12),
        ("hyperboloid_1sheet", "saddle", [-2], 1e-12),
        ("hyperboloid_2sheet", "minimum", [2], 1e-12),
        ("easom", "minimum", [18], None),
        ("three_wells", "minimum", [0.96, 78.1], 0.01),
    ],
)
def test_the_curvatures_in_the_reasons(name, kind, expected, tolerance):
    measured = curvatures(name, kind)
    if tolerance is None:
        assert_allclose(max(measured), expected[0], rtol=1e-9)
    else:
        assert_allclose(measured, expected, atol=tolerance)


def test_the_paper_flattens_as_u_grows():
    along_u = [
        point for point in sorted(critical("paper_ex31"), key=lambda point: point.point) if point.kind == "minimum"
    ]
    assert len(along_u) == 8
    S = [point.scalar_curvature for point in along_u]
    assert_allclose([max(S), min(S)], [1.49, 0.23], atol=0.005)
    assert (np.diff(S) < 1e-9).all()


def test_the_sharp_minimum_is_curved_39_times_as_much_as_the_flat_one():
    flat, sharp = curvatures("two_minima_fig1")
    assert sharp / flat == pytest.approx(39, abs=0.5)


def test_branin_is_ranked_by_the_trace_alone():
    traces = sorted(point.hessian_trace for point in critical("branin") if point.kind == "minimum")
    assert_allclose(traces, [12.8, 13.0, 23.2], atol=0.05)


def test_mccormick_has_two_minima_that_no_measure_tells_apart():
    low, high = (point for point in critical("mccormick") if point.kind == "minimum")
    assert low.f < high.f - 1
    for measure in ("scalar_curvature", "hessian_trace", "hessian_square_trace"):
        assert_allclose(getattr(low, measure), getattr(high, measure), rtol=1e-10)


def test_rosenbrock_hides_its_curvature():
    assert at("rosenbrock", 1, 1).hessian_trace == 1002
    S = np.abs(fields("rosenbrock").scalar_curvature)
    assert (S < 0.13).mean() > 0.95


def test_beale_has_steep_corners():
    assert fields("beale").hessian_trace.max() > 270_000


def test_six_hump_camel_has_three_pairs():
    minima = [point for point in critical("six_hump_camel") if point.kind == "minimum"]
    assert_allclose([point.scalar_curvature for point in minima[:2]], 253, atol=0.5)
    assert_allclose(max(point.scalar_curvature for point in minima), 854, atol=0.5)
    assert len(minima) == 6


def test_the_deepest_minimum_of_styblinski_and_tang_has_the_largest_curvature():
    minima = [point for point in critical("styblinski_tang") if point.kind == "minimum"]
    assert len(minima) == 4
    assert minima[0].scalar_curvature == max(point.scalar_curvature for point in minima)


def test_rastrigin_spans_decades():
    assert len(curvatures("rastrigin")) == 25
    assert min(curvatures("rastrigin")) > 300_000
    assert np.percentile(fields("rastrigin", (256, 256)).scalar_curvature, 97) < 10


def test_scherk_is_minimal_and_curved_negatively():
    for u, v in ((0.3, -0.8), (1.2, 1.1), (0, 0.5)):
        assert abs(at("scherk", u, v).mean_curvature) < 1e-14
        assert at("scherk", u, v).scalar_curvature < 0


def test_egg_carton_stays_between_minus_two_and_two():
    S = fields("egg_carton", (400, 400)).scalar_curvature
    assert -2 <= S.min() < -1.99
    assert 1.99 < S.max() <= 2


def test_gaussian_bump_changes_its_sign_on_the_circle_of_its_width():
    s = PRESETS["gaussian_bump"].defaults["s"]
    assert at("gaussian_bump", 0.99 * s, 0).scalar_curvature > 0 > at("gaussian_bump", 0, 1.01 * s).scalar_curvature


def test_monkey_saddle_is_flat_at_its_centre_only():
    assert at("monkey_saddle", 0, 0).scalar_curvature == 0
    seen = fields("monkey_saddle", (40, 40))
    assert (seen.scalar_curvature < 0).all()
    assert_allclose(seen.hessian_trace, 0, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "trace"), [("mexican_hat", lambda x: 8 + 0 * x[:, 0]), ("dinh_uv", lambda x: 2 * (x**2).sum(axis=1))]
)
def test_valleys_of_perfect_fits_have_a_trace_and_no_curvature(name, trace):
    curves = [item for item in critical(name) if item.kind == "curve of degenerate points"]
    assert curves
    for curve in curves:
        assert_allclose(curve.hessian_trace, trace(curve.points), rtol=1e-9)
        assert curve.scalar_curvature == 0
        assert abs(curve.f) < 1e-24


def test_canyon_is_as_steep_as_the_sharp_well_and_has_no_curvature():
    (canyon,) = (item for item in critical("three_wells") if item.kind == "degenerate")
    sharp = max(
        (item for item in critical("three_wells") if item.kind == "minimum"), key=lambda item: item.scalar_curvature
    )
    assert_allclose(canyon.eigenvalues[1], sharp.eigenvalues[1], rtol=1e-3)
    assert abs(canyon.scalar_curvature) < 1e-6
    assert_allclose([canyon.f, sharp.f], -1, atol=1e-3)


def test_logistic_regression_is_convex_with_one_minimum():
    assert (fields("logistic_reg").scalar_curvature > 0).all()
    assert [item.kind for item in critical("logistic_reg")] == ["minimum"]


def test_griewanks_ripples_look_alike():
    S = curvatures("griewank")
    assert_allclose(S, S[-1], rtol=0.01)


def test_levys_minimum_is_gentler_than_many_traps():
    best = critical("levy13")[0]
    assert_allclose(best.point, (1, 1), atol=1e-12)
    assert_allclose(best.scalar_curvature, 719, atol=1)
    assert sum(S > best.scalar_curvature for S in curvatures("levy13")) > 100


def test_quadratic_is_what_its_sliders_say():
    here = at("quadratic", 0, 0, l1=10, l2=0.01)
    assert_allclose([here.scalar_curvature, here.hessian_trace, here.hessian_square_trace], [0.2, 10.01, 100.0001])


def test_hyperboloids_are_curved_opposite_ways():
    assert (fields("hyperboloid_1sheet").scalar_curvature < 0).all()
    assert (fields("hyperboloid_2sheet").scalar_curvature > 0).all()
    hole = np.isnan(fields("hyperboloid_1sheet_annulus", (300, 300)).f).mean()
    assert hole == pytest.approx(math.pi / 36, rel=0.02)


def test_ackley_has_a_cusp_and_no_curvature_there():
    (tip,) = (item for item in critical("ackley") if item.kind == "cusp")
    assert_allclose(tip.point, (0, 0), atol=1e-12)
    assert math.isnan(tip.scalar_curvature)


def test_peanos_origin_is_no_maximum_although_every_line_says_so():
    f = lambda u, v: (2 * u**2 - v) * (v - u**2)  # noqa: E731
    t = 1e-4
    angles = np.linspace(0, np.pi, 50)
    assert (f(t * t * np.cos(angles), t * t * np.sin(angles)) <= 0).all()
    assert at("peano", 0.1, 0.015).f > 0
    assert [item.kind for item in critical("peano")] == ["degenerate"]


@pytest.mark.parametrize(
    ("name", "minima", "maxima"),
    [("peaks", 3, 3), ("goldstein_price_log", 4, 1), ("eggholder", 75, 72), ("himmelblau", 4, 1)],
)
def test_the_counts_in_the_reasons(name, minima, maxima):
    kinds = [item.kind for item in critical(name)]
    assert (kinds.count("minimum"), kinds.count("maximum")) == (minima, maxima)


def test_goldstein_and_price_span_six_decades():
    f = fields("goldstein_price_log", (400, 400)).f
    assert math.exp(f.max()) > 1e6
    assert math.exp(critical("goldstein_price_log")[0].f) == pytest.approx(3, rel=1e-9)

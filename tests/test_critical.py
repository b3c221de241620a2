"""Critical points: against roots found by mpmath and in closed form, their
completeness, their honesty.
"""

import math

import mpmath
import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import PRESETS, Grid, evaluate, parse
from curvlib.critical import CriticalCurve, CriticalPoint, FlatRegion, critical_points
from curvlib.errors import ParameterError

CURVE = "curve of degenerate points"
SQUARE = ((-2.0, 2.0), (-2.0, 2.0))


def search(text, window=SQUARE, parameters=None, shape=(64, 64)):
    return critical_points(parse(text), Grid(*window, shape), parameters)


def of_preset(name, **parameters):
    preset = PRESETS[name]
    return critical_points(parse(preset.text), preset.grid((64, 64)), preset.defaults | parameters)


def count(found):
    kinds = [item.kind for item in found]
    return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


def places(found, kind=None):
    return in_rows([item.point for item in found if kind in (None, item.kind)])


def in_rows(points):
    """Points by u, then by v; u rounded, so that a last digit does not change the order."""
    return np.array(sorted(points, key=lambda point: (round(point[0], 6), point[1])))


# ---- all of them, to the last digits ----


def test_himmelblaus_nine_to_twelve_digits():
    found = of_preset("himmelblau")
    assert count(found) == {"minimum": 4, "saddle": 4, "maximum": 1}
    with mpmath.workdps(40):
        slopes = (
            lambda u, v: 4 * u * (u**2 + v - 11) + 2 * (u + v**2 - 7),
            lambda u, v: 2 * (u**2 + v - 11) + 4 * v * (u + v**2 - 7),
        )
        for item in found:
            exact = mpmath.findroot(slopes, item.point, tol=1e-60)
            assert max(abs(exact[i] - item.point[i]) for i in range(2)) < 1e-13
    assert_allclose(places(found, "minimum")[3], (3.584428340330, -1.848126526964), atol=1e-12)


def test_the_papers_minima_maxima_and_saddles():
    found = of_preset("paper_ex31")
    assert count(found) == {"minimum": 8, "saddle": 16, "maximum": 8}
    tops = math.atan(1 / 0.1) + np.pi * np.arange(4)  # tan u = 1/c
    extremes = [(u, v) for u in tops for v in np.pi * (np.arange(4) + 0.5)]
    crossings = [(u, v) for u in np.pi * np.arange(4) for v in np.pi * np.arange(4)]
    assert_allclose(places([item for item in found if item.kind != "saddle"]), in_rows(extremes), atol=1e-13)
    assert_allclose(places(found, "saddle"), in_rows(crossings), atol=1e-13)


def test_branin_rastrigin_and_the_camels():
    assert_allclose(
        places(of_preset("branin"), "minimum"), [(-math.pi, 12.275), (math.pi, 2.275), (3 * math.pi, 2.475)], atol=3e-5
    )
    assert count(of_preset("branin")) == {"minimum": 3, "saddle": 2}
    assert count(of_preset("rastrigin")) == {"minimum": 25, "saddle": 40, "maximum": 16}
    assert count(of_preset("six_hump_camel")) == {"minimum": 6, "saddle": 7, "maximum": 2}
    assert count(of_preset("peaks")) == {"minimum": 3, "saddle": 3, "maximum": 3}


@pytest.mark.parametrize("seed", range(3))
def test_polynomials_with_known_roots_lose_none_and_gain_none(seed):
    """f = A(p) + B(q) in turned coordinates p, q:
    the critical points are all pairs of the roots of A' and B'.
    """
    rng = np.random.default_rng(seed)
    roots = [np.cumsum(rng.uniform(0.15, 0.6, 4)) - 1.2 for _ in range(2)]
    angle = rng.uniform(0.2, 1.3)
    c, s = math.cos(angle), math.sin(angle)
    turned = ("(c*u + s*v)", "(c*v - s*u)")
    parts = []
    for x, y in zip(roots, turned, strict=True):
        coefficients = np.polyint(np.poly(x))
        parts += [f"({value!r})*{y}^{len(coefficients) - 1 - k}" for k, value in enumerate(coefficients.tolist())]
    found = search(f"c = {c!r}\ns = {s!r}\n" + " + ".join(parts), ((-2.5, 2.5), (-2.5, 2.5)))
    exact = [(c * p - s * q, s * p + c * q) for p in roots[0] for q in roots[1]]
    assert_allclose(places(found), in_rows(exact), atol=1e-11)
    assert count(found) == {"minimum": 4, "saddle": 8, "maximum": 4}  # the leading coefficients are positive


@pytest.mark.parametrize(
    "name",
    ["himmelblau", "styblinski_tang", "beale", "goldstein_price_log", "matfac_l2", "emilien_bowl", "two_minima_fig1"],
)
def test_saddles_are_one_fewer_than_minima_and_maxima_in_a_bowl(name):
    kinds = count(of_preset(name))
    index = kinds["minimum"] + kinds.get("maximum", 0) - kinds.get("saddle", 0)
    assert index == (-1 if name == "beale" else 1)  # Beale's valleys leave the window


@pytest.mark.parametrize("name", ["himmelblau", "paper_ex31", "peaks", "mexican_hat", "ackley"])
def test_the_grid_lends_its_window_and_nothing_else(name):
    preset = PRESETS[name]
    coarse, fine = (
        critical_points(parse(preset.text), preset.grid(shape), preset.defaults) for shape in ((2, 3), (400, 90))
    )
    assert count(coarse) == count(fine)
    assert [item.f for item in coarse] == [item.f for item in fine]


def test_ripples_finer_than_any_grid_are_resolved():
    found = search("sin(30*u) + cos(30*v)", ((0.0, 2.0), (0.0, 2.0)))
    exact = [((k + 0.5) * math.pi / 30, n * math.pi / 30) for k in range(19) for n in range(20)]
    assert_allclose(places(found), in_rows(exact), atol=1e-13)


def test_a_needle_in_a_plain_is_found():
    found = search("-exp(-5000*((u - 0.3)^2 + (v + 1.1)^2)) + 0.001*u", SQUARE)
    assert_allclose(places(found, "minimum"), [(0.3 - 0.001 / 10000, -1.1)], atol=1e-11)


# ---- what is said of each ----


def test_a_point_carries_the_papers_corollary():
    (found,) = search("(l*u^2 + m*v^2)/2 + 7", parameters={"l": 3, "m": -2})
    assert found == CriticalPoint((0.0, 0.0), "saddle", 7.0, -12.0, 1.0, 13.0, (-2.0, 3.0), found.error)


def test_minima_come_first_and_the_deepest_first_of_all():
    found = of_preset("six_hump_camel")
    kinds = [item.kind for item in found]
    assert kinds == sorted(kinds, key=("minimum", "saddle", "maximum").index)
    for kind in set(kinds):
        values = [item.f for item in found if item.kind == kind]
        assert values == sorted(values)


def test_turning_f_over_swaps_minima_and_maxima():
    up, down = search("u^3 - 3*u + v^2"), search("-(u^3 - 3*u + v^2)")
    assert count(up) == {"minimum": 1, "saddle": 1}
    assert count(down) == {"saddle": 1, "maximum": 1}
    assert_allclose(places(up), places(down), atol=1e-14)


@pytest.mark.parametrize("scale", [1e-150, 1e-8, 1e8, 1e150])
def test_the_height_of_f_does_not_matter(scale):
    found = search(f"{scale!r}*((u^2 - 1)^2 + 2*v^2)")
    assert count(found) == {"minimum": 2, "saddle": 1}
    assert_allclose(places(found), [(-1, 0), (0, 0), (1, 0)], atol=1e-14)


def test_moving_and_stretching_the_plane_moves_the_points():
    found = search("((u - 1000)/10)^4 - ((u - 1000)/10)^2 + (1e3*v)^2", ((985.0, 1015.0), (-3e-3, 2e-3)))
    assert_allclose(
        places(found), [(1000 - 10 / math.sqrt(2), 0), (1000, 0), (1000 + 10 / math.sqrt(2), 0)], rtol=1e-13, atol=1e-15
    )


def test_the_border_belongs_to_the_window_and_what_is_beyond_does_not():
    assert places(search("u^2 + v^2", ((0.0, 1.0), (0.0, 1.0)))).tolist() == [[0, 0]]
    assert search("u^2 + v^2", ((0.001, 1.0), (0.0, 1.0))) == []
    half = math.pi / 2
    assert count(search("sin(u) + sin(v)", ((-half, half), (-half, half)))) == {"minimum": 1, "saddle": 2, "maximum": 1}


# ---- degenerate points ----


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("u^3 - 3*u*v^2", (0, 0)),
        ("(2*u^2 - v)*(v - u^2)", (0, 0)),
        ("u^4 + v^4", (0, 0)),
        ("(u - 0.3)^4 + (v + 0.7)^2", (0.3, -0.7)),
        ("(u - 0.3)^3 + (v + 0.7)^2", (0.3, -0.7)),
        ("u^6 + (v - 1)^2", (0, 1)),
        ("(v - 0.2)^20 + u^2", (0, 0.2)),
        ("abs(u)^3 + v^2", (0, 0)),
        ("exp(u^4)*cosh(v) - u^4*0.5", (0, 0)),
        ("(u^2 + v^2)^5", (0, 0)),
    ],
)
def test_degenerate_points_are_known_as_well_as_they_say(text, point):
    (found,) = search(text)
    assert found.kind == "degenerate"
    distance = math.dist(found.point, point)
    assert distance <= found.error < 0.01
    assert distance < 1e-6 or "20" in text
    assert abs(found.scalar_curvature) < 1e-6


@pytest.mark.parametrize("ratio", [1e-6, 1e-9, 1e-12])
def test_a_long_valley_still_has_one_lowest_point(ratio):
    (found,) = search(f"(u - 0.1)^2 + {ratio!r}*(v - 0.7)^2")
    assert found.kind == "minimum"
    assert_allclose(found.point, (0.1, 0.7), atol=max(found.error, 1e-12))


# ---- curves of degenerate points ----


def arc(curve):
    vertices = np.concatenate([curve.points, curve.points[:1]]) if curve.closed else curve.points
    return np.linalg.norm(np.diff(vertices, axis=0), axis=1)


@pytest.mark.parametrize("power", [2, 3, 4])
def test_the_hats_brim_is_one_closed_circle(power):
    found = search(f"(u^2 + v^2 - 1)^{power}")
    (curve,) = (item for item in found if item.kind == CURVE)
    assert isinstance(curve, CriticalCurve)
    assert curve.closed
    assert len(found) == 2
    tolerance = max(10 * curve.error, 1e-12) if power < 4 else 1e-4
    assert_allclose(np.hypot(*curve.points.T), 1, atol=tolerance)
    assert_allclose(arc(curve).sum(), 2 * math.pi, rtol=1e-3)
    assert arc(curve).max() < 0.06
    assert curve.nature == ("valley" if power == 2 else "shelf")


def test_rescaling_symmetry_gives_two_branches_from_border_to_border():
    found = search("(u*v - 1)^2", ((-3.0, 3.0), (-3.0, 3.0)))
    curves = [item for item in found if item.kind == CURVE]
    assert count(found) == {"saddle": 1, CURVE: 2}
    for curve in curves:
        assert not curve.closed
        assert_allclose(curve.points.prod(axis=1), 1, rtol=1e-13)
        assert_allclose(sorted(np.abs(curve.points[[0, -1]]).ravel()), [1 / 3, 1 / 3, 3, 3], rtol=1e-12)
        assert arc(curve).max() < 0.1


@pytest.mark.parametrize(
    ("text", "curves", "length"),
    [
        ("3*u^2", 1, 4),
        ("-3*u^2", 1, 4),
        ("u^4", 1, 4),
        ("u^2*v^2", 2, 4),
        ("(u^2 - v^2)^2", 2, 4 * math.sqrt(2)),
        ("(u + 2*v)^2", 1, math.sqrt(20)),
        ("(v - u^2)^3", 1, None),
        ("sin(3*u)", 4, 4),
    ],
)
def test_curves_run_from_border_to_border_and_through_each_other(text, curves, length):
    found = search(text)
    assert count(found) == {CURVE: curves}
    for curve in found:
        assert np.isclose(np.abs(curve.points[[0, -1]]).max(axis=1), 2).all()
        if length:
            assert_allclose(arc(curve).sum(), length, rtol=1e-6)


def test_a_circle_that_only_just_leaves_the_window_is_cut_where_it_does():
    half = 1 / 1.005
    found = [item for item in search("(u^2 + v^2 - 1)^2", ((-half, half), (-half, half))) if item.kind == CURVE]
    assert len(found) == 4
    for curve in found:
        assert not curve.closed
        assert_allclose(np.abs(curve.points[[0, -1]]).max(axis=1), half, rtol=1e-14)
        assert_allclose(np.hypot(*curve.points.T), 1, atol=1e-12)
        assert_allclose(arc(curve).sum(), math.pi / 2 - 2 * math.acos(half), rtol=1e-3)


def test_curves_tell_valleys_from_ridges():
    natures = sorted(item.nature for item in search("sin(3*u)"))
    assert natures == ["ridge", "ridge", "valley", "valley"]
    assert [item.f for item in search("cos(u) + 5", ((-1.0, 1.0), (0.0, 3.0)))] == [6]


def test_a_curve_over_steps_has_a_part_on_each():
    heights = sorted(item.f for item in search("floor(u) + v^2", ((-1.5, 1.5), (-1.0, 1.0))))
    assert heights == [-2, -1, 0, 1]


def test_a_curve_may_lie_on_the_border():
    (curve,) = search("u^2", ((0.0, 1.0), (0.0, 1.0)))
    assert_allclose(curve.points[:, 0], 0, atol=1e-15)
    assert_allclose(arc(curve).sum(), 1)


def test_a_dead_neurons_canyon_ends_at_the_kink():
    (curve,) = (item for item in of_preset("relu_slice") if item.kind == CURVE)
    u, v = curve.points.T
    assert_allclose(v * (0.5 - u), 0.2, rtol=1e-12)
    assert_allclose([u.min(), u.max()], [-2, -0.5], atol=1e-3)


# ---- nothing that is not there ----


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("3*u - v", SQUARE),
        ("exp(-u^2 - v^2)", ((5.0, 40.0), (5.0, 40.0))),
        ("exp(-u)*(v^2 + 1)", ((-3.0, 900.0), (-2.0, 2.0))),
        ("(tanh(u) - 1)^2 + v^2", ((-3.0, 30.0), (-2.0, 2.0))),
        ("softplus(u) + v^2", ((-60.0, 10.0), (-2.0, 2.0))),
        ("1/(u^2 + v^2)", SQUARE),
        ("log(u^2 + v^2)", SQUARE),
        ("1/u + v^2", SQUARE),
        ("1/(u - v)", SQUARE),
        ("tan(u) + v^2", ((-5.0, 5.0), (-2.0, 2.0))),
        ("sqrt(u - v)", SQUARE),
        ("abs(u)", SQUARE),
        ("max(u, v)", SQUARE),
        ("abs(u) + v", SQUARE),
        ("100*sqrt(abs(v - 0.01*u^2)) + 0.01*abs(u + 10)", ((-14.0, -11.0), (-3.0, 3.0))),
        ("floor(u) + v", SQUARE),
        ("sqrt(u) + abs(v)", SQUARE),
        ("log(-1 - u^2)", SQUARE),
    ],
)
def test_slopes_poles_kinks_and_fading_tails_have_no_critical_points(text, window):
    assert list(search(text, window)) == []


def test_gaussian_bump_has_one_however_wide_the_window():
    for reach in (3.0, 40.0, 300.0):
        assert count(search("exp(-u^2 - v^2)", ((-reach, reach), (-reach, reach)))) == {"maximum": 1}


def test_easoms_tail_has_only_its_true_critical_points():
    """cos u cos v e^(-…) factors: tan t = -2t in each variable, and crossings of the
    zeros of the cosines.
    """
    found = of_preset("easom")
    t = 1.836597203152
    exact = [(math.pi + a, math.pi + b) for a in (-t, 0, t) for b in (-t, 0, t)] + [
        (math.pi + a, math.pi + b) for a in (-math.pi / 2, math.pi / 2) for b in (-math.pi / 2, math.pi / 2)
    ]
    assert_allclose(places(found), in_rows(exact), atol=1e-11)


# ---- cusps and flat parts ----


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("sqrt(u^2 + v^2)", (0, 0)),
        ("-3*hypot(u - 0.5, 2*v + 1)", (0.5, -0.5)),
        ("abs(u) + abs(v)", (0, 0)),
        ("abs(u - 0.3) + v^2", (0.3, 0)),
        ("sqrt(abs(u)) + sqrt(abs(v - 1))", (0, 1)),
    ],
)
def test_the_tip_of_a_cone_is_a_cusp_without_curvature(text, point):
    (found,) = search(text)
    assert found.kind == "cusp"
    assert math.dist(found.point, point) <= max(found.error, 1e-7)
    assert math.isnan(found.scalar_curvature)
    assert math.isnan(found.hessian_trace)
    assert all(math.isnan(value) for value in found.eigenvalues)


def test_a_hole_in_the_formula_does_not_hide_the_maximum_around_it():
    found = search("sin(u)/u*sin(v)/v", ((-4.0, 4.0), (-4.0, 4.0)))
    assert count(found) == {"saddle": 4, "maximum": 1}
    assert_allclose(places(found, "maximum"), [(0, 0)], atol=1e-7)


def test_creases_cross_in_cusps():
    assert count(search("abs(sin(3*u)) + abs(cos(2*v))", ((-4.0, 4.0), (-4.0, 4.0)))) == {"maximum": 40, "cusp": 42}


def test_ackleys_best_point_is_a_cusp_among_smooth_ones():
    found = of_preset("ackley")
    assert count(found) == {"minimum": 80, "saddle": 144, "maximum": 64, "cusp": 1}
    assert_allclose(places(found, "cusp"), [(0, 0)], atol=1e-12)


def test_a_constant_is_flat_all_over():
    (found,) = search("3")
    assert isinstance(found, FlatRegion)
    assert (found.f, found.share, found.scalar_curvature) == (3, 1, 0)


def test_a_dead_relu_is_a_flat_region_and_a_faded_tail_is_none():
    (found,) = search("relu(u) + relu(v)")
    assert found.kind == "flat region"
    assert found.share == pytest.approx(0.25, abs=0.02)
    assert found.point[0] < 0 > found.point[1]
    assert found.u_range == pytest.approx((-2, 0), abs=0.06)
    assert count(search("exp(-u^2 - v^2)", ((10.0, 60.0), (10.0, 60.0)))) == {}


def test_steps_are_flat_at_each_height():
    assert [(item.f, round(item.share, 1)) for item in search("step(u) - step(-u)")] == [(-1, 0.5), (1, 0.5)]


# ---- notes and refusals ----


def test_too_many_to_list_is_said():
    found = search("sin(50*u)*sin(50*v)")
    assert len(found) == 2000
    assert "8064 critical points" in found.notes[0]


def test_slopes_lost_in_rounding_are_said():
    assert "lost in rounding" in search("(tanh(u) - 1)^2 + v^2", ((-3.0, 30.0), (-2.0, 2.0))).notes[0]


def test_kinks_are_said_and_smooth_losses_need_no_notes():
    assert "kinks" in search("abs(u) + v^2").notes[0]
    assert search("u^2 + v^2").notes == ()


def test_parameters_have_to_be_given():
    with pytest.raises(ParameterError, match="'k'"):
        search("k*u^2")


def test_critical_points_agree_with_the_fields():
    found = of_preset("peaks")
    for item in found:
        u, v = item.point
        grid = Grid((u, u + 1), (v, v + 1), (2, 2))
        seen = evaluate(parse(PRESETS["peaks"].text), grid)
        assert seen.gradient_norm[0, 0] < 1e-13
        assert_allclose(
            [seen.f[0, 0], seen.hessian_trace[0, 0], seen.scalar_curvature[0, 0]],
            [item.f, item.hessian_trace, item.scalar_curvature],
            rtol=1e-10,
        )

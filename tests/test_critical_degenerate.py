"""Limits and tolerances of cusps, degenerate points and their curves, each from both sides."""

import numpy as np
import pytest

from curvlib import Grid, parse
from curvlib.critical import blunt, critical_points, degenerate, points, search, window
from curvlib.critical.cusps import cusps as tips_of
from curvlib.critical.polish import Polished
from curvlib.evaluation.jets import Jet, jet

UNIT = Grid((-0.5, 0.5), (-0.5, 0.5))


@pytest.fixture(autouse=True)
def quiet():
    """As `critical_points` does: where f overflows or is undefined, nothing is found."""
    with np.errstate(all="ignore"):
        yield


def found(text):
    return critical_points(parse(text), UNIT)


def kinds(text):
    return [item.kind for item in found(text)]


def made_of(sample):
    return window.ScaledWindow(sample, np.array([-0.5, -0.5]), np.array([1.0, 1.0]))


def text(formula):
    expression = parse(formula)
    return made_of(lambda u, v: jet(expression, u, v, {}))


def known(landscape, *rows, error=0.0):
    spots = landscape.spots(np.array(rows, float))
    return Polished(spots, np.full(len(rows), error))


# ---- cusps ----


@pytest.mark.parametrize(
    ("power", "kind"), [(0.2, []), (0.3, ["cusp"]), (1.0, ["cusp"]), (1.4, ["cusp"]), (1.6, []), (2.0, ["minimum"])]
)
def test_a_cusp_rises_in_proportion_or_faster_but_not_like_a_pole(power, kind):
    assert kinds(f"(u^2 + v^2)^{power / 2}") == kind


@pytest.mark.parametrize(("slope", "kind"), [(5e-7, ["cusp"]), (5e-8, [])])
def test_a_rise_of_f_within_rounding_makes_no_cusp(slope, kind):
    assert kinds(f"1 + {slope}*sqrt(u^2 + v^2)") == kind


@pytest.mark.parametrize(("cells", "tips"), [(3, 0), (5, 1)])
def test_a_critical_point_four_cells_away_explains_a_low_cell(cells, tips):
    cone = text("sqrt(u^2 + v^2)")
    assert len(tips_of(cone, search.survey(cone), np.array([[cells / 160, 0.0]]))) == tips


def test_a_tip_is_found_to_rounding():
    (tip,) = found("sqrt((u - 0.1)^2 + v^2)")
    assert abs(tip.point[0] - 0.1) < 1e-16 + tip.error
    (tip,) = found("sqrt(u^2 + v^2)")
    assert 2e-18 < tip.error < 1e-16


def test_tips_in_neighbouring_cells_are_two_and_one_tip_is_one():
    assert kinds("min(hypot(u, v), hypot(u - 3/160, v))").count("cusp") >= 2
    assert kinds("hypot(u, v)") == ["cusp"]


def test_a_narrow_valley_from_a_tip_is_no_cusp():
    """|v| + u² rises all around but is smooth along the crease; a valley a thousandth wide is
    found.
    """
    assert kinds("sqrt(abs(v - 0.001*u)) - 0.001*abs(u)*exp(-(200*(v - 0.001*u))^2)") == []


# ---- isolated degenerate points ----


def test_a_power_law_is_followed_down_sixty_halvings():
    landscape = text("(u^2 + v^2)^2")
    spot = known(landscape, (0, 0))
    error, power = blunt._ladder(landscape, np.zeros((1, 2)), points.inspect(landscape, spot))
    assert power == pytest.approx([3])
    assert 1e-20 < error[0] < 1e-19


@pytest.mark.parametrize(("power", "grows"), [(0.4, False), (0.6, True)])
def test_a_gradient_that_grows_with_less_than_the_root_of_the_distance_is_rounding(power, grows):
    landscape = text(f"(u^2 + v^2)^{(power + 1) / 2}")
    spot = known(landscape, (1e-12, 0), error=1e-9)
    _, seen = blunt._ladder(landscape, np.zeros((1, 2)), points.inspect(landscape, spot))
    assert np.isfinite(seen[0]) == grows


@pytest.mark.parametrize(("wobble", "rungs"), [(0.3, 59), (0.4, 1)])
def test_a_power_that_wobbles_by_a_third_is_none(wobble, rungs):
    """The slope falls by 2² and 2^(2 + wobble) in turns."""

    def sample(u, v):
        r = np.hypot(u, v)
        k = np.round(np.log2(2 * degenerate.STRIDE / np.maximum(r, 1e-300)))
        slope = 2.0 ** -(2 * k + wobble * np.floor(k / 2))
        return Jet(0 * u, slope * u / r, slope * v / r, 0 * u, 0 * u, 0 * u)

    landscape = made_of(sample)
    n = np.ones(1, bool)
    void = points.Inspected(~n, n, np.array([[1.0, 0.0]]), np.zeros(1), n)
    error, _ = blunt._ladder(landscape, np.zeros((1, 2)), void)
    assert error[0] == pytest.approx(4 * degenerate.STRIDE * 0.5**rungs)


def test_a_point_of_order_ten_is_reached():
    refined, power = blunt.refined(text("(u^2 + v^2)^5"), np.array([[0.003, 0.001]]))
    best = refined.error.argmin()
    assert np.hypot(*refined.spots.x[best]) < 1e-12
    assert power[best] == pytest.approx(9, abs=1e-3)


@pytest.mark.parametrize("text", ["abs(u)^2.2 + v^2", "abs(u - 0.1)^2.4 - v^2", "(u - 0.3)^4 + v^2"])
def test_a_minimum_at_which_an_eigenvalue_vanishes_is_degenerate_and_no_saddle(text):
    assert kinds(text) == ["degenerate"]


@pytest.mark.parametrize("ratio", [1e-7, 1e-10])
def test_a_gradient_that_grows_in_proportion_is_that_of_a_regular_point(ratio):
    assert kinds(f"(u - 0.1)^2 + {ratio}*(v - 0.2)^2") == ["minimum"]


# ---- curves ----


def trough(half_length, beyond, level=0.0):
    """v²/2 with a slope along u beyond a length, and near the origin another one."""

    def sample(u, v):
        f_u = np.where(np.abs(u) > half_length, beyond, np.where(np.abs(u) < 1e-4, level, 0.0))
        return Jet(v * v / 2, f_u, v, 0 * u, 0 * u, np.ones_like(u))

    return made_of(sample)


def on_curve(landscape):
    polished = known(landscape, (0, 0))
    return bool(degenerate.on_curves(landscape, polished, points.inspect(landscape, polished))[0][0])


@pytest.mark.parametrize(("slope", "level"), [(0.5e-14, True), (2e-14, False)])
def test_a_slope_along_a_valley_is_none_within_rounding(slope, level):
    assert on_curve(trough(1e-3, slope)) == level


@pytest.mark.parametrize(("times", "level"), [(15, True), (25, False)])
def test_what_is_left_of_the_slope_at_a_point_tells_its_rounding(times, level):
    assert on_curve(trough(1e-3, times * 1e-10, 1e-10)) == level


@pytest.mark.parametrize(("strides", "on"), [(2.5, False), (3.5, True)])
def test_a_curve_goes_on_for_three_strides(strides, on):
    assert on_curve(trough(strides * degenerate.STRIDE, 1.0)) == on


def test_vertices_are_a_hundred_and_sixtieth_of_the_window_apart():
    (curve,) = found("v^2")
    assert 155 <= len(curve.points) <= 230


def test_curves_that_are_not_listed_are_said(monkeypatch):
    monkeypatch.setattr("curvlib.critical.MAX_CURVES", 3)
    assert "More than 3 curves" in found("sin(12*u)").notes[0]
    monkeypatch.setattr("curvlib.critical.MAX_CURVES", 4)
    assert found("sin(12*u)").notes == ()


@pytest.mark.parametrize(("step", "parts"), [(5e-8, 1), (2e-7, 2)])
def test_a_curve_over_a_step_is_divided_unless_the_step_is_rounding(step, parts):
    assert len([item for item in found(f"v^2 + {step}*step(u)") if item.kind.startswith("curve")]) == parts


@pytest.mark.parametrize(("least", "nature"), [(4e-7, "valley"), (2e-8, "shelf")])
def test_a_valley_that_flattens_out_is_a_shelf(least, nature):
    curves = [item for item in found(f"v^2*({least} + (u + 0.5)^2)") if item.kind.startswith("curve")]
    assert [item.nature for item in curves] == [nature]


# ---- flat parts ----


@pytest.mark.parametrize(("stairs", "listed"), [(8, 8), (30, 20)])
def test_twenty_heights_are_listed(stairs, listed):
    flats = [item for item in found(f"floor({stairs}*(u + 0.5) - 1e-9) + 0*v") if item.kind == "flat region"]
    assert len(flats) == listed


@pytest.mark.parametrize(("slope", "flat"), [(1e-11, 1), (1e-13, 0)])
def test_a_region_whose_rim_has_hardly_a_slope_has_faded(slope, flat):
    assert kinds(f"{slope}*relu(-u) + {slope}*relu(u - 0.2) + relu(u - 0.4)").count("flat region") == flat

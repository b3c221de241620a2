"""The figures show the numbers they are given:
true values on uneven colours, gaps as gaps, curves where a field is zero and nowhere else.
"""

import json
import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import PRESETS, Grid, parse
from pages.ui.charts import marks, scale, theme, zero_curves
from pages.ui.charts.picture import Picture, height_range, picture
from pages.ui.landscape import readings

ROOT = Path(__file__).parent.parent


def picture_of(text: str, window=((-2, 2), (-2, 2)), side: int = 64, **parameters: float) -> Picture:
    return picture(parse(text), Grid(*window, (side, side)), parameters)


def preset(name: str, side: int = 64) -> Picture:
    return picture(parse(PRESETS[name].text), PRESETS[name].grid((side, side)), PRESETS[name].defaults)


@pytest.mark.parametrize("text", ["sqrt(u^2 + v^2)", "sin(u + 2*v)", "3*u - v", "exp(u)", "tanh(3*u - v)^2"])
def test_where_S_is_rounding_alone_it_is_drawn_and_told_as_zero(text):
    shown = picture_of(text)
    assert shown.flat_to_rounding
    assert len(shown.flat) == 0
    assert_allclose(shown.scales["S"].position(shown.values("S")[~shown.fields.undefined]), 0.5, atol=1e-6)
    assert "0 up to rounding" in readings.about_colours(shown, "S")


@pytest.mark.parametrize("text", ["u^2 - v^2", "1e-5*u*v", "u^2 + 1e-10*v^2", "exp(-10*(u^2 + v^2))"])
def test_where_S_is_small_but_known_it_is_drawn(text):
    assert not picture_of(text).flat_to_rounding


VALUES = [
    np.sin(np.linspace(0, 9, 999)),
    np.linspace(-1, 3, 999) ** 7,
    np.full(9, 0.5),
    np.zeros(9),
    np.array([np.nan, 1e308, -1e308]),
    np.array([np.nan]),
    np.array([1e-320, -1]),
]


@pytest.mark.parametrize("values", VALUES, ids=range(len(VALUES)))
def test_diverging_scale_is_centred_at_zero_and_symmetric(values):
    colours = scale.diverging(values)
    assert colours.low == -colours.limit < 0
    assert colours.position(0.0) == 0.5
    assert_allclose(colours.position(-values), 1 - colours.position(values), atol=1e-12)


@pytest.mark.parametrize("make", [scale.diverging, scale.one_sided])
@pytest.mark.parametrize("values", VALUES, ids=range(len(VALUES)))
def test_scale_grows_and_its_ticks_say_true_values(make, values):
    colours = make(values)
    positions = np.linspace(0, 1, 33)
    assert_allclose(colours.position(colours.value(positions)), positions, atol=1e-9)
    assert (np.diff(colours.value(positions)) > 0).all()
    for position, text in colours.ticks().items():
        assert_allclose(number(text), colours.value(position), rtol=1e-3, atol=1e-9 * colours.limit)


def number(text: str) -> float:
    """The number that a tick says, read back."""
    plain = text.translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789"))
    mantissa, _, power = (
        plain.partition("·10")
        if "·" in plain
        else ("1", "", plain.removeprefix("-").removeprefix("10"))
        if "⁻" in text or any(c in text for c in "⁰¹²³⁴⁵⁶⁷⁸⁹")
        else (plain, "", "0")
    )
    return (
        math.copysign(float(mantissa) * 10.0 ** int(power), -1 if text.startswith("−") else 1)
        if float(mantissa)
        else 0.0
    )


def test_clipped_share_is_the_share_of_values_beyond_the_ends():
    values = np.concatenate([np.linspace(-1, 1, 990), [1e3, -1e4] * 5])
    colours = scale.diverging(values)
    assert 0 < colours.clipped == np.mean(np.abs(values) > colours.limit) <= 0.01
    assert scale.diverging(np.sin(np.arange(99.0))).clipped == 0


def test_small_values_beside_huge_ones_keep_their_colours():
    values = preset("rosenbrock").values("S")
    small = values[np.abs(values) < 0.13]
    assert small.size > 0.9 * values.size
    assert np.ptp(np.percentile(scale.diverging(values).position(small), (10, 90))) > 0.2


@pytest.mark.parametrize("name", ["light", "dark"])
def test_palette_is_readable_and_matches_the_page(name):
    palette = theme.palette(name)
    page = tomllib.loads((ROOT / ".streamlit/config.toml").read_text())["theme"][name]
    assert palette.background == page["backgroundColor"]
    assert contrast(palette.text, palette.background) >= 4.5
    assert contrast(page["textColor"], page["backgroundColor"]) >= 7
    assert contrast(page["primaryColor"], page["backgroundColor"]) >= 4.5
    assert contrast(palette.ink, palette.halo) >= 7


@pytest.mark.parametrize(("name", "table"), [("light", "vik"), ("dark", "berlin")])
def test_diverging_colours_are_the_published_ones_and_end_apart(name, table):
    stops = theme.palette(name).diverging
    assert list(stops) == json.loads((ROOT / "assets/colour_scales.json").read_text())[table]
    lightness = [luminance(stop) for stop in stops]
    middle = lightness[len(stops) // 2]
    assert (
        all(middle > end for end in (lightness[0], lightness[-1]))
        if name == "light"
        else all(middle < end for end in (lightness[0], lightness[-1]))
    )


@pytest.mark.parametrize("name", ["light", "dark"])
def test_gap_has_a_colour_that_no_value_has(name):
    palette = theme.palette(name)
    gap = rgb(palette.gap)
    assert min(math.dist(gap, rgb(stop)) for stop in (*palette.diverging, *palette.one_sided, palette.background)) > 0.1


def rgb(colour: str) -> list[float]:
    if colour.startswith("rgb"):
        return [float(part) / 255 for part in colour[4:-1].split(",")]
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb(colour)]
    return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_bump_is_flat_on_the_circle_of_its_width_and_traceless_on_root_two_of_it():
    bump = picture_of("exp(-(u^2+v^2)/(2*0.7^2))", side=256)
    assert_allclose(np.hypot(*zero_curves.joined(bump.flat).T)[:-1], 0.7, atol=1e-3)
    assert_allclose(np.hypot(*zero_curves.joined(bump.traceless).T)[:-1], 0.7 * math.sqrt(2), atol=1e-3)


@pytest.mark.parametrize("cylinder", ["u^2", "exp(u - v)", "sin(3*u + v)", "2*u - v"])
def test_cylinder_has_no_curves_of_zero_curvature_for_it_is_zero_everywhere(cylinder):
    assert len(picture_of(cylinder).flat) == 0


@pytest.mark.parametrize("traceless", ["u^2 - v^2", "u^3 - 3*u*v^2", "exp(u)*sin(v)"])
def test_harmonic_loss_has_no_curves_of_zero_trace_for_it_is_zero_everywhere(traceless):
    assert len(picture_of(traceless).traceless) == 0


@pytest.mark.parametrize("side", [63, 64])
def test_no_curve_is_drawn_where_a_sign_changes_through_infinity(side):
    assert len(picture_of("1/u", side=side).traceless) == 0


def test_no_curve_crosses_a_gap():
    hole = picture_of("sqrt(u^2+v^2-1)", ((-3, 3), (-3, 3)))
    assert len(hole.traceless) == 1
    assert_allclose(np.hypot(*hole.traceless[0].T), math.sqrt(2), atol=0.05)


def test_narrow_valley_keeps_its_curve():
    valley = preset("rosenbrock", 256)
    u, v = zero_curves.joined(valley.flat).T
    defined = np.isfinite(u)
    assert np.ptp(u[defined]) > 3
    assert_allclose(v[defined], u[defined] ** 2 + 1 / 200, atol=0.02)


@pytest.mark.parametrize("name", ["paper_ex31", "himmelblau", "mexican_hat"])
def test_legend_counts_the_critical_points_of_each_kind(name):
    shown = preset(name)
    legend = marks.legend(shown, theme.palette("light"))
    for kind, look in marks.KINDS.items():
        assert (f"{look.plural} ({len(shown.points(kind))})" in legend) == bool(len(shown.points(kind)))


def test_legend_names_the_gap_only_where_there_is_one():
    palette = theme.palette("dark")
    assert "not defined" in marks.legend(preset("hyperboloid_1sheet_annulus"), palette)
    assert "not defined" not in marks.legend(preset("egg_carton"), palette)
    assert "degenerate" in marks.legend(preset("mexican_hat"), palette)


def test_surface_is_cut_only_where_a_few_values_tower_over_the_rest():
    rosenbrock = preset("rosenbrock").fields.f
    assert height_range(rosenbrock) == (rosenbrock.min(), rosenbrock.max())
    pole = picture_of("1/(u^2+v^2)").fields.f
    low, high = height_range(pole)
    assert low == np.nanmin(pole)
    assert high < 0.2 * np.nanmax(pole)
    assert np.mean(pole > high) < 0.02
    assert all(low < high for low, high in map(height_range, VALUES))

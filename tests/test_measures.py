"""The table of measures: what its rows say is what every part of the library and the app shows."""

import dataclasses

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import PRESETS, Fields, Grid, evaluate, geometry_at, parse, sampled
from curvlib.__main__ import main
from curvlib.curvature import mean_curvature, principal_curvatures
from curvlib.curvature.measures import BY_NAME, COMPUTED, DERIVATIVES, FURTHER, MEASURES, formula
from curvlib.evaluation.fields import KERNELS
from curvlib.evaluation.jets import jet
from curvlib.files.csv_table import field_columns
from pages.ui.charts.picture import drawn, is_minimal, picture as picture_of
from tests.javascript import source_of

GRID = Grid((-1.3, 1.1), (-0.9, 1.2), (31, 27))
ALL = tuple(FURTHER)


def test_rows_are_named_once_and_fields_have_them_all():
    assert len(BY_NAME) == len(MEASURES) == len({measure.symbol for measure in MEASURES.values()})
    assert set(BY_NAME) - {"gaussian_curvature"} <= {field.name for field in dataclasses.fields(Fields)}
    assert set(COMPUTED) | set(FURTHER) | {m.name for m in MEASURES.values() if m.multiple} == set(BY_NAME)


@pytest.mark.parametrize("name", FURTHER)
def test_formulas_are_written_in_the_letters_of_derivatives_alone(name):
    assert parse(FURTHER[name]).parameters == tuple(DERIVATIVES)
    assert formula(name) is formula(name)


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("name", ["paper_ex31", "himmelblau", "rosenbrock", "gaussian_bump", "logistic_reg"])
def test_mean_curvature_is_the_mean_of_the_principal_curvatures(name, kernel):
    preset = PRESETS[name]
    loss, grid = parse(preset.text), preset.grid((17, 19))
    found = evaluate(loss, grid, preset.defaults, further=ALL, kernel=kernel).mean_curvature
    at = jet(loss, grid.u, grid.v[:, None], preset.defaults)
    gradient = np.stack([at.f_u, at.f_v], axis=-1)
    hessian = np.stack([at.f_uu, at.f_uv, at.f_uv, at.f_vv], axis=-1).reshape(*gradient.shape, 2)
    curvatures = principal_curvatures(gradient, hessian)
    size = np.abs(curvatures).max(axis=-1)
    assert_allclose(found / size, curvatures.mean(axis=-1) / size, atol=1e-10)
    assert_allclose(found / size, mean_curvature(gradient, hessian) / size, atol=1e-12)


def test_sphere_has_the_curvatures_of_its_radius_and_a_cylinder_has_half_of_its_own():
    dome = evaluate(parse("sqrt(9 - u^2 - v^2)"), GRID, further=ALL)
    assert_allclose(dome.mean_curvature, -1 / 3, rtol=1e-13)
    assert_allclose(dome.gaussian_curvature, 1 / 9, rtol=1e-12)
    roof = evaluate(parse("sqrt(9 - u^2)"), GRID, further=ALL)
    assert_allclose(roof.mean_curvature, -1 / 6, rtol=1e-13)
    assert (roof.gaussian_curvature == 0).all()


def test_minimal_surface_has_a_map_of_zeros_and_others_have_not():
    grid = Grid((-1.4, 1.4), (-1.4, 1.4), (65, 65))
    scherk, bowl = (evaluate(parse(text), grid, further=ALL) for text in ("log(cos(v)/cos(u))", "u^2 + v^2"))
    assert is_minimal(scherk)
    assert not is_minimal(bowl)
    assert picture_of(parse("log(cos(v)/cos(u))"), grid, {}).scales["mean"].limit == 1
    assert not is_minimal(evaluate(parse("1e-3*(u^2 + v^2)"), grid, further=ALL))


@pytest.mark.parametrize("kernel", KERNELS)
def test_steep_slopes_neither_overflow_nor_lose_the_mean_curvature(kernel):
    """On f = a u²/2 the curvature across is a/(1 + a²u²)^(3/2), its half the mean."""
    for a in (1e-150, 1e60, 1e150, 1e200):
        grid = Grid((1e-3, 1), (-1, 1), (9, 3))
        found = evaluate(parse("a*u^2/2"), grid, {"a": a}, further=ALL, kernel=kernel).mean_curvature
        slope = np.longdouble(a) * grid.u
        assert_allclose(
            found[0], (np.longdouble(a) / (1 + slope**2) ** np.longdouble(1.5) / 2).astype(float), rtol=1e-14
        )


def test_kinks_and_undefined_cells_have_no_further_measure_either():
    fields = evaluate(parse("abs(u) + log(v)"), Grid((-1, 1), (-1, 1), (5, 5)), further=ALL)
    assert (np.isnan(fields.mean_curvature) == np.isnan(fields.scalar_curvature)).all()


def test_further_measures_are_computed_only_where_they_are_asked_for():
    plain = evaluate(parse("u*v"), GRID)
    assert plain.mean_curvature is None
    assert plain.further == ()
    assert len(plain.arrays) == len(COMPUTED)
    with pytest.raises(ValueError, match="without mean curvature"):
        plain.measure("mean")
    with pytest.raises(ValueError, match="no further measure 'torsion'; there is mean_curvature"):
        evaluate(parse("u*v"), GRID, further=["torsion"])


def test_arrays_that_are_given_say_which_measures_are_filled():
    out = Fields.empty(GRID.shape, np.float32, ALL)
    found = evaluate(parse("u^2*v"), GRID, out=out)
    assert found.mean_curvature is out.mean_curvature
    assert_allclose(found.mean_curvature, evaluate(parse("u^2*v"), GRID, further=ALL).mean_curvature, rtol=1e-6)


@pytest.mark.parametrize("kernel", KERNELS)
def test_measures_of_every_kernel_stay_what_they_are_beside_further_ones(kernel):
    for text in ("exp(-u^2-v^2)*(1+u)", "sin(u*v) + u^3", "(u^2+v-11)^2+(u+v^2-7)^2", "abs(u)*v"):
        alone, beside = (evaluate(parse(text), GRID, further=names, kernel=kernel) for names in ((), ALL))
        for name in COMPUTED:
            assert_allclose(getattr(beside, name), getattr(alone, name), rtol=1e-12, atol=1e-13)


def test_one_row_is_shown_and_saved_everywhere(tmp_path, capsys):
    loss = parse("u^2 + v^3")
    assert all(f"out.{key}[k]" in source_of(loss).body for key, measure in MEASURES.items() if not measure.multiple)
    fields = evaluate(loss, GRID, further=ALL)
    assert [*field_columns(fields, GRID)] == ["u", "v", *BY_NAME]
    assert set(picture_of(loss, GRID, {}).scales) == set(MEASURES)
    report = tmp_path / "report.html"
    assert main([str(loss), "--size", "16", "--output", str(report)]) == 0
    said = capsys.readouterr().out
    assert all(f"\n{measure.symbol} " in said for measure in MEASURES.values())
    assert all(measure.words in report.read_text() for measure in MEASURES.values())


def test_number_at_a_point_is_the_one_on_the_map():
    loss, grid = parse("sin(u) + v^2*u"), Grid((-1, 1), (-1, 1), (3, 3))
    here = geometry_at(loss, (1.0, -1.0))
    fields = evaluate(loss, grid, further=ALL)
    assert here.mean_curvature == pytest.approx(fields.mean_curvature[0, 2], rel=1e-14)
    assert here.scalar_curvature / 2 == pytest.approx(fields.gaussian_curvature[0, 2], rel=1e-14)


@pytest.mark.parametrize("noise", [0.0, 1e-4])
def test_error_of_sampled_mean_curvature_covers_what_is_off(noise):
    grid = Grid((-2, 2), (-2, 2), (81, 81))
    truth = evaluate(parse("sin(u)*cos(v) + u^2/4"), grid, further=ALL)
    values = truth.f + noise * np.random.default_rng(1).standard_normal(grid.shape)
    found = sampled.from_samples(values, grid)
    off = np.abs(found.fields.mean_curvature - truth.mean_curvature)
    known = np.isfinite(off)
    assert known.mean() > 0.9
    assert (off <= found.errors.mean_curvature + 1e-12)[known].mean() > 0.95
    assert np.median(found.errors.mean_curvature[known]) < 0.2
    assert_allclose(found.errors.gaussian_curvature, found.errors.scalar_curvature / 2)
    assert drawn(found.fields, grid, []).scales["mean"].limit > 0

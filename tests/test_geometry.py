"""The geometry at a point: definition beside formula, closed-form surfaces, and
what is said where there is none.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from curvlib import PRESETS, Grid, evaluate, parse
from curvlib.curvature import definitions, formulas
from curvlib.errors import ParameterError
from curvlib.evaluation.point import geometry_at

EXAMPLE = "u + 2v + u^2/2 + 2u*v + 5v^2/2"


def test_the_papers_worked_example():
    at = geometry_at(parse(EXAMPLE), (0, 0))
    assert_allclose(at.metric, [[2, 2], [2, 5]])
    assert_allclose(at.inverse, np.array([[5, -2], [-2, 2]]) / 6, rtol=1e-15)
    assert_allclose(at.christoffel, np.multiply.outer([1, 2], [[1, 2], [2, 5]]) / 6, rtol=1e-15)
    assert_allclose(at.riemann[0, 1, 0, 1], 5 / 36, rtol=1e-14)
    assert_allclose([at.scalar_curvature, at.scalar_curvature_by_definition], 1 / 18, rtol=1e-15)
    assert_allclose(at.ricci, at.metric / 36, rtol=1e-14)
    assert_allclose([at.hessian_trace, at.hessian_square_trace], [6, 34])
    assert_allclose(at.eigenvalues, [3 - np.sqrt(8), 3 + np.sqrt(8)])
    assert at.gradient_norm == pytest.approx(np.sqrt(5))
    assert at.undefined == ""


@pytest.mark.parametrize("name", PRESETS)
def test_formula_and_definition_agree_on_every_preset(name):
    preset = PRESETS[name]
    loss = parse(preset.text)
    rng = np.random.default_rng(7)
    for share in rng.uniform(size=(4, 2)):
        point = tuple(low + part * (high - low) for part, (low, high) in zip(share, preset.window, strict=True))
        at = geometry_at(loss, point, preset.defaults)
        if not at.undefined:
            assert_allclose(at.scalar_curvature, at.scalar_curvature_by_definition, rtol=1e-14)
            assert_allclose(np.prod(at.principal_curvatures), at.scalar_curvature / 2, rtol=1e-12)
            assert_allclose(
                at.principal_curvatures.mean(),
                at.mean_curvature,
                rtol=1e-9,
                atol=1e-12 * np.abs(at.principal_curvatures).max(),
            )


@pytest.mark.parametrize("q", [2, 3])
def test_the_definition_in_exact_arithmetic_is_equation_4(q):
    rng = np.random.default_rng(q)
    gradient, hessian = rng.normal(size=q), rng.normal(size=(q, q))
    hessian += hessian.T
    assert_allclose(
        definitions.scalar_curvature(gradient, hessian), formulas.scalar_curvature(gradient, hessian), rtol=1e-13
    )


def test_the_definition_survives_a_gradient_of_1e100_and_a_result_too_large_for_a_number():
    loss = parse("1e100*u^2 + u*v^3")
    at = geometry_at(loss, (1.0, 1.0))
    assert_allclose(at.scalar_curvature_by_definition, 1.5e-300, rtol=1e-12)
    assert_allclose(at.scalar_curvature, at.scalar_curvature_by_definition, rtol=1e-14)
    for sign in (1, -1):
        assert definitions.scalar_curvature(np.zeros(2), np.diag([1e200, sign * 1e200])) == sign * np.inf


@pytest.mark.parametrize(
    ("text", "mean", "S"),
    [
        ("sqrt(4 - u^2 - v^2)", -1 / 2, 2 / 4),  # a sphere seen from above bends down
        ("-sqrt(4 - u^2 - v^2)", 1 / 2, 2 / 4),
        ("-sqrt(4 - u^2)", 1 / 4, 0),
        ("log(cos(v)/cos(u))", 0, None),
        ("3u - 2v + 1", 0, 0),
    ],
)
def test_surfaces_whose_curvatures_are_known(text, mean, S):
    at = geometry_at(parse(text), (0.4, -0.7))
    assert at.mean_curvature == pytest.approx(mean, abs=1e-14)
    if S is None:
        assert at.scalar_curvature < 0
    else:
        assert at.scalar_curvature == pytest.approx(S, abs=1e-14)


@pytest.mark.parametrize(
    ("text", "point", "why", "f"),
    [
        ("abs(u) + v", (0, 1), "kink", 1),
        ("log(u)", (-1, 0), "logarithm of a negative number", np.nan),
        ("1/u", (0, 0), "division by zero", np.nan),
        ("sqrt(u^2 + v^2)", (0, 0), "division by zero", 0),
        ("exp(exp(u))", (9, 0), "beyond the range", np.nan),
    ],
)
def test_where_there_are_no_derivatives_the_geometry_is_nan_and_says_why(text, point, why, f):
    at = geometry_at(parse(text), point)
    assert why in at.undefined
    assert_allclose(at.f, f)
    arrays = "metric inverse christoffel riemann ricci eigenvalues principal_curvatures gradient".split()
    assert not [name for name in arrays if not np.isnan(getattr(at, name)).all()]
    curvatures = "scalar_curvature scalar_curvature_by_definition mean_curvature".split()
    norms = "gradient_norm hessian_trace hessian_square_trace".split()
    assert not [name for name in (*curvatures, *norms) if not np.isnan(getattr(at, name))]


def test_derivatives_too_large_for_a_number_leave_the_curvature_that_the_map_shows():
    loss = parse("1e200*cos(1e60*u) + 1e-100*v^2")
    at = geometry_at(loss, (0.0, 0.0))
    shown = evaluate(loss, Grid((0.0, 1.0), (0.0, 1.0), (2, 2))).scalar_curvature[0, 0]
    assert at.undefined
    assert np.isnan(at.hessian).all()
    assert_allclose([at.scalar_curvature, shown], -4e220, rtol=1e-12)


def test_parameters_have_to_be_given():
    with pytest.raises(ParameterError, match="'k'"):
        geometry_at(parse("k*u^2"), (0, 0))
    assert geometry_at(parse("k*u^2"), (0, 0), {"k": 3}).hessian_trace == 6

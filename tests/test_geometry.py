"""The geometry at a point against the definitions: sympy takes the metric, differentiates it, and contracts."""

from functools import cache

import numpy as np
import pytest
import sympy
from numpy.testing import assert_allclose

from curvlib.geometry import PointGeometry, geometry_at, riemann_by_definition
from curvlib.language.grammar import parse

U, V = X = sympy.symbols("u v", real=True)
LOSSES = {
    "u + 2*v + u^2/2 + 2*u*v + 5*v^2/2": U + 2 * V + U**2 / 2 + 2 * U * V + 5 * V**2 / 2,
    "exp(-u/10)*sin(u)*sin(v)": sympy.exp(-U / 10) * sympy.sin(U) * sympy.sin(V),
    "u^3 - 3*u*v^2": U**3 - 3 * U * V**2,
    "sqrt(4-u^2-v^2)": sympy.sqrt(4 - U**2 - V**2),
}
POINTS = [(0.5, 0.25), (-0.75, 1.0)]


@cache
def by_definition(text: str, u: float, v: float) -> dict[str, np.ndarray]:
    """g, Γ, R, Ricci and S from the metric and its derivatives alone, as in Appendix A with the sign convention of B.3."""
    gradient = sympy.Matrix([LOSSES[text].diff(x) for x in X])
    metric = sympy.eye(2) + gradient * gradient.T

    def at_point(*order: sympy.Symbol) -> np.ndarray:
        entries = metric.diff(*order) if order else metric
        return np.array(entries.subs({U: sympy.Rational(u), V: sympy.Rational(v)}).evalf(30), dtype=float)

    g = at_point()
    dg = np.stack([at_point(a) for a in X])  # [a, k, l] = ∂_a g_kl
    ddg = np.stack([[at_point(a, b) for b in X] for a in X])
    inverse = np.linalg.inv(g)
    d_inverse = -np.einsum("im,amn,nj->aij", inverse, dg, inverse)
    lowered = (np.einsum("kml->mkl", dg) + np.einsum("lmk->mkl", dg) - dg) / 2
    d_lowered = (np.einsum("akml->amkl", ddg) + np.einsum("almk->amkl", ddg) - ddg) / 2
    gamma = np.einsum("im,mkl->ikl", inverse, lowered)
    d_gamma = np.einsum("aim,mkl->aikl", d_inverse, lowered) + np.einsum("im,amkl->aikl", inverse, d_lowered)
    half = np.einsum("kimj->ijkm", d_gamma) + np.einsum("ikr,rmj->ijkm", gamma, gamma)
    riemann = half - np.einsum("ijkm->ijmk", half)
    ricci = np.einsum("ijim->jm", riemann)
    scalar_curvature = np.einsum("jm,jm->", inverse, ricci)
    return {"metric": g, "inverse": inverse, "christoffel": gamma, "riemann": riemann, "ricci": ricci, "scalar_curvature": scalar_curvature}


@pytest.mark.parametrize("text", LOSSES)
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("name", ["metric", "inverse", "christoffel", "riemann", "ricci", "scalar_curvature"])
def test_each_tensor_is_what_its_definition_says(text, point, name):
    found = getattr(geometry_at(parse(text), point), name)
    assert_allclose(found, by_definition(text, *point)[name], rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("text", LOSSES)
@pytest.mark.parametrize("point", POINTS)
def test_s_by_the_formula_and_s_by_definition_agree(text, point):
    here = geometry_at(parse(text), point)
    assert_allclose(here.scalar_curvature_by_definition, here.scalar_curvature, rtol=1e-11, atol=1e-14)
    assert_allclose(riemann_by_definition(here.gradient, here.hessian), by_definition(text, *point)["riemann"], rtol=1e-11, atol=1e-13)


def test_the_paper_quadratic_has_the_corrected_component_not_the_printed_one():
    here = geometry_at(parse("u + 2*v + u^2/2 + 2*u*v + 5*v^2/2"), (0, 0))
    assert_allclose(here.riemann[0, 1, 0, 1], 5 / 36, rtol=1e-14)
    assert_allclose(here.scalar_curvature, 1 / 18, rtol=1e-14)


def test_the_principal_curvatures_multiply_to_half_s_and_average_to_the_mean():
    here = geometry_at(parse("u^3 - 3*u*v^2 + u*v"), (0.3, 0.7))
    assert_allclose(2 * np.prod(here.principal_curvatures), here.scalar_curvature, rtol=1e-13)
    assert_allclose(here.principal_curvatures.mean(), here.mean_curvature, rtol=1e-12)
    assert_allclose(here.eigenvalues.sum(), here.hessian_trace, atol=1e-13)
    assert_allclose((here.eigenvalues**2).sum(), here.hessian_square_trace, rtol=1e-13)


@pytest.mark.parametrize(
    ("text", "reason"),
    [("log(u)", "logarithm of a negative number"), ("abs(u+1)", "kink or jump of f"), ("1/(u+1)", "division by zero"), ("hypot(u+1, v)", "division by zero")],
)
def test_where_there_is_no_geometry_the_reason_is_given(text, reason):
    here = geometry_at(parse(text), (-1, 0))
    assert here.undefined == reason
    assert np.isnan(here.scalar_curvature)
    assert np.isnan(here.metric).any()


def test_a_point_must_be_two_finite_numbers():
    with pytest.raises(ValueError, match="two finite numbers"):
        geometry_at(parse("u"), (float("nan"), 0))


def test_parameters_reach_the_point():
    assert isinstance(here := geometry_at(parse("a*u^2+v^2"), (0, 0), {"a": 3}), PointGeometry)
    assert here.scalar_curvature == 2 * 6 * 2

"""The paper's formulas against the definition, worked out independently by sympy and mpmath."""

import mpmath
import numpy as np
import pytest
import sympy as sp
from numpy.testing import assert_allclose

from curvlib.curvature import formulas

x1, x2, x3 = sp.symbols("x1 x2 x3")
SURFACES = {
    "the worked example": (x1 + 2 * x2 + x1**2 / 2 + 2 * x1 * x2 + sp.Rational(5, 2) * x2**2, (x1, x2)),
    "a cubic saddle": (x1**3 - 3 * x1 * x2**2 + x1 * x2 / 3, (x1, x2)),
    "a rational hill": (1 / (1 + x1**2 + 2 * x2**2), (x1, x2)),
    "three parameters": (x1**2 * x2 - x3**2 + x1 * x2 * x3 - x2**3 / 2, (x1, x2, x3)),
    "three parameters, rational": ((x1 - x2 * x3) / (2 + x3**2) + x2**2, (x1, x2, x3)),
}


def definition(f, variables, point):
    """Metric → Christoffel → Riemann → Ricci → S by Appendix A with B.3's sign, all in exact
    rational arithmetic.
    """
    q, at = len(variables), dict(zip(variables, point, strict=True))
    G = sp.eye(q) + sp.Matrix(q, q, lambda i, j: sp.diff(f, variables[i]) * sp.diff(f, variables[j]))
    inverse = G.inv()

    def symbol(i, k, n):
        return (
            sum(
                inverse[i, m] * (G[m, k].diff(variables[n]) + G[m, n].diff(variables[k]) - G[k, n].diff(variables[m]))
                for m in range(q)
            )
            / 2
        )

    gamma = [[[symbol(i, k, n) for n in range(q)] for k in range(q)] for i in range(q)]

    def value(entry):
        return sp.nsimplify(entry.subs(at)) if isinstance(entry, sp.Expr) else entry

    g = [[[value(gamma[i][k][n]) for n in range(q)] for k in range(q)] for i in range(q)]
    d = [
        [[[value(sp.diff(gamma[i][k][n], variables[m])) for m in range(q)] for n in range(q)] for k in range(q)]
        for i in range(q)
    ]
    riemann = np.empty((q,) * 4, dtype=object)
    for i, j, k, m in np.ndindex(*riemann.shape):
        riemann[i, j, k, m] = (
            d[i][j][m][k] - d[i][j][k][m] + sum(g[i][r][k] * g[r][j][m] - g[i][r][m] * g[r][j][k] for r in range(q))
        )
    ricci = np.array([[sum(riemann[i, a, i, b] for i in range(q)) for b in range(q)] for a in range(q)])
    S = sum(value(inverse[a, b]) * ricci[a, b] for a in range(q) for b in range(q))
    return [np.array(part, dtype=float) for part in (g, riemann, ricci, S)]


def derivatives(f, variables, point):
    at = dict(zip(variables, point, strict=True))
    gradient = [f.diff(x).subs(at) for x in variables]
    hessian = [[f.diff(x, y).subs(at) for y in variables] for x in variables]
    return np.array(gradient, dtype=float), np.array(hessian, dtype=float)


def rational_points(q, seed=0, count=2):
    rng = np.random.default_rng(seed)
    return [
        [sp.Rational(int(a), int(b)) for a, b in zip(rng.integers(-7, 8, q), rng.integers(3, 9, q), strict=True)]
        for _ in range(count)
    ]


@pytest.mark.parametrize("name", SURFACES)
def test_every_tensor_is_what_the_definition_gives(name):
    f, variables = SURFACES[name]
    for point in rational_points(len(variables)):
        gradient, hessian = derivatives(f, variables, point)
        christoffel, riemann, ricci, S = definition(f, variables, point)
        assert_allclose(formulas.christoffel(gradient, hessian), christoffel, rtol=1e-12, atol=1e-14)
        assert_allclose(formulas.riemann(gradient, hessian), riemann, rtol=1e-12, atol=1e-13)
        assert_allclose(formulas.ricci(gradient, hessian), ricci, rtol=1e-12, atol=1e-13)
        assert_allclose(formulas.scalar_curvature(gradient, hessian), S, rtol=1e-12, atol=1e-14)


def test_the_worked_example_has_the_corrected_riemann_component():
    gradient, hessian = np.array([1.0, 2.0]), np.array([[1.0, 2.0], [2.0, 5.0]])
    assert_allclose(formulas.riemann(gradient, hessian)[0, 1, 0, 1], 5 / 36, rtol=1e-15)  # as printed: -4/9
    assert_allclose(formulas.scalar_curvature(gradient, hessian), 1 / 18, rtol=1e-15)


def equation_4(gradient, hessian):
    beta = 1 / (1 + gradient @ gradient)
    trace = np.trace(hessian)
    return (
        beta * (trace**2 - np.trace(hessian @ hessian))
        + 2 * beta**2 * gradient @ (hessian @ hessian - trace * hessian) @ gradient
    )


def symmetric(rng, *shape):
    matrix = rng.normal(size=(*shape, shape[-1]))
    return matrix + np.swapaxes(matrix, -1, -2)


@pytest.mark.parametrize("q", [1, 2, 3, 7])
def test_equation_4_and_the_shape_operator_give_one_curvature(q):
    rng = np.random.default_rng(q)
    gradients, hessians = rng.normal(size=(20, q)), symmetric(rng, 20, q)
    expected = [equation_4(*pair) for pair in zip(gradients, hessians, strict=True)]
    assert_allclose(formulas.scalar_curvature(gradients, hessians), expected, rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("q", [2, 3, 5])
def test_traces_of_the_shape_operator_carry_mean_principal_and_scalar_curvature(q):
    rng = np.random.default_rng(10 + q)
    gradient, hessian = 3 * rng.normal(size=q), symmetric(rng, q)
    G = np.eye(q) + np.outer(gradient, gradient)
    kappa = np.sort(np.linalg.eigvals(np.linalg.solve(G, hessian)).real) / np.sqrt(np.linalg.det(G))
    assert_allclose(formulas.principal_curvatures(gradient, hessian), kappa, rtol=1e-10)
    assert_allclose(formulas.mean_curvature(gradient, hessian), kappa.mean(), rtol=1e-10)
    assert_allclose(formulas.scalar_curvature(gradient, hessian), kappa.sum() ** 2 - (kappa**2).sum(), rtol=1e-10)


def exact_scalar_curvature(*derivatives):
    with mpmath.workdps(1500):
        f_u, f_v, f_uu, f_uv, f_vv = (mpmath.mpf(float(part)) for part in derivatives)
        return 2 * (f_uu * f_vv - f_uv**2) / (1 + f_u**2 + f_v**2) ** 2


EPS = 2.0**-52
HOSTILE = [
    (1e100, 1.0, 1e200, 3e100, 1e200),
    (1e200, -1e200, 1e300, 7e299, 1e300),
    (1e-200, 1e-300, 1e-160, 0.0, 1e-140),
    (3.0, 4.0, 1 + EPS, 1.0, 1 - EPS),
    (0.1, 0.2, 94906267.0, 94906266.0, 94906265.0),
    (0.3, 1e5, 1e300, 1e10, 1e-300),
    (0.0, 0.0, 1e-320, 1e-10, 2.0),
    (0.0, 0.0, 0.0, 1e-150, 1e300),
    (0.0, 0.0, 1e300, 1e-150, 0.0),
    (5.0, -1e150, 1e308, -1e308, 1.5e308),
    (1.0, 2.0, 1 / 3, 1 / 7, 3 / 49),
    (1.0, 2.0, 4.0, 2.0, 1.0),
]


@pytest.mark.parametrize("derivatives", HOSTILE)
def test_scalar_curvature_keeps_its_digits_where_naive_formulas_lose_them(derivatives):
    exact = exact_scalar_curvature(*derivatives)
    assert abs(mpmath.mpf(float(formulas.jet_scalar_curvature(*derivatives))) - exact) <= abs(exact) * 5 * 2.0**-52


@pytest.mark.parametrize("seed", range(3))
def test_cancelling_determinants_are_right_to_the_last_bits(seed):
    rng = np.random.default_rng(seed)
    f_u, f_v, f_uu, f_vv = 10 ** rng.uniform(-3, 3, size=(4, 50))
    f_uv = np.sqrt(f_uu) * np.sqrt(f_vv)
    measured = formulas.jet_scalar_curvature(f_u, f_v, f_uu, f_uv, f_vv)
    exact = [float(exact_scalar_curvature(*parts)) for parts in zip(f_u, f_v, f_uu, f_uv, f_vv, strict=True)]
    assert_allclose(measured, exact, rtol=1e-15)


def test_longdouble_derivatives_give_longdouble_curvature():
    third = np.longdouble(1) / 3
    S = formulas.jet_scalar_curvature(third, third, third, third / 2, third)
    assert S.dtype == np.longdouble
    with mpmath.workdps(60):
        value = mpmath.mpf(1) / 3
        exact = 2 * (value**2 - (value / 2) ** 2) / (1 + 2 * value**2) ** 2
        measured = mpmath.mpf(float(S)) + mpmath.mpf(float(S - np.longdouble(float(S))))
        assert abs(measured - exact) <= abs(exact) * 8 * float(np.finfo(np.longdouble).eps)


def test_derivatives_that_are_not_finite_leave_the_curvature_unknown():
    for position in range(5):
        for bad in (np.nan, np.inf, -np.inf):
            parts = [1.0, 2.0, 3.0, 4.0, 5.0]
            parts[position] = bad
            assert np.isnan(formulas.jet_scalar_curvature(*parts))
    assert np.isnan(formulas.principal_curvatures(np.array([1.0, np.nan]), np.eye(2))).all()


def test_a_huge_gradient_spoils_no_tensor():
    gradient, hessian = np.array([1e60, 2.0]), np.array([[3.0, 1.0], [1.0, 4.0]])
    assert_allclose(formulas.inverse_metric(gradient), [[5e-120, -2e-60], [-2e-60, 1.0]], rtol=1e-14)
    assert_allclose(formulas.christoffel(gradient, hessian)[0], hessian * 1e-60, rtol=1e-14)
    assert_allclose(formulas.principal_curvatures(gradient, hessian), [2.75e-180, 4e-60], rtol=1e-12)
    three = formulas.scalar_curvature(np.array([1e100, 0.0, 0.0]), np.diag([1.0, 2.0, 3.0]))
    assert_allclose(three, 12e-200, rtol=1e-12)
    assert formulas.volume_element(np.array([3e200, 4e200])) == pytest.approx(5e200)


@pytest.mark.parametrize(
    ("eigenvalues", "S"),
    [((1, -1), -2), ((2, 2, -1), 0), ((3, 3, -1), 6), ((5, 0, 0), 0), ((1, 2, 3, 4), 70), ((7,), 0)],
)
def test_curvature_at_a_critical_point_is_the_paired_product_of_the_eigenvalues(eigenvalues, S):
    hessian = np.diag(np.array(eigenvalues, dtype=float))
    assert_allclose(formulas.scalar_curvature_at_minimum(hessian), S, atol=1e-13)
    assert_allclose(formulas.scalar_curvature(np.zeros(len(eigenvalues)), hessian), S, atol=1e-13)


def test_matrices_that_are_not_symmetric_have_trace_squared_minus_trace_of_the_square():
    for matrix in (np.array([[-1.0, 2.0], [6.0, -1.0]]), np.arange(9.0).reshape(3, 3)):
        assert_allclose(formulas.scalar_curvature_at_minimum(matrix), np.trace(matrix) ** 2 - np.trace(matrix @ matrix))


@pytest.mark.parametrize("hessian", [[[1e-150, 0.0], [1e300, 1e-150]], [[1e-150, 1e300], [0.0, 1e-150]]])
def test_a_huge_entry_over_a_zero_spoils_no_determinant(hessian):
    assert formulas.scalar_curvature_at_minimum(np.array(hessian)) == pytest.approx(2e-300, rel=1e-15, abs=0)


def test_curvature_is_the_squared_trace_times_what_the_participation_ratio_leaves():
    hessian = symmetric(np.random.default_rng(4), 6)
    ratio, trace = formulas.participation_ratio(hessian), formulas.hessian_trace(hessian)
    assert_allclose(formulas.scalar_curvature_at_minimum(hessian), trace**2 * (1 - 1 / ratio), rtol=1e-12)
    assert_allclose(formulas.participation_ratio(np.diag([1.0, 4.0])), 25 / 17)
    assert np.isnan(formulas.participation_ratio(np.zeros((3, 3))))


@pytest.mark.parametrize("q", [2, 3])
def test_turning_the_parameters_turns_the_tensors_and_keeps_the_curvatures(q):
    rng = np.random.default_rng(q)
    gradient, hessian = rng.normal(size=q), symmetric(rng, q)
    Q = np.linalg.qr(rng.normal(size=(q, q)))[0]
    turned = (Q @ gradient, Q @ hessian @ Q.T)
    assert_allclose(formulas.scalar_curvature(*turned), formulas.scalar_curvature(gradient, hessian), rtol=1e-11)
    assert_allclose(
        formulas.principal_curvatures(*turned), formulas.principal_curvatures(gradient, hessian), rtol=1e-11
    )
    assert_allclose(
        formulas.riemann(*turned),
        np.einsum("ia,jb,kc,md,abcd->ijkm", Q, Q, Q, Q, formulas.riemann(gradient, hessian)),
        atol=1e-12,
    )


def test_the_inverse_metric_undoes_the_metric_and_its_determinant_is_the_volume_squared():
    gradient = np.random.default_rng(5).normal(size=(4, 3))
    assert_allclose(
        formulas.inverse_metric(gradient) @ formulas.metric(gradient), np.broadcast_to(np.eye(3), (4, 3, 3)), atol=1e-13
    )
    assert_allclose(formulas.volume_element(gradient) ** 2, np.linalg.det(formulas.metric(gradient)), rtol=1e-12)


def test_turning_the_surface_over_turns_the_mean_curvature_and_keeps_the_scalar_curvature():
    gradient, hessian = np.array([0.3, -2.0]), np.array([[3.0, 1.0], [1.0, 4.0]])
    assert formulas.mean_curvature(gradient, hessian) > 0
    assert_allclose(formulas.mean_curvature(-gradient, -hessian), -formulas.mean_curvature(gradient, hessian))
    assert_allclose(formulas.scalar_curvature(-gradient, -hessian), formulas.scalar_curvature(gradient, hessian))


def test_arrays_of_points_keep_their_shape():
    rng = np.random.default_rng(6)
    for q in (2, 3):
        gradient, hessian = rng.normal(size=(4, 5, q)), symmetric(rng, 4, 5, q)
        assert formulas.scalar_curvature(gradient, hessian).shape == (4, 5)
        assert formulas.christoffel(gradient, hessian).shape == (4, 5, q, q, q)
        assert formulas.riemann(gradient, hessian).shape == (4, 5, q, q, q, q)
        assert formulas.principal_curvatures(gradient, hessian).shape == (4, 5, q)

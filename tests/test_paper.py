"""The paper, item by item and in its order: our functions against definitions and independent
oracles, with the numbers that tell.

The balls of Proposition 2.4 are tested with the geodesics; Figure 4's networks have more tests in
test_nets.py.
"""

from itertools import permutations

import mpmath
import numpy as np
import pytest
import scipy.integrate
import sympy as sp
from autograd import hessian as autograd_hessian, jacobian as autograd_jacobian, numpy as anp
from numpy.testing import assert_allclose

from curvlib import nets
from curvlib.curvature import formulas, spectra
from curvlib.errors import CurvlibError, ParameterError
from curvlib.evaluation.jets import jet
from curvlib.language.grammar import parse
from curvlib.paper import as_printed, batches, diffusion, example31, perturbations, reparametrisation, surfaces
from curvlib.paper.batch_search import widest_gap
from curvlib.paper.errata import ERRATA, EXPERIMENTS, RIGHT_AS_PRINTED, witnessed
from curvlib.symbolic.tensor_forms import tensor_forms

X = u, v, w = sp.symbols("u v w", real=True)
WORKED = u + 2 * v + u**2 / 2 + 2 * u * v + sp.Rational(5, 2) * v**2
GRAPHS = {
    "worked example": (WORKED, (u, v), (0, 0)),
    "cubic": (u**3 - 3 * u * v**2 + u * v / 3, (u, v), (sp.Rational(1, 2), sp.Rational(-2, 3))),
    "three parameters": (u**2 * v - w**2 + u * v * w, (u, v, w), (sp.Rational(1, 3), 1, sp.Rational(-1, 2))),
}


def from_metric(G, variables, at):
    """Γ^i_kl, ∂_m Γ^i_kl (m last), R^i_jkm of B.3, Ricci and S of a metric, by Definitions A.1 and
    A.3 from exact derivatives.
    """
    point = dict(zip(variables, at, strict=True))

    def value(*order):
        return np.array((G.diff(*order) if order else G).subs(point).evalf(30), dtype=float)

    return contracted(
        value(),
        np.stack([value(a) for a in variables]),
        np.array([[value(a, b) for b in variables] for a in variables]),
    )


def contracted(g, dg, ddg):
    """The same from the metric at a point, its first derivatives [a, k, l] = ∂_a g_kl and its
    second [a, b, k, l].
    """
    inverse = np.linalg.inv(g)
    lowered = (np.einsum("kml->mkl", dg) + np.einsum("lmk->mkl", dg) - dg) / 2
    d_lowered = (np.einsum("akml->amkl", ddg) + np.einsum("almk->amkl", ddg) - ddg) / 2
    d_inverse = -np.einsum("im,amn,nj->aij", inverse, dg, inverse)
    gamma = np.einsum("im,mkl->ikl", inverse, lowered)
    d_gamma = np.einsum("aim,mkl->ikla", d_inverse, lowered) + np.einsum("im,amkl->ikla", inverse, d_lowered)
    riemann = (
        np.einsum("ijmk->ijkm", d_gamma)
        - d_gamma
        + np.einsum("irk,rjm->ijkm", gamma, gamma)
        - np.einsum("irm,rjk->ijkm", gamma, gamma)
    )
    ricci = np.einsum("iaib->ab", riemann)
    return gamma, d_gamma, riemann, ricci, float(np.einsum("ab,ab->", inverse, ricci))


def graph_metric(f, variables):
    """The metric of the graph of f, pulled back from space: ∂_i X · ∂_j X with X = (x, f(x))."""
    position = sp.Matrix([*variables, f])
    return position.jacobian(variables).T * position.jacobian(variables)


def derivatives(f, variables, at):
    point = dict(zip(variables, at, strict=True))
    gradient = [f.diff(a).subs(point) for a in variables]
    return np.array(gradient, dtype=float), np.array(sp.hessian(f, variables).subs(point), dtype=float)


def random_graphs(q, n=20, seed=0):
    rng = np.random.default_rng([seed, q])
    H = rng.standard_normal((n, q, q))
    return rng.standard_normal((n, q)), H + np.swapaxes(H, 1, 2)


def minimum(values):
    """A quadratic minimum with eigenvalues at an angle, so that no axis is special."""
    Q = np.linalg.qr(np.random.default_rng(5).standard_normal((len(values), len(values))))[0]
    return Q @ np.diag(np.array(values, dtype=float)) @ Q.T


# --- Section 2


@pytest.mark.parametrize("name", GRAPHS)
def test_definition_2_1_metric_is_pulled_back_from_space(name):
    f, variables, at = GRAPHS[name]
    G = graph_metric(f, variables).subs(dict(zip(variables, at, strict=True)))
    assert_allclose(formulas.metric(derivatives(*GRAPHS[name])[0]), np.array(G, dtype=float), rtol=1e-14)


@pytest.mark.parametrize("name", GRAPHS)
def test_proposition_2_1_and_b_1_christoffel_symbols(name):
    f, variables, at = GRAPHS[name]
    assert_allclose(
        formulas.christoffel(*derivatives(*GRAPHS[name])),
        from_metric(graph_metric(f, variables), variables, at)[0],
        atol=1e-13,
    )


@pytest.mark.parametrize("name", GRAPHS)
def test_proposition_2_2_and_b_3_riemann_tensor_once_two_indices_are_corrected(name):
    f, variables, at = GRAPHS[name]
    gradient, H = derivatives(*GRAPHS[name])
    true = from_metric(graph_metric(f, variables), variables, at)[2]
    assert_allclose(formulas.riemann(gradient, H), true, atol=1e-12)
    assert abs(as_printed.riemann(gradient, H) - true).max() > 0.1


def test_proposition_2_2_numbers():
    g, H = derivatives(*GRAPHS["worked example"])
    assert formulas.riemann(g, H)[0, 1, 0, 1] == pytest.approx(5 / 36)
    assert as_printed.riemann(g, H)[0, 1, 0, 1] == pytest.approx(-4 / 9)


def test_equation_3_as_printed_is_transcribed_index_by_index():
    g, H = (array[0] for array in random_graphs(3))
    beta, R = 1 / (1 + g @ g), as_printed.riemann(g, H)
    for i, j, k, m in np.ndindex(3, 3, 3, 3):
        second = sum(g[i] * g[r] * (H[r, k] * H[i, m] - H[r, m] * H[j, k]) for r in range(3))
        assert R[i, j, k, m] == pytest.approx(beta * (H[i, k] * H[j, m] - H[j, m] * H[j, k]) - beta**2 * second)


@pytest.mark.parametrize("name", GRAPHS)
def test_proposition_2_3_and_b_4_scalar_curvature(name):
    f, variables, at = GRAPHS[name]
    assert_allclose(
        formulas.scalar_curvature(*derivatives(*GRAPHS[name])),
        from_metric(graph_metric(f, variables), variables, at)[4],
        rtol=1e-11,
    )


@pytest.mark.parametrize("q", [2, 3, 4, 5])
def test_section_2_in_up_to_five_dimensions_whatever_the_third_derivatives(q):
    T = np.random.default_rng(q).standard_normal((q, q, q))
    T = sum(np.transpose(T, order) for order in permutations(range(3)))
    for g, H in zip(*random_graphs(q, n=4), strict=True):
        dG = np.einsum("ia,j->aij", H, g)
        ddG = np.einsum("iab,j->abij", T, g) + np.einsum("ia,jb->abij", H, H)
        found = contracted(np.eye(q) + np.outer(g, g), dG + np.swapaxes(dG, 1, 2), ddG + np.swapaxes(ddG, 2, 3))
        assert_allclose(formulas.christoffel(g, H), found[0], atol=1e-11)
        assert_allclose(formulas.riemann(g, H), found[2], atol=1e-9)
        assert_allclose(formulas.ricci(g, H), found[3], atol=1e-9)
        assert formulas.scalar_curvature(g, H) == pytest.approx(found[4], rel=1e-8)


@pytest.mark.parametrize("q", [2, 3])
@pytest.mark.parametrize("sign", [1, -1])
def test_proposition_2_4_coefficient_on_spheres_and_hyperbolic_spaces(q, sign):
    r = sp.Symbol("r", positive=True)
    around = sp.sin(r) if sign > 0 else sp.sinh(r)
    volume, flat = (sp.integrate(radius ** (q - 1), (r, 0, r)) for radius in (around, r))
    S = sign * q * (q - 1)
    assert sp.series(volume / flat, r, 0, 4).removeO().coeff(r, 2) == sp.Rational(-S, 6 * (q + 2))


def test_proposition_2_3_numbers():
    assert formulas.scalar_curvature(*derivatives(*GRAPHS["worked example"])) == pytest.approx(1 / 18)
    assert formulas.scalar_curvature(*derivatives(u**2 - v**2, (u, v), (0, 0))) == -8
    assert_allclose(formulas.scalar_curvature(*random_graphs(1)), 0, atol=1e-15)


def test_corollary_2_1_is_twice_the_sum_over_pairs_of_eigenvalues():
    H = random_graphs(5)[1]
    pairs = [[a * b for i, a in enumerate(values) for b in values[:i]] for values in np.linalg.eigvalsh(H)]
    assert_allclose(formulas.scalar_curvature_at_minimum(H), 2 * np.sum(pairs, axis=1), atol=1e-11)
    assert_allclose(spectra.scalar_curvature(np.linalg.eigvalsh(H)), 2 * np.sum(pairs, axis=1), atol=1e-11)
    assert_allclose(
        formulas.scalar_curvature(np.zeros((20, 5)), H), formulas.scalar_curvature_at_minimum(H), atol=1e-11
    )


@pytest.mark.parametrize(
    ("values", "S", "form", "kind"),
    [
        ([1, -1], -2, 2, "saddle"),
        ([2, 2, -1], 0, 16, "saddle"),
        ([3, 3, -1], 6, 30, "saddle"),
        ([5, 0], 0, 0, "degenerate"),
    ],
)
def test_norm_form_after_corollary_2_1_numbers(values, S, form, kind):
    assert spectra.spectrum(values).scalar_curvature == S
    assert spectra.spectrum(values).norm_form == pytest.approx(form)
    assert spectra.spectrum(values).kind == kind


def test_norm_form_after_corollary_2_1_is_the_norms_and_s_exactly_where_h_is_semidefinite():
    for H in [*random_graphs(3)[1], *(A @ A for A in random_graphs(3)[1]), *(-A @ A for A in random_graphs(3)[1])]:
        values = np.linalg.eigvalsh(H)
        assert spectra.norm_form(values) == pytest.approx(np.linalg.norm(H, "nuc") ** 2 - np.linalg.norm(H) ** 2)
        assert bool(spectra.norm_form_holds(values)) == bool(
            np.isclose(spectra.norm_form(values), formulas.scalar_curvature_at_minimum(H))
        )


def test_null_cone_is_where_s_vanishes_and_the_canyons_lie_on_it():
    assert_allclose(spectra.scalar_curvature(spectra.null_cone(3.0)), 0, atol=1e-14)
    assert_allclose(np.linalg.norm(spectra.null_cone(3.0), axis=1), 3)
    assert spectra.angle_to_diagonal([0, 7, 0]) == pytest.approx(spectra.null_cone_angle(3))
    values = np.random.default_rng(0).standard_normal((50, 4))
    by_angle = (values**2).sum(axis=1) * (4 * np.cos(spectra.angle_to_diagonal(values)) ** 2 - 1)
    assert_allclose(spectra.scalar_curvature(values), by_angle, atol=1e-12)
    assert spectra.scalar_curvature([1, 2, 5, spectra.onto_null_cone([1, 2, 5])]) == pytest.approx(0, abs=1e-13)
    assert np.isnan(spectra.onto_null_cone([1, -1]))


def test_s_is_bounded_by_the_traces_and_equal_eigenvalues_reach_both_bounds():
    for values in np.random.default_rng(0).standard_normal((50, 4)):
        found = spectra.spectrum(values)
        assert found.scalar_curvature <= min(found.trace_bound, found.square_bound) + 1e-12
        assert found.scalar_curvature == pytest.approx(found.trace**2 * (1 - 1 / found.participation_ratio))
    even = spectra.spectrum([2, 2, 2])
    assert [even.scalar_curvature, even.trace_bound, even.square_bound] == pytest.approx([24, 24, 24])


def test_s_alone_cannot_tell_a_canyon_from_a_plain():
    assert spectra.scalar_curvature([1e8, 0, 0]) == 0
    assert spectra.scalar_curvature([1e8, 1e-8]) == pytest.approx(2, rel=1e-14)
    assert np.isnan(spectra.participation_ratio([0, 0]))


def test_section_2_typeset_for_a_loss():
    found = tensor_forms(parse("u^2*v + v"))
    assert found.metric.startswith(r"\left[\begin{matrix}4 u^{2} v^{2} + 1 & 2 u v \left(u^{2} + 1\right)")
    assert found.metric.endswith(r"& \left(u^{2} + 1\right)^{2} + 1\end{matrix}\right]")
    assert found.christoffel[r"\Gamma^v_{uu}"] == r"2 \beta v \left(u^{2} + 1\right)"
    assert len(found.christoffel) == 6
    assert (found.hessian["f_{uv}"], found.gradient["f_u"]) == ("2 u", "2 u v")
    assert found.riemann["R_{uvuv}"] == r"- 4 \beta u^{2}"
    assert found.scalar_curvature == r"- 8 \beta^{2} u^{2}"
    assert found.ricci.startswith(r"\left[\begin{matrix}- 4 \beta^{2} u^{2} \left(4 u^{2} v^{2} + 1\right)")
    assert found.inverse.startswith(r"\left[\begin{matrix}- 4 \beta u^{2} v^{2} + 1")


# --- Section 3.1


def test_example_3_1_formulas_are_the_derivatives_of_its_loss():
    c = sp.Symbol("c", positive=True)
    f = sp.exp(-c * u) * sp.sin(u) * sp.sin(v)
    rng = np.random.default_rng(0)
    for a, b, rate in rng.uniform([0, 0, 0], [10, 10, 1], (20, 3)):
        gradient, H = derivatives(f.subs(c, sp.Float(rate, 30)), (u, v), (sp.Float(a, 30), sp.Float(b, 30)))
        assert example31.loss(a, b, rate) == pytest.approx(float(f.subs({u: a, v: b, c: rate})), abs=1e-14)
        assert example31.hessian_trace(a, b, rate) == pytest.approx(np.trace(H), abs=1e-13)
        S = 2 * np.linalg.det(H) / (1 + gradient @ gradient) ** 2
        assert example31.scalar_curvature(a, b, rate) == pytest.approx(S, abs=1e-13)


def test_example_3_1_numbers():
    assert example31.scalar_curvature(1, 2) == pytest.approx(0.657600738275, abs=5e-13)
    assert example31.scalar_curvature_as_printed(1, 2) == pytest.approx(0.949067505360, abs=5e-13)
    assert example31.hessian_trace(3, 1) == pytest.approx(-0.05163452, abs=5e-9)
    assert example31.hessian_trace_as_printed(3, 1) == pytest.approx(3.527769, abs=5e-7)


def test_figure_2_ranges_and_the_sign_of_s_as_printed():
    a, b = np.meshgrid(np.linspace(0, 10, 801), np.linspace(0, 10, 801))
    S, trace = example31.scalar_curvature(a, b), example31.hessian_trace(a, b)
    assert S.min() == pytest.approx(-2, abs=1e-3)
    assert S.max() == pytest.approx(1.4961, abs=1e-3)
    assert abs(trace).max() == pytest.approx(1.7351, abs=1e-3)
    assert (np.sign(example31.scalar_curvature_as_printed(a, b)) == np.sign(S)).all()


def test_figure_1_numbers_at_the_bottoms_of_the_wells():
    def along_v_0(t):
        return -(mpmath.e ** (-((t + 2) ** 2) / 0.32)) - mpmath.e ** (-((t - 2) ** 2) / 2.88)

    loss, paths = parse(diffusion.FIGURE_1), np.zeros((1, 2, 2))
    sharp, flat = (diffusion.well_bottom(loss, near) for near in ((-2, 0), (2, 0)))
    assert sharp[0] == pytest.approx(float(mpmath.findroot(lambda a: mpmath.diff(along_v_0, a), -2)))
    assert diffusion.well_trace(loss, sharp, paths).scalar_curvature == pytest.approx(77.8150, abs=5e-5)
    assert diffusion.well_trace(loss, flat, paths).scalar_curvature == pytest.approx(0.964506, abs=5e-7)


def test_bottom_of_a_well_is_found_and_a_canyon_has_none():
    assert_allclose(diffusion.well_bottom(parse("u^2 + u*v + v^2 - u"), (0.5, -0.2)), [2 / 3, -1 / 3])
    assert diffusion.well_bottom(parse("-exp(-(u-7)^2)"), (7, 1)) == (7, 1)


def test_figure_1_one_brownian_path_lifts_the_sharp_well_more_and_the_canyon_too():
    paths = diffusion.brownian_paths(np.random.default_rng(0), 500, 100, 0.2)
    loss = parse(diffusion.FIGURE_1_WITH_CANYON)
    sharp, flat, canyon = (diffusion.well_trace(loss, start, paths) for start in ((-2, 0), (2, 0), (7, 0)))
    assert sharp.mean_rise > canyon.mean_rise + 4 * canyon.mean_rise_error > flat.mean_rise + 20 * flat.mean_rise_error
    assert abs(canyon.scalar_curvature) < 0.002
    assert (sharp.rises[:, 0] == 0).all()
    assert sharp.rises[3, 50] == pytest.approx(
        float(jet(loss, -2 + paths[3, 50, 0], paths[3, 50, 1]).f - jet(loss, -2, 0).f)
    )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_figure_1_brownian_paths_spread_as_the_root_of_time(seed):
    paths = diffusion.brownian_paths(np.random.default_rng(seed), 4000, 40, 0.5)
    share = np.arange(41) / 40
    assert_allclose(paths.std(axis=0), 0.5 * np.sqrt(share)[:, None] * np.ones(2), atol=4 * 0.5 / np.sqrt(8000))
    assert_allclose(np.cov(paths[:, 10, 0], paths[:, 30, 0])[0, 1], 0.25 * share[10], atol=0.02)


def test_equation_6_needs_weights_by_size():
    x, y = batches.figure3_data()
    H = batches.sample_hessians(parse(batches.MODELS["a sin(b x)"]), x, y, (0.7, 1.3))
    equal, unequal = batches.batch_curvature(H, batches.SPLITS["interleaved"](x, 7)), batches.batch_curvature(H, x > 2)
    assert equal.plain_mean_trace == pytest.approx(equal.full_trace)
    assert unequal.mean_trace == pytest.approx(unequal.full_trace)
    assert unequal.plain_mean_trace != pytest.approx(unequal.full_trace, rel=0.05)


@pytest.mark.parametrize("name", batches.MODELS)
def test_equation_6_hessians_of_samples_are_those_of_their_losses(name):
    text, (x, y) = batches.MODELS[name], batches.figure3_data(n=5)
    model = sp.sympify(text.replace("^", "**"), locals={"u": u, "v": v})
    found = batches.sample_hessians(parse(text), x, y, (0.7, -0.4))
    for sample in range(5):
        f = (model.subs(sp.Symbol("t"), sp.Float(x[sample], 25)) - sp.Float(y[sample], 25)) ** 2 / 2
        assert_allclose(found[sample], derivatives(f, (u, v), (sp.Float(0.7, 25), sp.Float(-0.4, 25)))[1], atol=1e-12)


@pytest.mark.parametrize(
    ("half_width", "full", "mean"),
    [(np.pi, -1.940580, -2.499226), (batches.HALF_WIDTH_WITHOUT_CURVATURE, 0, -5.029990)],
)
def test_figure_3_numbers(half_width, full, mean):
    x, y = batches.figure3_data(half_width)
    H = batches.sample_hessians(parse(batches.MODELS["a sin(b x)"]), x, y, (0, 0))
    split = batches.batch_curvature(H, batches.SPLITS["consecutive"](x, 7))
    assert (split.traces == 0).all()
    assert (split.sizes == 10).all()
    assert split.full_curvature == pytest.approx(full, abs=5e-7)
    assert split.mean_curvature == pytest.approx(mean, abs=5e-7)
    assert split.full_curvature == pytest.approx(-2 * np.mean(x * np.sin(x)) ** 2)


def test_proposition_3_1_smallest_example():
    split = batches.batch_curvature(batches.regression_hessians([[1, 0], [0, 1]]), [0, 1])
    assert (split.curvatures.tolist(), split.full_curvature, split.gap) == ([0, 0], 0.5, 0.5)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_proposition_3_1_identity_for_every_split(seed):
    rng = np.random.default_rng(seed)
    H, labels = random_graphs(3, n=12, seed=seed)[1], rng.integers(0, 4, 12)
    split = batches.batch_curvature(H, labels)
    groups = [H[labels == batch] for batch in np.unique(labels)]
    E_S = (
        sum(len(group) * (np.trace(group.mean(axis=0)) ** 2 - (group.mean(axis=0) ** 2).sum()) for group in groups) / 12
    )
    assert split.mean_curvature == pytest.approx(E_S)
    assert split.gap == pytest.approx(split.deviation - split.trace_variance)
    assert split.deviation == pytest.approx(
        sum(len(group) * np.linalg.norm(group.mean(axis=0) - H.mean(axis=0)) ** 2 for group in groups) / 12
    )


def test_proposition_3_1_search_finds_a_wider_gap_than_chance():
    x, y = batches.figure3_data()
    H = batches.sample_hessians(parse(batches.MODELS["a sin(b x)"]), x, y, (0, 0))
    labels, split = widest_gap(H, 7, np.random.default_rng(0), 600)
    chance = [
        abs(batches.batch_curvature(H, batches.random_split(70, 7, np.random.default_rng(seed))).gap)
        for seed in range(50)
    ]
    assert abs(split.gap) > max(chance)
    assert (np.bincount(labels) == 10).all()


def test_batches_can_be_painted_each_sample_once():
    masks = [[True, False, True], [False, False, False], [False, True, False]]
    assert batches.painted_split(masks).tolist() == [0, 1, 0]
    with pytest.raises(CurvlibError, match=r"Sample 1 is in 0 batches \(1 such samples\); paint each"):
        batches.painted_split([[True, False], [False, False]])
    for name, rule in batches.SPLITS.items():
        sizes = np.bincount(rule(np.linspace(-1, 1, 23), 5))
        assert (len(sizes), sizes.max() - sizes.min()) == (5, 1), name


# --- Section 3.2


@pytest.mark.parametrize("values", [[3, 1], [5, 0.1, 2]])
def test_proposition_3_2_bound_is_reached_along_the_top_eigenvector_and_never_passed(values):
    H, epsilon = minimum(values), 0.3
    rises = (
        perturbations.rise(H, epsilon * perturbations.unit_vectors(np.random.default_rng(0), 2000, len(values))) ** 2
    )
    bounds = perturbations.bounds(H, epsilon)
    assert 0.9 * bounds.tight < rises.max() <= bounds.tight * (1 + 1e-12) < bounds.printed
    assert perturbations.rise(H, epsilon * np.linalg.eigh(H)[1][:, -1:].T)[0] ** 2 == pytest.approx(bounds.tight)
    assert bounds.printed == pytest.approx(epsilon**4 / 4 * sum(value**2 for value in values))


def test_proposition_3_2_needs_its_remainder():
    assert (0.5**2 / 2 + 0.5**4) ** 2 > perturbations.bounds([[1.0]], 0.5).printed
    assert perturbations.bounds([[1.0]], 0.5).printed == 0.5**4 / 4


def test_gaussian_noise_moments_by_pairing_indices():
    H, sigma, q = minimum([3, 1, 0.2]), 0.1, 3
    d = np.eye(q)
    fourth = sigma**4 * (
        np.einsum("ij,kl->ijkl", d, d) + np.einsum("ik,jl->ijkl", d, d) + np.einsum("il,jk->ijkl", d, d)
    )
    mean = np.einsum("ij,ij->", H, sigma**2 * d) / 2
    found = perturbations.noise_moments(H, sigma)
    assert found.mean == pytest.approx(mean)
    assert found.variance == pytest.approx(np.einsum("ij,kl,ijkl->", H, H, fourth) / 4 - mean**2)
    assert (4 * found.mean**2 - 2 * found.variance) / sigma**4 == pytest.approx(formulas.scalar_curvature_at_minimum(H))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_s_comes_from_losses_alone_within_its_standard_error(seed):
    H = minimum([4, 2, 1, 0.5])

    def loss(x):
        return np.einsum("ni,ij,nj->n", x - 1, H, x - 1) / 2 + 7 + 10 * (x - 1).sum(axis=1) ** 3

    found = perturbations.scalar_curvature_from_noise(loss, np.ones(4), 0.01, np.random.default_rng(seed), 20_000)
    assert abs(found.scalar_curvature - formulas.scalar_curvature_at_minimum(H)) < 3.5 * found.standard_error < 3
    assert abs(found.mean_rise - 0.01**2 / 2 * 7.5) < 3.5 * found.mean_rise_error


def test_standard_error_of_s_from_losses_is_the_spread_over_seeds():
    H = np.diag([3.0, 1.0])
    runs = [
        perturbations.scalar_curvature_from_noise(
            lambda x: ((x @ H) * x).sum(axis=1) / 2, [0, 0], 1.0, np.random.default_rng(seed), 400
        )
        for seed in range(400)
    ]
    estimates, errors = np.array([(run.scalar_curvature, run.standard_error) for run in runs]).T
    assert abs(estimates.mean() - 6) < 3.5 * estimates.std() / 20
    assert errors.mean() == pytest.approx(estimates.std(), rel=0.2)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_s_from_few_losses_has_no_bias(seed):
    H, rng = np.diag([3.0, 1.0]), np.random.default_rng(seed)
    loss = lambda x: ((x @ H) * x).sum(axis=1) / 2  # noqa: E731
    found = np.array(
        [perturbations.scalar_curvature_from_noise(loss, [0, 0], 1.0, rng, 40).scalar_curvature for _ in range(4000)]
    )
    assert abs(found.mean() - 6) < 3.5 * found.std() / np.sqrt(len(found)) < 0.5


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [([3, 1], [2, 2], (6, 8, 10, 8)), ([100, 0], [1, 1], (0, 2, 10_000, 2))],
    ids=["equal trace", "canyon"],
)
def test_equation_8_is_refuted(first, second, numbers):
    pair = perturbations.duel(first, second)
    one, two = pair.first, pair.second
    assert (one.scalar_curvature, two.scalar_curvature, one.square_trace, two.square_trace) == numbers
    assert pair.refutes


@pytest.mark.parametrize("start", [(-2.0, 0.0), (2.0, 0.0), (7.0, 0.0), (0.3, -0.4)])
@pytest.mark.parametrize("sigma", [0.05, 0.3])
def test_mean_rise_by_quadrature_is_the_closed_form_of_figure_1(start, sigma):
    loss = parse(diffusion.FIGURE_1_WITH_CANYON)
    rise = perturbations.mean_rise(lambda x: jet(loss, x[..., 0], x[..., 1]).f, start, sigma)
    assert_allclose(rise, diffusion.expected_pit_rise(start, sigma, (0.4, 1.2, 0.4)), rtol=1e-9)


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("equal_trace", [False, True])
def test_equation_8_counterexamples_are_found_and_refute_what_follows(seed, equal_trace):
    found = perturbations.counterexample(np.random.default_rng(seed), q=3, equal_trace=equal_trace)
    one, two = (np.diag(values) for values in (found.first, found.second))
    assert 0 <= np.trace(one) ** 2 - np.trace(one @ one) <= np.trace(two) ** 2 - np.trace(two @ two)
    assert np.trace(one @ one) > np.trace(two @ two)
    assert one[0, 0] > two[0, 0]
    assert not equal_trace or np.trace(one) == np.trace(two)


def test_equation_8_no_counterexample_where_there_is_one_parameter():
    assert perturbations.counterexample(np.random.default_rng(0), q=1, equal_trace=True) is None
    assert not perturbations.duel([2, 2], [3, 3]).refutes


def lyapunov(H, t):
    """The covariance of dx = -Hx dt + H^½ dW from 0, by integrating dC/dt = H - HC - CH."""
    q = len(H)
    flow = scipy.integrate.solve_ivp(
        lambda _, C: (H - H @ C.reshape(q, q) - C.reshape(q, q) @ H).ravel(),
        (0, t),
        np.zeros(q * q),
        rtol=1e-10,
        atol=1e-12,
    )
    return flow.y[:, -1].reshape(q, q)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_equation_9_transitions_have_the_right_law_at_uneven_times(seed):
    H, times, n = minimum([3, 1]), [0, 0.05, 1.0, 1.3], 20_000
    paths = diffusion.ornstein_uhlenbeck_paths(H, times, np.random.default_rng(seed).standard_normal((n, 3, 2)))
    for step in (1, 2, 3):
        assert_allclose(np.cov(paths[:, step].T), lyapunov(H, times[step]), atol=4 * 0.5 * np.sqrt(2 / n))
    lagged = np.einsum("ni,nj->ij", paths[:, 3], paths[:, 2]) / n
    assert_allclose(lagged, scipy.linalg.expm(-0.3 * H) @ lyapunov(H, 1.0), atol=4 * 0.5 * np.sqrt(2 / n))


def test_equation_9_forgets_its_start_exponentially():
    H = minimum([3, 1])
    paths = diffusion.ornstein_uhlenbeck_paths(H, [0, 0.4], np.zeros((1, 1, 2)), start=[1, 2])
    assert_allclose(paths[0, 1], scipy.linalg.expm(-0.4 * H) @ [1, 2])


def test_equation_9_moves_nothing_along_a_flat_direction_and_refuses_a_saddle():
    paths = diffusion.ornstein_uhlenbeck_paths(np.diag([2.0, 0.0]), [0, 1], np.ones((1, 1, 2)))
    rounded = diffusion.ornstein_uhlenbeck_paths(np.diag([2.0, -1e-14]), [0, 1], np.ones((1, 1, 2)))
    assert_allclose(rounded, paths, atol=1e-15)
    assert paths[0, 1, 1] == 0 < paths[0, 1, 0]
    with pytest.raises(CurvlibError, match=r"H has the eigenvalue -1: .* needs H\^½"):
        diffusion.expected_rise(np.diag([1.0, -1.0]), 1.0)


@pytest.mark.parametrize("t", [0.01, 0.1, 1.0, 20.0])
def test_equation_10_exact_curve_is_half_the_trace_of_h_times_the_covariance(t):
    H = minimum([3, 1, 0.5])
    assert diffusion.expected_rise(H, t) == pytest.approx(np.trace(H @ lyapunov(H, t)) / 2, rel=1e-6)


def test_equation_10_numbers():
    H = np.diag([3.0, 1.0])
    assert diffusion.expected_rise(H, 0.1) == pytest.approx(0.383709, abs=5e-7)
    assert diffusion.expected_rise_as_printed(H, 0.1) == pytest.approx(0.5)
    assert diffusion.expected_rise(H, 1e-6) == pytest.approx(
        float(diffusion.expected_rise_as_printed(H, 1e-6)), rel=1e-5
    )
    assert diffusion.expected_rise(H, 50.0) == pytest.approx(diffusion.saturation(H)) == pytest.approx(1.0)


def test_equation_10_breaks_when_it_is_off_by_the_tolerance():
    H = np.diag([3.0, 1.0])
    for tolerance in (0.01, 0.1, 3.0):
        t = diffusion.breakdown_time(H, tolerance)
        assert t > 0
        assert diffusion.expected_rise_as_printed(H, t) == pytest.approx(
            (1 + tolerance) * float(diffusion.expected_rise(H, t))
        )
    assert diffusion.breakdown_time(np.zeros((2, 2))) == np.inf


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_escaping_is_simulated_within_its_standard_error_and_small_s_may_escape_faster(seed):
    normals, times = np.random.default_rng(seed).standard_normal((4000, 5, 2)), np.linspace(0, 1, 6)
    canyon, bowl = (diffusion.escape(np.diag(values), times, normals) for values in ([9.0, 0.0], [1.0, 1.0]))
    for race in (canyon, bowl):
        assert (abs(race.simulated - race.exact)[1:] < 4 * race.standard_error[1:]).all()
        assert race.simulated[0] == race.standard_error[0] == 0
    assert (canyon.simulated[1:] > bowl.simulated[1:] + 4 * canyon.standard_error[1:]).all()


def test_proposition_3_3_holds_for_equal_eigenvalues():
    sizes = [1, 2, 10, 1000]
    assert_allclose(spectra.curvature_share(spectra.equal, sizes), 1 - 1 / np.array(sizes))


@pytest.mark.parametrize(("family", "limit"), [("power law", 0.6), ("outliers", 0.75)])
def test_proposition_3_3_needs_the_participation_ratio_to_grow(family, limit):
    assert spectra.curvature_share(spectra.SPECTRA[family], [100_000])[0] == pytest.approx(limit, abs=2e-5)


@pytest.mark.parametrize("exponent", [1.5, 2.0, 3.0])
def test_proposition_3_3_power_laws_tend_to_what_zeta_says(exponent):
    assert spectra.power_law_limit(exponent) == pytest.approx(
        float(1 - mpmath.zeta(2 * exponent) / mpmath.zeta(exponent) ** 2)
    )
    assert spectra.power_law_limit(0.5) == spectra.power_law_limit(1.0) == 1


# --- Section 3.3


def turned(x):
    return anp.array([anp.cos(0.4) * x[0] - anp.sin(0.4) * x[1], anp.sin(0.4) * x[0] + anp.cos(0.4) * x[1]])


def bent(x):
    return anp.array([x[0] + x[1] ** 2 / 4, x[1] - x[0] * x[1] / 3 + 0.2])


MAPS = {
    "polynomial": ("u + v^2/4", "v - u*v/3 + 0.2", bent),
    "rotation": (None, None, turned),
    "shear": ("u + 1.5*v", "v", lambda x: anp.array([x[0] + 1.5 * x[1], x[1]])),
}
LOSS = ("(u^2 + v - 1)^2 + sin(u*v)", lambda x: (x[0] ** 2 + x[1] - 1) ** 2 + anp.sin(x[0] * x[1]))


def map_named(name):
    first, second, _ = MAPS[name]
    if first:
        return reparametrisation.typed(first, second)
    return reparametrisation.linear(reparametrisation.LINEAR["rotation"](0.4))


@pytest.mark.parametrize("name", MAPS)
def test_section_3_3_hessian_of_f_after_phi_and_both_curvatures(name):
    x, phi = np.array([0.3, -0.7]), MAPS[name][2]
    found = reparametrisation.correspondence(parse(LOSS[0]), map_named(name), *x)
    H = autograd_hessian(lambda at: LOSS[1](phi(at)))(x)
    gradient = autograd_jacobian(lambda at: LOSS[1](phi(at)))(x)
    assert_allclose(found.hessian, H, atol=1e-12)
    assert_allclose(found.gradient, gradient, atol=1e-12)
    assert found.composed_hessian_trace == pytest.approx(np.trace(H))
    assert found.composed_scalar_curvature == pytest.approx(2 * np.linalg.det(H) / (1 + gradient @ gradient) ** 2)
    image = phi(x)
    slope, bend = autograd_jacobian(LOSS[1])(image), autograd_hessian(LOSS[1])(image)
    assert found.scalar_curvature == pytest.approx(2 * np.linalg.det(bend) / (1 + slope @ slope) ** 2)
    assert found.hessian_trace == pytest.approx(np.trace(bend))


def test_section_3_3_isometries_leave_s_and_other_maps_do_not():
    for name, isometric in {"rotation": True, "polynomial": False, "shear": False}.items():
        found = reparametrisation.correspondence(parse(LOSS[0]), map_named(name), 0.3, -0.7)
        assert (
            np.isclose(found.scalar_curvature, found.composed_scalar_curvature)
            == isometric
            == reparametrisation.is_isometry(found.jacobian)
        )


def test_section_3_3_the_pulled_back_metric_keeps_s():
    f = u**2 + u * v**2
    phi = (u + v**2 / 4, v - u**2 / 3)
    J, G = sp.Matrix(phi).jacobian((u, v)), graph_metric(f, (u, v)).subs({u: phi[0], v: phi[1]}, simultaneous=True)
    at = (sp.Rational(3, 10), sp.Rational(-7, 10))
    S = from_metric(J.T * G * J, (u, v), at)[4]
    found = reparametrisation.correspondence(
        parse("u^2 + u*v^2"), reparametrisation.typed("u + v^2/4", "v - u^2/3"), 0.3, -0.7
    )
    assert found.scalar_curvature == pytest.approx(S)


def test_section_3_3_numbers_at_a_minimum():
    H = np.diag([1.0, 0.0, 1.0])
    shear = np.eye(3) + np.diag([1.0, 0.0], 1)
    assert reparametrisation.scalar_curvature_at_minimum(shear, H) == pytest.approx(4)
    assert reparametrisation.scalar_curvature_as_printed(shear, H) == pytest.approx(np.sqrt(20))
    assert reparametrisation.scalar_curvature_at_minimum(np.eye(3), np.eye(3)) == 6
    assert reparametrisation.scalar_curvature_at_minimum(np.diag([10, 0.1, 1]), np.eye(3)) == pytest.approx(202.02)


def test_section_3_3_corrected_formula_is_that_of_the_hessian_of_f_after_phi():
    rng = np.random.default_rng(0)
    J, H = rng.standard_normal((3, 3)), minimum([3, 1, 0.5])
    M = J @ J.T @ H
    assert reparametrisation.scalar_curvature_at_minimum(J, H) == pytest.approx(np.trace(M) ** 2 - np.trace(M @ M))
    assert reparametrisation.scalar_curvature_at_minimum(J, H) == pytest.approx(
        spectra.scalar_curvature(np.linalg.eigvals(M).real)
    )
    assert reparametrisation.scalar_curvature_as_printed(J, H) == pytest.approx(
        np.linalg.norm(M, "nuc") ** 2 - np.linalg.norm(M) ** 2
    )


@pytest.mark.parametrize("name", MAPS)
def test_composed_loss_is_a_formula_of_its_own(name):
    whole = reparametrisation.composed(parse(LOSS[0]), map_named(name))
    assert jet(whole, 0.3, -0.7).f == pytest.approx(LOSS[1](MAPS[name][2](np.array([0.3, -0.7]))))


def test_composed_loss_keeps_parameters_and_their_defaults():
    whole = reparametrisation.composed(parse("h*u^2 + c*v\nc = 0.5"), reparametrisation.typed("k*u", "u + v"))
    assert (whole.parameters, dict(whole.defaults)) == (("c", "h", "k"), {"c": 0.5})
    assert jet(whole, 2, 3, {"h": 3, "k": 4}).f == 3 * 64 + 0.5 * 5
    with pytest.raises(ParameterError, match="Neither f nor φ has a parameter 'z'"):
        reparametrisation.correspondence(parse("u"), reparametrisation.typed("u", "v"), 0, 0, {"z": 1})


def test_dinh_rescaling_leaves_the_loss_and_moves_the_trace_without_bound_while_s_stays_zero():
    loss = parse(reparametrisation.DINH)
    for alpha in (1.0, 10.0, 100.0):
        at = jet(loss, alpha, 1 / alpha)
        assert at.f == pytest.approx(0, abs=1e-15)
        assert at.f_uu + at.f_vv == pytest.approx(2 * (alpha**2 + alpha**-2))
        assert at.f_uu * at.f_vv - at.f_uv**2 == pytest.approx(0, abs=1e-9)
    assert not reparametrisation.is_isometry(reparametrisation.LINEAR["Dinh's rescaling"](2.0))
    assert reparametrisation.is_isometry(reparametrisation.LINEAR["reflection"](0.3))
    assert np.linalg.det(reparametrisation.LINEAR["reflection"](0.3)) == pytest.approx(-1)


# --- Figure 4


@pytest.fixture(scope="module")
def trained_pair():
    loss = nets.task()
    return loss, nets.train(loss, np.stack([nets.start(loss, seed) for seed in nets.PAIR])).theta


def test_figure_4_pair_trains_to_the_scalar_curvatures_of_the_paper(trained_pair):
    loss, theta = trained_pair
    found = nets.geometry(loss, theta)
    assert_allclose(found.scalar_curvature_at_minimum, [430, 616], rtol=0.01)
    assert_allclose(found.scalar_curvature, found.scalar_curvature_at_minimum, rtol=1e-4)
    assert (found.participation_ratio < 2.2).all()


def test_figure_4_the_wider_net_in_s_is_the_less_robust_of_this_pair(trained_pair):
    loss, theta = trained_pair
    noise = 0.1 * np.random.default_rng(0).standard_normal((2000, loss.network.size))
    low, high = (nets.perturbed_fits(loss, each, noise) for each in theta)
    assert high.mean_rise > low.mean_rise + 4 * np.hypot(low.mean_rise_error, high.mean_rise_error)
    assert high.spread > low.spread
    assert low.predictions.shape == (2000, 50, 1)


# --- Appendix A and Figure 5


def test_definition_a_1_and_a_3_make_the_sphere_positive_and_the_hyperbolic_plane_negative():
    assert from_metric(sp.diag(1, sp.sin(u) ** 2), (u, v), (1, 0))[4] == pytest.approx(2)
    assert from_metric(sp.eye(2) / v**2, (u, v), (0, 2))[4] == pytest.approx(-2)


@pytest.mark.parametrize("name", GRAPHS)
def test_definition_a_2_with_a_3_has_the_opposite_sign_of_b_3(name):
    f, variables, at = GRAPHS[name]
    gamma, d_gamma, *_, S = from_metric(graph_metric(f, variables), variables, at)
    a2 = np.einsum("ljki->lijk", d_gamma) - np.einsum("likj->lijk", d_gamma)
    a2 = a2 + np.einsum("mjk,lim->lijk", gamma, gamma) - np.einsum("mik,ljm->lijk", gamma, gamma)
    gradient, H = derivatives(*GRAPHS[name])
    by_a2 = np.einsum("ij,kikj->", np.linalg.inv(np.eye(len(variables)) + np.outer(gradient, gradient)), a2)
    assert by_a2 == pytest.approx(-S)
    assert as_printed.scalar_curvature_by_definition_a2(gradient, H) == pytest.approx(-S)


@pytest.mark.parametrize("name", surfaces.SURFACES)
def test_figure_5_s_is_that_of_the_metric_that_the_surface_inherits(name):
    surface = surfaces.SURFACES[name]
    values = {key: sp.Rational(str(value)) for key, value in surface.defaults.items()}
    named = {"u": u, "v": v, **values}
    position = sp.Matrix(
        [sp.sympify(text.replace("^", "**"), locals=named) for text in (surface.x, surface.y, surface.z)]
    )
    metric = position.jacobian((u, v)).T * position.jacobian((u, v))
    at = tuple(
        sp.Rational(int(100 * (low + 0.37 * (high - low))), 100) for low, high in (surface.u_range, surface.v_range)
    )
    found = surfaces.surface_points(surface, float(at[0]), float(at[1]))
    assert found.scalar_curvature == pytest.approx(from_metric(metric, (u, v), at)[4], abs=1e-9)
    assert found.area_element == pytest.approx(float(sp.sqrt(metric.det()).subs({u: at[0], v: at[1]}).evalf(20)))
    closed = sp.sympify(surface.curvature.replace("^", "**"), locals=named)
    assert found.scalar_curvature == pytest.approx(float(closed.subs({u: at[0], v: at[1]})), abs=1e-9)


def test_figure_5_normalised_values_fill_the_scale_and_keep_zero_in_the_middle():
    for name, surface in surfaces.SURFACES.items():
        normalised = surfaces.mesh(surface, (20, 30)).normalised
        assert normalised.shape == (20, 30)
        assert abs(normalised).max() == (0 if name in ("cylinder", "cone") else 1), name


def test_figure_5_patches_end_where_they_say():
    points = surfaces.mesh(surfaces.SURFACES["one-sheet hyperboloid"], (9, 9))
    assert_allclose([points.z.min(), points.z.max()], [-np.sinh(1.5), np.sinh(1.5)], rtol=1e-5)
    assert -np.sinh(1.5) < points.z.min() < points.z.max() < np.sinh(1.5)


def test_figure_5_numbers():
    def at(name, a, **values):
        return float(surfaces.surface_points(surfaces.SURFACES[name], a, 0.3, values).scalar_curvature)

    assert at("sphere", 1.0, R=3.0) == pytest.approx(2 / 9)
    assert at("torus", 1.0) == pytest.approx(2 * np.cos(1) / (2 + np.cos(1)))
    assert at("one-sheet hyperboloid", 1.0) == pytest.approx(-2 / np.cosh(2) ** 2)
    assert at("two-sheet hyperboloid", 1.0) == pytest.approx(2 / np.cosh(2) ** 2)
    assert np.isnan(at("sphere", 0.0))


@pytest.mark.parametrize(("name", "total"), [("sphere", 8), ("ellipsoid", 8), ("torus", 0)])
def test_gauss_bonnet_totals(name, total):
    surface = surfaces.SURFACES[name]
    assert surfaces.total_curvature(surface, 60) / np.pi == pytest.approx(total, abs=1e-8)
    assert 4 * surface.euler_characteristic == total


# --- Appendix B


@pytest.mark.parametrize("q", [2, 3, 5])
def test_lemma_b_1_eigenvalues_of_the_metric(q):
    gradient = random_graphs(q)[0]
    expected = np.ones((20, q))
    expected[:, -1] += (gradient**2).sum(axis=1)
    assert_allclose(np.linalg.eigvalsh(formulas.metric(gradient)), expected)


@pytest.mark.parametrize("name", GRAPHS)
def test_proposition_b_2_contraction_is_the_derivative_of_log_root_det(name):
    f, variables, at = GRAPHS[name]
    log_volume = sp.log(graph_metric(f, variables).det()) / 2
    expected = [float(log_volume.diff(a).subs(dict(zip(variables, at, strict=True)))) for a in variables]
    assert_allclose(np.einsum("iki->k", formulas.christoffel(*derivatives(*GRAPHS[name]))), expected, atol=1e-13)


def test_proof_of_b_3_the_derivative_of_the_christoffel_symbols():
    gradient, H = derivatives(*GRAPHS["worked example"])
    true = from_metric(graph_metric(WORKED, (u, v)), (u, v), (0, 0))[1]
    assert_allclose(as_printed.christoffel_derivative_corrected(gradient, H), true, atol=1e-13)
    assert as_printed.christoffel_derivative(gradient, H)[0, 0, 0, 1] == pytest.approx(-2 / 9)
    assert true[0, 0, 0, 1] == pytest.approx(-1 / 3)


@pytest.mark.parametrize("name", GRAPHS)
def test_proof_of_b_4_the_last_contraction(name):
    f, variables, at = GRAPHS[name]
    gradient, H = derivatives(*GRAPHS[name])
    true = gradient @ from_metric(graph_metric(f, variables), variables, at)[3] @ gradient / (1 + gradient @ gradient)
    assert as_printed.contraction_corrected(gradient, H) == pytest.approx(true)
    assert as_printed.contraction(gradient, H) != pytest.approx(true, rel=0.01)


def test_proposition_b_5_an_eigenvector_gives_its_eigenvalue():
    H = minimum([3, 1])
    values, vectors = np.linalg.eigh(H)
    assert_allclose(2 * perturbations.rise(H, vectors.T), values)


def test_proposition_b_6_matrices_as_printed():
    first, second = batches.B6_MATRICES
    assert not (first == first.T).all()
    assert (first + second == batches.B6_FULL).all()
    assert [round(float(np.linalg.det(M))) for M in (first, second)] == [-2, -6]
    assert [float(np.trace(M) ** 2 - np.trace(M @ M)) for M in (first, second, batches.B6_FULL)] == [-4, -12, -22]
    assert [float(np.trace(M)) for M in (first, second, batches.B6_FULL)] == [-1, -1, -2]


# --- the errata


@pytest.mark.parametrize(("erratum", "witness"), witnessed(), ids=lambda value: getattr(value, "key", ""))
def test_every_erratum_has_a_number_that_tells(erratum, witness):
    assert np.isfinite([witness.printed, witness.true]).all()
    assert abs(witness.printed - witness.true) > 0.1 * abs(witness.printed)
    assert erratum.experiment in EXPERIMENTS
    assert erratum.printed != erratum.corrected


X_OF_FIGURE_3 = batches.figure3_data()[0]
NUMBERS = {
    "riemann": (-4 / 9, 5 / 36),
    "norm_form": (2, -2),
    "example_trace": (3.527769, -0.05163452),
    "example_curvature": (0.949067505360, 0.657600738275),
    "sign_of_the_sphere": (-2, 2),
    "first_order": (0.5, 0.383709),
    "participation": (1, 0.6),
    "reparametrised": (np.sqrt(20), 4),
    "implication": (8, 10),
    "robustness": (1, 2.25),
    "escape": ((1 - np.exp(-0.2)) / 2, 9 / 4 * (1 - np.exp(-1.8))),
    "unequal_batches": (2.5, 2),
    "trace_at_the_fit": (0, np.mean(np.sin(X_OF_FIGURE_3) ** 2 + (X_OF_FIGURE_3 * np.cos(X_OF_FIGURE_3)) ** 2)),
    "remainder": (0.5**4 / 4, (0.5**2 / 2 + 0.5**4) ** 2),
    "not_flat": (0, 4),
    "curvature_of_the_plane": (1, 0),
    "christoffel_derivative": (-2 / 9, -1 / 3),
    "contraction": (174 / 36 - 169, 5 / 36),
    "eigenvector": (4, 3),
    "appendix_b6": (-22, -5.5),
    "hyperboloid": (-2 / np.cosh(1) ** 2, 2 / np.cosh(1) ** 2),
}


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda erratum: erratum.key)
def test_erratum_numbers(erratum):
    assert_allclose((erratum.witness().printed, erratum.witness().true), NUMBERS[erratum.key], atol=1e-6)


@pytest.mark.parametrize("statement", RIGHT_AS_PRINTED, ids=lambda statement: statement.key)
def test_right_as_printed_agrees_with_the_definition_at_every_point(statement):
    found = statement.agreement()
    assert found.holds
    assert found.n > 1 or found.apart
    assert found.apart or abs(found.printed - found.true) <= found.tolerance * max(1, abs(found.true))


def test_right_as_printed_has_all_that_the_paper_gets_right():
    told = " ".join(statement.item for statement in RIGHT_AS_PRINTED)
    items = "(1)", "(2)", "(4)", "(5)", "2.4", "saddle", "3.1 and B.6", "f∘φ", "Lemma B.1", "B.1, equation (2)", "B.2"
    assert all(item in told for item in items)


def test_errata_and_what_is_right_are_distinct_typeset_and_lead_somewhere():
    assert len({erratum.key for erratum in ERRATA}) == len(ERRATA) == len(NUMBERS)
    for statement in [
        *(erratum.printed for erratum in ERRATA),
        *(erratum.corrected for erratum in ERRATA),
        *(right.statement for right in RIGHT_AS_PRINTED),
    ]:
        assert statement.count("{") == statement.count("}")
        assert statement.count(r"\left") - statement.count(r"\le") <= statement.count(r"\right")
    assert {right.experiment for right in RIGHT_AS_PRINTED} <= set(EXPERIMENTS)

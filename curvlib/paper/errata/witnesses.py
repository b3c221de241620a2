"""The decisive number of each erratum: its value by the print and by the definition."""

import numpy as np

from curvlib.curvature import formulas, spectra
from curvlib.evaluation.jets import jet
from curvlib.language.grammar import parse
from curvlib.paper import as_printed, batches, diffusion, example31, perturbations, reparametrisation
from curvlib.paper.errata.erratum import Witness
from curvlib.paper.surfaces import SURFACES, surface_points

GRADIENT, HESSIAN = np.array([1.0, 2.0]), np.array([[1.0, 2.0], [2.0, 5.0]])
"""The worked example f = u + 2v + u²/2 + 2uv + 5v²/2 at 0."""

SHEAR = np.array([[1.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])


def example_trace() -> Witness:
    at = jet(parse(example31.TEXT), 3, 1, {"c": 0.1})
    return Witness(
        "tr H at (3, 1), c = 0.1", float(example31.hessian_trace_as_printed(3.0, 1.0)), float(at.f_uu + at.f_vv)
    )


def example_curvature() -> Witness:
    at = jet(parse(example31.TEXT), 1, 2, {"c": 0.1})
    true = float(formulas.jet_scalar_curvature(at.f_u, at.f_v, at.f_uu, at.f_uv, at.f_vv))
    return Witness("S at (1, 2), c = 0.1", float(example31.scalar_curvature_as_printed(1.0, 2.0)), true)


def riemann() -> Witness:
    printed, true = as_printed.riemann(GRADIENT, HESSIAN), formulas.riemann(GRADIENT, HESSIAN)
    return Witness("R¹₂₁₂ of u + 2v + u²/2 + 2uv + 5v²/2 at 0", float(printed[0, 1, 0, 1]), float(true[0, 1, 0, 1]))


def christoffel_derivative() -> Witness:
    printed = as_printed.christoffel_derivative(GRADIENT, HESSIAN)
    true = as_printed.christoffel_derivative_corrected(GRADIENT, HESSIAN)
    return Witness("∂₂Γ¹₁₁ of u + 2v + u²/2 + 2uv + 5v²/2 at 0", float(printed[0, 0, 0, 1]), float(true[0, 0, 0, 1]))


def contraction() -> Witness:
    printed, true = as_printed.contraction(GRADIENT, HESSIAN), as_printed.contraction_corrected(GRADIENT, HESSIAN)
    return Witness("β f_a f_b R_ab of u + 2v + u²/2 + 2uv + 5v²/2 at 0", float(printed), float(true))


def curvature_of_the_plane() -> Witness:
    """x = ∂_u, y = ∂_v, z = uv ∂_u on the flat plane:
    ∇_x ∇_y z = ∂_u, ∇_z ∇_y x = 0 and [x, y] = 0.
    """
    mixed = float(jet(parse("u*v"), 0.0, 0.0).f_uv)
    return Witness("R(∂_u, ∂_v; uv ∂_u) on the flat plane, its ∂_u component", mixed, mixed - mixed)


def sign_of_the_sphere() -> Witness:
    flat, H = np.zeros(2), -np.eye(2)
    return Witness(
        "S of the unit sphere, under A.2 with A.3 and under B.3",
        float(as_printed.scalar_curvature_by_definition_a2(flat, H)),
        float(np.einsum("jm,jm->", formulas.inverse_metric(flat), formulas.ricci(flat, H))),
    )


def norm_form() -> Witness:
    return Witness(
        "S of the saddle with eigenvalues 1, -1",
        float(spectra.norm_form([1, -1])),
        float(spectra.scalar_curvature([1, -1])),
    )


def eigenvector() -> Witness:
    return Witness(
        "xᵀHx along the first eigenvector of diag(3, 1)",
        4.0,
        float(2 * perturbations.rise(np.diag([3.0, 1.0]), [[1.0, 0.0]])[0]),
    )


def remainder() -> Witness:
    at = jet(parse("u^2/2 + u^4"), 0.0, 0.0)
    bound = perturbations.bounds([[float(at.f_uu)]], 0.5).printed
    return Witness(
        "(Δf)² of u²/2 + u⁴ at ε = 0.5, said to be at most", bound, float(jet(parse("u^2/2 + u^4"), 0.5, 0.0).f) ** 2
    )


def implication() -> Witness:
    pair = perturbations.duel([3, 1], [2, 2])
    return Witness(
        "tr H² of diag(3, 1), said to be at most that of diag(2, 2)", pair.second.square_trace, pair.first.square_trace
    )


def robustness() -> Witness:
    first, second = (
        float(perturbations.rise(np.diag(values), [[1.0, 0.0]])[0]) ** 2 for values in ([3.0, 1.0], [2.0, 2.0])
    )
    return Witness("(Δf)² of diag(3, 1) along its first axis, said to be at most that of diag(2, 2)", second, first)


def first_order() -> Witness:
    H = np.diag([3.0, 1.0])
    return Witness(
        "E[Δf] for H = diag(3, 1) at t = 0.1",
        float(diffusion.expected_rise_as_printed(H, 0.1)),
        float(diffusion.expected_rise(H, 0.1)),
    )


def escape() -> Witness:
    slow, fast = (float(diffusion.expected_rise(np.diag(values), 0.1)) for values in ([1.0, 1.0], [9.0, 0.0]))
    return Witness("E[Δf] at t = 0.1 for diag(9, 0), S = 0, said to be at most that for I, S = 2", slow, fast)


def participation() -> Witness:
    return Witness("limit of S/tr(H)² for eigenvalues i⁻²", 1.0, spectra.power_law_limit(2.0))


def reparametrised() -> Witness:
    H = np.diag([1.0, 0.0, 1.0])
    printed = reparametrisation.scalar_curvature_as_printed(SHEAR, H)
    true = reparametrisation.scalar_curvature_at_minimum(SHEAR, H)
    return Witness("S of f∘φ for a shear, H = diag(1, 0, 1)", float(printed), float(true))


def appendix_b6() -> Witness:
    mean = np.mean(batches.B6_MATRICES, axis=0)
    printed, true = (float(np.trace(M) ** 2 - np.trace(M @ M)) for M in (batches.B6_FULL, mean))
    return Witness(
        "tr(M)² - tr(M²) of the full matrix: of the sum as printed, of the mean that (6) needs", printed, true
    )


def unequal_batches() -> Witness:
    split = batches.batch_curvature(batches.regression_hessians([[1.0], [1.0], [2.0]]), [0, 0, 1])
    return Witness(
        "tr H of one-weight regressions on x = 1, 1, 2 split as {1, 1}, {2}", split.plain_mean_trace, split.full_trace
    )


def trace_at_the_fit() -> Witness:
    x, y = batches.figure3_data()
    H = batches.sample_hessians(parse(batches.MODELS["a sin(b x)"]), x, y, (1.0, 1.0)).mean(axis=0)
    return Witness("tr H of a·sin(bx) at its fit of the sine, said to be", 0.0, float(formulas.hessian_trace(H)))


def not_flat() -> Witness:
    H = np.diag([2.0, 2.0, -1.0])
    R = formulas.riemann(np.zeros(3), H)
    return Witness(
        "R¹₂₁₂ where H = diag(2, 2, -1), whose S = 0 is read as flat",
        float(spectra.scalar_curvature([2, 2, -1])),
        float(R[0, 1, 0, 1]),
    )


def hyperboloid() -> Witness:
    one, two = (
        float(surface_points(SURFACES[name], 0.5, 0.0).scalar_curvature)
        for name in ("one-sheet hyperboloid", "two-sheet hyperboloid")
    )
    return Witness("S of the hyperboloid of two sheets at u = 0.5, said to be that of one sheet", one, two)

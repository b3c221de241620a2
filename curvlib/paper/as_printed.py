"""Tensor formulas of the paper exactly as printed, where `curvature` has them as they should read;
for comparison only.

Gradients have shape (..., q), Hessians (..., q, q); nothing else in the library uses these.
"""

from typing import Any

import numpy as np

from curvlib.arrays import Floats, Fractions
from curvlib.curvature import definitions, formulas
from curvlib.curvature.rational import exactly, inverse


@exactly
def riemann(gradient: Fractions, hessian: Fractions) -> Fractions:
    """R^i_jkm by Proposition 2.2 (equation 3) and B.3 as printed, with f_jm f_jk for f_im f_jk and
    f_im, f_jk exchanged; (..., i, j, k, m).

        β (f_ik f_jm - f_jm f_jk) - β² f_i f_r (f_rk f_im - f_rm f_jk)

    It is not even antisymmetric in k and m, as every curvature tensor is.
    """
    g, H = gradient, hessian
    beta = (1 / (1 + (g**2).sum(axis=-1, keepdims=True)))[..., None, None, None]
    Hg = np.einsum("...rk,...r->...k", H, g)
    first = np.einsum("...ik,...jm->...ijkm", H, H) - np.einsum("...jm,...jk->...jkm", H, H)[..., None, :, :, :]
    second = np.einsum("...i,...k,...im->...ikm", g, Hg, H)[..., :, None, :, :] - np.einsum(
        "...i,...m,...jk->...ijkm", g, Hg, H
    )
    return beta * first - beta**2 * second


def christoffel_derivative(gradient: Any, hessian: Any) -> Floats:
    """∂_m Γ^i_jk as the second line of B.3's proof prints it, without third derivatives of f; shape
    (..., i, j, k, m).

    -2β² f_a f_ak f_i f_jm + β f_im f_jk, where the first k and m ought to be exchanged;
    `christoffel_derivative_corrected` has them so.
    """
    return np.swapaxes(_slope_term(gradient, hessian), -1, -2) + _bend_term(gradient, hessian)


def christoffel_derivative_corrected(gradient: Any, hessian: Any) -> Floats:
    """∂_m Γ^i_jk = -2β² f_a f_am f_i f_jk + β f_im f_jk + β f_i f_jkm, for a quadratic f, whose
    f_jkm = 0; shape (..., i, j, k, m).
    """
    return _slope_term(gradient, hessian) + _bend_term(gradient, hessian)


def contraction(gradient: Any, hessian: Any) -> Floats:
    """β f_a f_b R_ab as the last lines of B.4's proof print it:
    a pair of brackets is missing, β² multiplies the first term only.
    """
    slope, square, trace, beta = _invariants(gradient, hessian)
    return beta**2 * slope * trace - square


def contraction_corrected(gradient: Any, hessian: Any) -> Floats:
    """β f_a f_b R_ab = β² (∇fᵀH∇f tr(H) - ∇fᵀH²∇f)."""
    slope, square, trace, beta = _invariants(gradient, hessian)
    return beta**2 * (slope * trace - square)


@exactly
def scalar_curvature_by_definition_a2(gradient: Fractions, hessian: Fractions) -> Fractions:
    """S = g^ij R^k_ikj (Definition A.3) of the tensor whose indices Definition A.2 prints: the
    negative of S.

        R^l_ijk = ∂_i Γ^l_jk - ∂_j Γ^l_ik + Γ^m_jk Γ^l_im - Γ^m_ik Γ^l_jm

    Third derivatives of f cancel in it. On the unit sphere it is -2, by the convention of B.3 +2.
    """
    slopes = np.einsum("...ljki->...lijk", definitions.christoffel_derivative(gradient, hessian))  # ∂_i Γ^l_jk
    gamma = definitions.christoffel(gradient, hessian)
    terms = slopes + np.einsum("...mjk,...lim->...lijk", gamma, gamma)
    tensor = terms - np.swapaxes(terms, -3, -2)
    return np.einsum("...ij,...kikj->...", inverse(definitions.metric(gradient)), tensor)


def _slope_term(gradient: Any, hessian: Any) -> Floats:
    """-2β² f_a f_am f_i f_jk, shape (..., i, j, k, m)."""
    g, H = np.asarray(gradient, dtype=float), np.asarray(hessian, dtype=float)
    beta = (formulas.volume_element(g) ** -2.0)[..., None, None, None, None]
    return -2 * beta**2 * np.einsum("...a,...am,...i,...jk->...ijkm", g, H, g, H)


def _bend_term(gradient: Any, hessian: Any) -> Floats:
    """β f_im f_jk, shape (..., i, j, k, m)."""
    H = np.asarray(hessian, dtype=float)
    beta = (formulas.volume_element(gradient) ** -2.0)[..., None, None, None, None]
    return beta * np.einsum("...im,...jk->...ijkm", H, H)


def _invariants(gradient: Any, hessian: Any) -> tuple[Floats, Floats, Floats, Floats]:
    """∇fᵀH∇f, ∇fᵀH²∇f, tr H and β."""
    g, H = np.asarray(gradient, dtype=float), np.asarray(hessian, dtype=float)
    Hg = (H @ g[..., None])[..., 0]
    return (g * Hg).sum(axis=-1), (Hg**2).sum(axis=-1), formulas.hessian_trace(H), formulas.volume_element(g) ** -2.0

"""Section 2 by its definitions: from the metric of the graph and its derivatives alone, without a formula of the paper, to hold the formulas against.

Gradients have shape (..., q), Hessians (..., q, q). Second derivatives of the metric contain third derivatives of f, which cancel in R; they are taken
as zero, so that everything here is as for the quadratic loss with this gradient and this Hessian.
"""

from typing import Any

import numpy as np

Array = np.ndarray


def metric(gradient: Any) -> Array:
    """g_ij = X_i · X_j, the scalar products of the tangent vectors X_i = (e_i, f_i) of the graph, shape (..., q, q)."""
    f = np.asarray(gradient, dtype=float)
    tangents = np.concatenate([np.broadcast_to(np.eye(f.shape[-1]), (*f.shape, f.shape[-1])), f[..., None]], axis=-1)
    return tangents @ np.swapaxes(tangents, -1, -2)


def christoffel(gradient: Any, hessian: Any) -> Array:
    """Γ^i_kl = ½ g^im (∂_l g_mk + ∂_k g_ml - ∂_m g_kl), Definition A.1, shape (..., i, k, l).

    >>> christoffel([1.0, 0.0], [[2.0, 0.0], [0.0, 4.0]])[0].tolist()
    [[1.0, 0.0], [0.0, 2.0]]
    """
    return np.einsum("...im,...mkl->...ikl", np.linalg.inv(metric(gradient)), _christoffel_lowered(gradient, hessian))


def riemann(gradient: Any, hessian: Any) -> Array:
    """R^i_jkm = ∂_k Γ^i_jm - ∂_m Γ^i_jk + Γ^i_kr Γ^r_jm - Γ^i_mr Γ^r_jk, the convention of B.3, shape (..., i, j, k, m)."""
    inverse, gamma = np.linalg.inv(metric(gradient)), christoffel(gradient, hessian)
    bend = np.einsum("...is,...sjmk->...ijmk", inverse, _christoffel_lowered_derivative(hessian))
    turn = np.einsum("...is,...stk,...tjm->...ijmk", inverse, _metric_derivative(gradient, hessian), gamma)
    slopes = bend - turn  # ∂_k Γ^i_jm, indices i, j, m, k, for ∂ g⁻¹ = -g⁻¹ ∂g g⁻¹
    terms = np.swapaxes(slopes, -1, -2) + np.einsum("...ikr,...rjm->...ijkm", gamma, gamma)
    return terms - np.swapaxes(terms, -1, -2)


def ricci(gradient: Any, hessian: Any) -> Array:
    """R_jm = R^i_jim, shape (..., q, q)."""
    return np.einsum("...ijim->...jm", riemann(gradient, hessian))


def scalar_curvature(gradient: Any, hessian: Any) -> Array:
    """S = g^jm R_jm, Definition A.3, shape (...).

    >>> float(scalar_curvature([0.0, 0.0], [[2.0, 0.0], [0.0, -2.0]]))
    -8.0
    """
    return np.einsum("...jm,...jm->...", np.linalg.inv(metric(gradient)), ricci(gradient, hessian))


def normal_curvature(gradient: Any, hessian: Any, directions: Any) -> Array:
    """wᵀHw √β / wᵀGw: how the graph bends along directions w of the parameter plane; its extremes are the principal curvatures.

    Args:
        gradient, hessian: at one point, shapes (q,) and (q, q).
        directions: shape (..., q), of any length but zero.

    Returns:
        Shape (...); positive where the graph bends upwards.
    """
    f, H, w = np.asarray(gradient, dtype=float), np.asarray(hessian, dtype=float), np.asarray(directions, dtype=float)
    bend = np.einsum("...i,ij,...j->...", w, H, w) / np.sqrt(1 + f @ f)
    return bend / np.einsum("...i,ij,...j->...", w, metric(f), w)


def _metric_derivative(gradient: Any, hessian: Any) -> Array:
    """∂_k g_ij = f_ik f_j + f_i f_jk, shape (..., i, j, k)."""
    half = np.einsum("...ik,...j->...ijk", np.asarray(hessian, dtype=float), np.asarray(gradient, dtype=float))
    return half + np.swapaxes(half, -3, -2)


def _christoffel_lowered(gradient: Any, hessian: Any) -> Array:
    """½ (∂_l g_mk + ∂_k g_ml - ∂_m g_kl), shape (..., m, k, l)."""
    slopes = _metric_derivative(gradient, hessian)
    return (slopes + np.swapaxes(slopes, -1, -2) - np.moveaxis(slopes, -1, -3)) / 2


def _christoffel_lowered_derivative(hessian: Any) -> Array:
    """The derivative of that by the n-th parameter, from ∂_n ∂_k g_ij = f_ik f_jn + f_in f_jk, shape (..., m, k, l, n)."""
    H = np.asarray(hessian, dtype=float)
    second = np.einsum("...ik,...jn->...ijkn", H, H)
    second = second + np.swapaxes(second, -1, -2)  # [i, j, k, n]
    return (second + np.swapaxes(second, -3, -2) - np.einsum("...klmn->...mkln", second)) / 2

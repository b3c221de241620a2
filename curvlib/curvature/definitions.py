"""Section 2 by its definitions: from the metric of the graph and its derivatives alone, without a
formula of the paper, to hold the formulas against.

Gradients have shape (..., q), Hessians (..., q, q). Second derivatives of the metric contain third
derivatives of f, which cancel in R; they are taken as zero, so that everything here is as for the
quadratic loss with this gradient and this Hessian.

The tensors are computed in exact arithmetic and rounded once: in floats g⁻¹ alone loses all its
digits where the slope is steep.
"""

from typing import Any

import numpy as np

from curvlib.arrays import Floats, Fractions
from curvlib.curvature.rational import exactly, inverse


@exactly
def metric(gradient: Fractions) -> Fractions:
    """g_ij = X_i · X_j, the scalar products of the tangent vectors X_i = (e_i, f_i) of the graph,
    shape (..., q, q).
    """
    tangents = np.concatenate(
        [
            np.broadcast_to(np.eye(gradient.shape[-1], dtype=int), (*gradient.shape, gradient.shape[-1])),
            gradient[..., None],
        ],
        axis=-1,
    )
    return np.einsum("...ia,...ja->...ij", tangents, tangents)


@exactly
def christoffel(gradient: Fractions, hessian: Fractions) -> Fractions:
    """Γ^i_kl = ½ g^im (∂_l g_mk + ∂_k g_ml - ∂_m g_kl), Definition A.1, shape (..., i, k, l).

    >>> christoffel([1.0, 0.0], [[2.0, 0.0], [0.0, 4.0]])[0].tolist()
    [[1.0, 0.0], [0.0, 2.0]]
    """
    return np.einsum("...im,...mkl->...ikl", inverse(metric(gradient)), _christoffel_lowered(gradient, hessian))


@exactly
def christoffel_derivative(gradient: Fractions, hessian: Fractions) -> Fractions:
    """∂_m Γ^i_jk without third derivatives of f, shape (..., i, j, k, m),
    by ∂ g⁻¹ = -g⁻¹ ∂g g⁻¹.
    """
    turn = np.einsum("...stm,...tjk->...sjkm", _metric_derivative(gradient, hessian), christoffel(gradient, hessian))
    return np.einsum(
        "...is,...sjkm->...ijkm", inverse(metric(gradient)), _christoffel_lowered_derivative(hessian) - turn
    )


@exactly
def riemann(gradient: Fractions, hessian: Fractions) -> Fractions:
    """R^i_jkm = ∂_k Γ^i_jm - ∂_m Γ^i_jk + Γ^i_kr Γ^r_jm - Γ^i_mr Γ^r_jk, the convention of B.3,
    shape (..., i, j, k, m).
    """
    gamma = christoffel(gradient, hessian)
    slopes = np.swapaxes(christoffel_derivative(gradient, hessian), -1, -2)  # ∂_k Γ^i_jm, indices i, j, k, m
    terms = slopes + np.einsum("...ikr,...rjm->...ijkm", gamma, gamma)
    return terms - np.swapaxes(terms, -1, -2)


@exactly
def ricci(gradient: Fractions, hessian: Fractions) -> Fractions:
    """R_jm = R^i_jim, shape (..., q, q)."""
    return np.einsum("...ijim->...jm", riemann(gradient, hessian))


@exactly
def scalar_curvature(gradient: Fractions, hessian: Fractions) -> Fractions:
    """S = g^jm R_jm, Definition A.3, shape (...).

    >>> float(scalar_curvature([0.0, 0.0], [[2.0, 0.0], [0.0, -2.0]]))
    -8.0
    """
    return np.einsum("...jm,...jm->...", inverse(metric(gradient)), ricci(gradient, hessian))


def normal_curvature(gradient: Any, hessian: Any, directions: Any) -> Floats:
    """wᵀHw √β / wᵀGw: how the graph bends along directions w of the parameter plane; its extremes
    are the principal curvatures.

    Args:
        gradient, hessian: at one point, shapes (q,) and (q, q).
        directions: shape (..., q), of any length but zero.

    Returns:
        Shape (...); positive where the graph bends upwards.
    """
    f, H, w = np.asarray(gradient, dtype=float), np.asarray(hessian, dtype=float), np.asarray(directions, dtype=float)
    with np.errstate(all="ignore"):
        bend = np.einsum("...i,ij,...j->...", w, H, w) / np.hypot(1, np.linalg.norm(f))
        return bend / ((w**2).sum(axis=-1) + (w @ f) ** 2)


def _metric_derivative(gradient: Fractions, hessian: Fractions) -> Fractions:
    """∂_k g_ij = f_ik f_j + f_i f_jk, shape (..., i, j, k)."""
    half = np.einsum("...ik,...j->...ijk", hessian, gradient)
    return half + np.swapaxes(half, -3, -2)


def _christoffel_lowered(gradient: Fractions, hessian: Fractions) -> Fractions:
    """½ (∂_l g_mk + ∂_k g_ml - ∂_m g_kl), shape (..., m, k, l)."""
    slopes = _metric_derivative(gradient, hessian)
    return (slopes + np.swapaxes(slopes, -1, -2) - np.moveaxis(slopes, -1, -3)) / 2


def _christoffel_lowered_derivative(hessian: Fractions) -> Fractions:
    """The derivative of that by the n-th parameter, from ∂_n ∂_k g_ij = f_ik f_jn + f_in f_jk,
    shape (..., m, k, l, n).
    """
    second = np.einsum("...ik,...jn->...ijkn", hessian, hessian)
    second = second + np.swapaxes(second, -1, -2)  # [i, j, k, n]
    return (second + np.swapaxes(second, -3, -2) - np.einsum("...klmn->...mkln", second)) / 2

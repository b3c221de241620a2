"""The paper's formulas: from the gradient and the Hessian of f to the geometry of its graph, in q
dimensions.

Throughout β = 1/(1 + |∇f|²), and the last axes are the geometric ones: gradients (..., q), Hessians
(..., q, q). The shape operator carries everything: in an orthonormal frame of the graph it is the
matrix A = √β G^(-1/2) H G^(-1/2), whose eigenvalues are the principal curvatures, and
S = tr(A)² - tr(A²).
"""

from typing import Any, overload

import numpy as np

from curvlib.arrays import AnyFloats, Extended, Floats
from curvlib.curvature import determinants


def scalar_curvature(gradient: Floats, hessian: Floats) -> Floats:
    """Scalar curvature of the graph, Proposition 2.3 (equation 4) of the paper.

        S = β (tr(H)² - tr(H²)) + 2 β² ∇fᵀ(H² - tr(H) H)∇f,

    evaluated as tr(A)² - tr(A²) because the long form loses all its digits where the gradient is
    large. Positive in a bowl or on a peak, negative at a two-dimensional saddle, zero on a plane
    and on a cylinder.

    Args:
        gradient: ∇f, shape (..., q).
        hessian: H, shape (..., q, q), symmetric.

    Returns:
        S, shape (...).

    >>> float(scalar_curvature(np.zeros(2), np.diag([1.0, 4.0])))
    8.0
    """
    gradient, hessian = np.asarray(gradient), np.asarray(hessian)
    if gradient.shape[-1] == 2:
        return jet_scalar_curvature(
            gradient[..., 0], gradient[..., 1], hessian[..., 0, 0], hessian[..., 0, 1], hessian[..., 1, 1]
        )
    return scalar_curvature_at_minimum(shape_operator(gradient, hessian))


@overload
def jet_scalar_curvature(f_u: Extended, f_v: Extended, f_uu: Extended, f_uv: Extended, f_vv: Extended) -> Extended: ...


@overload
def jet_scalar_curvature(f_u: Any, f_v: Any, f_uu: Any, f_uv: Any, f_vv: Any) -> Floats: ...


def jet_scalar_curvature(f_u: Any, f_v: Any, f_uu: Any, f_uv: Any, f_vv: Any) -> AnyFloats:
    """Scalar curvature of the graph of f(u, v): S = 2 β² (f_uu f_vv - f_uv²), twice the Gaussian
    curvature.

    Right to a few units in the last place for the numbers given, whatever their size: the
    determinant is compensated, and exponents are carried apart from mantissas, so that no gradient
    overflows and no cancellation costs a digit.

    Args:
        f_u, f_v, f_uu, f_uv, f_vv: the derivatives, of shapes that broadcast; float64 or
            longdouble.

    Returns:
        S in the same precision; NaN where a derivative is not finite, infinite where S itself is
        too large a number.
    """
    precision = np.result_type(float, f_u, f_v, f_uu, f_uv, f_vv)
    f_u, f_v, f_uu, f_uv, f_vv = (
        np.asarray(part, dtype=precision) for part in np.broadcast_arrays(f_u, f_v, f_uu, f_uv, f_vv)
    )
    with np.errstate(all="ignore"):
        determinant, exponent = determinants.two_by_two(f_uu, f_uv, f_uv, f_vv)
        size = np.frexp(np.maximum(1, np.maximum(abs(f_u), abs(f_v))))[1]
        inverse_beta = np.ldexp(np.ones_like(f_u), -2 * size) + np.ldexp(f_u, -size) ** 2 + np.ldexp(f_v, -size) ** 2
        curvature = np.ldexp(determinant / inverse_beta / inverse_beta, exponent + 1 - 4 * size)
        known = np.isfinite(f_u) & np.isfinite(f_v) & np.isfinite(f_uu) & np.isfinite(f_uv) & np.isfinite(f_vv)
        return np.where(known, curvature, np.nan)[()]


def scalar_curvature_at_minimum(hessian: Floats) -> Floats:
    """Scalar curvature at a critical point, Corollary 2.1 (equation 5): S = tr(H)² - tr(H²) = 2
    Σ_(i<j) λ_i λ_j.

    Summed from the 2 × 2 minors of H: the difference of the traces cancels where H has nearly rank
    one.

    >>> float(scalar_curvature_at_minimum(np.diag([3.0, 3.0, -1.0])))
    6.0
    """
    hessian = np.asarray(hessian, dtype=float)
    if hessian.shape[-1] == 2:
        with np.errstate(all="ignore"):
            determinant, exponent = determinants.two_by_two(
                hessian[..., 0, 0], hessian[..., 0, 1], hessian[..., 1, 0], hessian[..., 1, 1]
            )
            return np.ldexp(determinant, exponent + 1)
    diagonal = np.einsum("...ii->...i", hessian)
    with np.errstate(all="ignore"):
        minors = diagonal[..., :, None] * diagonal[..., None, :] - hessian * np.swapaxes(hessian, -1, -2)
        return minors.sum(axis=(-1, -2))


def participation_ratio(hessian: Floats) -> Floats:
    """tr(H)² / tr(H²): how many equal eigenvalues would spread H as its own do; between 0 and q,
    and 1 for rank one.

    At a critical point S = tr(H)² (1 - 1/PR). NaN where H = 0.

    >>> float(participation_ratio(np.diag([1.0, 1.0, 1.0])))
    3.0
    """
    with np.errstate(all="ignore"):
        return hessian_trace(hessian) ** 2 / hessian_square_trace(hessian)


def hessian_trace(hessian: Floats) -> Floats:
    """tr(H), shape (...)."""
    return np.einsum("...ii->...", np.asarray(hessian, dtype=float))


def hessian_square_trace(hessian: Floats) -> Floats:
    """tr(H²), shape (...): the square of the Frobenius norm where H is symmetric."""
    hessian = np.asarray(hessian, dtype=float)
    return np.einsum("...ij,...ji->...", hessian, hessian)


def volume_element(gradient: Floats) -> Floats:
    """√det G = √(1 + |∇f|²): the area of the graph over a unit of the parameter plane; 1/√β."""
    gradient = np.abs(np.asarray(gradient, dtype=float))
    with np.errstate(all="ignore"):
        size = np.maximum(1, gradient.max(axis=-1))
        return size * np.sqrt(size**-2.0 + ((gradient / size[..., None]) ** 2).sum(axis=-1))


def metric(gradient: Floats) -> Floats:
    """The metric of the graph, equation (1): G = I + ∇f ∇fᵀ, shape (..., q, q)."""
    gradient = np.asarray(gradient, dtype=float)
    with np.errstate(all="ignore"):
        return np.eye(gradient.shape[-1]) + gradient[..., :, None] * gradient[..., None, :]


def inverse_metric(gradient: Floats) -> Floats:
    """G⁻¹ = I - β ∇f ∇fᵀ (Sherman–Morrison), shape (..., q, q).

    The diagonal is summed as β (1 + Σ_(j≠i) f_j²): 1 - β f_i² would be nothing but rounding where
    f_i is large.
    """
    unit, height = _unit_and_height(gradient)
    q = unit.shape[-1]
    others = (unit**2) @ (1 - np.eye(q)) + height[..., None] ** -2.0
    return np.where(np.eye(q, dtype=bool), others[..., :, None], -unit[..., :, None] * unit[..., None, :])


def christoffel(gradient: Floats, hessian: Floats) -> Floats:
    """Christoffel symbols, Proposition 2.1 (2): Γ^i_kl = β f_i f_kl, shape (..., i, k, l)."""
    unit, height = _unit_and_height(gradient)
    return (unit / height[..., None])[..., :, None, None] * np.asarray(hessian, dtype=float)[..., None, :, :]


def riemann(gradient: Floats, hessian: Floats) -> Floats:
    """Riemann tensor R^i_jkm, shape (..., i, j, k, m), in the convention of Appendix B.3.

        R^i_jkm = β (f_ik f_jm - f_im f_jk) - β² f_i f_r (f_rk f_jm - f_rm f_jk)
                = β g^ir (f_rk f_jm - f_rm f_jk)

    (Proposition 2.2 prints two of the indices wrongly.) On the unit sphere this convention makes
    S = +2. The brackets are compensated like the determinant in `jet_scalar_curvature`, so that
    with two parameters no digit is lost.
    """
    H = np.asarray(hessian, dtype=float)
    with np.errstate(all="ignore"):
        height, size = np.frexp(volume_element(gradient)[..., None, None, None, None])
        rk, jm, rm, jk = (
            H[..., :, None, :, None],
            H[..., None, :, None, :],
            H[..., :, None, None, :],
            H[..., None, :, :, None],
        )
        bracket, exponent = determinants.two_by_two(rk, rm, jk, jm)
        return np.einsum(
            "...ir,...rjkm->...ijkm", inverse_metric(gradient), np.ldexp(bracket / height**2, exponent - 2 * size)
        )


def ricci(gradient: Floats, hessian: Floats) -> Floats:
    """Ricci tensor R_jm = R^i_jim, shape (..., q, q); for q = 2 it is (S/2) G."""
    return np.einsum("...ijim->...jm", riemann(gradient, hessian))


def shape_operator(gradient: Floats, hessian: Floats) -> Floats:
    """The matrix A of the shape operator in an orthonormal frame of the graph, shape (..., q, q);
    upward normal.

    A reflection turns the gradient onto the first axis. There G = diag(1/β, 1, …, 1), so that A is
    the turned Hessian with its first row and column multiplied by √β, and all of it by √β once
    more. The sign is that of f: a bowl has A ≥ 0.
    """
    unit, height = _unit_and_height(gradient)
    length = np.sqrt((unit**2).sum(axis=-1, keepdims=True))
    mirror = np.divide(unit, length, out=np.zeros_like(unit), where=length > 0)
    mirror[..., 0] += np.where(mirror[..., 0] < 0, -1.0, 1.0)
    reflection = (
        np.eye(unit.shape[-1])
        - 2 * mirror[..., :, None] * mirror[..., None, :] / (mirror**2).sum(axis=-1)[..., None, None]
    )
    with np.errstate(all="ignore"):
        turned = reflection @ (np.asarray(hessian, dtype=float) / height[..., None, None]) @ reflection
        turned[..., 0, :] /= height[..., None]
        turned[..., :, 0] /= height[..., None]
    return turned


def mean_curvature(gradient: Floats, hessian: Floats) -> Floats:
    """Mean of the principal curvatures of the graph, tr(A)/q;
    positive in a bowl, zero on a minimal surface.
    """
    return hessian_trace(shape_operator(gradient, hessian)) / np.shape(gradient)[-1]


def principal_curvatures(gradient: Floats, hessian: Floats) -> Floats:
    """Eigenvalues of the shape operator, ascending, shape (..., q); NaN where the derivatives are
    not finite.

    With two parameters the smaller one in size is recovered from the product S/2: steep slopes
    drown it otherwise.
    """
    A = shape_operator(gradient, hessian)
    finite = np.all(np.isfinite(A), axis=(-1, -2))
    curvatures = np.linalg.eigvalsh(np.where(finite[..., None, None], A, 0.0))
    if A.shape[-1] == 2:
        large = np.where(abs(curvatures[..., :1]) > abs(curvatures[..., 1:]), curvatures[..., :1], curvatures[..., 1:])
        product = scalar_curvature(gradient, hessian)[..., None] / 2
        small = np.divide(product, large, out=np.zeros_like(large), where=large != 0)
        curvatures = np.sort(np.concatenate([small, large], axis=-1), axis=-1)
    return np.where(finite[..., None], curvatures, np.nan)


def _unit_and_height(gradient: Floats) -> tuple[Floats, Floats]:
    """√β ∇f and 1/√β: the unit normal's slopes and the volume element, which cannot overflow."""
    height = volume_element(gradient)
    with np.errstate(all="ignore"):
        return np.asarray(gradient, dtype=float) / height[..., None], height

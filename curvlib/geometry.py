"""Everything the paper says of one point of the landscape: metric, connection, curvature tensors, and S twice over."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curvlib import curvature
from curvlib.causes import reasons
from curvlib.jets import jet, parameter_values
from curvlib.language.expression import Expression


@dataclass(frozen=True, slots=True)
class PointGeometry:
    """The graph of f at (u, v), in the coordinates u, v. Indices count from 0: `christoffel[0]` is Γ¹.

    Attributes:
        point: (u, v).
        f: the loss there.
        gradient: ∇f, shape (2,).
        hessian: H, shape (2, 2).
        metric: g = I + ∇f ∇fᵀ (equation 1), shape (2, 2).
        inverse: g⁻¹ = I − β ∇f ∇fᵀ with β = 1/(1 + |∇f|²), shape (2, 2).
        christoffel: Γ^i_kl = β f_i f_kl (Prop. 2.1), shape (2, 2, 2), `[i, k, l]`.
        riemann: R^i_jkm (Prop. 2.2, corrected), in the convention of B.3, shape (2, 2, 2, 2), `[i, j, k, m]`.
        ricci: R_jm = R^i_jim, shape (2, 2).
        scalar_curvature: S by Prop. 2.3.
        scalar_curvature_by_definition: g^jm R_jm, with R from the Christoffel symbols and their derivatives (B.3).
        gradient_norm: |∇f|.
        hessian_trace: tr H.
        hessian_square_trace: tr H².
        eigenvalues: of H, ascending, shape (2,).
        mean_curvature: of the surface, upward normal: positive in a bowl.
        principal_curvatures: of the surface, ascending, shape (2,); their product is S/2.
        undefined: why there is no curvature here, in words; empty where there is. Then all but `point` and perhaps `f` are NaN.
    """

    point: tuple[float, float]
    f: float
    gradient: np.ndarray
    hessian: np.ndarray
    metric: np.ndarray
    inverse: np.ndarray
    christoffel: np.ndarray
    riemann: np.ndarray
    ricci: np.ndarray
    scalar_curvature: float
    scalar_curvature_by_definition: float
    gradient_norm: float
    hessian_trace: float
    hessian_square_trace: float
    eigenvalues: np.ndarray
    mean_curvature: float
    principal_curvatures: np.ndarray
    undefined: str = ""


def geometry_at(expression: Expression, point: tuple[float, float], parameters: Mapping[str, float] | None = None) -> PointGeometry:
    """Metric, connection and curvature of the graph of f at a point, by exact differentiation.

    Args:
        expression: the loss.
        point: (u, v), finite.
        parameters: a value for each parameter that has no default in the text.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.
        ValueError: the point is not two finite numbers.

    >>> from curvlib import parse
    >>> round(geometry_at(parse("u + 2*v + u^2/2 + 2*u*v + 5*v^2/2"), (0, 0)).riemann[0, 1, 0, 1] * 36, 12)
    np.float64(5.0)
    """
    u, v = (float(x) for x in point)
    if not np.isfinite([u, v]).all():
        raise ValueError(f"A point is two finite numbers, not {point!r}.")
    here = jet(expression, u, v, parameters)
    gradient = np.array([here.f_u, here.f_v])
    hessian = np.array([[here.f_uu, here.f_uv], [here.f_uv, here.f_vv]])
    known = bool(np.isfinite(gradient).all() and np.isfinite(hessian).all())
    if not known:
        gradient, hessian = np.full_like(gradient, np.nan), np.full_like(hessian, np.nan)
    with np.errstate(all="ignore"):
        g_inverse = curvature.inverse_metric(gradient)
        return PointGeometry(
            point=(u, v),
            f=float(here.f),
            gradient=gradient,
            hessian=hessian,
            metric=curvature.metric(gradient),
            inverse=g_inverse,
            christoffel=curvature.christoffel(gradient, hessian),
            riemann=curvature.riemann(gradient, hessian),
            ricci=curvature.ricci(gradient, hessian),
            scalar_curvature=float(curvature.scalar_curvature(gradient, hessian)),
            scalar_curvature_by_definition=float(np.einsum("jm,ijim->", g_inverse, riemann_by_definition(gradient, hessian))),
            gradient_norm=float(np.hypot(*gradient)),
            hessian_trace=float(curvature.hessian_trace(hessian)),
            hessian_square_trace=float(curvature.hessian_square_trace(hessian)),
            eigenvalues=np.linalg.eigvalsh(hessian) if known else np.full(2, np.nan),
            mean_curvature=float(curvature.mean_curvature(gradient, hessian)) if known else np.nan,
            principal_curvatures=curvature.principal_curvatures(gradient, hessian) if known else np.full(2, np.nan),
            undefined="" if known else _reason(expression, u, v, parameters),
        )


def riemann_by_definition(gradient: np.ndarray, hessian: np.ndarray) -> np.ndarray:
    """R^i_jkm = ∂_k Γ^i_mj − ∂_m Γ^i_kj + Γ^i_kr Γ^r_mj − Γ^i_mr Γ^r_kj, from the Christoffel symbols and their derivatives (B.3).

    The third derivatives of f stand in ∂_k Γ^i_mj and ∂_m Γ^i_kj alike and cancel, so they are left out of both.

    Args:
        gradient: ∇f, shape (q,).
        hessian: H, shape (q, q).

    Returns:
        R, shape (q, q, q, q), `[i, j, k, m]`.
    """
    beta = 1 / (1 + gradient @ gradient)
    gamma = beta * np.einsum("i,kl->ikl", gradient, hessian)
    beta_slope = -2 * beta**2 * hessian @ gradient
    slope = np.einsum("k,i,mj->kimj", beta_slope, gradient, hessian) + beta * np.einsum("ik,mj->kimj", hessian, hessian)  # ∂_k Γ^i_mj
    product = np.einsum("ikr,rmj->ijkm", gamma, gamma)
    half = np.einsum("kimj->ijkm", slope) + product
    return half - np.swapaxes(half, 2, 3)


def _reason(expression: Expression, u: float, v: float, parameters: Mapping[str, float] | None) -> str:
    symbols = {"u": np.array([u]), "v": np.array([v]), **parameter_values(expression, parameters)}
    return next(iter(reasons(expression, symbols)))

"""The geometry of the graph of a loss at one point, every tensor of the paper's Section 2."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

import numpy as np

from curvlib import curvature
from curvlib.causes import reasons
from curvlib.given import array
from curvlib.jets import jet, parameter_values
from curvlib.language.expression import Expression

Array = np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class PointGeometry:
    """The graph of f at one point, with the metric of equation (1). Everything that needs a derivative is NaN where there is none.

    Attributes:
        point: (u, v).
        f: the loss.
        gradient, gradient_norm: ∇f, shape (2,), and its Euclidean length.
        hessian: H, shape (2, 2).
        eigenvalues: those of H, ascending, shape (2,).
        hessian_trace, hessian_square_trace: tr(H) and tr(H²).
        metric, inverse: G and G⁻¹, shape (2, 2).
        christoffel: Γ^i_kl (Proposition 2.1), indices i, k, l.
        riemann: R^i_jkm in the convention of Appendix B.3, indices i, j, k, m.
        ricci: R_jm, shape (2, 2).
        scalar_curvature: S by the closed formula (Proposition 2.3).
        scalar_curvature_by_definition: S contracted from the derivatives of the metric, in exact rational arithmetic.
        mean_curvature: the mean of the principal curvatures; positive in a bowl.
        principal_curvatures: ascending, shape (2,); their product is S/2.
        undefined: why there are no derivatives here, fit to show; empty where there are.
    """

    point: tuple[float, float]
    f: float
    gradient: Array
    gradient_norm: float
    hessian: Array
    eigenvalues: Array
    hessian_trace: float
    hessian_square_trace: float
    metric: Array
    inverse: Array
    christoffel: Array
    riemann: Array
    ricci: Array
    scalar_curvature: float
    scalar_curvature_by_definition: float
    mean_curvature: float
    principal_curvatures: Array
    undefined: str = ""


def geometry_at(expression: Expression, point: tuple[float, float], parameters: Mapping[str, float] | None = None) -> PointGeometry:
    """Metric, connection and curvatures of the graph of f at one point.

    Args:
        expression: the loss.
        point: (u, v).
        parameters: a value for each parameter that has no default in the text.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.

    >>> from curvlib import parse
    >>> geometry_at(parse("u^2 - v^2"), (0, 0)).scalar_curvature
    -8.0
    """
    coordinates = array("point", point)
    if coordinates.shape != (2,):
        raise ValueError("point must be two numbers, of u and of v.")
    u, v = (float(coordinate) for coordinate in coordinates)
    values = parameter_values(expression, parameters)
    at = jet(expression, u, v, values)
    gradient, hessian = np.array([at.f_u, at.f_v]), np.array([[at.f_uu, at.f_uv], [at.f_uv, at.f_vv]])
    undefined = "" if np.isfinite(gradient).all() and np.isfinite(hessian).all() else _why(expression, u, v, values)
    if undefined:
        gradient, hessian = np.full(2, np.nan), np.full((2, 2), np.nan)
    return PointGeometry(
        point=(u, v),
        f=float(at.f),
        gradient=gradient,
        gradient_norm=float(np.hypot(*gradient)),
        hessian=hessian,
        eigenvalues=np.full(2, np.nan) if undefined else np.linalg.eigvalsh(hessian),
        hessian_trace=float(curvature.hessian_trace(hessian)),
        hessian_square_trace=float(curvature.hessian_square_trace(hessian)),
        metric=curvature.metric(gradient),
        inverse=curvature.inverse_metric(gradient),
        christoffel=curvature.christoffel(gradient, hessian),
        riemann=curvature.riemann(gradient, hessian),
        ricci=curvature.ricci(gradient, hessian),
        scalar_curvature=_rescued(expression, u, v, values) if undefined else float(curvature.scalar_curvature(gradient, hessian)),
        scalar_curvature_by_definition=np.nan if undefined else scalar_curvature_by_definition(gradient, hessian),
        mean_curvature=float(curvature.mean_curvature(gradient, hessian)),
        principal_curvatures=curvature.principal_curvatures(gradient, hessian),
        undefined=undefined,
    )


def scalar_curvature_by_definition(gradient: Array, hessian: Array) -> float:
    """S by the definition, from the metric alone: Christoffel symbols, Riemann tensor, Ricci tensor, trace.

        Γ_m,kl = ½ (∂_l g_mk + ∂_k g_ml - ∂_m g_kl)
        R_ijkm = ∂_k Γ_i,jm - ∂_m Γ_i,jk - g^rs (Γ_r,ik Γ_s,jm - Γ_r,im Γ_s,jk)
        S = g^jm g^ik R_ijkm

    No formula of the paper is used. The third derivatives of f enter the second ones of the metric in a way that cancels in R,
    whatever they are; they are taken as zero. The arithmetic is exact, so that the one rounding is that of the result.

    Args:
        gradient: ∇f, shape (q,), finite.
        hessian: H, shape (q, q), finite.
    """
    q = range(len(gradient))
    f1 = [Fraction(float(x)) for x in gradient]
    f2 = [[Fraction(float(x)) for x in row] for row in hessian]
    g = [[(i == j) + f1[i] * f1[j] for j in q] for i in q]

    def dg(i: int, j: int, k: int) -> Fraction:
        return f2[i][k] * f1[j] + f1[i] * f2[j][k]

    def ddg(i: int, j: int, k: int, m: int) -> Fraction:
        return f2[i][k] * f2[j][m] + f2[i][m] * f2[j][k]

    inverse = _inverse(g)
    gamma = [[[(dg(m, k, n) + dg(m, n, k) - dg(k, n, m)) / 2 for n in q] for k in q] for m in q]

    def d_gamma(i: int, j: int, m: int, k: int) -> Fraction:
        return (ddg(i, j, m, k) + ddg(i, m, j, k) - ddg(j, m, i, k)) / 2

    def riemann(i: int, j: int, k: int, m: int) -> Fraction:
        bend = sum((inverse[r][s] * (gamma[r][i][k] * gamma[s][j][m] - gamma[r][i][m] * gamma[s][j][k]) for r, s in product(q, q)), Fraction())
        return d_gamma(i, j, m, k) - d_gamma(i, j, k, m) - bend

    S = sum((inverse[j][m] * inverse[i][k] * riemann(i, j, k, m) for i, j, k, m in product(q, repeat=4)), Fraction())
    try:
        return float(S)
    except OverflowError:
        return float("inf") if S > 0 else float("-inf")


def _inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """The inverse of a positive definite matrix, by elimination."""
    n = len(matrix)
    rows = [row + [Fraction(i == j) for j in range(n)] for i, row in enumerate(matrix)]
    for i in range(n):
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for j in range(n):
            if j != i:
                rows[j] = [x - rows[j][i] * y for x, y in zip(rows[j], rows[i], strict=True)]
    return [row[n:] for row in rows]


def _rescued(expression: Expression, u: float, v: float, values: Mapping[str, float]) -> float:
    """S in extended precision, where f is a number and only its derivatives are too large for float64; else NaN."""
    if not np.isfinite(jet(expression, u, v, values).f):
        return np.nan
    at = jet(expression, np.longdouble(u), np.longdouble(v), values)
    return float(curvature.jet_scalar_curvature(at.f_u, at.f_v, at.f_uu, at.f_uv, at.f_vv))


def _why(expression: Expression, u: float, v: float, values: Mapping[str, float]) -> str:
    """The reason why there are no derivatives at (u, v)."""
    found = reasons(expression, {**values, "u": np.array([u]), "v": np.array([v])})
    return next(iter(found), "f has no second derivatives here")

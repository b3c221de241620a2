"""The geometry of the graph of a loss at one point, every tensor of the paper's Section 2."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats
from curvlib.curvature import definitions, formulas
from curvlib.evaluation.jets import jet, parameter_values
from curvlib.evaluation.undefined import reasons
from curvlib.given import array
from curvlib.language.expression import Expression


@dataclass(frozen=True, slots=True, eq=False)
class PointGeometry:
    """The graph of f at one point, with the metric of equation (1). Everything that needs a
    derivative is NaN where there is none.

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
        scalar_curvature_by_definition: S contracted from the derivatives of the metric, in exact
            rational arithmetic.
        mean_curvature: the mean of the principal curvatures; positive in a bowl.
        principal_curvatures: ascending, shape (2,); their product is S/2.
        undefined: why there are no derivatives here, fit to show; empty where there are.
    """

    point: tuple[float, float]
    f: float
    gradient: Floats
    gradient_norm: float
    hessian: Floats
    eigenvalues: Floats
    hessian_trace: float
    hessian_square_trace: float
    metric: Floats
    inverse: Floats
    christoffel: Floats
    riemann: Floats
    ricci: Floats
    scalar_curvature: float
    scalar_curvature_by_definition: float
    mean_curvature: float
    principal_curvatures: Floats
    undefined: str = ""


def geometry_at(
    expression: Expression, point: tuple[float, float], parameters: Mapping[str, float] | None = None
) -> PointGeometry:
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
    u, v = _coordinates(point)
    values = parameter_values(expression, parameters)
    at = jet(expression, u, v, values)
    gradient, hessian = np.array([at.f_u, at.f_v]), np.array([[at.f_uu, at.f_uv], [at.f_uv, at.f_vv]])
    undefined = "" if np.isfinite(gradient).all() and np.isfinite(hessian).all() else _why(expression, u, v, values)
    S = _rescued(expression, u, v, values) if undefined else formulas.scalar_curvature(gradient, hessian)
    if undefined:
        gradient, hessian = np.full(2, np.nan), np.full((2, 2), np.nan)
    return PointGeometry(
        point=(u, v),
        f=float(at.f),
        gradient=gradient,
        gradient_norm=float(np.hypot(*gradient)),
        hessian=hessian,
        eigenvalues=np.full(2, np.nan) if undefined else np.linalg.eigvalsh(hessian),
        hessian_trace=float(formulas.hessian_trace(hessian)),
        hessian_square_trace=float(formulas.hessian_square_trace(hessian)),
        metric=formulas.metric(gradient),
        inverse=formulas.inverse_metric(gradient),
        christoffel=formulas.christoffel(gradient, hessian),
        riemann=formulas.riemann(gradient, hessian),
        ricci=formulas.ricci(gradient, hessian),
        scalar_curvature=float(S),
        scalar_curvature_by_definition=float(definitions.scalar_curvature(gradient, hessian)),
        mean_curvature=float(formulas.mean_curvature(gradient, hessian)),
        principal_curvatures=formulas.principal_curvatures(gradient, hessian),
        undefined=undefined,
    )


def _coordinates(point: tuple[float, float]) -> tuple[float, float]:
    coordinates = array("point", point)
    if coordinates.shape != (2,):
        raise ValueError("point must be two numbers, of u and of v.")
    return float(coordinates[0]), float(coordinates[1])


def _rescued(expression: Expression, u: float, v: float, values: Mapping[str, float]) -> float:
    """S in extended precision, where f is a number and only its derivatives are too large for
    float64; else NaN.
    """
    if not np.isfinite(jet(expression, u, v, values).f):
        return np.nan
    at = jet(expression, np.longdouble(u), np.longdouble(v), values)
    return float(formulas.jet_scalar_curvature(at.f_u, at.f_v, at.f_uu, at.f_uv, at.f_vv))


def _why(expression: Expression, u: float, v: float, values: Mapping[str, float]) -> str:
    """The reason why there are no derivatives at (u, v)."""
    found = reasons(expression, {**values, "u": np.array([u]), "v": np.array([v])})
    return next(iter(found), "f has no second derivatives here")

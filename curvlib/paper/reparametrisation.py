"""Reparametrisation of the parameter space (§3.3): what happens to S and tr H when f becomes f∘φ.

With J the Jacobian of φ and ∇²φ_k the Hessian of its k-th component,

    ∇(f∘φ) = Jᵀ ∇f,    H(f∘φ) = Jᵀ H J + Σ_k f_k ∇²φ_k .

S of the graph of f∘φ is another number than S of the graph of f, unless φ is a rigid motion. What
does stay is S of the metric JᵀGJ that φ pulls back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.curvature import formulas
from curvlib.errors import ParameterError
from curvlib.evaluation.jets import jet
from curvlib.language.expression import Expression
from curvlib.language.grammar import parse

LINEAR: Mapping[str, Callable[..., Floats]] = MappingProxyType(
    {
        "scale": lambda first=2.0, second=1.0: np.diag([float(first), float(second)]),
        "shear": lambda amount=1.0: np.array([[1.0, amount], [0.0, 1.0]]),
        "rotation": lambda angle=np.pi / 6: np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]),
        "reflection": lambda angle=0.0: np.array(
            [[np.cos(2 * angle), np.sin(2 * angle)], [np.sin(2 * angle), -np.cos(2 * angle)]]
        ),
        "Dinh's rescaling": lambda alpha=2.0: np.diag([float(alpha), 1 / float(alpha)]),
    }
)
"""Linear φ by name: settings → J, shape (2, 2). Rotations and reflections are isometries."""

DINH = "(u*v - 1)^2"
"""A loss that Dinh's rescaling (αu, v/α) leaves alone:
its minima uv = 1 have S = 0 and tr H = 2 (u² + v²), as large as one likes.
"""


@dataclass(frozen=True)
class Reparametrisation:
    """φ: (u, v) ↦ (u', v'), by the formulas of its components.

    Attributes:
        first, second: u' and v' as expressions in u and v.
    """

    first: Expression
    second: Expression


def typed(first: str, second: str) -> Reparametrisation:
    """φ from the texts of its components, as `typed("u + v^2/4", "v")`.

    Raises:
        ExpressionError: a text cannot be read.
    """
    return Reparametrisation(parse(first), parse(second))


def linear(matrix: Any) -> Reparametrisation:
    """φ(x) = J x for a matrix of shape (2, 2)."""
    (a, b), (c, d) = np.asarray(matrix, dtype=float).tolist()
    return typed(f"({a!r})*u + ({b!r})*v", f"({c!r})*u + ({d!r})*v")


def composed(f: Expression, phi: Reparametrisation) -> Expression:
    """f∘φ as a formula of its own, that can be typed, linked and differentiated like any other.

    Parameters of one name are one parameter; a default in f goes before one in φ.

    Raises:
        ExpressionError: the composed formula is too large.

    >>> str(composed(parse("u^2 + v^2"), typed("u + v", "3*v")))
    '(u+v)^2+(3*v)^2'
    """
    parts = (phi.first, phi.second, f)
    taken = {name for part in parts for name in part.parameters}
    name = next(letter for letter in "hgkpqrw" if letter not in taken)
    values = {key: value for part in parts for key, value in part.defaults.items()}
    first, second, body = (part.canonical.rsplit(";", 1)[-1] for part in parts)
    return parse(
        "\n".join(
            [
                *(f"{key} = {value!r}" for key, value in values.items()),
                f"{name}(u, v) = {body}",
                f"{name}({first}, {second})",
            ]
        )
    )


def hessian_of_composition(jacobian: Any, hessian: Any, gradient: Any, phi_hessians: Any) -> Floats:
    """H(f∘φ) = Jᵀ H J + Σ_k f_k ∇²φ_k, as the paper prints it.

    Args:
        jacobian: J of φ, J_ki = ∂φ_k/∂x_i, shape (..., q, q).
        hessian, gradient: H and ∇f at φ(x), shapes (..., q, q) and (..., q).
        phi_hessians: the Hessian of each component of φ, shape (..., q, q, q), the component first.
    """
    J = np.asarray(jacobian, dtype=float)
    return np.swapaxes(J, -1, -2) @ np.asarray(hessian, dtype=float) @ J + np.einsum(
        "...k,...kij->...ij", gradient, phi_hessians
    )


def scalar_curvature_at_minimum(jacobian: Any, hessian: Any) -> Floats:
    """S of the graph of f∘φ at a critical point: tr(M)² - tr(M²) with M = J Jᵀ H, whose eigenvalues
    are those of Jᵀ H J.

    >>> float(scalar_curvature_at_minimum(np.diag([10, 0.1, 1]), np.eye(3)))
    202.02
    """
    J = np.asarray(jacobian, dtype=float)
    return formulas.scalar_curvature_at_minimum(np.swapaxes(J, -1, -2) @ np.asarray(hessian, dtype=float) @ J)


def scalar_curvature_as_printed(jacobian: Any, hessian: Any) -> Floats:
    """‖M‖_*² - ‖M‖_F² with M = J Jᵀ H, as §3.3 prints it:
    M is not symmetric, and its singular values are not its eigenvalues.
    """
    J = np.asarray(jacobian, dtype=float)
    M = J @ np.swapaxes(J, -1, -2) @ np.asarray(hessian, dtype=float)
    return np.linalg.svd(M, compute_uv=False).sum(axis=-1) ** 2 - (M**2).sum(axis=(-1, -2))


def is_isometry(jacobian: Any, tolerance: float = 1e-9) -> bool:
    """True if the linear map J leaves the geometry of every graph alone:
    JᵀJ = I, up to a tolerance.
    """
    J = np.asarray(jacobian, dtype=float)
    return bool(np.abs(np.swapaxes(J, -1, -2) @ J - np.eye(J.shape[-1])).max() <= tolerance)


@dataclass(frozen=True, eq=False)
class Correspondence:
    """f at φ(x) and f∘φ at x, where the losses are equal; arrays of the points' shape.

    Attributes:
        image_u, image_v: φ(x).
        f: the loss there.
        jacobian: J of φ at x, shape (..., 2, 2).
        hessian: H(f∘φ) at x by the formula of §3.3, shape (..., 2, 2).
        hessian_size: the same with every term positive: the size that rounding goes by, where terms
            cancel.
        gradient: ∇(f∘φ) = Jᵀ∇f at x, shape (..., 2).
        scalar_curvature, hessian_trace: of f at φ(x). S is also that of f∘φ at x under the metric
            JᵀGJ pulled back by φ.
        composed_scalar_curvature, composed_hessian_trace: of f∘φ at x under the metric of its own
            graph.
    """

    image_u: Floats
    image_v: Floats
    f: Floats
    jacobian: Floats
    hessian: Floats
    hessian_size: Floats
    gradient: Floats
    scalar_curvature: Floats
    hessian_trace: Floats
    composed_scalar_curvature: Floats
    composed_hessian_trace: Floats


def correspondence(
    f: Expression, phi: Reparametrisation, u: Any, v: Any, parameters: Mapping[str, float] | None = None
) -> Correspondence:
    """S and tr H at corresponding points, by the chain rule on exact jets.

    Args:
        f: the loss.
        phi: the map.
        u, v: the points x, of shapes that broadcast.
        parameters: values for the parameters of f and φ.

    Raises:
        ParameterError: a parameter has no value, or there is no such parameter.
    """
    given = dict(parameters or {})
    if unknown := sorted(given.keys() - {*f.parameters, *phi.first.parameters, *phi.second.parameters}):
        raise ParameterError(f"Neither f nor φ has a parameter {unknown[0]!r}.")
    own = [{name: given[name] for name in part.parameters if name in given} for part in (f, phi.first, phi.second)]
    p, r = jet(phi.first, u, v, own[1]), jet(phi.second, u, v, own[2])
    at = jet(f, p.f, r.f, own[0])
    J = _matrix(p.f_u, p.f_v, r.f_u, r.f_v)
    H, gradient = _matrix(at.f_uu, at.f_uv, at.f_uv, at.f_vv), np.stack([at.f_u, at.f_v], axis=-1)
    phi_hessians = np.stack([_matrix(part.f_uu, part.f_uv, part.f_uv, part.f_vv) for part in (p, r)], axis=-3)
    composed_H = hessian_of_composition(J, H, gradient, phi_hessians)
    composed_gradient = np.einsum("...ki,...k->...i", J, gradient)
    return Correspondence(
        image_u=p.f,
        image_v=r.f,
        f=at.f,
        jacobian=J,
        hessian=composed_H,
        hessian_size=hessian_of_composition(*map(np.abs, (J, H, gradient, phi_hessians))),
        gradient=composed_gradient,
        scalar_curvature=formulas.scalar_curvature(gradient, H),
        hessian_trace=formulas.hessian_trace(H),
        composed_scalar_curvature=formulas.scalar_curvature(composed_gradient, composed_H),
        composed_hessian_trace=formulas.hessian_trace(composed_H),
    )


def _matrix(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    return np.stack([a, b, c, d], axis=-1).reshape(*np.shape(a), 2, 2)

"""The tensors of Section 2 as formulas for reading: the metric, Γ, R, Ricci and S of a typed loss,
in LaTeX, with β kept as a letter.

Nothing is simplified, so that what is shown is the proposition with the loss put in. Like
`closed_forms`, this is for a process that can be killed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from curvlib.language.expression import Expression


@dataclass(frozen=True)
class TensorForms:
    """LaTeX of each object; names of components are LaTeX too, as r"\\Gamma^u_{uv}".

    Attributes:
        gradient: f_u and f_v, by name.
        hessian: f_uu, f_uv and f_vv, by name.
        beta: β = 1/(1 + f_u² + f_v²).
        metric: G = I + ∇f∇fᵀ, equation (1), a matrix.
        inverse: G⁻¹ = I - β ∇f∇fᵀ, a matrix.
        christoffel: Γ^i_kl = β f_i f_kl, Proposition 2.1: six components by name.
        riemann: the one independent component with all indices down, R_uvuv = β (f_uu
            f_vv - f_uv²), by name.
        ricci: (S/2) G, a matrix.
        scalar_curvature: S = 2 β² (f_uu f_vv - f_uv²), Proposition 2.3 at q = 2.
    """

    gradient: Mapping[str, str]
    hessian: Mapping[str, str]
    beta: str
    metric: str
    inverse: str
    christoffel: Mapping[str, str]
    riemann: Mapping[str, str]
    ricci: str
    scalar_curvature: str


def tensor_forms(expression: Expression) -> TensorForms:
    """Every tensor of Section 2 for one loss.

    >>> from curvlib import parse
    >>> tensor_forms(parse("u^2 - v^2")).scalar_curvature
    '- 8 \\\\beta^{2}'
    """
    import sympy

    f = expression.to_sympy()
    u, v = (
        next((symbol for symbol in f.free_symbols if symbol.name == name), sympy.Symbol(name, real=True))
        for name in ("u", "v")
    )
    beta, gradient, H = sympy.Symbol("beta"), sympy.Matrix([f.diff(u), f.diff(v)]), sympy.hessian(f, (u, v))
    names, outer = ("u", "v"), gradient * gradient.T
    metric, determinant = sympy.eye(2) + outer, H[0, 0] * H[1, 1] - H[0, 1] ** 2
    pairs = [(0, 0), (0, 1), (1, 1)]
    return TensorForms(
        gradient=_typeset({f"f_{names[i]}": gradient[i] for i in range(2)}),
        hessian=_typeset({f"f_{{{names[k]}{names[n]}}}": H[k, n] for k, n in pairs}),
        beta=sympy.latex(1 / (1 + gradient[0] ** 2 + gradient[1] ** 2)),
        metric=sympy.latex(metric),
        inverse=sympy.latex(sympy.eye(2) - beta * outer),
        christoffel=_typeset(
            {
                rf"\Gamma^{names[i]}_{{{names[k]}{names[n]}}}": beta * gradient[i] * H[k, n]
                for i in range(2)
                for k, n in pairs
            }
        ),
        riemann=_typeset({"R_{uvuv}": beta * determinant}),
        ricci=sympy.latex(beta**2 * determinant * metric),
        scalar_curvature=sympy.latex(2 * beta**2 * determinant),
    )


def _typeset(components: Mapping[str, Any]) -> dict[str, str]:
    import sympy

    return {name: sympy.latex(component) for name, component in components.items()}

"""The expansion of a ball's volume in its radius, from the curvature at its center and its
derivatives there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.language.expression import Expression
from curvlib.symbolic.taylor import Series, constant, derivative, divide, lowered, multiply, taylor


@dataclass(frozen=True)
class VolumeSeries:
    """vol_g/vol_e = 1 + second r² + fourth r⁴ + sixth r⁶ + O(r⁸); Proposition 2.4 of the paper is
    the first of them, −S/24 at q = 2.

        1 − K r²/12 + (2K² − 3ΔK) r⁴/720 − (8K³ − 42 KΔK − 30|∇K|² + 15 Δ²K) r⁶/161280,    K = S/2,

    with Δ the Laplace–Beltrami operator of the graph and |∇K| in its metric. NaN where f has no
    such derivatives.
    """

    second: float
    fourth: float
    sixth: float

    def __call__(self, radii: Any, order: int = 4) -> Floats:
        """The sum up to r^order, order 0, 2, 4 or 6."""
        square = np.asarray(radii, float) ** 2
        terms = [c * square ** (k + 1) for k, c in enumerate((self.second, self.fourth, self.sixth)[: order // 2])]
        return sum(terms, start=np.ones_like(square))


def volume_series(expression: Expression, u: float, v: float, parameters: Mapping[str, float]) -> VolumeSeries:
    """The expansion at a point, by exact derivatives of f up to the sixth order.

    >>> from curvlib import parse
    >>> volume_series(parse("sqrt(1 - u^2 - v^2)"), 0.0, 0.0, {}).second * 12
    -1.0
    """
    f = taylor(expression, u, v, parameters, 6)
    with np.errstate(all="ignore"):  # NaN where f has no such derivatives, or they are too large
        return _expansion(expression, u, v, parameters, f)


def _expansion(expression: Expression, u: float, v: float, parameters: Mapping[str, float], f: Series) -> VolumeSeries:
    if not np.isfinite(f).all():
        return VolumeSeries(*(taylor_of_two(expression, u, v, parameters), np.nan, np.nan))
    first = derivative(f, 0), derivative(f, 1)
    second = derivative(first[0], 0), derivative(first[0], 1), derivative(first[1], 1)
    beta = _beta(first, 4)
    K = multiply(multiply(beta, beta), multiply(second[0], second[2]) - multiply(second[1], second[1]))
    laplacian = _laplacian(K, first, second)
    bilaplacian = float(_laplacian(laplacian, first, second)[0, 0])
    k, dk = float(K[0, 0]), float(laplacian[0, 0])
    square = _gradient_square(K, first)
    return VolumeSeries(
        -k / 12, (2 * k**2 - 3 * dk) / 720, -(8 * k**3 - 42 * k * dk - 30 * square + 15 * bilaplacian) / 161280
    )


def taylor_of_two(expression: Expression, u: float, v: float, parameters: Mapping[str, float]) -> float:
    """−K/12 alone, where the higher derivatives do not exist."""
    f = taylor(expression, u, v, parameters, 2)
    beta = 1 / (1 + f[1, 0] ** 2 + f[0, 1] ** 2)
    return float(-(beta**2) * (4 * f[2, 0] * f[0, 2] - f[1, 1] ** 2) / 12)


def _beta(first: tuple[Series, Series], degree: int) -> Series:
    a, b = (lowered(part, degree) for part in first)
    return divide(constant(1, degree), constant(1, degree) + multiply(a, a) + multiply(b, b))


def _laplacian(phi: Series, first: tuple[Series, Series], second: tuple[Series, Series, Series]) -> Series:
    """Δφ = g^ij φ_ij − β (g^ij f_ij) (∇f·∇φ) with g^ij = δ_ij − β f_i f_j, two degrees below φ."""
    d = len(phi) - 3
    beta = _beta(first, d)
    a, b = (lowered(part, d) for part in first)
    inverse = [
        constant(1, d) - multiply(beta, multiply(a, a)),
        -multiply(beta, multiply(a, b)),
        constant(1, d) - multiply(beta, multiply(b, b)),
    ]
    phi_u, phi_v = derivative(phi, 0), derivative(phi, 1)
    hessian = derivative(phi_u, 0), derivative(phi_u, 1), derivative(phi_v, 1)
    traces = [
        np.sum([c * multiply(g, lowered(h, d)) for c, g, h in zip((1, 2, 1), inverse, of, strict=True)], axis=0)
        for of in (hessian, second)
    ]
    climb = multiply(a, lowered(phi_u, d)) + multiply(b, lowered(phi_v, d))
    return traces[0] - multiply(beta, multiply(traces[1], climb))


def _gradient_square(phi: Series, first: tuple[Series, Series]) -> float:
    """|∇φ|² = g^ij φ_i φ_j at the point."""
    gradient = np.array([first[0][0, 0], first[1][0, 0]])
    slope = np.array([phi[1, 0], phi[0, 1]])
    return float(slope @ slope - (gradient @ slope) ** 2 / (1 + gradient @ gradient))

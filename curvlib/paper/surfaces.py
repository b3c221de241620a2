"""Parametric surfaces in space and their scalar curvature: the gallery of Figure 5 and Appendix A.

X(u, v) = (x, y, z) has the first fundamental form E = X_u·X_u, F = X_u·X_v, G = X_v·X_v and, with
N = X_u × X_v not normalised, l = X_uu·N, m = X_uv·N, n = X_vv·N. Then
S = 2K = 2 (l n - m²)/(E G - F²)², and the area element is √(E G - F²).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from curvlib.arrays import Floats
from curvlib.evaluation.jets import Jet, jet
from curvlib.language.expression import Expression
from curvlib.language.grammar import parse
from curvlib.paper.parametric_surface import FULL_TURN, ParametricSurface, around
from curvlib.presets.preset import ParameterRange

SURFACES: Mapping[str, ParametricSurface] = MappingProxyType(
    {
        "sphere": around(
            "Sphere",
            "R*sin(u)",
            "R*cos(u)",
            (0.0, np.pi),
            "2/R^2",
            r"S=\frac{2}{R^2}",
            "The same everywhere and positive; the smaller the sphere, the larger S.",
            euler_characteristic=2,
            parameters=MappingProxyType({"R": ParameterRange(1.0, 0.3, 3.0)}),
        ),
        "ellipsoid": ParametricSurface(
            "Ellipsoid",
            "a*sin(u)*cos(v)",
            "b*sin(u)*sin(v)",
            "c*cos(u)",
            (0.0, np.pi),
            FULL_TURN,
            "2/(a*b*c*((sin(u)*cos(v)/a)^2 + (sin(u)*sin(v)/b)^2 + (cos(u)/c)^2))^2",
            r"S=\frac{2}{a^2b^2c^2\left(x^2/a^4+y^2/b^4+z^2/c^4\right)^2}",
            "Positive everywhere, largest at the ends of the longest axis; the total is the sphere's whatever a, b, c.",
            2,
            MappingProxyType(
                {
                    "a": ParameterRange(2.0, 0.3, 3.0),
                    "b": ParameterRange(1.5, 0.3, 3.0),
                    "c": ParameterRange(1.0, 0.3, 3.0),
                }
            ),
        ),
        "one-sheet hyperboloid": around(
            "Hyperboloid of one sheet",
            "cosh(u)",
            "sinh(u)",
            (-1.5, 1.5),
            "-2/cosh(2*u)^2",
            r"S=-\frac{2}{\cosh^2 2u}",
            "Negative everywhere, most at the waist: the hyperboloid that the caption of Figure 5 means.",
        ),
        "two-sheet hyperboloid": around(
            "Hyperboloid of two sheets",
            "sinh(u)",
            "cosh(u)",
            (0.0, 1.5),
            "2/cosh(2*u)^2",
            r"S=\frac{2}{\cosh^2 2u}",
            "Positive everywhere (its upper sheet is drawn): not every hyperboloid is negative.",
        ),
        "torus": around(
            "Torus",
            "R + r*cos(u)",
            "r*sin(u)",
            FULL_TURN,
            "2*cos(u)/(r*(R + r*cos(u)))",
            r"S=\frac{2\cos u}{r\,(R+r\cos u)}",
            "Positive outside, negative inside, and zero in total.",
            euler_characteristic=0,
            parameters=MappingProxyType({"R": ParameterRange(2.0, 1.2, 4.0), "r": ParameterRange(1.0, 0.2, 1.1)}),
        ),
        "catenoid": around(
            "Catenoid",
            "cosh(u)",
            "u",
            (-1.5, 1.5),
            "-2/cosh(u)^4",
            r"S=-\frac{2}{\cosh^4 u}",
            "Minimal: mean curvature zero, S negative. Bends into the helicoid without stretching, with the same S.",
        ),
        "helicoid": ParametricSurface(
            "Helicoid",
            "sinh(u)*cos(v)",
            "sinh(u)*sin(v)",
            "v",
            (-1.5, 1.5),
            FULL_TURN,
            "-2/cosh(u)^4",
            r"S=-\frac{2}{\cosh^4 u}",
            "The catenoid's S at the same (u, v): S belongs to the surface itself, not to how it lies in space.",
        ),
        "pseudosphere": around(
            "Pseudosphere",
            "1/cosh(u)",
            "u - tanh(u)",
            (0.05, 3.0),
            "-2",
            r"S=-2",
            "The same everywhere and negative: a piece of the hyperbolic plane, with an edge at u = 0.",
        ),
        "cylinder": around(
            "Cylinder",
            "1",
            "u",
            (-1.5, 1.5),
            "0*u",
            r"S=0",
            "Bent and yet flat: S = 0, as on the canyons that S cannot see.",
        ),
        "cone": around("Cone", "u", "u", (0.0, 1.5), "0*u", r"S=0", "Flat away from the apex, where the metric ends."),
        "Enneper": ParametricSurface(
            "Enneper's surface",
            "u - u^3/3 + u*v^2",
            "v - v^3/3 + v*u^2",
            "u^2 - v^2",
            (-1.6, 1.6),
            (-1.6, 1.6),
            "-8/(1 + u^2 + v^2)^4",
            r"S=-\frac{8}{(1+u^2+v^2)^4}",
            "Minimal, and crosses itself: S does not notice, it is measured within the surface.",
        ),
        "monkey saddle": ParametricSurface(
            "Monkey saddle",
            "u",
            "v",
            "u^3 - 3*u*v^2",
            (-1.0, 1.0),
            (-1.0, 1.0),
            "-72*(u^2 + v^2)/(1 + 9*(u^2 + v^2)^2)^2",
            r"S=-\frac{72\,(u^2+v^2)}{\left(1+9(u^2+v^2)^2\right)^2}",
            "A critical point with H = 0: S = 0 there and negative all around it.",
        ),
    }
)
"""The gallery by name."""


@dataclass(frozen=True, eq=False)
class SurfacePoints:
    """A surface at parameters (u, v); arrays of their shape.

    Attributes:
        x, y, z: the point in space.
        scalar_curvature: S = 2K; NaN where X_u × X_v = 0, as at the poles of a sphere.
        normalised: S divided by the largest |S| among these points, so that it lies in [-1, 1] and
            0 stays 0, as in Figure 5.
        area_element: √(EG - F²), the area for one unit of u and v.
    """

    x: Floats
    y: Floats
    z: Floats
    scalar_curvature: Floats
    normalised: Floats
    area_element: Floats


def surface_points(
    surface: ParametricSurface, u: Any, v: Any, parameters: Mapping[str, float] | None = None
) -> SurfacePoints:
    """The points and the curvature of a surface, by exact differentiation of its formulas.

    Args:
        surface: from `SURFACES`, or one of your own.
        u, v: parameters, of shapes that broadcast.
        parameters: values that differ from the surface's defaults.

    Raises:
        ExpressionError: a formula cannot be read.
        ParameterError: a parameter has no value.

    >>> surface_points(SURFACES["sphere"], 1.0, 2.0, {"R": 2.0}).scalar_curvature.round(12)
    np.float64(0.5)
    """
    jets = [_jet(parse(text), surface, u, v, parameters) for text in (surface.x, surface.y, surface.z)]
    X_u, X_v, X_uu, X_uv, X_vv = (
        np.stack([getattr(part, name) for part in jets], axis=-1) for name in ("f_u", "f_v", "f_uu", "f_uv", "f_vv")
    )
    normal = np.cross(X_u, X_v)
    area_square = (normal**2).sum(axis=-1)  # Lagrange: |X_u × X_v|² = EG - F², without its cancellation
    bending = (X_uu * normal).sum(axis=-1) * (X_vv * normal).sum(axis=-1) - (X_uv * normal).sum(axis=-1) ** 2
    with np.errstate(all="ignore"):
        S = np.where(np.sqrt(area_square) > 1e-12, 2 * bending / area_square**2, np.nan)
    largest = np.nanmax(abs(S)) if np.isfinite(S).any() else 0.0
    return SurfacePoints(
        jets[0].f, jets[1].f, jets[2].f, S[()], S / largest if largest > 1e-12 else 0 * S, np.sqrt(area_square)
    )


def mesh(
    surface: ParametricSurface, shape: tuple[int, int] = (120, 120), parameters: Mapping[str, float] | None = None
) -> SurfacePoints:
    """The surface on (n_v, n_u) points, 10⁻⁶ inside its patch: poles and tips have a curvature."""
    u, v = (
        np.linspace(low + 1e-6 * (high - low), high - 1e-6 * (high - low), n)
        for (low, high), n in zip((surface.u_range, surface.v_range), shape[::-1], strict=True)
    )
    return surface_points(surface, u[None, :], v[:, None], parameters)


def total_curvature(surface: ParametricSurface, n: int = 80, parameters: Mapping[str, float] | None = None) -> float:
    """∫S dA over the patch, by Gauss–Legendre quadrature with n × n points.

    Gauss–Bonnet: 4πχ for a closed surface, 8π for anything shaped like a sphere and 0 for a torus,
    however it is bent.

    >>> round(total_curvature(SURFACES["ellipsoid"]) / np.pi, 9)
    8.0
    """
    nodes, weights = np.polynomial.legendre.leggauss(n)
    (u, du), (v, dv) = (
        (low + (high - low) * (nodes + 1) / 2, weights * (high - low) / 2)
        for low, high in (surface.u_range, surface.v_range)
    )
    points = surface_points(surface, u[None, :], v[:, None], parameters)
    return float(dv @ (points.scalar_curvature * points.area_element) @ du)


def _jet(
    expression: Expression, surface: ParametricSurface, u: Any, v: Any, parameters: Mapping[str, float] | None
) -> Jet[np.float64]:
    values = {**surface.defaults, **(parameters or {})}
    return jet(expression, u, v, {name: values[name] for name in expression.parameters if name in values})

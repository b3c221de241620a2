"""The lights of the tensors page: numbers of one point by formula, by definition and as printed,
and what rounding leaves unknown of them.
"""

from dataclasses import dataclass

import numpy as np

from curvlib import PointGeometry
from curvlib.arrays import Floats
from curvlib.curvature import definitions
from curvlib.paper import as_printed
from pages.ui.charts.scale import SUPERSCRIPTS
from pages.ui.state.inputs import SUBSCRIPTS

DIRECTIONS, SWEEPS = 721, 3
"""The bending curve is looked through for an extreme in so many directions, and again between the
two around the best.
"""


@dataclass(frozen=True)
class Component:
    """A component of a tensor, by formula and by definition.

    Attributes:
        name: as Γ¹₂₂.
        formula, definition: its numbers.
        error: what the rounding of the derivatives leaves unknown of them.
    """

    name: str
    formula: float
    definition: float
    error: float


@dataclass(frozen=True)
class Sides:
    """Numbers of one point that must agree, and those of the print. Definitions are in exact
    arithmetic.

    Attributes:
        S, S_by_definition, error_of_S: by (4), and from the metric; what the rounding of the
            derivatives leaves unknown of it.
        R, R_by_definition, R_as_printed, error_of_R: R¹₂₁₂ by (3) corrected, from the metric, and
            by (3) as printed.
        christoffel, ricci: the component in which formula and definition are furthest apart.
        S_of_curvatures, error_of_curvatures: twice the product of the principal curvatures in the
            figure.
        S_by_A2: under Definitions A.2 and A.3 as printed.
    """

    S: float
    S_by_definition: float
    error_of_S: float
    R: float
    R_by_definition: float
    R_as_printed: float
    error_of_R: float
    christoffel: Component
    ricci: Component
    S_of_curvatures: float
    error_of_curvatures: float
    S_by_A2: float


def sides(at: PointGeometry) -> Sides:
    """The numbers at a point."""
    g, H = at.gradient, at.hessian
    error_of_S, error_of_ricci = _rounding(at)
    return Sides(
        S=at.scalar_curvature,
        S_by_definition=at.scalar_curvature_by_definition,
        error_of_S=error_of_S,
        R=float(at.riemann[0, 1, 0, 1]),
        R_by_definition=float(definitions.riemann(g, H)[0, 1, 0, 1]),
        R_as_printed=float(as_printed.riemann(g, H)[0, 1, 0, 1]),
        error_of_R=float(error_of_ricci[1, 1]),  # R¹₂₁₂ is all there is in Ric₂₂
        christoffel=_furthest("Γ{}{}{}", at.christoffel, definitions.christoffel(g, H), np.zeros((2, 2, 2))),
        ricci=_furthest("Ric{}{}", at.ricci, definitions.ricci(g, H), error_of_ricci),
        S_of_curvatures=-2 * _most_bent(at, 1) * _most_bent(at, -1),
        error_of_curvatures=_error_of_extremes(at),
        S_by_A2=float(as_printed.scalar_curvature_by_definition_a2(g, H)),
    )


Light = tuple[str, float, float, float, str, float]
"""The arguments of `experiment.check`: label, number, expected, tolerance, by, error."""


def checks(found: Sides) -> list[Light]:
    """Numbers by formula, compared with the same by definition."""
    by, furthest = "by definition", "of all components the furthest from the definition"
    gamma, ricci = found.christoffel, found.ricci
    bending = "Twice the product of the extremes of the bending curve"
    return [
        (f"{gamma.name} by formula (2), {furthest}", gamma.formula, gamma.definition, 1e-9, by, gamma.error),
        ("R¹₂₁₂ by formula (3), corrected", found.R, found.R_by_definition, 1e-9, by, found.error_of_R),
        (
            f"{ricci.name} by contracting (3), corrected, {furthest}",
            ricci.formula,
            ricci.definition,
            1e-9,
            by,
            ricci.error,
        ),
        ("S by formula (4)", found.S, found.S_by_definition, 1e-9, f"{by}, in exact arithmetic", found.error_of_S),
        (bending, found.S_of_curvatures, found.S_by_definition, 1e-9, "S", found.error_of_curvatures),
    ]


def prints(found: Sides) -> list[tuple[str, float, float, float, float]]:
    """The arguments of `experiment.printed` of the print:
    label, number, the true one, tolerance, error.
    """
    return [
        ("R¹₂₁₂ by formula (3)", found.R_as_printed, found.R_by_definition, 1e-9, found.error_of_R),
        ("S by Definitions A.2 and A.3 taken together", found.S_by_A2, found.S_by_definition, 1e-9, found.error_of_S),
    ]


def _most_bent(at: PointGeometry, sign: int) -> float:
    """The largest normal curvature, or the smallest with its sign changed."""
    angles, step = np.linspace(0, 2 * np.pi, DIRECTIONS), 2 * np.pi / (DIRECTIONS - 1)
    for _ in range(SWEEPS):
        bends = sign * definitions.normal_curvature(at.gradient, at.hessian, unit_steps(at, angles))
        angles, step = angles[np.argmax(bends)] + np.linspace(-step, step, DIRECTIONS), 2 * step / (DIRECTIONS - 1)
    return float(bends.max())


def _rounding(at: PointGeometry) -> tuple[float, Floats]:
    """The errors of S = 2β² det H and of Ricci = S/2 G where the second derivatives are off by a
    unit in their last place.
    """
    height = np.hypot(1, at.gradient_norm)
    unit, H = at.gradient / height, np.abs(at.hessian / height)
    with np.errstate(all="ignore"):
        terms = 2 * np.finfo(float).eps * (H[0, 0] * H[1, 1] + H[0, 1] ** 2)
        return float(2 * terms / height / height), terms * abs(np.eye(2) / height / height + np.outer(unit, unit))


def _furthest(name: str, formula: Floats, definition: Floats, errors: Floats) -> Component:
    """The component that differs most, as a share of its size."""
    with np.errstate(all="ignore"):
        apart = abs(formula - definition) / np.maximum(abs(formula), abs(definition))
    apart = np.where(
        (formula == definition) & np.isfinite(definition), 0.0, np.where(np.isfinite(apart), apart, np.inf)
    )
    index = np.unravel_index(int(np.argmax(apart)), apart.shape)
    digits = [str(i + 1) for i in index]
    marks = [
        digit.translate(SUPERSCRIPTS if place < len(index) - 2 else SUBSCRIPTS) for place, digit in enumerate(digits)
    ]
    return Component(name.format(*marks), float(formula[index]), float(definition[index]), float(errors[index]))


def _error_of_extremes(at: PointGeometry) -> float:
    """The error of twice the product of the extremes:
    they lie between two of the last directions, and steep slopes round the steps.
    """
    largest, slope, rounding = abs(at.principal_curvatures).max(), np.float64(at.gradient_norm), np.finfo(float).eps
    with np.errstate(all="ignore"):
        last = 2 * np.pi / (DIRECTIONS - 1) * (2 / (DIRECTIONS - 1)) ** (SWEEPS - 1)
        missed = largest * (last**2 + (rounding * slope) ** 2)
        rounded = rounding * abs(at.hessian).max() / np.hypot(1, slope)
        apart = missed + rounded
        return float(4 * (largest + apart) * apart)


def unit_steps(at: PointGeometry, angles: Floats) -> Floats:
    """Steps in the parameter plane of length 1 on the surface, by their angles to
    uphill there, shape (n, 2).
    """
    angles, slope = angles[:, None], at.gradient_norm
    uphill = at.gradient / slope if slope else np.array([1.0, 0.0])
    return np.cos(angles) * uphill / np.hypot(1, slope) + np.sin(angles) * np.array([-uphill[1], uphill[0]])

"""Numbers and tensors as LaTeX."""

import math
from collections.abc import Sequence

import numpy as np

from curvlib import PointGeometry
from curvlib.arrays import Floats
from pages.ui.results.shown_balls import Shown, Ways

DIGITS = 6
"""Significant digits of a typeset number."""


def number(value: float, digits: int = DIGITS) -> str:
    """A number with so many significant digits.

    >>> number(-0.25), number(1.5e-9)
    ('-0.25', '1.5 \\cdot 10^{-9}')
    """
    if not math.isfinite(value):
        return {"inf": r"\infty", "-inf": r"-\infty"}.get(str(float(value)), r"\text{undefined}")
    text = f"{value:.{digits}g}"
    if "e" not in text:
        return "0" if float(text) == 0 else text
    mantissa, exponent = text.split("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"


def matrix(values: Floats | Sequence[Sequence[float]]) -> str:
    """A matrix in round brackets; a vector is a column."""
    rows = np.asarray(values, dtype=float)
    rows = rows[:, None] if rows.ndim == 1 else rows
    body = r" \\ ".join(" & ".join(number(float(value)) for value in row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def lines(*equations: tuple[str, str]) -> str:
    """Equations one below the other, aligned at their equals signs."""
    body = r" \\[0.5em] ".join(f"{left} &= {right}" for left, right in equations)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def second_order(at: PointGeometry) -> str:
    """The loss at the point to second order: f, its gradient,
    its Hessian and what is made of that.
    """
    return lines(
        ("f", number(at.f)),
        (r"\nabla f", matrix(at.gradient)),
        (r"|\nabla f|", number(at.gradient_norm)),
        ("H", matrix(at.hessian)),
        (r"\lambda_1,\ \lambda_2", r",\quad ".join(number(float(value)) for value in at.eigenvalues)),
        (r"\operatorname{tr} H", number(at.hessian_trace)),
        (r"\operatorname{tr} H^2", number(at.hessian_square_trace)),
    )


def metric(at: PointGeometry) -> str:
    """The metric of the graph, its inverse and the Christoffel symbols."""
    return lines(
        ("g", matrix(at.metric)),
        ("g^{-1}", matrix(at.inverse)),
        (r"\Gamma^u_{kl}", matrix(at.christoffel[0])),
        (r"\Gamma^v_{kl}", matrix(at.christoffel[1])),
    )


def curvatures(at: PointGeometry) -> str:
    """The curvatures of the graph, S by the formula and by the definition."""
    return lines(
        (r"R^{\,i}{}_{j\,u\,v}", matrix(at.riemann[:, :, 0, 1])),
        (r"\operatorname{Ric}", matrix(at.ricci)),
        (r"S = 2\beta^2 \det H", number(at.scalar_curvature, 12)),
        (r"S = g^{jk} \operatorname{Ric}_{jk}", number(at.scalar_curvature_by_definition, 12)),
        (r"\kappa_1,\ \kappa_2", r",\quad ".join(number(float(value)) for value in at.principal_curvatures)),
        (r"\tfrac12(\kappa_1 + \kappa_2)", number(at.mean_curvature)),
    )


def plain(value: float, error: float, most: int = 12) -> str:
    """A number to the second digit of its error, and the error.

    >>> plain(-7.99999999, 3.1e-6), plain(0.5, 0.0)
    ('-8.0000000 ± 3e-06', '0.5')
    """
    if not (math.isfinite(value) and math.isfinite(error)) or error <= 0:
        return f"{value:.{DIGITS}g}"
    if error >= abs(value):
        return f"{value:.2g} ± {error:.1g}"
    digits = min(max(1 - math.floor(math.log10(error)), 0), max(most - 1 - math.floor(math.log10(abs(value))), 0))
    return f"{value:.{digits}f} ± {error:.1g}"


def measured(value: float, error: float) -> str:
    """The same as LaTeX."""
    if not math.isfinite(value):
        return r"\text{undefined}"
    text, _, spread = plain(value, error).partition(" ± ")
    return rf"{text if 'e' not in text else number(value)} \pm {number(error, 1)}" if spread else number(value)


def ball(shown: Shown) -> str:
    """The card of a ball at its radius: area, ratio, the sums of the series, boundary, Euler
    characteristic.
    """
    at, k, r = shown.ball, shown.index, shown.radius
    flat = math.pi * r**2
    bound = r"\geq " if r > at.valid_radius else ""
    sums = [(rf"\text{{series to }} r^{order}", number(float(at.series(at.radii, order)[k]), 9)) for order in (2, 4, 6)]
    return lines(
        ("r", number(r)),
        (r"\operatorname{vol}_g B(r)", bound + measured(float(at.volumes[k]), float(at.errors[k]))),
        (r"\operatorname{vol}_g B(r) / \pi r^2", bound + measured(float(at.ratio[k]), float(at.errors[k]) / flat)),
        *sums,
        (r"\text{boundary},\ 2 \pi r", rf"{number(float(at.lengths[k]))},\quad {number(2 * math.pi * r)}"),
        (r"\chi \text{ by Gauss–Bonnet}", _euler(float(at.euler[k]))),
        (r"S", number(at.scalar_curvature)),
    )


def _euler(value: float) -> str:
    if not math.isfinite(value):
        return r"\text{unknown, for } f \text{ ends inside}"
    return rf"{round(value)} \quad (\text{{residual }} {number(value - round(value), 1)})"


def ways(found: Ways) -> str:
    """The lengths of geodesics, the shortest first, and of the straight line."""
    rows = [
        (rf"\text{{geodesic {n}}}", measured(curve.length, curve.error))
        for n, curve in enumerate(found.curves, start=1)
    ]
    straight = number(found.straight, 9) if math.isfinite(found.straight) else r"\text{leaves the domain of } f"
    return lines(*rows, (r"\text{straight line}", straight))

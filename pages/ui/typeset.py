"""Numbers and tensors as LaTeX."""

import math
from collections.abc import Sequence

import numpy as np

from curvlib import PointGeometry

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


def matrix(values: np.ndarray | Sequence[Sequence[float]]) -> str:
    """A matrix in round brackets; a vector is a column."""
    rows = np.asarray(values, dtype=float)
    rows = rows[:, None] if rows.ndim == 1 else rows
    body = r" \\ ".join(" & ".join(number(float(value)) for value in row) for row in rows)
    return rf"\begin{{pmatrix}} {body} \end{{pmatrix}}"


def lines(*equations: tuple[str, str]) -> str:
    """Equations one below the other, aligned at their equals signs."""
    body = r" \\[0.5em] ".join(f"{left} &= {right}" for left, right in equations)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def summary(at: PointGeometry) -> str:
    """The four measures of the app at the point."""
    return lines(
        ("f", number(at.f)),
        (r"|\nabla f|", number(at.gradient_norm)),
        (r"\operatorname{tr} H", number(at.hessian_trace)),
        ("S", number(at.scalar_curvature)),
    )


def second_order(at: PointGeometry) -> str:
    """The loss at the point to second order: f, its gradient, its Hessian and what is made of that."""
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

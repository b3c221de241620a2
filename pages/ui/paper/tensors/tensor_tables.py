"""The tensors of Section 2 at a point: by definition next to by formula, as figures, typeset
numbers and Python.
"""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from curvlib import Expression, Grid, PointGeometry
from curvlib.arrays import Floats
from curvlib.curvature import definitions
from pages.ui.charts import plots
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette
from pages.ui.landscape import typeset
from pages.ui.panel import Overlay, overlays_of
from pages.ui.paper import dragging
from pages.ui.paper.tensors.tensor_lights import unit_steps
from pages.ui.results import cache

KEY = "patch"
WORKED = "u + 2*v + u^2/2 + 2*u*v + 5*v^2/2"
TANGENT = 0.6
"""The share of the tangent vectors X_u and X_v that is drawn."""

STATEMENTS = (
    ("Definition 2.1, equation (1)", r"G=I+\nabla f\,\nabla f^\top"),
    ("Proposition 2.1, equation (2)", r"\Gamma^i_{kl}=\beta f_{,i}f_{,kl},\qquad \beta=\frac1{1+|\nabla f|^2}"),
    (
        "Proposition 2.2, equation (3), with two indices put right",
        r"R^i_{jkm}=\beta(f_{,ik}f_{,jm}-f_{,im}f_{,jk})-\beta^2f_{,i}f_{,r}(f_{,rk}f_{,jm}-f_{,rm}f_{,jk})",
    ),
    (
        "Proposition 2.3, equation (4)",
        r"S=\beta\left(\operatorname{tr}(\mathbf H)^2-\operatorname{tr}(\mathbf H^2)\right)"
        r"+2\beta^2\,\nabla f^\top\left(\mathbf H^2-\operatorname{tr}(\mathbf H)\mathbf H\right)\nabla f",
    ),
)


def by_definition(at: PointGeometry) -> str:
    """The tensors from the metric alone, typeset."""
    g, H = at.gradient, at.hessian
    return _tensors(
        definitions.metric(g),
        definitions.christoffel(g, H),
        definitions.riemann(g, H),
        definitions.ricci(g, H),
        definitions.scalar_curvature(g, H),
    )


def by_formula(at: PointGeometry) -> str:
    """The tensors by the paper's formulas, typeset."""
    return _tensors(at.metric, at.christoffel, at.riemann, at.ricci, at.scalar_curvature)


def _tensors(metric: Floats, christoffel: Floats, riemann: Floats, ricci: Floats, S: float | Floats) -> str:
    return typeset.lines(
        ("G", typeset.matrix(metric)),
        (r"\Gamma^1_{kl}", typeset.matrix(christoffel[0])),
        (r"\Gamma^2_{kl}", typeset.matrix(christoffel[1])),
        (r"R^{\,i}{}_{j12}", typeset.matrix(riemann[:, :, 0, 1])),
        (r"\operatorname{Ric}", typeset.matrix(ricci)),
        ("S", typeset.number(float(S), 12)),
    )


def surface(expression: Expression, at: PointGeometry) -> None:
    """Shows the surface about the point, coloured by S, with the tangent vectors X_u and X_v."""
    (u, v), slope = at.point, at.gradient
    picture = cache.picture(expression, Grid((u - 1.5, u + 1.5), (v - 1.5, v + 1.5), (96, 96)), {})
    start = np.array([u, v])
    tangents = [
        Overlay(name, np.stack([start, start + step]), look="tangent", heights=np.array([at.f, at.f + step @ slope]))
        for name, step in zip(("the tangent vector X_u", "the tangent vector X_v"), TANGENT * np.eye(2), strict=True)
    ]
    colour = dragging.colour(KEY)
    dragging.surface(
        KEY,
        picture,
        expression,
        dragging.held(KEY, {}),
        f"f(u, v) = {expression}",
        overlays=[*overlays_of(picture), *tangents],
        point=at.point,
        colour=colour,
    )
    st.caption(f"The graph of f within 1.5 of the point, with {TANGENT} times its tangent vectors there.")


def indicatrix(at: PointGeometry, palette: Palette) -> tuple[go.Figure, str]:
    """The steps in the parameter plane whose length on the surface is 1; and its caption."""
    angles = np.linspace(0, 2 * np.pi, 361)
    steps = unit_steps(at, angles)
    blue, red, *_ = plots.series(palette)
    traces = [
        plots.line(np.cos(angles), np.sin(angles), palette.text, "length 1 on the map", 1.2, "dot"),
        plots.line(steps[:, 0], steps[:, 1], blue, "length 1 on the surface", 2.4),
    ]
    if at.gradient_norm > 0:
        uphill = at.gradient / at.gradient_norm / np.hypot(1, at.gradient_norm)
        traces.append(plots.line([0, uphill[0]], [0, uphill[1]], red, "uphill", 2.4))
    square = {"range": [-1.15, 1.15], "constrain": "domain"}
    chart = plots.chart(
        traces, palette, "step in <i>u</i>", "step in <i>v</i>", xaxis=square, yaxis=square | {"scaleanchor": "x"}
    )
    words = (
        "The metric at the point: "
        "steps of length 1 on the surface make an ellipse, across the slope as long as on the map"
    )
    return chart, f"{words}, uphill {short(float(1 / np.hypot(1, at.gradient_norm)))} of it."


def bending(at: PointGeometry, palette: Palette) -> tuple[go.Figure, str]:
    """The normal curvature against the direction, with its extremes; and its caption."""
    degrees = np.linspace(0, 360, 361)
    directions = np.stack([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], axis=-1)
    blue, *_ = plots.series(palette)
    bends = definitions.normal_curvature(at.gradient, at.hessian, directions)
    low, high = (float(k) for k in at.principal_curvatures)
    traces = [
        plots.line(degrees, np.zeros_like(degrees), palette.line, width=1),
        plots.line(degrees, bends, blue, width=2.4),
    ]
    traces += [plots.line([0, 360], [k, k], palette.text, width=1, dash="dot") for k in (low, high)]
    axis = {"range": [0, 360], "tickvals": [0, 90, 180, 270, 360]}
    chart = plots.chart(
        traces, palette, "direction in the (<i>u</i>, <i>v</i>) plane, degrees", "normal curvature", xaxis=axis
    )
    product = short(2 * low * high)
    return chart, (
        f"How the surface bends in each direction: between κ₁ = {short(low)} and κ₂ = {short(high)} (dotted). "
        f"Twice their product is S = {product}."
    )


def python(expression: Expression, point: tuple[float, float]) -> str:
    """The numbers at the point, in Python."""
    return f"""import curvlib
from curvlib.curvature import definitions
from curvlib.paper import as_printed

at = curvlib.geometry_at(curvlib.parse({expression.canonical!a}), {point!r})
print("S by (4):             ", at.scalar_curvature)
print("S by definition:      ", at.scalar_curvature_by_definition)
print("R^1_212 by (3):       ", at.riemann[0, 1, 0, 1])
print("R^1_212 by definition:", definitions.riemann(at.gradient, at.hessian)[0, 1, 0, 1])
print("R^1_212 as printed:   ", as_printed.riemann(at.gradient, at.hessian)[0, 1, 0, 1])
"""


def symbolic(forms: Mapping[str, str | Mapping[str, str]]) -> list[str]:
    """The fields of a `TensorForms` as equations in LaTeX, in the order of the paper."""
    whole = {
        "beta": r"\beta", "metric": "G", "inverse": "G^{-1}", "ricci": r"\operatorname{Ric}",
        "scalar_curvature": "S",
    }  # fmt: skip
    equations = []
    for name, form in forms.items():
        parts = {whole[name]: form} if isinstance(form, str) else form
        equations += [f"{left} = {right}" for left, right in parts.items()]
    return equations

"""The tensors of Section 2 at a point: by definition next to by formula, as figures, typeset
numbers and Python.
"""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from curvlib import Expression, Grid, PointGeometry
from curvlib.curvature import definitions
from pages.ui.charts import figures, plots
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette
from pages.ui.landscape import readings, typeset
from pages.ui.paper.tensors.tensor_lights import unit_steps
from pages.ui.results import cache

WORKED = "u + 2*v + u^2/2 + 2*u*v + 5*v^2/2"
FAR = {"x": -1.4, "y": -1.84, "z": 1.26}
"""The place of the camera: in a narrow column the whole box is to be seen."""

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


def _tensors(
    metric: np.ndarray, christoffel: np.ndarray, riemann: np.ndarray, ricci: np.ndarray, S: float | np.ndarray
) -> str:
    return typeset.lines(
        ("G", typeset.matrix(metric)),
        (r"\Gamma^1_{kl}", typeset.matrix(christoffel[0])),
        (r"\Gamma^2_{kl}", typeset.matrix(christoffel[1])),
        (r"R^{\,i}{}_{j12}", typeset.matrix(riemann[:, :, 0, 1])),
        (r"\operatorname{Ric}", typeset.matrix(ricci)),
        ("S", typeset.number(float(S), 12)),
    )


def surface(expression: Expression, at: PointGeometry, palette: Palette) -> tuple[go.Figure, str]:
    """The surface about the point, coloured by S, with the tangent vectors X_u and X_v;
    and its caption.
    """
    (u, v), slope = at.point, at.gradient
    picture = cache.picture(expression, Grid((u - 1.5, u + 1.5), (v - 1.5, v + 1.5), (96, 96)), {})
    chart = figures.surface(picture, "S", palette, at.point)
    for step, rise, name in (((0.6, 0.0), slope[0], "X_u"), ((0.0, 0.6), slope[1], "X_v")):
        ends = {"x": [u, u + step[0]], "y": [v, v + step[1]], "z": [at.f, at.f + 0.6 * rise]}
        look = {"mode": "lines", "line": {"color": palette.accent, "width": 7}, "showlegend": False}
        chart.add_scatter3d(**ends, **look, name=name, hoverinfo="name")
    chart.update_layout(scene_camera={"eye": FAR, "center": {"x": 0, "y": 0, "z": -0.12}})
    return chart, (
        "The graph of f within 1.5 of the point, with 0.6 times its tangent vectors there. "
        f"{readings.about_surface(picture, 'S')}"
    )


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

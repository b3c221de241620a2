"""Figure 5: parametric surfaces coloured by their normalised S,
and the totals of Gauss and Bonnet.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from curvlib import jet, parse
from curvlib.arrays import Floats
from curvlib.paper.surfaces import ParametricSurface, SurfacePoints, mesh, surface_points, total_curvature
from pages.ui.charts import plots
from pages.ui.charts.figures import figure, paper, single
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette, translucent

ERROR = 1e-6
"""The error that S and its total may have: they are sums of terms about as large as 1."""

LINES = 16
"""Coordinate lines each way."""

Values = Mapping[str, float]
STATEMENTS = (
    ("Appendix A, a surface in space", r"S=2K=\frac{2\,(ln-m^2)}{(EG-F^2)^2}"),
    ("Gauss–Bonnet, for a closed surface", r"\int S\,dA=4\pi\chi"),
)


def large(surface: ParametricSurface, values: Values, palette: Palette) -> tuple[go.Figure, str]:
    """One surface; and its caption."""
    points = mesh(surface, (110, 110), values)
    scene = _scene(palette) | {"aspectmode": "data", "camera": {"eye": {"x": 1.15, "y": -1.25, "z": 0.78}}}
    layout = paper(palette) | {"scene": scene, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    low, high = short(float(np.nanmin(points.scalar_curvature))), short(float(np.nanmax(points.scalar_curvature)))
    words = f"S is {low} everywhere" if low == high else f"S runs from {low} to {high}"
    drawn = _coloured(points, palette, colorbar=_bar(palette))
    return figure([drawn, _lines(points, palette)], layout), (
        f"{surface.title}, with lines of equal u and v, coloured by S divided by its largest absolute value. "
        f"{words}. {surface.reason}"
    )


def running_total(surface: ParametricSurface, values: Values, palette: Palette) -> tuple[go.Figure, str]:
    """∫S dA up to u, in units of π; and the caption."""
    n = 400
    (low, high), (v_low, v_high) = surface.u_range, surface.v_range
    u = low + (high - low) * (np.arange(n) + 0.5) / n
    v = v_low + (v_high - v_low) * (np.arange(n) + 0.5) / n
    points = surface_points(surface, u[None, :], v[:, None], values)
    slices = np.nansum(points.scalar_curvature * points.area_element, axis=0) * (high - low) * (v_high - v_low) / n**2
    ends, total = np.linspace(low, high, n + 1), np.concatenate([[0.0], np.cumsum(slices)]) / np.pi
    traces = [plots.line(ends, total, plots.series(palette)[0], width=2.4)]
    words = (
        "The total of S over the part of the surface from the lowest u up to u. "
        f"It ends at {short(round(float(total[-1]), 9))} π"
    )
    if surface.euler_characteristic is not None:
        traces.append(
            plots.line([low, high], [4 * surface.euler_characteristic] * 2, palette.text, width=1.2, dash="dot")
        )
        words += f", where Gauss–Bonnet predicts {4 * surface.euler_characteristic} π (dotted)"
    return plots.chart(traces, palette, "<i>u</i>", "∫ <i>S</i> d<i>A</i> / π"), f"{words}."


def closed_form(surface: ParametricSurface, values: Values) -> tuple[float, float]:
    """S by differentiation and in closed form where they are furthest apart on the
    patch, as a share of S.
    """
    points = mesh(surface, (41, 41), values)
    (u, v), text = _parameters(surface), parse(surface.curvature)
    known = {name: {**surface.defaults, **values}[name] for name in text.parameters}
    closed = np.broadcast_to(jet(text, u, v, known).f, points.scalar_curvature.shape)
    apart = np.abs(points.scalar_curvature - closed) / np.maximum(1.0, np.abs(closed))
    worst = np.unravel_index(np.nanargmax(apart), apart.shape)
    return float(points.scalar_curvature[worst]), float(closed[worst])


def total(surface: ParametricSurface, values: Values) -> float:
    """∫S dA over the patch in units of π."""
    return total_curvature(surface, parameters=values) / float(np.pi)


def python(name: str, values: Values) -> str:
    """The numbers of the page, in Python."""
    return f"""import numpy as np
from curvlib.paper.surfaces import SURFACES, mesh, total_curvature

surface, values = SURFACES[{name!r}], {dict(values)!r}
S = mesh(surface, (110, 110), values).scalar_curvature
print("S from", np.nanmin(S), "to", np.nanmax(S))
print("total in units of pi:", total_curvature(surface, parameters=values) / np.pi)
"""


def _parameters(surface: ParametricSurface) -> tuple[Floats, Floats]:
    u, v = (
        np.linspace(low + 1e-6 * (high - low), high - 1e-6 * (high - low), 41)
        for low, high in (surface.u_range, surface.v_range)
    )
    return u[None, :], v[:, None]


def _coloured(points: SurfacePoints, palette: Palette, **more: Any) -> plots.Trace:
    stops = [[index / (len(palette.diverging) - 1), colour] for index, colour in enumerate(palette.diverging)]
    light = {"ambient": 0.75, "diffuse": 0.5, "specular": 0.08, "roughness": 0.9}
    hover = "<i>S</i> / max |<i>S</i>| = %{surfacecolor:.4g}<extra></extra>"
    shape = np.broadcast_shapes(points.x.shape, points.y.shape, points.z.shape)
    place = {name: single(np.broadcast_to(getattr(points, name), shape)) for name in "xyz"}
    colours = single(np.nan_to_num(np.broadcast_to(points.normalised, shape)))
    painted = {"surfacecolor": colours, "colorscale": stops, "cmin": -1.3, "cmax": 1.3, "lighting": light}
    return {"type": "surface", **place, **painted, "hovertemplate": hover, "showlegend": False, **more}


def _lines(points: SurfacePoints, palette: Palette) -> plots.Trace:
    """Coordinate lines, a little off the surface to both sides, so that none sinks into it."""
    space = np.stack(np.broadcast_arrays(points.x, points.y, points.z), axis=-1)
    normal = np.cross(np.gradient(space, axis=1), np.gradient(space, axis=0))
    normal *= (
        4e-3 * np.ptp(space, axis=(0, 1)).max() / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-12)
    )
    gap, parts = np.full((1, 3), np.nan), []
    for side in (space + normal, space - normal):
        rows, columns = (np.linspace(0, n - 1, LINES + 1).astype(int) for n in side.shape[:2])
        parts += [part for line in (*side[rows], *np.swapaxes(side[:, columns], 0, 1)) for part in (line, gap)]
    x, y, z = (single(part) for part in np.concatenate(parts).T)
    look = {"mode": "lines", "line": {"color": translucent(palette.ink, 0.28), "width": 1}}
    return {"type": "scatter3d", "x": x, "y": y, "z": z, **look, "hoverinfo": "skip", "showlegend": False}


def _scene(palette: Palette) -> dict[str, Any]:
    axis = {"visible": False, "showspikes": False}
    return {"xaxis": axis, "yaxis": axis, "zaxis": axis, "dragmode": "orbit", "bgcolor": palette.background}


def _bar(palette: Palette) -> dict[str, Any]:
    place = {"orientation": "h", "x": 0.5, "y": 1.0, "yanchor": "top", "len": 0.5, "thickness": 9, "outlinewidth": 0}
    ticks = {"tickvals": [-1, -0.5, 0, 0.5, 1], "tickfont": {"color": palette.text}}
    return place | ticks | {"title": {"text": "normalised <i>S</i>", "side": "top", "font": {"color": palette.text}}}

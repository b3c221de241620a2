"""Figure 5: parametric surfaces coloured by their normalised S, one large and all of them small, and the totals of Gauss and Bonnet."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from curvlib import jet, parse
from curvlib.surfaces import SURFACES, ParametricSurface, SurfacePoints, mesh, surface_points, total_curvature
from pages.ui import plots
from pages.ui.figures import figure, paper, single
from pages.ui.scale import short
from pages.ui.theme import Palette

PER_ROW = 4
Values = Mapping[str, float]
STATEMENTS = (
    ("Appendix A, a surface in space", r"S=2K=\frac{2\,(ln-m^2)}{(EG-F^2)^2}"),
    ("Gauss–Bonnet, for a closed surface", r"\int S\,dA=4\pi\chi"),
)


def large(surface: ParametricSurface, values: Values, palette: Palette) -> tuple[go.Figure, str]:
    """One surface; and its caption."""
    points = mesh(surface, (110, 110), values)
    scene = _scene(palette) | {"aspectmode": "data", "camera": {"eye": {"x": 1.25, "y": -1.35, "z": 0.85}}}
    layout = paper(palette) | {"scene": scene, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    low, high = short(float(np.nanmin(points.scalar_curvature))), short(float(np.nanmax(points.scalar_curvature)))
    words = f"S is {low} everywhere" if low == high else f"S runs from {low} to {high}"
    drawn = _coloured(points, palette, colorbar=_bar(palette))
    return figure([drawn], layout), f"{surface.title}, coloured by S divided by its largest absolute value. {words}. {surface.reason}"


def gallery(palette: Palette) -> tuple[go.Figure, str]:
    """All surfaces with their defaults side by side in one space; and the caption."""
    traces = []
    for index, surface in enumerate(SURFACES.values()):
        points = mesh(surface, (29, 29))
        across, up = 2.5 * (index % PER_ROW), -2.9 * (index // PER_ROW)
        middle, size = _box(points)
        x, y, z = ((part - middle[axis]) / size for axis, part in enumerate((points.x, points.y, points.z)))
        drawn = SurfacePoints(x + across, y, z + up, points.scalar_curvature, points.normalised, points.area_element)
        traces.append(_coloured(drawn, palette, showscale=False))
        name = surface.title.replace("Hyperboloid of ", "").capitalize()
        label = {"x": [across], "y": [-1.4], "z": [up - 1.2], "text": [name], "textfont": {"size": 13, "color": palette.text}}
        traces.append({"type": "scatter3d", "mode": "text", "hoverinfo": "skip", "showlegend": False, **label})
    camera = {"eye": {"x": 0.12, "y": -1.0, "z": 0.2}, "projection": {"type": "orthographic"}}
    scene = _scene(palette) | {"camera": camera, "aspectmode": "manual", "aspectratio": {"x": 2.0, "y": 0.5, "z": 1.66}}
    layout = paper(palette) | {"scene": scene, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    return figure(
        traces, layout
    ), "All surfaces of the gallery at one size, each coloured by its own normalised S: red positive, blue negative, colourless zero."


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
    words = f"The total of S over the part of the surface from the lowest u up to u. It ends at {short(round(float(total[-1]), 9))} π"
    if surface.euler_characteristic is not None:
        traces.append(plots.line([low, high], [4 * surface.euler_characteristic] * 2, palette.text, width=1.2, dash="dot"))
        words += f", where Gauss–Bonnet wants {4 * surface.euler_characteristic} π (dotted)"
    return plots.chart(traces, palette, "<i>u</i>", "∫ <i>S</i> d<i>A</i> / π"), f"{words}."


def closed_form(surface: ParametricSurface, values: Values) -> tuple[float, float]:
    """S by differentiation and in closed form where they are furthest apart on the patch, as a share of S."""
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
from curvlib.surfaces import SURFACES, mesh, total_curvature

surface, values = SURFACES[{name!r}], {dict(values)!r}
S = mesh(surface, (110, 110), values).scalar_curvature
print("S from", np.nanmin(S), "to", np.nanmax(S))
print("total in units of pi:", total_curvature(surface, parameters=values) / np.pi)
"""


def _parameters(surface: ParametricSurface) -> tuple[np.ndarray, np.ndarray]:
    u, v = (np.linspace(low + 1e-6 * (high - low), high - 1e-6 * (high - low), 41) for low, high in (surface.u_range, surface.v_range))
    return u[None, :], v[:, None]


def _coloured(points: SurfacePoints, palette: Palette, **more: Any) -> plots.Trace:
    stops = [[index / (len(palette.diverging) - 1), colour] for index, colour in enumerate(palette.diverging)]
    look = {"colorscale": stops, "cmin": -1.3, "cmax": 1.3, "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.08, "roughness": 0.9}}
    hover = "<i>S</i> / max |<i>S</i>| = %{surfacecolor:.4g}<extra></extra>"
    shape = np.broadcast_shapes(points.x.shape, points.y.shape, points.z.shape)
    place = {name: single(np.broadcast_to(part, shape)) for name, part in (("x", points.x), ("y", points.y), ("z", points.z))}
    colours = single(np.nan_to_num(np.broadcast_to(points.normalised, shape)))
    return {"type": "surface", **place, "surfacecolor": colours, "hovertemplate": hover, "showlegend": False, **look, **more}


def _scene(palette: Palette) -> dict[str, Any]:
    axis = {"visible": False, "showspikes": False}
    return {"xaxis": axis, "yaxis": axis, "zaxis": axis, "dragmode": "orbit", "bgcolor": palette.background}


def _bar(palette: Palette) -> dict[str, Any]:
    look = {"orientation": "h", "x": 0.5, "y": 1.0, "yanchor": "top", "len": 0.5, "thickness": 9, "outlinewidth": 0, "tickvals": [-1, -0.5, 0, 0.5, 1]}
    return look | {"tickfont": {"color": palette.text}, "title": {"text": "normalised <i>S</i>", "side": "top", "font": {"color": palette.text}}}


def _box(points: SurfacePoints) -> tuple[list[float], float]:
    """The middle of a surface's bounding box, and half of its longest side."""
    ends = [(float(np.nanmin(part)), float(np.nanmax(part))) for part in (points.x, points.y, points.z)]
    return [(low + high) / 2 for low, high in ends], max(high - low for low, high in ends) / 2

"""The surface as a figure, from values. Nothing here computes geometry or knows the page.

Figures are put together from the dicts that Plotly is sent: built attribute by attribute they take
ten times as long. The tests validate them.
"""

import math
from typing import Any

import numpy as np
import plotly.graph_objects as go

from curvlib import Grid
from pages.ui.charts import marks
from pages.ui.charts.marks import Point, Trace
from pages.ui.charts.measures import MEASURES, html
from pages.ui.charts.picture import Picture
from pages.ui.charts.scale import Scale
from pages.ui.charts.theme import FONT, Palette
from pages.ui.charts.zero_curves import thinned

SURFACE_SIDE = 128
"""The most points along a side of the surface: WebGL is quick with it, and the eye has enough."""

FLOAT32 = 3e38
"""The largest single-precision number; larger values are drawn as this."""


def surface(picture: Picture, measure: str, palette: Palette, point: Point) -> go.Figure:
    """The graph of f over the window, coloured by one of `MEASURES`, with the marks on it."""
    traces = _surface(picture, measure, palette, point)
    layout = {
        "scene": _scene(picture.grid, picture.heights, palette),
        "margin": {"l": 0, "r": 0, "t": 58, "b": 0},
        "annotations": [_title(measure, palette, 40)],
    }
    return figure(traces, paper(palette) | layout)


def figure(traces: list[Trace], layout: dict[str, Any]) -> go.Figure:
    """A figure of traces and a layout as they are sent."""
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def _surface(picture: Picture, measure: str, palette: Palette, point: Point) -> list[Trace]:
    rows, columns = thinned(picture.grid.shape[0], SURFACE_SIDE), thinned(picture.grid.shape[1], SURFACE_SIDE)
    shown = {name: picture.values(name)[np.ix_(rows, columns)] for name in MEASURES}
    u, v, colours = picture.grid.u[columns], picture.grid.v[rows], picture.scales[measure]
    graph = {
        "type": "surface",
        "x": u,
        "y": v,
        "z": single(shown["f"]),
        "surfacecolor": single(colours.position(shown[measure])),
        "customdata": np.stack([single(shown[name]) for name in MEASURES], axis=-1),
        "hovertemplate": _hover([f"{html(name)} = %{{customdata[{i}]:.5g}}" for i, name in enumerate(MEASURES)]),
        "colorscale": _even(measure, palette),
        "cmin": 0,
        "cmax": 1,
        "colorbar": colour_bar(colours, palette)
        | {"x": 0, "y": 1.0, "xanchor": "left", "xpad": 46, "lenmode": "pixels", "len": 340},
        "contours": {
            "z": _level_lines(*picture.heights, palette),
            "x": {"highlight": False},
            "y": {"highlight": False},
        },
        "lighting": {"ambient": 0.78, "diffuse": 0.45, "specular": 0.06, "roughness": 0.9, "fresnel": 0.05},
        "lightposition": {"x": -2000, "y": -1000, "z": 6000},
        "connectgaps": False,
        "showlegend": False,
    }
    ground = np.clip(shown["f"], *picture.heights), u, v
    return [graph, *marks.in_space(picture, palette, point, *ground)]


def _even(measure: str, palette: Palette) -> list[list[Any]]:
    """The colours at equal distances: for positions on a scale."""
    stops = palette.diverging if MEASURES[measure].signed else palette.one_sided
    return [[index / (len(stops) - 1), colour] for index, colour in enumerate(stops)]


def _title(measure: str, palette: Palette, above: int) -> dict[str, Any]:
    """The measure's symbol at the left, so many pixels above the axes."""
    look = {"text": html(measure), "font": {"size": 17, "color": palette.text}, "showarrow": False}
    return look | {"x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yshift": above}


def colour_bar(colours: Scale, palette: Palette) -> dict[str, Any]:
    ticks = colours.ticks()
    return {
        "orientation": "h",
        "yanchor": "bottom",
        "ypad": 6,
        "thickness": 9,
        "tickvals": list(ticks),
        "ticktext": list(ticks.values()),
        "tickfont": {"color": palette.text, "size": 12},
        "outlinewidth": 0,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.line,
    }


def legend(height: float) -> dict[str, Any]:
    """A legend in one line above the axes, from so far up as a share of their height."""
    place = {"orientation": "h", "x": 0, "y": height, "xanchor": "left", "yanchor": "bottom"}
    return place | {"font": {"size": 12}, "bgcolor": "rgba(0,0,0,0)"}


def _level_lines(low: float, high: float, palette: Palette) -> dict[str, Any]:
    step = 10 ** math.floor(math.log10((high - low) / 6))
    step *= next(m for m in (1, 2, 5, 10) if (high - low) / (m * step) <= 16)
    return {
        "show": True,
        "start": math.ceil(low / step) * step,
        "end": high,
        "size": step,
        "color": palette.level,
        "width": 1,
        "highlight": False,
        "usecolormap": False,
    }


def _scene(grid: Grid, heights: tuple[float, float], palette: Palette) -> dict[str, Any]:
    ratio = _sides(grid)
    look = {
        "showbackground": False,
        "gridcolor": palette.line,
        "zeroline": False,
        "color": palette.text,
        "showspikes": False,
        "tickfont": {"size": 11},
    }
    return {
        "xaxis": look | {"title": {"text": "<i>u</i>"}, "range": grid.u_range, "nticks": 7},
        "yaxis": look | {"title": {"text": "<i>v</i>"}, "range": grid.v_range, "nticks": 7},
        "zaxis": look | {"title": {"text": "<i>f</i>"}, "range": heights, "nticks": 6},
        "aspectmode": "manual",
        "aspectratio": {"x": 1.4 * ratio[0], "y": 1.4 * ratio[1], "z": 0.7},
        "camera": {"eye": {"x": -1.05, "y": -1.38, "z": 0.95}, "center": {"x": 0, "y": 0, "z": -0.14}},
        "dragmode": "orbit",
        "bgcolor": palette.background,
    }


def _sides(grid: Grid) -> tuple[float, float]:
    """The sides of the window as the surface shows them:
    in proportion, but never flatter than 1 to 2.
    """
    width, depth = grid.u_range[1] - grid.u_range[0], grid.v_range[1] - grid.v_range[0]
    ratio = min(max(depth / width, 0.5), 2.0)
    return (1.0, ratio) if ratio <= 1 else (1 / ratio, 1.0)


def paper(palette: Palette) -> dict[str, Any]:
    """The part of a layout that all figures share."""
    label = {
        "bgcolor": palette.background,
        "bordercolor": palette.line,
        "font": {"family": FONT, "size": 13, "color": palette.text},
    }
    return {
        "autosize": True,
        "paper_bgcolor": palette.background,
        "font": {"family": FONT, "color": palette.text, "size": 13},
        "hoverlabel": label,
        "showlegend": False,
        "dragmode": "pan",
        "template": {},
    }


def _hover(lines: list[str]) -> str:
    return "<br>".join(["<i>u</i> = %{x:.5g}, <i>v</i> = %{y:.5g}", *lines]) + "<extra></extra>"


def single(values: np.ndarray) -> np.ndarray:
    return np.clip(values, -FLOAT32, FLOAT32).astype(np.float32)

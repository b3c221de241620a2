"""From values to figures: the surface, the maps, and the sheet that goes into a file. Nothing here computes geometry or knows the page.

Figures are put together from the dicts that Plotly is sent: built attribute by attribute they take ten times as long. The tests validate them.
"""

import html
import math
from typing import Any

import numpy as np
import plotly.graph_objects as go

from curvlib import Grid
from pages.ui import marks, overlay
from pages.ui.curves import thinned
from pages.ui.marks import Point, Trace
from pages.ui.measures import MEASURES
from pages.ui.overlay import NOTHING, Overlay
from pages.ui.picture import Picture
from pages.ui.scale import Scale
from pages.ui.theme import FONT, Palette

SURFACE_SIDE = 128
"""The most points along a side of the surface: WebGL is quick with it, and the eye has enough."""

MAP_SIDE = 256
"""The most points along a side of a map."""

MAPS = ("S", "trace", "gradient")
"""The measures that a sheet draws as maps."""

FLOAT32 = 3e38
"""What a single-precision number can hold; larger values are drawn as this."""


def surface(picture: Picture, measure: str, palette: Palette, point: Point, over: Overlay = NOTHING) -> go.Figure:
    """The graph of f over the window, coloured by one of `MEASURES`, with the marks on it."""
    traces = _surface(picture, measure, palette, point, over)
    layout = {
        "scene": _scene(picture.grid, picture.heights, palette),
        "margin": {"l": 0, "r": 0, "t": 58, "b": 0},
        "annotations": [_title(measure, palette, 40)],
    }
    return figure(traces, paper(palette) | layout)


def sheet(picture: Picture, measure: str, palette: Palette, point: Point, title: str, over: Overlay = NOTHING) -> go.Figure:
    """The surface and the maps of S, tr H and |∇f| on one sheet, with a legend: what goes into a file.

    Args:
        title: plain text; what Plotly would read as markup in it is shown as typed.
    """
    traces = _surface(picture, measure, palette, point, over)
    layout = paper(palette) | {"plot_bgcolor": palette.gap, "height": 1100, "showlegend": True, "margin": {"l": 60, "r": 60, "t": 110, "b": 40}}
    layout["scene"] = _scene(picture.grid, picture.heights, palette) | {"domain": {"x": [0, 1], "y": [0.46, 1]}}
    layout["annotations"] = [_title(measure, palette, 40)]
    for number, name in enumerate(MAPS, start=1):
        left, right = (number - 1) * 0.35, (number - 1) * 0.35 + 0.3
        part = _map(
            picture,
            name,
            palette,
            point,
            over,
            {"x": (left + right) / 2, "len": right - left, "y": 0.36, "title": {"text": MEASURES[name].symbol, "side": "top"}},
        )
        traces += [trace | {"xaxis": f"x{number}", "yaxis": f"y{number}", "showlegend": number == 1 and trace.get("showlegend", True)} for trace in part]
        horizontal, vertical = _axes(picture.grid, palette)
        layout[f"xaxis{number}"] = horizontal | {"domain": [left, right], "anchor": f"y{number}"}
        layout[f"yaxis{number}"] = vertical | {"domain": [0, 0.36], "anchor": f"x{number}", "scaleanchor": f"x{number}" if _alike(picture.grid) else None}
    layout |= {"legend": {"orientation": "h", "y": -0.06}, "title": {"text": html.escape(title).replace("$", "&#36;"), "font": {"size": 16}}}
    return figure(traces, layout)


def figure(traces: list[Trace], layout: dict[str, Any]) -> go.Figure:
    """A figure of traces and a layout as they are sent."""
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def _surface(picture: Picture, measure: str, palette: Palette, point: Point, over: Overlay) -> list[Trace]:
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
        "hovertemplate": _hover([f"{MEASURES[name].symbol} = %{{customdata[{i}]:.5g}}" for i, name in enumerate(MEASURES)]),
        "colorscale": _even(measure, palette),
        "cmin": 0,
        "cmax": 1,
        "colorbar": colour_bar(colours, palette) | {"x": 0, "y": 1.0, "xanchor": "left", "xpad": 46, "lenmode": "pixels", "len": 340},
        "contours": {"z": _level_lines(*picture.heights, palette), "x": {"highlight": False}, "y": {"highlight": False}},
        "lighting": {"ambient": 0.78, "diffuse": 0.45, "specular": 0.06, "roughness": 0.9, "fresnel": 0.05},
        "lightposition": {"x": -2000, "y": -1000, "z": 6000},
        "connectgaps": False,
        "showlegend": False,
    }
    ground = np.clip(shown["f"], *picture.heights), u, v
    return [graph, *overlay.in_space(over, palette, *ground), *marks.in_space(picture, palette, point, *ground)]


def _map(picture: Picture, measure: str, palette: Palette, point: Point, over: Overlay, place: dict[str, Any]) -> list[Trace]:
    """A heatmap of the true values, coloured unevenly; a trace that draws nothing but the even colour bar, at a place; the marks."""
    rows, columns = thinned(picture.grid.shape[0], MAP_SIDE), thinned(picture.grid.shape[1], MAP_SIDE)
    colours = picture.scales[measure]
    heatmap = {
        "type": "heatmap",
        "x": picture.grid.u[columns],
        "y": picture.grid.v[rows],
        "z": single(picture.values(measure)[np.ix_(rows, columns)]),
        "zmin": colours.low,
        "zmax": colours.limit,
        "colorscale": _uneven(measure, colours, palette),
        "showscale": False,
        "hovertemplate": _hover([f"{MEASURES[measure].symbol} = %{{z:.5g}}"]),
        "hoverongaps": False,
        "showlegend": False,
    }
    marker = {"color": [0.0, 1.0], "cmin": 0, "cmax": 1, "colorscale": _even(measure, palette), "showscale": True, "opacity": 0}
    bar = {"type": "scatter", "x": [None, None], "y": [None, None], "mode": "markers", "hoverinfo": "skip", "showlegend": False}
    bar["marker"] = marker | {"colorbar": colour_bar(colours, palette) | place}
    return [heatmap, bar, *overlay.on_map(over, palette), *marks.on_map(picture, palette, point)]


def _even(measure: str, palette: Palette) -> list[list[Any]]:
    """The colours at equal distances: for positions on a scale."""
    stops = palette.diverging if MEASURES[measure].diverging else palette.one_sided
    return [[index / (len(stops) - 1), colour] for index, colour in enumerate(stops)]


def _uneven(measure: str, colours: Scale, palette: Palette) -> list[list[Any]]:
    """The colours where the scale puts them: for true values from its lower to its upper end."""
    even = _even(measure, palette)
    values = colours.value(np.array([position for position, _ in even]))
    places = np.clip((values - colours.low) / (colours.limit - colours.low), 0, 1)
    places[[0, -1]] = 0, 1
    return [[place, colour] for place, (_, colour) in zip(places.tolist(), even, strict=True)]


def _title(measure: str, palette: Palette, above: int) -> dict[str, Any]:
    """The measure's symbol at the left, so many pixels above the axes."""
    look = {"text": MEASURES[measure].symbol, "font": {"size": 17, "color": palette.text}, "showarrow": False}
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
    look = {"showbackground": False, "gridcolor": palette.line, "zeroline": False, "color": palette.text, "showspikes": False, "tickfont": {"size": 11}}
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
    """The sides of the window as the surface shows them: in proportion, but never flatter than 1 to 2."""
    width, depth = grid.u_range[1] - grid.u_range[0], grid.v_range[1] - grid.v_range[0]
    ratio = min(max(depth / width, 0.5), 2.0)
    return (1.0, ratio) if ratio <= 1 else (1 / ratio, 1.0)


def _alike(grid: Grid) -> bool:
    """Whether u and v can have one scale without the map becoming a strip."""
    ratio = (grid.v_range[1] - grid.v_range[0]) / (grid.u_range[1] - grid.u_range[0])
    return 0.5 <= ratio <= 2


def _axes(grid: Grid, palette: Palette) -> tuple[dict[str, Any], dict[str, Any]]:
    """The axes of a map; u and v have one scale where the window's sides are alike."""
    look = {"showgrid": False, "zeroline": False, "ticks": "outside", "ticklen": 4, "tickcolor": palette.line, "color": palette.text, "nticks": 7}
    together = {"constrain": "domain"} if _alike(grid) else {}
    horizontal = look | together | {"title": {"text": "<i>u</i>", "font": {"size": 14}}, "range": grid.u_range}
    vertical = look | together | {"title": {"text": "<i>v</i>", "font": {"size": 14}, "standoff": 4}, "range": grid.v_range}
    return horizontal, vertical | ({"scaleanchor": "x"} if together else {})


def paper(palette: Palette) -> dict[str, Any]:
    """The part of a layout that all figures share."""
    label = {"bgcolor": palette.background, "bordercolor": palette.line, "font": {"family": FONT, "size": 13, "color": palette.text}}
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

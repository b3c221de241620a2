"""From values to figures: the surface, the maps, and the sheet that goes into a file. Nothing here computes geometry or knows the page."""

import html
import math

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from curvlib.fields import Fields
from curvlib.grid import Grid
from pages.ui import marks as overlay
from pages.ui.curves import thinned
from pages.ui.marks import Marks
from pages.ui.measures import MEASURES, Measure
from pages.ui.scale import Scale
from pages.ui.theme import FONT, Palette, Stops

SURFACE_SIDE = 128
"""The most points along a side of the surface: WebGL is quick with it, and the eye has enough."""

MAP_SIDE = 256
"""The most points along a side of a map."""

FLOAT32 = 3e38
"""What a single-precision number can hold; larger values are drawn as this."""


def surface(fields: Fields, grid: Grid, measure: str, palette: Palette, marks: Marks) -> go.Figure:
    """The graph of f over the window, coloured by one of `MEASURES`, with the marks on it."""
    rows, columns = thinned(grid.shape[0], SURFACE_SIDE), thinned(grid.shape[1], SURFACE_SIDE)
    shown = {name: MEASURES[name].of(fields)[np.ix_(rows, columns)] for name in MEASURES}
    u, v, f = grid.u[columns], grid.v[rows], shown["f"]
    colours = MEASURES[measure].scale(fields)
    low, high = height_range(fields.f)
    figure = go.Figure(
        go.Surface(
            x=u,
            y=v,
            z=_single(f),
            surfacecolor=_single(colours.position(shown[measure])),
            customdata=np.stack([_single(shown[name]) for name in MEASURES], axis=-1),
            hovertemplate=_hover([f"{MEASURES[name].symbol} = %{{customdata[{i}]:.5g}}" for i, name in enumerate(MEASURES)]),
            colorscale=_stops(MEASURES[measure], palette),
            cmin=0,
            cmax=1,
            colorbar=_bar(colours, palette) | {"x": 0, "xanchor": "left", "xpad": 26, "lenmode": "pixels", "len": 340},
            contours={"z": _level_lines(low, high, palette), "x": {"highlight": False}, "y": {"highlight": False}},
            lighting={"ambient": 0.78, "diffuse": 0.45, "specular": 0.06, "roughness": 0.9, "fresnel": 0.05},
            lightposition={"x": -2000, "y": -1000, "z": 6000},
            connectgaps=False,
        )
    )
    figure.add_traces(overlay.in_space(marks, palette, np.clip(f, low, high), u, v))
    figure.update_layout(**_paper(palette), scene=_scene(grid, (low, high), palette), margin={"l": 0, "r": 0, "t": 58, "b": 0})
    return _titled(figure, measure, palette)


def map_of(fields: Fields, grid: Grid, measure: str, palette: Palette, marks: Marks) -> go.Figure:
    """One of `MEASURES` as a map over the window, with the marks over it; undefined cells are gaps."""
    colours = MEASURES[measure].scale(fields)
    figure = go.Figure([_heatmap(fields, grid, measure, palette, colours), _scale_bar(colours, MEASURES[measure], palette)])
    figure.add_traces(overlay.on_map(marks, palette))
    figure.update_layout(**_paper(palette), margin={"l": 44, "r": 10, "t": 84, "b": 40}, plot_bgcolor=palette.gap)
    figure.update_xaxes(**_axis("u", grid.u_range, palette))
    figure.update_yaxes(**_axis("v", grid.v_range, palette), title_standoff=4)
    if _alike(grid):
        figure.update_yaxes(scaleanchor="x", constrain="domain")
        figure.update_xaxes(constrain="domain")
    return _titled(figure, measure, palette)


def sheet(fields: Fields, grid: Grid, measure: str, palette: Palette, marks: Marks, title: str) -> go.Figure:
    """The surface and the maps of S, tr H and |∇f| on one sheet, with a legend: what goes into a file.

    Args:
        title: plain text; what Plotly would read as markup in it is shown as typed.
    """
    figure = make_subplots(rows=2, cols=3, row_heights=[0.6, 0.4], vertical_spacing=0.12, specs=[[{"type": "scene", "colspan": 3}, None, None], [{}, {}, {}]])
    space = surface(fields, grid, measure, palette, marks)
    figure.add_traces(space.data, rows=1, cols=1)
    for column, name in enumerate(("S", "trace", "gradient"), start=1):
        flat = map_of(fields, grid, name, palette, marks)
        figure.add_traces(flat.data, rows=2, cols=column)
        left, right = figure.layout[f"xaxis{column}"].domain
        figure.data[-len(flat.data) + 1].marker.colorbar.update(
            x=(left + right) / 2, len=right - left, y=0.36, title={"text": MEASURES[name].symbol, "side": "top"}
        )
        figure.update_xaxes(flat.layout.xaxis.to_plotly_json() | {"domain": [left, right]}, row=2, col=column)
        figure.update_yaxes(flat.layout.yaxis.to_plotly_json() | {"scaleanchor": None, "domain": [0, 0.36]}, row=2, col=column)
    named = {trace.name for trace in figure.data if trace.name}
    for trace in reversed(figure.data):
        trace.showlegend = trace.type == "scatter" and trace.name in named
        named.discard(trace.name)
    figure.update_layout(
        **_paper(palette) | {"showlegend": True, "height": 1100}, scene=space.layout.scene, plot_bgcolor=palette.gap, legend={"orientation": "h", "y": -0.05}
    )
    figure.update_layout(title={"text": html.escape(title), "font": {"size": 16}}, margin={"l": 60, "r": 60, "t": 60, "b": 40})
    return figure


def height_range(f: np.ndarray) -> tuple[float, float]:
    """The heights between which the surface is drawn: all of them, unless a few tower so far over the rest that nothing else could be seen."""
    f = f[np.isfinite(f)]
    if not f.size:
        return 0.0, 1.0
    low, high = float(f.min()), float(f.max())
    lower, upper = (float(x) for x in np.percentile(f, (2, 98)))
    room = 1.5 * (upper - lower)
    if upper > lower:
        low, high = max(low, lower - room), min(high, upper + room)
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def _titled(figure: go.Figure, measure: str, palette: Palette) -> go.Figure:
    """The figure with the measure's symbol above the left end of its colour bar."""
    look = {"size": 17, "color": palette.text}
    return figure.add_annotation(text=MEASURES[measure].symbol, x=0, y=1, xref="paper", yref="paper", xanchor="left", yshift=40, showarrow=False, font=look)


def _heatmap(fields: Fields, grid: Grid, measure: str, palette: Palette, colours: Scale) -> go.Heatmap:
    rows, columns = thinned(grid.shape[0], MAP_SIDE), thinned(grid.shape[1], MAP_SIDE)
    stops = _stops(MEASURES[measure], palette)
    values = colours.value(np.linspace(0, 1, len(stops)))
    places = np.clip((values - colours.low) / (colours.limit - colours.low), 0, 1)
    places[[0, -1]] = 0, 1
    return go.Heatmap(
        x=grid.u[columns],
        y=grid.v[rows],
        z=_single(MEASURES[measure].of(fields)[np.ix_(rows, columns)]),
        zmin=colours.low,
        zmax=colours.limit,
        colorscale=list(zip(places.tolist(), stops, strict=True)),
        showscale=False,
        hovertemplate=_hover([f"{MEASURES[measure].symbol} = %{{z:.5g}}"]),
        hoverongaps=False,
    )


def _scale_bar(colours: Scale, measure: Measure, palette: Palette) -> go.Scatter:
    """A trace that draws nothing but its colour bar: the scale of the map, spaced as the colours are, with the true values on it."""
    bar = _bar(colours, palette) | {"x": 0.5, "len": 1.0}
    marker = {"color": [0.0, 1.0], "cmin": 0, "cmax": 1, "colorscale": _stops(measure, palette), "showscale": True, "colorbar": bar, "opacity": 0}
    return go.Scatter(x=[None, None], y=[None, None], mode="markers", marker=marker, hoverinfo="skip", showlegend=False)


def _bar(colours: Scale, palette: Palette) -> dict:
    ticks = colours.ticks()
    return {
        "orientation": "h",
        "y": 1.0,
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


def _stops(measure: Measure, palette: Palette) -> Stops:
    return palette.diverging if measure.diverging else palette.one_sided


def _level_lines(low: float, high: float, palette: Palette) -> dict:
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


def _scene(grid: Grid, heights: tuple[float, float], palette: Palette) -> dict:
    ratio = _sides(grid)
    look = {"showbackground": False, "gridcolor": palette.line, "zeroline": False, "color": palette.text, "showspikes": False, "tickfont": {"size": 11}}
    return {
        "xaxis": look | {"title": {"text": "<i>u</i>"}, "range": grid.u_range, "nticks": 7},
        "yaxis": look | {"title": {"text": "<i>v</i>"}, "range": grid.v_range, "nticks": 7},
        "zaxis": look | {"title": {"text": "<i>f</i>"}, "range": heights, "nticks": 6},
        "aspectmode": "manual",
        "aspectratio": {"x": 1.4 * ratio[0], "y": 1.4 * ratio[1], "z": 0.7},
        "camera": {"eye": {"x": -1.1, "y": -1.45, "z": 1.0}, "center": {"x": 0, "y": 0, "z": -0.16}},
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


def _axis(name: str, ends: tuple[float, float], palette: Palette) -> dict:
    return {
        "title": {"text": f"<i>{name}</i>", "font": {"size": 14}},
        "range": ends,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 4,
        "tickcolor": palette.line,
        "tickfont": {"size": 12},
        "color": palette.text,
        "nticks": 7,
    }


def _paper(palette: Palette) -> dict:
    label = {"bgcolor": palette.background, "bordercolor": palette.line, "font": {"family": FONT, "size": 13, "color": palette.text}}
    return {
        "autosize": True,
        "paper_bgcolor": palette.background,
        "font": {"family": FONT, "color": palette.text, "size": 13},
        "hoverlabel": label,
        "showlegend": False,
        "dragmode": "pan",
        "template": "none",
    }


def _hover(lines: list[str]) -> str:
    return "<br>".join(["<i>u</i> = %{x:.5g}, <i>v</i> = %{y:.5g}", *lines]) + "<extra></extra>"


def _single(values: np.ndarray) -> np.ndarray:
    return np.clip(values, -FLOAT32, FLOAT32).astype(np.float32)

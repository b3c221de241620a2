"""The parts that the paper's figures are put together from:
axes, lines, bands, maps, and how they look. Values in, `go.Figure` out.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from curvlib.arrays import AnyFloats, Floats
from pages.ui.charts.figures import colour_bar, figure, legend, paper, single
from pages.ui.charts.scale import Scale
from pages.ui.charts.theme import Palette

Trace = dict[str, Any]


def series(palette: Palette) -> tuple[str, ...]:
    """Colours of things that are compared, apart for every eye, on this background."""
    return (
        ("#1b6ca8", "#c4552d", "#3f8f5f", "#8a5aa8")
        if palette.background > "#8"
        else ("#7db8e8", "#f08a5d", "#7fc99b", "#c39be0")
    )


def chart(traces: Sequence[Trace], palette: Palette, x: str, y: str, **layout: Any) -> go.Figure:
    """A figure with two axes.

    Args:
        traces: as Plotly is sent them.
        x, y: the names of the axes; Plotly's markup, our own words only.
        layout: further keys of Plotly's layout; xaxis and yaxis are merged with ours.
    """
    named = any(trace.get("showlegend", bool(trace.get("name"))) for trace in traces)
    horizontal, vertical = (_axis(name, palette) for name in (x, y))
    axes = {
        "xaxis": horizontal | {"showgrid": False} | layout.pop("xaxis", {}),
        "yaxis": vertical | layout.pop("yaxis", {}),
    }
    shape = {"margin": {"l": 62, "r": 14, "t": 34 if named else 14, "b": 48}, "plot_bgcolor": palette.background}
    key = {"showlegend": named, "legend": legend(1.0)}
    return figure(list(traces), paper(palette) | shape | key | axes | layout)


def _axis(name: str, palette: Palette) -> dict[str, Any]:
    look = {"gridcolor": palette.line, "zeroline": False, "color": palette.text, "nticks": 8}
    ticks = {"ticks": "outside", "ticklen": 4, "tickcolor": palette.line}
    return look | ticks | {"title": {"text": name, "font": {"size": 14}, "standoff": 6}}


def line(x: Any, y: Any, colour: str, name: str = "", width: float = 2, dash: str = "solid", **more: Any) -> Trace:
    """A curve; without a name it is not in the legend."""
    look = {"mode": "lines", "line": {"color": colour, "width": width, "dash": dash}}
    known = {"showlegend": bool(name), "name": name}
    return {"type": "scatter", "x": np.asarray(x), "y": np.asarray(y), **look, **known, **more}


def dots(x: Any, y: Any, colour: str, name: str = "", size: float = 7, **more: Any) -> Trace:
    """Points; without a name they are not in the legend."""
    look = {"mode": "markers", "marker": {"color": colour, "size": size}, "showlegend": bool(name), "name": name}
    return {"type": "scatter", "x": np.atleast_1d(x), "y": np.atleast_1d(y), **look, **more}


def band(x: Any, low: Any, high: Any, colour: str, opacity: float = 0.2) -> Trace:
    """The area between two curves, as for a standard error."""
    x, low, high = np.asarray(x), np.asarray(low), np.asarray(high)
    fill = {"mode": "lines", "line": {"width": 0}, "fill": "toself", "fillcolor": colour, "opacity": opacity}
    silent = {"hoverinfo": "skip", "showlegend": False}
    around = {"x": np.concatenate([x, x[::-1]]), "y": np.concatenate([high, low[::-1]])}
    return {"type": "scatter", **around, **fill, **silent}


def histogram(values: Floats, edges: Floats, colour: str, name: str = "") -> Trace:
    """The share of values between edges, as steps that can lie over one another."""
    share = np.histogram(values, edges)[0] / max(len(values), 1)
    outline = {"x": np.repeat(edges, 2)[1:-1], "y": np.repeat(share, 2)}
    return line(outline["x"], outline["y"], colour, name, 1.6) | {"fill": "tozeroy"}


def field_map(
    values: AnyFloats,
    u: Floats,
    v: Floats,
    colours: Scale,
    palette: Palette,
    over: Sequence[Trace] = (),
    **layout: Any,
) -> go.Figure:
    """Values of shape (n_v, n_u) as a map over u and v, with its colour bar above it;
    traces over it.
    """
    heat = {"type": "heatmap", "x": u, "y": v, "z": single(values), "hoverongaps": False}
    heat |= {"zmin": colours.low, "zmax": colours.limit, "colorscale": uneven(colours, palette)}
    heat |= {"showscale": False, "showlegend": False}
    heat["hovertemplate"] = "<i>u</i> = %{x:.4g}, <i>v</i> = %{y:.4g}<br>%{z:.5g}<extra></extra>"
    same = {"constrain": "domain", "showgrid": False}
    shape = {"margin": {"l": 48, "r": 10, "t": 58, "b": 46}, "plot_bgcolor": palette.gap, "showlegend": False}
    across, up = same | {"range": [u[0], u[-1]]}, same | {"range": [v[0], v[-1]], "scaleanchor": "x"}
    traces = [heat, _bar_above(colours, palette), *over]
    return chart(traces, palette, "<i>u</i>", "<i>v</i>", **(shape | {"xaxis": across, "yaxis": up} | layout))


def _bar_above(colours: Scale, palette: Palette) -> Trace:
    """The colour bar of a map: two points that are not seen carry it, at even colours."""
    bar = colour_bar(colours, palette) | {"x": 0.5, "len": 1.0, "y": 1.0}
    marker = {"color": [0.0, 1.0], "cmin": 0, "cmax": 1, "colorscale": even(colours, palette), "opacity": 0}
    nowhere = {"type": "scatter", "mode": "markers", "x": [None, None], "y": [None, None]}
    marker |= {"showscale": True, "colorbar": bar}
    return nowhere | {"marker": marker, "hoverinfo": "skip", "showlegend": False}


def even(colours: Scale, palette: Palette) -> list[list[Any]]:
    """The colours at equal distances: for positions on a scale."""
    stops = palette.diverging if colours.diverging else palette.one_sided
    return [[index / (len(stops) - 1), colour] for index, colour in enumerate(stops)]


def uneven(colours: Scale, palette: Palette) -> list[list[Any]]:
    """The colours where the scale puts them: for true values from its lower to its upper end."""
    stops = even(colours, palette)
    values = colours.value(np.array([position for position, _ in stops]))
    places = np.clip((values - colours.low) / (colours.limit - colours.low), 0, 1)
    places[[0, -1]] = 0, 1
    return [[place, colour] for place, (_, colour) in zip(places.tolist(), stops, strict=True)]


def ring(u: float, v: float, palette: Palette) -> list[Trace]:
    """The chosen point on a map."""
    looks = ("circle-open", 17, palette.halo, 5), ("circle-cross-open", 15, palette.accent, 2.5)
    markers = (
        {"symbol": symbol, "size": size, "color": colour, "line": {"color": colour, "width": width}}
        for symbol, size, colour, width in looks
    )
    return [dots([u], [v], "", marker=marker, hoverinfo="skip") for marker in markers]

"""The ball's measures against its radius: the volume ratio, its order, the boundary's length.
Values in, figures out.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from curvlib.arrays import Floats
from pages.ui.charts import figures
from pages.ui.charts.strokes import Trace
from pages.ui.charts.theme import Palette, translucent
from pages.ui.results.shown_balls import Shown

SERIES = {2: "dot", 4: "dash", 6: "longdash"}
"""Order of a partial sum → how its curve is dashed."""


def ratio(shown: Shown, palette: Palette) -> go.Figure:
    """vol_g/vol_e against r with its error band, the partial sums of the series, the exact control,
    and where the first rays are cut or end.
    """
    ball, r = shown.ball, np.concatenate([[0.0], shown.ball.radii])
    error = ball.errors / (np.pi * ball.radii**2)
    measured, low, high = (np.concatenate([[1.0], 1 + ball.ratio_minus_one + sign * error]) for sign in (0, -1, 1))
    band = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}
    traces = [
        _curve(r, low, "") | band,
        _curve(r, high, "") | band | {"fill": "tonexty", "fillcolor": translucent(palette.accent, palette.shade)},
    ]
    if shown.measured.control:
        exact = np.concatenate([[1.0], 1 + shown.measured.control.ratio_minus_one])
        traces.append(_curve(r, exact, "exact") | {"line": {"color": palette.way, "width": 8}, "opacity": 0.35})
    for order, dash in SERIES.items():
        look = {"line": {"color": palette.text, "width": 1.5, "dash": dash}}
        traces.append(_curve(r, ball.series(r, order), f"series to <i>r</i>{'²⁴⁶'[order // 2 - 1]}") | look)
    traces.append(_curve(r, measured, "measured") | {"line": {"color": palette.accent, "width": 2.6}})
    traces.append(_here(shown, 1 + ball.ratio_minus_one[shown.index], palette))
    ends = _range(measured[np.isfinite(measured)], at_least=1e-12)
    return figures.figure(traces, _layout(shown, palette, "vol<sub><i>g</i></sub> / π<i>r</i>²", ends))


def boundary(shown: Shown, palette: Palette) -> go.Figure:
    """The length of the boundary against r, with 2πr."""
    ball, r = shown.ball, np.concatenate([[0.0], shown.ball.radii])
    lengths = np.concatenate([[0.0], ball.lengths])
    traces = [
        _curve(r, 2 * np.pi * r, "2π<i>r</i>") | {"line": {"color": palette.text, "width": 1.5, "dash": "dash"}},
        _curve(r, lengths, "length of the boundary") | {"line": {"color": palette.accent, "width": 2.6}},
        _here(shown, ball.lengths[shown.index], palette),
    ]
    most = float(np.nanmax(np.concatenate([lengths, 2 * np.pi * r])))
    return figures.figure(traces, _layout(shown, palette, "length", [0.0, 1.05 * most]))


def order(shown: Shown, palette: Palette) -> go.Figure:
    """|vol_g/vol_e − 1| against r, both logarithmic, with |S| r²/24."""
    small, ball = shown.measured.order, shown.ball
    beyond = ball.radii > small.radii[-1]
    r = np.concatenate([small.radii, ball.radii[beyond]])
    deviation = np.abs(np.concatenate([small.deviations, ball.ratio_minus_one[beyond]]))
    leading = np.abs(ball.series.second) * r**2
    traces = []
    if (leading > 0).any():
        dashed = {"line": {"color": palette.text, "width": 1.5, "dash": "dash"}}
        traces.append(_curve(r, leading, "|<i>S</i>| <i>r</i>² / 24") | dashed)
    sizes = np.where(np.arange(len(r)) < len(small.radii), 5, 0)
    marker = {"size": sizes, "color": palette.accent, "line": {"width": 0}}
    look = {"mode": "lines+markers", "line": {"color": palette.accent, "width": 2.2}, "marker": marker}
    measured = np.where(deviation > 0, deviation, np.nan)
    traces.append(_curve(r, measured, "|vol<sub><i>g</i></sub>/π<i>r</i>² − 1|") | look)
    layout = _layout(shown, palette, "|ratio − 1|", None) | {"shapes": [], "annotations": []}
    powers = {"type": "log", "exponentformat": "power", "nticks": 6}
    for axis in ("xaxis", "yaxis"):
        layout[axis] = {key: value for key, value in layout[axis].items() if key != "range"} | powers
    return figures.figure(traces, layout)


def _curve(x: Floats, y: Floats, name: str) -> Trace:
    words = f"{name}<br><i>r</i> = %{{x:.5g}}: %{{y:.9g}}<extra></extra>"
    points = {"type": "scatter", "mode": "lines", "x": x, "y": y, "connectgaps": False}
    return points | {"name": name, "hovertemplate": words}


def _here(shown: Shown, value: float, palette: Palette) -> Trace:
    """The chosen radius as a dot on its curve."""
    dot = {"size": 10, "color": palette.accent, "line": {"color": palette.background, "width": 2}}
    point = _curve(np.array([shown.radius]), np.array([value]), "chosen")
    return point | {"mode": "markers", "marker": dot, "showlegend": False}


def _range(values: Floats, at_least: float) -> list[float]:
    """The ends of an axis with these values, 1 and some room."""
    low, high = float(values.min(initial=1.0)), float(values.max(initial=1.0))
    room = max(0.12 * (high - low), at_least)
    if high - low < 1e-9:
        room = 0.05
    return [low - room, high + room]


def _layout(shown: Shown, palette: Palette, vertical: str, ends: Sequence[float] | None) -> dict[str, Any]:
    look = {"showgrid": True, "gridcolor": palette.line, "zeroline": False, "nticks": 6}
    look |= {"color": palette.text, "ticks": "outside", "tickcolor": palette.line}
    up = {"title": {"text": vertical, "standoff": 6}, "range": ends, "automargin": True}
    lines = [upright(palette, *line) for line in _events(shown, palette)]
    return figures.paper(palette) | {
        "plot_bgcolor": palette.background,
        "showlegend": True,
        "legend": figures.legend(1.02) | {"traceorder": "normal"},
        "xaxis": look | {"title": {"text": "<i>r</i>"}, "range": [0.0, float(shown.ball.radii[-1])]},
        "yaxis": look | up | {"tickformat": "~g" if ends is None else ""},
        "margin": {"l": 64, "r": 12, "t": 74, "b": 44},
        "shapes": [line for line, _ in lines],
        "annotations": [words for _, words in lines],
    }


def _events(shown: Shown, palette: Palette) -> list[tuple[float, str, str]]:
    """The place, name and colour of the first cut point and of the first exit within
    the largest radius.
    """
    ball = shown.ball
    events = [
        (ball.injectivity_radius, "first cut point", palette.cut),
        (ball.valid_radius, "<i>f</i> ends", palette.text),
    ]
    return [event for event in events if 0 < event[0] <= ball.radii[-1]]


def upright(palette: Palette, at: float, words: str, colour: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """A line across the figure at a radius, and its label."""
    line = {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": 1, "yref": "paper"}
    label = {"x": at, "y": 0.02, "yref": "paper", "xanchor": "right", "yanchor": "bottom"}
    look = {"text": words, "font": {"size": 12, "color": colour}, "textangle": -90, "showarrow": False}
    return line | {"line": {"color": colour, "width": 1.3, "dash": "dashdot"}}, label | look

"""The pictures of Proposition 2.4: the same ball on four surfaces, and the four ratios in one figure."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from pages.ui import figures, overlay
from pages.ui.ball_figures import upright
from pages.ui.experiment import HALF, REACH, Trial
from pages.ui.theme import Palette

S_LIMIT = 3.0
"""The colours of all four surfaces run from −S_LIMIT to S_LIMIT."""

DASHES = ("solid", "solid", "solid", "dash")


def specimen(trial: Trial, radius: float, palette: Palette) -> go.Figure:
    """A surface coloured by S with the ball on it; all four are drawn to one scale."""
    low, high = trial.height - HALF, trial.height + HALF
    f = np.where((trial.f >= low - 0.3) & (trial.f <= high + 0.3), trial.f, np.nan)
    graph = {
        "type": "surface",
        "x": trial.grid.u,
        "y": trial.grid.v,
        "z": f.astype(np.float32),
        "surfacecolor": np.clip(trial.scalar_curvature, -S_LIMIT, S_LIMIT).astype(np.float32),
        "colorscale": [[index / (len(palette.diverging) - 1), colour] for index, colour in enumerate(palette.diverging)],
        "cmin": -S_LIMIT,
        "cmax": S_LIMIT,
        "showscale": False,
        "lighting": {"ambient": 0.78, "diffuse": 0.45, "specular": 0.06, "roughness": 0.9, "fresnel": 0.05},
        "lightposition": {"x": -2000, "y": -1000, "z": 6000},
        "hoverinfo": "skip",
    }
    over = overlay.overlay(trial.shown(radius), None, palette)
    traces = [graph, *overlay.in_space(over, palette, f, trial.grid.u, trial.grid.v)]
    bare = {"visible": False, "showspikes": False}
    scene = {
        "xaxis": bare | {"range": trial.grid.u_range},
        "yaxis": bare | {"range": trial.grid.v_range},
        "zaxis": bare | {"range": (low, high)},
        "aspectmode": "manual",
        "aspectratio": {"x": 1.25, "y": 1.25, "z": 1.25},
        "camera": {"eye": {"x": -0.9, "y": -1.2, "z": 1.0}, "center": {"x": 0, "y": 0, "z": -0.08}},
        "bgcolor": palette.background,
    }
    return figures.figure(traces, figures.paper(palette) | {"scene": scene, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}})


def ratios(trials: Sequence[Trial], radius: float, palette: Palette) -> go.Figure:
    """The four ratios against r, each where its ball is complete, with 1 − S r²/24 beside them."""
    traces, seen = [], set()
    for trial, colour in zip(trials, palette.four, strict=True):
        ball = trial.measured.ball
        r = np.concatenate([[0.0], ball.radii])
        measured = np.concatenate([[1.0], np.where(ball.radii <= ball.valid_radius, ball.ratio, np.nan)])
        line: dict[str, Any] = {
            "type": "scatter",
            "mode": "lines",
            "x": r,
            "hovertemplate": f"{trial.specimen.title}<br><i>r</i> = %{{x:.4g}}: %{{y:.9f}}<extra></extra>",
        }
        S = round(ball.scalar_curvature, 9)
        if S not in seen:
            name = f"1 − <i>S</i> <i>r</i>²/24, <i>S</i> = {S + 0:g}".replace("= -", "= −")
            traces.append(line | {"y": ball.series(r, 2), "name": name, "hoverinfo": "skip", "line": {"color": palette.text, "width": 1.3, "dash": "dot"}})
        seen.add(S)
        traces.append(line | {"y": measured, "name": trial.specimen.title, "line": {"color": colour, "width": 2.6}})
    mark, words = upright(palette, radius, "chosen r", palette.text)
    look = {"showgrid": True, "gridcolor": palette.line, "zeroline": False, "color": palette.text, "ticks": "outside", "tickcolor": palette.line}
    layout = {
        "plot_bgcolor": palette.background,
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom", "traceorder": "normal"},
        "xaxis": look | {"title": {"text": "<i>r</i>"}, "range": [0, REACH]},
        "yaxis": look | {"title": {"text": "vol<sub><i>g</i></sub> / π<i>r</i>²"}, "automargin": True},
        "margin": {"l": 64, "r": 12, "t": 74, "b": 44},
        "shapes": [mark],
        "annotations": [words],
    }
    return figures.figure(traces, figures.paper(palette) | layout)

"""The pictures of Proposition 2.4: the same ball on four surfaces, and the four
ratios in one figure.
"""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from curvlib.arrays import Floats
from pages.ui.charts import figures, strokes
from pages.ui.charts.strokes import Trace
from pages.ui.charts.theme import Palette
from pages.ui.explorer.ball_figures import upright
from pages.ui.landscape import drawn_over
from pages.ui.paper.ball.specimens import REACH, Trial

S_LIMIT = 3.0
"""The colours of all four surfaces run from −S_LIMIT to S_LIMIT."""

TOWARDS = np.array([-0.38, -0.925])
"""The direction in the plane from which the camera looks."""

PLACES = ((0, 1), (1, 1), (0, 0), (1, 0))
"""Column and row of each surface, counted from the left and from the front."""

APART = 3.3, 4.9
"""The distance of columns and of rows."""

SIDE, TALL = 6.0, 2.4
"""Half the sides of the box that holds all four."""

ZOOM = 3.3
"""The size at which the box is drawn."""

VEIL, THREAD = 0.06, 0.09
"""The height of the shade and of the curves above the surface, so that they are seen."""


def surfaces(trials: Sequence[Trial], radius: float, palette: Palette) -> go.Figure:
    """The four surfaces to one scale, coloured by S, with the ball on each."""
    traces: list[Trace] = []
    for trial, (column, row) in zip(trials, PLACES, strict=True):
        right = np.array([-TOWARDS[1], TOWARDS[0]])
        x, y = (column - 0.5) * APART[0] * right - (row - 0.5) * APART[1] * TOWARDS
        ground = float(np.nanmin(trial.f))
        level = (float(np.nanmax(trial.f)) + ground) / 2 if ground < 0 else 0.55
        traces += _specimen(trial, radius, palette, np.array([x, y, -level]))
        name = {
            "type": "scatter3d",
            "mode": "text",
            "text": [trial.specimen.title],
            "textfont": {"size": 15, "color": palette.text},
            "hoverinfo": "skip",
        }
        traces.append(name | {"x": [x + 1.9 * TOWARDS[0]], "y": [y + 1.9 * TOWARDS[1]], "z": [-1.0]})
    bare = {"visible": False, "showspikes": False}
    ranges = {"xaxis": [-SIDE, SIDE], "yaxis": [-SIDE, SIDE], "zaxis": [-TALL, TALL]}
    eye = {"x": 1.25 * TOWARDS[0], "y": 1.25 * TOWARDS[1], "z": 0.95}
    scene = {axis: bare | {"range": ends} for axis, ends in ranges.items()} | {
        "aspectmode": "manual",
        "aspectratio": {"x": ZOOM, "y": ZOOM, "z": ZOOM * TALL / SIDE},
        "camera": {"eye": eye, "projection": {"type": "orthographic"}, "center": {"x": 0, "y": 0, "z": -0.06}},
        "bgcolor": palette.background,
        "hovermode": False,
    }
    return figures.figure(
        traces,
        figures.paper(palette) | {"scene": scene, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "dragmode": "orbit"},
    )


def _specimen(trial: Trial, radius: float, palette: Palette, place: Floats) -> list[Trace]:
    shade = {"ambient": 0.88, "diffuse": 0.3, "specular": 0.05, "roughness": 0.9, "fresnel": 0.05}
    still = {"showscale": False, "hoverinfo": "skip", "contours": {axis: {"highlight": False} for axis in "xyz"}}
    lit = {"type": "surface", "lighting": shade, "lightposition": {"x": -2000, "y": -1000, "z": 6000}}
    stops = [[index / (len(palette.diverging) - 1), colour] for index, colour in enumerate(palette.diverging)]
    curvature = np.clip(trial.scalar_curvature, -S_LIMIT, S_LIMIT).astype(np.float32)
    graph = _placed(place, trial.u, trial.v, trial.f) | still | lit
    graph |= {"surfacecolor": curvature, "cmin": -S_LIMIT, "cmax": S_LIMIT, "colorscale": stops}
    shown = trial.shown(radius)
    veil = _placed(place, *trial.raised(*shown.ball.mesh(shown.radius, 24), VEIL)) | still
    veil |= {"type": "surface", "lighting": {"ambient": 1, "diffuse": 0}}
    veil |= {"colorscale": [[0, palette.accent], [1, palette.accent]], "opacity": 1.6 * palette.shade}
    lines = [
        _placed(place, *trial.raised(stroke.path[:, 0], stroke.path[:, 1], THREAD))
        | strokes.line(stroke)
        | {"type": "scatter3d", "hoverinfo": "skip"}
        for stroke in drawn_over.strokes(shown, None, palette)
        if not stroke.flat
    ]
    return [graph, veil, *lines]


def _placed(place: Floats, *points: Floats) -> Trace:
    return {axis: (values + shift).astype(np.float32) for axis, values, shift in zip("xyz", points, place, strict=True)}


def ratios(trials: Sequence[Trial], radius: float, palette: Palette) -> go.Figure:
    """The four ratios against r, each where its ball is complete,
    with 1 − S r²/24 for comparison.
    """
    traces = _curves(trials, palette)
    mark, words = upright(palette, radius, "chosen r", palette.text)
    look = {"showgrid": True, "gridcolor": palette.line, "zeroline": False, "color": palette.text}
    look |= {"ticks": "outside", "tickcolor": palette.line}
    legend = {"orientation": "h", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom", "traceorder": "normal"}
    layout = {
        "plot_bgcolor": palette.background,
        "showlegend": True,
        "legend": legend,
        "xaxis": look | {"title": {"text": "<i>r</i>"}, "range": [0, REACH]},
        "yaxis": look | {"title": {"text": "vol<sub><i>g</i></sub> / π<i>r</i>²"}, "automargin": True},
        "margin": {"l": 64, "r": 12, "t": 74, "b": 44},
        "shapes": [mark],
        "annotations": [words],
    }
    return figures.figure(traces, figures.paper(palette) | layout)


def _curves(trials: Sequence[Trial], palette: Palette) -> list[Trace]:
    """The measured ratios, and before them the parabola of each S once."""
    r = np.concatenate([[0.0], trials[0].measured.ball.radii])
    line: Trace = {"type": "scatter", "mode": "lines", "x": r}
    parabola = line | {"name": "1 − <i>S</i> <i>r</i>²/24", "hoverinfo": "skip"}
    parabola |= {"line": {"color": palette.text, "width": 1.3, "dash": "dot"}}
    sums = {round(trial.measured.ball.scalar_curvature, 9): trial.measured.ball.series(r, 2) for trial in trials}
    traces = [parabola | {"y": values, "showlegend": k == 0} for k, values in enumerate(sums.values())]
    for trial, colour in zip(trials, palette.four, strict=True):
        ball, name = trial.measured.ball, trial.specimen.title
        measured = np.concatenate([[1.0], np.where(ball.radii <= ball.valid_radius, ball.ratio, np.nan)])
        words = f"{name}<br><i>r</i> = %{{x:.4g}}: %{{y:.9f}}<extra></extra>"
        look = {"hovertemplate": words, "line": {"color": colour, "width": 2.6}}
        traces.append(line | {"y": measured, "name": name} | look)
    return traces

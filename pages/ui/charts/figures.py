"""The parts that all figures share. They are put together from the dicts that Plotly is sent: built
attribute by attribute they take ten times as long. The tests validate them.
"""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from curvlib.arrays import AnyFloats, Singles
from pages.ui.charts.scale import Scale
from pages.ui.charts.strokes import Trace
from pages.ui.charts.theme import FONT, Palette

FLOAT32 = 3e38
"""The largest single-precision number; larger values are drawn as this."""


def figure(traces: list[Trace], layout: dict[str, Any]) -> go.Figure:
    """A figure of traces and a layout as they are sent."""
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


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


def single(values: AnyFloats) -> Singles:
    return np.clip(values, -FLOAT32, FLOAT32).astype(np.float32)

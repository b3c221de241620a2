"""Straight lines across a figure that mark one value, and bars:
the figures of the duels and the batches need them in addition to lines and dots.
"""

from typing import Any

import numpy as np

from pages.ui.charts.plots import Trace


def level(value: float, name: str, colour: str, dash: str = "dash", at: str = "end", below: bool = False) -> Trace:
    """A horizontal line at a value, with its name above or below its start, middle or end:
    a shape of the layout.
    """
    place = {"x0": 0, "x1": 1, "xref": "paper", "y0": value, "y1": value}
    across = {"start": "left", "middle": "center", "end": "right"}[at]
    return _across(name, colour, dash, at, across, "top" if below else "bottom") | place


def upright(value: float, name: str, colour: str, dash: str = "dash", at: str = "end", left: bool = False) -> Trace:
    """A vertical line at a value, with its name to the right or left of its start (below), middle
    or end (above).
    """
    place = {"y0": 0, "y1": 1, "yref": "paper", "x0": value, "x1": value}
    up = {"start": "bottom", "middle": "middle", "end": "top"}[at]
    return _across(name, colour, dash, at, "right" if left else "left", up) | place


def in_legend(shape: Trace) -> Trace:
    """The same line with its name in the legend, for where something else would lie under it."""
    bare = {key: value for key, value in shape.items() if key != "label"}
    return bare | {"name": shape["label"]["text"], "showlegend": True}


def bars(x: Any, y: Any, colour: Any, name: str = "") -> Trace:
    """Bars from zero, one at each x."""
    heights = {"type": "bar", "x": list(x), "y": np.asarray(y)}
    return heights | {"marker": {"color": colour}, "name": name, "showlegend": bool(name)}


def faded(colour: str, strength: float) -> str:
    """A colour written as #rrggbb made transparent."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},{strength})"


def _across(name: str, colour: str, dash: str, at: str, across: str, up: str) -> Trace:
    look = {"text": name, "font": {"size": 12, "color": colour}, "padding": 3, "textangle": 0}
    return {
        "type": "line",
        "line": {"color": colour, "width": 1.5, "dash": dash},
        "label": look | {"textposition": at, "xanchor": across, "yanchor": up},
    }

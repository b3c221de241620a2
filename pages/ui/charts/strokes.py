"""Curves over a landscape, with their looks."""

from dataclasses import dataclass
from typing import Any

from curvlib.arrays import Floats

Trace = dict[str, Any]
"""A trace as Plotly is sent it."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """A family of curves.

    Attributes:
        name: what the legend calls it; empty where it needs no words.
        path: points (n, 2), NaN between curves.
        colour, width, dash: its look.
        flat: true for what belongs to the plane of u and v, so that the surface does not show it.
    """

    name: str
    path: Floats
    colour: str
    width: float
    dash: str = "solid"
    flat: bool = False


def line(stroke: Stroke) -> Trace:
    """The look of a curve in space."""
    return {"mode": "lines", "line": {"color": stroke.colour, "width": 2.2 * stroke.width, "dash": stroke.dash}}

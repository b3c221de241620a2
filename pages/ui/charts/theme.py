"""The colours and letters of the app, light and dark, for what the server's theme settings do not
reach: the figures and the style sheet.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from plotly.colors import sample_colorscale

ASSETS = Path(__file__).parents[3] / "assets"
FONT = '"Source Sans", "Source Sans Pro", sans-serif'

Stops = tuple[str, ...]
"""Colours at equal distances, from the lower end of a scale to the upper."""


@dataclass(frozen=True)
class Palette:
    """The colours of a figure.

    Attributes:
        background: the page's own background.
        text: letters and ticks; at least 4.5 to 1 on the background.
        line: axes and grid lines.
        gap: where a field is undefined; no colour of the scales.
        ink: curves and marks, on the scales.
        level: level lines of f on the surface.
        halo: the edge that keeps ink readable on ink's own colour.
        veil: the same for curves, so that what is under them shows through.
        accent: the chosen point, and the ball around it.
        shade: the opacity of the accent inside the ball.
        thread: thin curves inside the ball.
        cut: its cut locus.
        way: geodesics to a second point.
        four: four curves in one figure, distinguishable without red against green.
        diverging: for values about 0; its middle is close to the background.
        one_sided: for values without a natural centre.
    """

    background: str
    text: str
    line: str
    gap: str
    ink: str
    level: str
    halo: str
    veil: str
    accent: str
    shade: float
    thread: str
    cut: str
    way: str
    four: Stops
    diverging: Stops
    one_sided: Stops


@cache
def palette(name: str) -> Palette:
    """The palette called "light" or "dark"; its page colours are those of
    .streamlit/config.toml.
    """
    return _dark() if name == "dark" else _light()


def _dark() -> Palette:
    return Palette(
        "#15171a",
        "#d3d0ca",
        "#363a40",
        "#4a4c50",
        "#f6f4f0",
        "rgba(246,244,240,0.22)",
        "#15171a",
        "rgba(21,23,26,0.6)",
        "#ffb43b",
        0.28,
        "rgba(246,244,240,0.55)",
        "#ff4b3e",
        "#5fe6c4",
        ("#c9c5bd", "#ff8d5c", "#5fb8ff", "#e5c64a"),
        _published("berlin"),
        _sampled("viridis"),
    )


def _light() -> Palette:
    return Palette(
        "#fdfcfa",
        "#45423c",
        "#dcd8d0",
        "#bdb9b2",
        "#16140f",
        "rgba(22,20,15,0.22)",
        "#fdfcfa",
        "rgba(253,252,250,0.65)",
        "#e0006a",
        0.2,
        "rgba(22,20,15,0.5)",
        "#d10000",
        "#006b4f",
        ("#6d6a64", "#b8420b", "#1368aa", "#7a5c00"),
        _published("vik"),
        _sampled("viridis"),
    )


def translucent(colour: str, opacity: float) -> str:
    """A colour #rrggbb that lets what is under it show through.

    >>> translucent("#ff8000", 0.5)
    'rgba(255,128,0,0.5)'
    """
    red, green, blue = (int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


def current() -> Palette:
    """The palette of the visitor's theme."""
    return palette("dark" if st.context.theme.type == "dark" else "light")


def dress() -> None:
    """Puts the style sheet on the page; its selectors are the keys of our own containers."""
    st.html(ASSETS / "style.css")


@cache
def _published(name: str) -> Stops:
    return tuple(json.loads((ASSETS / "colour_scales.json").read_text(encoding="utf-8"))[name])


def _sampled(name: str) -> Stops:
    return tuple(sample_colorscale(name, 52))

"""The colours and letters of the app, light and dark, for what the server's theme settings do not reach: the figures and the style sheet."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from plotly.colors import sample_colorscale

ASSETS = Path(__file__).parents[2] / "assets"
FONT = '"Source Sans", "Source Sans Pro", sans-serif'

Stops = tuple[str, ...]
"""Colours at equal distances, from the lower end of a scale to the upper."""


@dataclass(frozen=True)
class Palette:
    """What a figure is painted with.

    Attributes:
        background: the page's own background.
        text: letters and ticks; at least 4.5 to 1 on the background.
        line: axes and grid lines.
        gap: where a field is undefined; no colour of the scales.
        ink: curves and marks, on the scales.
        level: level lines of f on the surface.
        halo: the edge that keeps ink readable on ink's own colour.
        veil: the same for curves, so that what is under them shows through.
        accent: the chosen point.
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
    diverging: Stops
    one_sided: Stops


@cache
def palette(name: str) -> Palette:
    """The palette called "light" or "dark"; its page colours are those of .streamlit/config.toml."""
    if name == "dark":
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
            _published("berlin"),
            _sampled("viridis"),
        )
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
        _published("vik"),
        _sampled("viridis"),
    )


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

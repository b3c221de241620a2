"""Inputs for what a visitor drags, picks or chooses in a page's panel.
The panel reports to them, and the link keeps their values; some of them are hidden.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from curvlib import Expression, Grid
from curvlib.presets import ParameterRange
from pages.ui.charts.measures import MEASURES
from pages.ui.charts.picture import Picture
from pages.ui.landscape import readings
from pages.ui.panel import Slider, panel, state
from pages.ui.state import inputs

COLOUR, POINT = "by", ("u", "v")
"""The words in the address of a page that lets the colours and the point be chosen in its panel."""


@dataclass(frozen=True)
class Held:
    """The controls of a panel.

    Attributes:
        sliders: its sliders at their values.
        heard: to be called with the window when a visitor did something there.
    """

    sliders: list[Slider]
    heard: Callable[[Grid], None]

    @property
    def values(self) -> dict[str, float]:
        """The values of the sliders."""
        return {slider.name: slider.value for slider in self.sliders}


def held(
    key: str, ranges: Mapping[str, ParameterRange], prefix: str = "", labels: Mapping[str, str] | None = None
) -> Held:
    """The sliders of a panel with their values, by the link or as a visitor left them.

    Args:
        key: the panel's.
        ranges: a slider for each of these.
        prefix: before their names, in the address.
        labels: the text next to a slider, if not its name.
    """
    with st.container(key=f"unseen-{key}"):
        values = {
            name: inputs.number(name, prefix + name, ends.default, ends.low, ends.high) for name, ends in ranges.items()
        }
    sliders = [
        Slider(name, ends.low, ends.high, values[name], (labels or {}).get(name, "")) for name, ends in ranges.items()
    ]
    return Held(sliders, partial(_heard, key, ranges, prefix))


def colour(key: str) -> str:
    """The measure that colours a panel's surface, by the link or as a visitor chose it there."""
    with st.container(key=f"unseen-{key}-{COLOUR}"):
        return inputs.pick("Colour", COLOUR, list(MEASURES), "S")


def surface(key: str, picture: Picture, expression: Expression, held: Held, title: str, **more: Any) -> None:
    """The surface in a panel: it follows a drag, and keeps its camera.

    Args:
        key: the panel's.
        picture: what to show.
        expression: its formula.
        held: the sliders.
        title: what files made from it are called and headed.
        more: `overlays`, `point`, `colour` and `file`, as for `panel`.
    """
    panel(
        picture,
        key=key,
        expression=expression,
        sliders=held.sliders,
        shown=("surface",),
        title=title,
        on_change=partial(held.heard, picture.grid),
        **more,
    )
    st.caption(readings.about_surface(picture, more.get("colour", "S")))


def _heard(key: str, ranges: Mapping[str, ParameterRange], prefix: str, grid: Grid) -> None:
    said = state(key)
    if "release" in said.causes:
        for name, value in said.values.items():
            if name in ranges:
                st.session_state[prefix + name] = min(max(value, ranges[name].low), ranges[name].high)
    if said.colour and COLOUR in st.session_state:
        st.session_state[COLOUR] = said.colour
    if said.point and "pick" in said.causes:
        for axis, value, (low, high) in zip(POINT, said.point, (grid.u_range, grid.v_range), strict=True):
            if axis in st.session_state:
                st.session_state[axis] = round(min(max(value, low), high), 2)

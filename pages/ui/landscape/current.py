"""The landscape that a page shows: its formula, window and values of parameters,
with the picture of it all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from curvlib import CurvlibError, Expression, ExpressionError, Grid
from pages.ui.charts.picture import Picture
from pages.ui.landscape import formula_section
from pages.ui.page import messages
from pages.ui.page.parts import part
from pages.ui.panel import Slider
from pages.ui.results import cache
from pages.ui.state import address, controls, url
from pages.ui.state.controls import Window


@dataclass(frozen=True, eq=False)
class Landscape:
    """The landscape that is shown.

    Attributes:
        expression: the loss.
        sliders: of its parameters, at their values.
        grid: where.
        picture: what there is to see.
        trouble: why it is not what was requested, and what it is instead; empty where it is.
    """

    expression: Expression
    sliders: Sequence[Slider]
    grid: Grid
    picture: Picture
    trouble: str = ""

    @property
    def parameters(self) -> dict[str, float]:
        """A value for each parameter."""
        return values(self.sliders)


def values(sliders: Sequence[Slider]) -> dict[str, float]:
    """The values of the sliders."""
    return {slider.name: slider.value for slider in sliders}


def shown(expression: Expression, sliders: Sequence[Slider], window: Window) -> Landscape:
    """The landscape with its picture; where that takes too long or breaks, the last one, and why.

    Ends the run where there is none.
    """
    grid, why, picture = window.grid, window.trouble, None
    with part():
        try:
            picture = cache.picture(expression, grid, values(sliders))
        except CurvlibError as error:
            why = str(error)
    if picture:
        st.session_state.good_landscape = expression, sliders, grid
        return Landscape(expression, sliders, grid, picture, why)
    return _last(why)


def _last(why: str) -> Landscape:
    """The last landscape that could be drawn."""
    if "good_landscape" not in st.session_state:
        if why:
            messages.mistake(why)
        st.stop()
    expression, sliders, grid = st.session_state.good_landscape
    told = f"{why} The picture is still that of {messages.shortened(str(expression))}. {messages.still_of(grid)}"
    return Landscape(expression, sliders, grid, cache.picture(expression, grid, values(sliders)), told.strip())


def linked() -> Landscape:
    """The landscape of the link, without controls; ends the run where there is none."""
    text = st.session_state.kept["f"]
    try:
        expression = cache.expression(text)
    except ExpressionError as error:
        messages.formula_error(error, text, shown=None)
        st.link_button("Correct it in the explorer", address.link({"f": text}), type="tertiary")
        formula_section.offer_the_first()
        st.stop()
    return shown(expression, controls.sliders(expression, url.preset_of(text)), controls.linked_window())

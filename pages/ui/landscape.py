"""The landscape that a page shows: its formula, window and values of parameters, with the picture of it all."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from curvlib import CurvlibError, Expression, ExpressionError, Grid
from pages.ui import cache, controls, messages, url
from pages.ui.panel import Slider
from pages.ui.picture import Picture


@dataclass(frozen=True, eq=False)
class Landscape:
    """What is shown.

    Attributes:
        expression: the loss.
        sliders: of its parameters, at their values.
        grid: where.
        picture: what there is to see.
    """

    expression: Expression
    sliders: Sequence[Slider]
    grid: Grid
    picture: Picture

    @property
    def parameters(self) -> dict[str, float]:
        """A value for each parameter."""
        return values(self.sliders)


def values(sliders: Sequence[Slider]) -> dict[str, float]:
    """What the sliders stand at."""
    return {slider.name: slider.value for slider in sliders}


def shown(expression: Expression, sliders: Sequence[Slider], grid: Grid) -> Landscape:
    """The landscape with its picture; where that takes too long, the last one that did not, and a sentence. Ends the run where there is none."""
    try:
        found = Landscape(expression, sliders, grid, cache.picture(expression, grid, values(sliders)))
    except CurvlibError as error:
        messages.mistake(error)
        last = st.session_state.get("good_landscape")
        if last is None:
            st.stop()
        expression, sliders, grid = last
        return Landscape(expression, sliders, grid, cache.picture(expression, grid, values(sliders)))
    st.session_state.good_landscape = expression, sliders, grid
    return found


def linked() -> Landscape:
    """The landscape that the link tells, without controls; ends the run where there is none."""
    text = st.session_state.kept["f"]
    try:
        expression = cache.expression(text)
    except ExpressionError as error:
        messages.formula_error(error, text, shown=None)
        st.stop()
    return shown(expression, controls.sliders(expression, url.preset_of(text)), controls.linked_grid())

"""A figure on the page: its height follows the width of the screen (see style.css), what it shows is said below it."""

from collections.abc import Callable

import streamlit as st
from plotly.graph_objects import Figure

from pages.ui import share
from pages.ui.parts import part

HEIGHT = 430
"""Pixels of a figure; the style sheet has other words for the surface and for narrow screens."""


def show(name: str, figure: Figure, words: str, on_select: Callable[[], None] | None = None) -> None:
    """Draws a figure and its caption; the caption is also what a screen reader hears in its place.

    Args:
        name: of the figure; the chart's key is chart-<name>.
        figure: what is drawn.
        words: the caption.
        on_select: called when a visitor selects points; what they selected is in the session under the chart's key.
    """
    with st.container(key=f"figure-{name}", height=HEIGHT, border=False):
        st.plotly_chart(
            figure,
            theme=None,
            key=f"chart-{name}",
            height="stretch",
            config=share.chart_options(name),
            alt=words,
            on_select=part()(on_select) if on_select else "ignore",
        )
    st.caption(words)

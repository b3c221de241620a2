"""A figure on the page: its height follows the width of the screen (see style.css), what it shows is said below it."""

import streamlit as st
from plotly.graph_objects import Figure

from pages.ui import share

HEIGHT = 430
"""Pixels of a figure; the style sheet has other words for the surface and for narrow screens."""


def show(name: str, figure: Figure, words: str) -> None:
    """Draws a figure and its caption; the caption is also what a screen reader hears in its place."""
    with st.container(key=f"figure-{name}", height=HEIGHT, border=False):
        st.plotly_chart(figure, theme=None, key=f"chart-{name}", height="stretch", config=share.chart_options(name), alt=words)
    st.caption(words)

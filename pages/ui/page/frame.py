"""A figure on the page: its height follows the width of the screen (see style.css), what it shows
is said below it.
"""

from collections.abc import Callable
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from pages.ui.page.parts import part

FORMATS = ("png", "svg")
"""The kinds of picture that the camera of a figure can save."""

HEIGHT = 430
"""Pixels of a figure; the style sheet has other words for the surface and for narrow screens."""


def show(name: str, figure: Figure, words: str, on_select: Callable[[], None] | None = None) -> None:
    """Draws a figure and its caption; the caption is also what a screen reader hears in its place.

    Args:
        name: of the figure; the chart's key is chart-<name>.
        figure: what is drawn.
        words: the caption.
        on_select: called when a visitor selects points; what they selected is in the session under
            the chart's key.
    """
    with st.container(key=f"figure-{name}", height=HEIGHT, border=False):
        st.plotly_chart(
            figure,
            theme=None,
            key=f"chart-{name}",
            height="stretch",
            config=_buttons(name),
            alt=words,
            on_select=part()(on_select) if on_select else "ignore",
        )
    st.caption(words)


def _format() -> str:
    """The kind of picture that the camera of a figure saves."""
    return st.session_state.get("picture_format") or FORMATS[0]


def _buttons(name: str) -> dict[str, Any]:
    """The buttons on a figure."""
    return {
        "displaylogo": False,
        "responsive": True,
        "scrollZoom": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "resetCameraLastSave3d", "tableRotation"],
        "toImageButtonOptions": {"format": _format(), "filename": name, "scale": 2},
    }

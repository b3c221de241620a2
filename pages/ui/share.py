"""The corner of the page from which a visitor takes things home."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from curvlib import Expression
from pages.ui import downloads
from pages.ui.marks import Point
from pages.ui.picture import Picture

FORMATS = ("png", "svg")


def picture_format() -> str:
    """What the camera button of a figure saves."""
    return st.session_state.get("picture_format") or FORMATS[0]


def chart_options(name: str) -> dict[str, Any]:
    """The buttons on a figure."""
    return {
        "displaylogo": False,
        "responsive": True,
        "scrollZoom": False,
        "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d", "resetCameraLastSave3d", "tableRotation"],
        "toImageButtonOptions": {"format": picture_format(), "filename": name, "scale": 2},
    }


def offer(link: str, expression: Expression, parameters: Mapping[str, float], point: Point, picture: Picture, sheet: Callable[[], Figure]) -> None:
    """The link, the numbers, the pictures and the code; files are made when they are asked for."""
    st.caption("Link to this page as it is")
    st.code(link, language=None, wrap_lines=True)
    about = picture.fields, picture.grid, expression, parameters
    with st.container(horizontal=True):
        _file("Numbers, NPZ", partial(downloads.npz, *about), "fields.npz", "application/octet-stream")
        _file("Numbers, CSV", partial(downloads.as_csv, *about), "fields.csv", "text/csv")
        _file("Page, HTML", lambda: downloads.page(sheet()), "landscape.html", "text/html")
    st.segmented_control("The camera on each figure saves", FORMATS, default=FORMATS[0], key="picture_format", format_func=str.upper, required=True)
    st.caption("Python that computes these numbers")
    code = downloads.snippet(expression, picture.grid, parameters, point)
    st.code(code, language="python")


def _file(label: str, data: Callable[[], bytes], name: str, mime: str) -> None:
    st.download_button(label, data, name, mime, key=name, on_click="ignore")

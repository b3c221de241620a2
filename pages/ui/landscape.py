"""The picture of the explorer: the surface, the legend, the three maps, and what is said about them."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import figures, frame, marks, readings
from pages.ui.marks import Point
from pages.ui.overlay import Overlay
from pages.ui.picture import Picture
from pages.ui.theme import Palette


def show(graph: DeltaGenerator, picture: Picture, measure: str, palette: Palette, point: Point, over: Overlay) -> None:
    """Draws the surface into `graph`, the rest where the page is."""
    with graph:
        frame.show("surface", figures.surface(picture, measure, palette, point, over), readings.about_surface(picture, measure))
    st.html(marks.legend(picture, palette, over))
    for column, name in zip(st.columns(3), figures.MAPS, strict=True):
        with column:
            frame.show(name, figures.map_of(picture, name, palette, point, over), readings.about_colours(picture, name))
    st.caption(readings.about_gaps(picture.fields))

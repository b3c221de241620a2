"""The explorer: type a loss, see its curvature."""

import streamlit as st

from pages.ui import address, cache, closed_forms, controls, figures, marks, readings, share, theme
from pages.ui.frame import show


@st.fragment
def explorer() -> None:
    expression, preset = controls.formula()
    parameters = controls.parameters(expression, preset)
    surface, panel = st.columns([8, 3], gap="large")
    with panel:
        measure = controls.measure()
        grid = controls.grid()
        point = controls.point()
        geometry = cache.geometry(expression, point, parameters)
        readings.point(geometry)
    link = address.show(controls.state(expression, preset))

    picture = controls.picture(expression, grid, parameters)
    palette = theme.current()

    with surface:
        show("surface", figures.surface(picture, measure, palette, point), readings.about_surface(picture, measure))
    st.html(marks.legend(picture, palette))
    for column, name in zip(st.columns(3), figures.MAPS, strict=True):
        with column:
            show(name, figures.map_of(picture, name, palette, point), readings.about_colours(picture, name))
    st.caption(readings.about_gaps(picture.fields))

    at_point, at_rest, formulas, home = st.tabs(["At the point", "Critical points", "Closed forms", "Save and share"])
    with at_point:
        readings.at_point(geometry, grid)
    with at_rest:
        readings.critical_points(picture.critical)
    with formulas:
        closed_forms.show(expression)
    with home:
        share.offer(link, expression, parameters, point, picture, lambda: figures.sheet(picture, measure, palette, point, f"f(u, v) = {expression}"))


st.title("Curvature of a loss landscape")
explorer()

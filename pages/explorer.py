"""The explorer: type a loss, see its curvature."""

import streamlit as st

from pages.ui import address, cache, closed_forms, controls, figures, marks, readings, share, theme
from pages.ui.frame import show

MAPS = ("S", "trace", "gradient")


@st.fragment
def explorer() -> None:
    expression, preset = controls.formula()
    parameters = controls.parameters(expression, preset)
    picture, panel = st.columns([8, 3], gap="large")
    with panel:
        measure = controls.measure()
        grid = controls.grid()
        point = controls.point()
        geometry = cache.geometry(expression, point, parameters)
        readings.point(geometry)
    link = address.show(controls.state(expression, preset))

    fields = cache.fields(expression, grid, parameters)
    critical = cache.critical_points(expression, grid, parameters)
    drawn = marks.of(critical, *cache.zero_curves(expression, grid, parameters), point)
    palette = theme.current()

    with picture:
        show("surface", figures.surface(fields, grid, measure, palette, drawn), readings.about_surface(fields, measure))
    st.html(marks.legend(drawn, palette, bool(fields.undefined.any())))
    for column, name in zip(st.columns(3), MAPS, strict=True):
        with column:
            show(name, figures.map_of(fields, grid, name, palette, drawn), readings.about_colours(fields, name))
    st.caption(readings.about_gaps(fields))

    at_point, at_rest, formulas, home = st.tabs(["At the point", "Critical points", "Closed forms", "Save and share"])
    with at_point:
        readings.at_point(geometry, grid)
    with at_rest:
        readings.critical_points(critical)
    with formulas:
        closed_forms.show(expression)
    with home:
        share.offer(link, expression, grid, parameters, point, fields, lambda: figures.sheet(fields, grid, measure, palette, drawn, f"f(u, v) = {expression}"))


st.title("Curvature of a loss landscape")
explorer()

"""The explorer: type a loss, see its curvature."""

from functools import partial

import streamlit as st

from pages.ui import address, ball_readings, cache, closed_forms, controls, figures, marks, overlay, readings, share, theme
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
    with surface:
        graph, below = st.container(), st.container(horizontal=True, gap="large", vertical_alignment="top", key="around")
    with below:
        size, target = controls.ball(grid), controls.target(grid)
    link = address.show(controls.state(expression, preset))

    picture = cache.picture(expression, grid, parameters)
    palette = theme.current()
    ball, ways = cache.ball(expression, point, parameters, size), cache.ways(expression, point, parameters, target)
    over = overlay.overlay(ball, ways, palette)

    with graph:
        show("surface", figures.surface(picture, measure, palette, point, over), readings.about_surface(picture, measure))
    st.html(marks.legend(picture, palette, over))
    for column, name in zip(st.columns(3), figures.MAPS, strict=True):
        with column:
            show(name, figures.map_of(picture, name, palette, point, over), readings.about_colours(picture, name))
    st.caption(readings.about_gaps(picture.fields))

    tabs = st.tabs(["At the point", "Geodesic ball", "Geodesics", "Critical points", "Closed forms", "Save and share"])
    at_point, around, between, at_rest, formulas, home = tabs
    with at_point:
        readings.at_point(geometry, grid)
    with around:
        ball_readings.ball(ball, palette)
    with between:
        ball_readings.ways(ways)
    with at_rest:
        readings.critical_points(picture.critical)
    with formulas:
        closed_forms.show(expression)
    with home:
        sheet = partial(figures.sheet, picture, measure, palette, point, f"f(u, v) = {expression}", over)
        share.offer(link, expression, parameters, point, picture, sheet, ball, ways)


st.title("Curvature of a loss landscape")
explorer()

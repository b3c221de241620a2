"""The explorer: type a loss, see its curvature."""

from functools import partial

import streamlit as st

from pages.ui import address, ball_controls, ball_readings, cache, closed_forms, controls, figures, landscape, overlay, readings, share, theme


@st.fragment
def explorer() -> None:
    expression, preset = controls.formula()
    parameters = controls.parameters(expression, preset)
    surface, panel = st.columns([8, 3], gap="large")
    with panel:
        measure, grid, point = controls.measure(), controls.grid(), controls.point()
        geometry = cache.geometry(expression, point, parameters)
        readings.point(geometry)
    with surface:
        graph = st.container()
        size, target = ball_controls.around(grid)
    link = address.show(controls.state(expression, preset))

    picture = controls.picture(expression, grid, parameters)
    palette = theme.current()
    ball, ways = cache.ball(expression, point, parameters, size), cache.ways(expression, point, parameters, target)
    over = overlay.overlay(ball, ways, palette)
    landscape.show(graph, picture, measure, palette, point, over)

    at_point, around, between, at_rest, formulas, home = st.tabs(readings.TABS)
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

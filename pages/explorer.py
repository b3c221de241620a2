"""The explorer: type a loss, see its curvature."""

import streamlit as st

from pages.ui import address, alone, ball_controls, controls, landscape, lesson_view, live, loss, optimiser_controls, readings, scene, tabs


@st.fragment
def explorer() -> None:
    expression, preset = loss.typed()
    sliders = controls.sliders(expression, preset)
    instrument, beside = st.columns([8, 3], gap="large")
    with beside:
        readout, point, around = st.container(), controls.point(), st.container(gap="xsmall")
        grid = controls.grid()
    with around:
        size, target = ball_controls.around(grid)
        setting = optimiser_controls.switch()
    link = address.show(controls.state(expression, preset))

    seen = scene.shown(landscape.shown(expression, sliders, grid), point, size, target, setting)
    with readout:
        readings.point(seen.geometry)
    with instrument:
        live.show(seen, live.overlays(seen))
        live.explain(seen)
    tabs.show(seen, link)


lesson_view.pass_on()
if view := alone.asked():
    alone.show(view)
else:
    st.title("Curvature of a loss landscape")
    explorer()

"""The explorer: type a loss, see its curvature."""

import streamlit as st

from pages.ui import address, alone, ball_controls, controls, landscape, lesson_view, live, loss, optimiser_controls, readings, scene, tabs
from pages.ui.parts import part, tried


@st.fragment
@part()
def explorer() -> None:
    expression, preset = loss.typed()
    sliders = controls.sliders(expression, preset)
    instrument, beside = st.columns([8, 3], gap="large")
    with part(beside):
        point, trouble, around = controls.point(), st.container(), st.container(gap="xsmall")
        window = controls.window()
    with part(around):
        size, target = ball_controls.around(window.grid)
        setting = optimiser_controls.switch()
    link = tried(lambda: address.show(controls.state(expression, preset))) or ""

    with part(instrument):
        here = landscape.shown(expression, sliders, window)
        seen = scene.shown(here, point, size, target, setting)
        live.show(seen, live.overlays(seen))
        live.explain(seen)
    with part(trouble):
        readings.trouble(seen.geometry, seen.landscape.grid)
    with part(st.container(key="told-on-release")):
        tabs.show(seen, link)


lesson_view.pass_on()
if view := alone.asked():
    alone.show(view)
else:
    st.title("Curvature of a loss landscape")
    explorer()

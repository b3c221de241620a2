"""The explorer: type a loss, see its curvature."""

import streamlit as st

from pages.ui.explorer import ball_controls, optimiser_controls, single_view, tabs
from pages.ui.landscape import current, formula_section, landscape_panel, readings, scene
from pages.ui.lessons import lesson_view
from pages.ui.page.parts import part, tried
from pages.ui.state import address, controls


@st.fragment
@part()
def explorer() -> None:
    expression, preset = formula_section.typed()
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
        here = current.shown(expression, sliders, window)
        seen = scene.shown(here, point, size, target, setting)
        landscape_panel.show(seen, landscape_panel.overlays(seen), ["surface", *controls.maps()])
        landscape_panel.explain(seen)
    with part(trouble):
        readings.trouble(seen.geometry, seen.landscape.grid)
    with part(st.container(key="told-on-release")):
        tabs.show(seen, link)


lesson_view.pass_on()
if single_view.asked():
    single_view.show()
else:
    st.title("Curvature of a loss landscape")
    explorer()

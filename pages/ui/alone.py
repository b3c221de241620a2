"""One view of the panel and nothing else: what `?embed=true&panel=S` shows, for frames in other pages."""

import streamlit as st

from pages.ui import address, ball_controls, controls, landscape, live, optimiser_controls, scene, url
from pages.ui.parts import part

LINK = "Open in the explorer"


def asked() -> str:
    """The view that the link wants alone; empty where it wants the page."""
    return st.session_state.kept["panel"]


@st.fragment
@part()
def show(view: str) -> None:
    """The view with the sliders of its formula, and the way to the whole page."""
    here = landscape.linked()
    seen = scene.shown(here, controls.linked_point(), *ball_controls.linked(here.grid), optimiser_controls.linked())
    live.show(seen, live.overlays(seen), [view])
    whole = controls.state(here.expression, url.preset_of(st.session_state.kept["f"]))
    address.show({**whole, "panel": view})
    st.link_button(LINK, address.link(whole), type="tertiary")

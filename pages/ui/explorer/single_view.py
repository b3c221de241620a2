"""One view of the panel and nothing else: what `?embed=true&panel=S` shows, for
frames in other pages.
"""

import streamlit as st

from pages.ui.explorer import ball_controls, optimiser_controls
from pages.ui.landscape import current, landscape_panel, scene
from pages.ui.page.parts import part
from pages.ui.state import address, controls, url

LINK = "Open in the explorer"


def asked() -> str:
    """The view that the link shows alone; empty where it shows the page."""
    return st.session_state.kept["panel"]


@st.fragment
@part()
def show() -> None:
    """The view with the sliders of its formula, and the way to the whole page."""
    here, view = current.linked(), asked()
    seen = scene.shown(here, controls.linked_point(), *ball_controls.linked(here.grid), optimiser_controls.linked())
    landscape_panel.show(seen, landscape_panel.overlays(seen), [view])
    whole = controls.state(here.expression, url.preset_of(st.session_state.kept["f"]))
    address.show({**whole, "panel": view})
    st.link_button(LINK, address.link(whole), type="tertiary")

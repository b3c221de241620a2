"""The controls of the page on Proposition 2.4."""

from typing import Any

import streamlit as st

from curvlib import PRESETS
from pages.ui.explorer import ball_controls
from pages.ui.paper.ball.specimens import REACH, SPECIMENS
from pages.ui.state import controls, url


def radius() -> float:
    """The radius of the balls on the page of Proposition 2.4."""
    step = ball_controls.snapped("radius", REACH)
    controls.keep(
        "radius", st.slider("Radius r of all four balls", step, REACH, step=step, format="%.3f", key="radius")
    )
    return st.session_state.kept["radius"]


def state() -> dict[str, Any]:
    """The state of that page by its address."""
    return {"f": PRESETS[url.START].text, "radius": st.session_state.kept["radius"]}


def way_to_explorer(radius: float) -> None:
    """Goes to the explorer with one of the surfaces of that page and the ball on it."""
    names = [specimen.title for specimen in SPECIMENS]
    chosen = st.selectbox("Open in the explorer", names, index=None, placeholder="Choose a surface", key="open")
    if chosen is None:
        return
    specimen = SPECIMENS[names.index(chosen)]
    half = round(specimen.patch[1], 2)
    window = {"u_min": -half, "u_max": half, "v_min": -half, "v_max": half}
    at = dict(zip(("at_u", "at_v"), specimen.center, strict=True))
    st.session_state.kept |= (
        {"f": specimen.text} | url.defaults(specimen.text, window) | window | at | {"ball": True, "r": radius}
    )
    st.switch_page("explorer.py")

"""The controls of the page on Proposition 2.4."""

from typing import Any

import streamlit as st

from curvlib import PRESETS
from pages.ui import controls, url
from pages.ui.experiment import REACH, Trial


def radius() -> float:
    """The radius of the balls on the page of Proposition 2.4."""
    step = controls.snapped("radius", REACH)
    controls.keep("radius", st.slider("Radius r of all four balls", step, REACH, step=step, format="%.3f", key="radius"))
    return st.session_state.kept["radius"]


def state() -> dict[str, Any]:
    """The state of that page as its address tells it."""
    return {"f": PRESETS[url.START].text, "radius": st.session_state.kept["radius"]}


def open_in_explorer(trial: Trial, radius: float) -> None:
    """Goes to the explorer with one of the surfaces of that page and the ball on it."""
    half = round(trial.specimen.patch[1], 2)
    window = {"u_min": -half, "u_max": half, "v_min": -half, "v_max": half}
    at = dict(zip(("at_u", "at_v"), trial.specimen.center, strict=True))
    text = trial.specimen.text
    st.session_state.kept |= {"f": text} | url.defaults(text, window) | window | at | {"ball": True, "r": radius}
    st.switch_page("explorer.py")

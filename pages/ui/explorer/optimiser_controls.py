"""The controls of the optimisers: which run from the chosen point, how fast, how long, with how
much noise.

The switch is beside the surface, the rest in the tab below it; the setting is known before either
is drawn.
"""

from collections.abc import Sequence

import streamlit as st

from pages.ui.charts.scale import short
from pages.ui.results.descents import HEAVY, OPTIMISERS, Setting
from pages.ui.state import link_values
from pages.ui.state.controls import keep, remembered

WIDTH = 260
CHOSEN = "optimisers"
"""The key of the choice, which is a list in the session and a text in the link."""

NUMBERS = ("learning_rate", "momentum", "noise", "max_steps", "noise_seed", "direct")
"""The keys of a setting, except the optimisers themselves."""


def switch() -> Setting | None:
    """The switch; the setting, None while it is off or no optimiser is chosen."""
    keep("descent", st.toggle("Optimisers", key=remembered("descent")))
    for key in NUMBERS:
        value = st.session_state.get(key)
        if value is not None:
            keep(key, value)
    if CHOSEN in st.session_state:
        picked = st.session_state[CHOSEN] or []
        keep("opt", ",".join(name for name in OPTIMISERS if name in picked))
    return linked()


def linked() -> Setting | None:
    """The setting as the link or the controls have it, without controls."""
    kept = st.session_state.kept
    chosen = tuple(name for name in kept["opt"].split(",") if name)
    if not (kept["descent"] and chosen):
        return None
    return Setting(
        chosen,
        kept["learning_rate"],
        kept["momentum"],
        kept["noise"],
        kept["max_steps"],
        kept["noise_seed"],
        kept["direct"],
    )


def on() -> bool:
    """True if they are switched on."""
    return st.session_state.kept["descent"]


def numbers() -> None:
    """The chosen optimisers and their numbers; numbers that mean nothing now are left out."""
    if CHOSEN not in st.session_state:
        st.session_state[CHOSEN] = [name for name in st.session_state.kept["opt"].split(",") if name]
    chosen = (
        st.pills(
            "Optimisers",
            list(OPTIMISERS),
            selection_mode="multi",
            key=CHOSEN,
            format_func=lambda name: OPTIMISERS[name].name,
        )
        or []
    )
    with st.container(horizontal=True, gap="medium", key="optimiser-numbers"):
        _level("Learning rate η", "learning_rate", link_values.LEARNING_RATES)
        if any(name in HEAVY for name in chosen):
            st.slider("Momentum μ", 0.0, link_values.MOST_MOMENTUM, step=0.01, key=remembered("momentum"), width=WIDTH)
        _level("Steps", "max_steps", link_values.STEPS)
        _level("Noise σ of the gradient", "noise", link_values.NOISES)
        if st.session_state.kept["noise"]:
            _seed()
    st.toggle(
        "Geodesic from start to end",
        key=remembered("direct"),
        help="The shortest way between the same two points. Finding it may take seconds.",
    )


def _level(label: str, key: str, levels: Sequence[float]) -> None:
    """A slider whose steps are even on a logarithmic scale."""
    st.select_slider(label, levels, key=remembered(key), format_func=short, width=WIDTH)


def _seed() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", width=WIDTH):
        st.number_input("Seed of the noise", 0, link_values.MAX_SEED, step=1, key=remembered("noise_seed"), width=140)
        st.button("Another", key="another_noise", on_click=_next_seed)


def _next_seed() -> None:
    st.session_state.noise_seed = (st.session_state.kept["noise_seed"] + 1) % (link_values.MAX_SEED + 1)

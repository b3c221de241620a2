"""The controls of the optimisers: which run from the chosen point, how fast, how long, with how much noise."""

import streamlit as st

from pages.ui import url
from pages.ui.controls import keep, remembered
from pages.ui.descents import HEAVY, OPTIMISERS, Setting
from pages.ui.scale import short

WIDTH = 260


def optimisers() -> Setting | None:
    """The setting; None while the optimisers are switched off or none is chosen."""
    on = st.toggle("Run optimisers from the chosen point", key=remembered("descent"))
    keep("descent", on)
    if not on:
        return None
    chosen = _chosen()
    with st.container(horizontal=True, gap="medium", key="optimiser-numbers"):
        rate = _level("Learning rate η", "learning_rate", url.LEARNING_RATES)
        momentum = _momentum() if any(name in HEAVY for name in chosen) else st.session_state.kept["momentum"]
        steps = int(_level("Steps", "max_steps", url.STEPS))
        noise = _level("Noise σ of the gradient", "noise", url.NOISES)
        seed = _seed() if noise else st.session_state.kept["noise_seed"]
    direct = st.toggle("Geodesic from start to end", key=remembered("direct"), help="The shortest way between the same points. It may take seconds to find.")
    keep("direct", direct)
    return Setting(chosen, rate, momentum, noise, steps, seed, direct) if chosen else None


def _chosen() -> tuple[str, ...]:
    if "opt" not in st.session_state:
        st.session_state.opt = st.session_state.kept["opt"].split(",")
    picked = st.pills("Optimisers", list(OPTIMISERS), selection_mode="multi", key="opt", format_func=lambda name: OPTIMISERS[name].name) or []
    chosen = tuple(name for name in OPTIMISERS if name in picked)
    if chosen:
        keep("opt", ",".join(chosen))
    else:
        st.text("Choose one or more.")
    return chosen


def _level(label: str, key: str, levels: tuple[float, ...]) -> float:
    """A slider whose steps are even on a logarithmic scale."""
    value = st.select_slider(label, levels, key=remembered(key), format_func=lambda x: short(x, 4), width=WIDTH)
    keep(key, value)
    return value


def _momentum() -> float:
    value = st.slider("Momentum μ", 0.0, url.MOST_MOMENTUM, step=0.01, key=remembered("momentum"), width=WIDTH)
    keep("momentum", value)
    return value


def _seed() -> int:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", width=WIDTH):
        value = st.number_input("Seed of the noise", 0, url.MAX_SEED, step=1, key=remembered("noise_seed"), width=140)
        st.button("Another", key="another_noise", on_click=_next_seed)
    if value is not None:
        keep("noise_seed", int(value))
    return st.session_state.kept["noise_seed"]


def _next_seed() -> None:
    st.session_state.noise_seed = (int(st.session_state.get("noise_seed") or 0) + 1) % (url.MAX_SEED + 1)

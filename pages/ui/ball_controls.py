"""The controls of what is drawn around the chosen point: the geodesic ball, geodesics to a second point."""

import math

import streamlit as st

from curvlib import Grid
from pages.ui import balls
from pages.ui.balls import STEPS, Size
from pages.ui.controls import SLIDER_WIDTH, assign, coordinate, keep, remembered

WIDEST = 4.0
"""How many times the usual largest radius a link may ask for."""


def around(grid: Grid) -> tuple[Size | None, tuple[float, float] | None]:
    """What is drawn around the chosen point: a geodesic ball, geodesics to a second point."""
    with st.container(horizontal=True, gap="large", vertical_alignment="top", key="around"):
        return ball(grid), target(grid)


def ball(grid: Grid) -> Size | None:
    """Whether the geodesic ball is drawn, and how large; the radius is one of those that are measured."""
    place = st.container(width=SLIDER_WIDTH, gap="xsmall")
    on = place.toggle("Geodesic ball", key=remembered("ball"))
    keep("ball", on)
    if not on:
        return None
    reach = _reach(grid)
    step = snapped("r", reach)
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    keep("r", place.slider("Radius r", step, reach, step=step, format=f"%.{digits}f", key="r"))
    return Size(st.session_state.kept["r"], reach)


def target(grid: Grid) -> tuple[float, float] | None:
    """The point that geodesics are drawn to; None where there is none, or it is too far away."""
    place = st.container(width=SLIDER_WIDTH, gap="xsmall")
    on = place.toggle("Geodesics to a second point", key=remembered("way"))
    keep("way", on)
    if not on:
        return None
    u, v = place.columns(2, wrap=False)
    with u:
        to_u = coordinate("To u", "to_u")
    with v:
        to_v = coordinate("To v", "to_v")
    for value, (low, high) in ((to_u, grid.u_range), (to_v, grid.v_range)):
        if not low - (high - low) <= value <= high + (high - low):
            place.text("The second point is too far outside the window.")
            return None
    return to_u, to_v


def snapped(key: str, reach: float) -> float:
    """Puts the value of a radius slider onto the nearest of the radii that are measured up to `reach`; returns their distance."""
    step, asked = reach / STEPS, st.session_state.get(key, st.session_state.kept[key])
    radius = float(f"{min(max(round(asked / step), 1), STEPS) * step:.12g}")
    if radius != st.session_state.get(key):
        assign({key: radius})
    return step


def _reach(grid: Grid) -> float:
    """The upper end of the radius slider: what the window offers, or more where a link asks for it; it stays as long as the window does."""
    kept, window = st.session_state.kept, (grid.u_range, grid.v_range)
    if kept.get("reach", [None])[0] != window:
        usual = balls.reach(*window)
        kept["reach"] = window, max(usual, min(balls.rounded_up(kept["r"]), WIDEST * usual))
    return kept["reach"][1]

"""The controls of what is drawn around the chosen point:
the geodesic ball, geodesics to a second point.
"""

import streamlit as st

from curvlib import Grid
from pages.ui.results import shown_balls
from pages.ui.results.shown_balls import STEPS, Size
from pages.ui.state.controls import assign, coordinate, keep, remembered

WIDEST = 4.0
"""The largest radius a link may request, in units of the usual largest radius."""


def around(grid: Grid) -> tuple[Size | None, tuple[float, float] | None]:
    """The things drawn around the chosen point: a geodesic ball, geodesics to a second point."""
    with st.container(gap="xsmall", key="around"):
        return ball(grid), target(grid)


def ball(grid: Grid) -> Size | None:
    """The switch of the geodesic ball, and its size; the slider of its radius is in the panel."""
    on = st.toggle("Geodesic ball", key=remembered("ball"))
    keep("ball", on)
    return size(grid) if on else None


def size(grid: Grid) -> Size:
    """The radius, which is one of those that are measured, and the largest one."""
    reach = _reach(grid)
    keep("r", _measured(st.session_state.kept["r"], reach))
    return Size(st.session_state.kept["r"], reach)


def linked(grid: Grid) -> tuple[Size | None, tuple[float, float] | None]:
    """The things that the link draws around the point, without controls."""
    kept = st.session_state.kept
    to = kept["to_u"], kept["to_v"]
    return size(grid) if kept["ball"] else None, to if kept["way"] and _near(to, grid) else None


def target(grid: Grid) -> tuple[float, float] | None:
    """The point that geodesics are drawn to; None where there is none, or it is too far away."""
    on = st.toggle("Geodesics to a second point", key=remembered("way"))
    keep("way", on)
    if not on:
        return None
    u, v = st.columns(2, wrap=False)
    with u:
        to_u = coordinate("To u", "to_u")
    with v:
        to_v = coordinate("To v", "to_v")
    if _near((to_u, to_v), grid):
        return to_u, to_v
    st.text("The second point is too far outside the window.")
    return None


def snapped(key: str, reach: float) -> float:
    """Puts the value of a radius slider onto the nearest of the radii that are measured up to
    `reach`; returns their distance.
    """
    radius = _measured(st.session_state.get(key, st.session_state.kept[key]), reach)
    if radius != st.session_state.get(key):
        assign({key: radius})
    return reach / STEPS


def _measured(radius: float, reach: float) -> float:
    """The nearest of the radii that are measured up to `reach`."""
    step = reach / STEPS
    return float(f"{min(max(round(radius / step), 1), STEPS) * step:.12g}")


def _near(point: tuple[float, float], grid: Grid) -> bool:
    """True if a point is no farther from the window than the window is wide."""
    return all(
        2 * low - high <= x <= 2 * high - low
        for x, (low, high) in zip(point, (grid.u_range, grid.v_range), strict=True)
    )


def _reach(grid: Grid) -> float:
    """The upper end of the radius slider: what the window offers, or more if a link requests it;
    it stays as long as the window does.
    """
    kept, window = st.session_state.kept, (grid.u_range, grid.v_range)
    if kept.get("reach", [None])[0] != window:
        usual = shown_balls.reach(*window)
        kept["reach"] = window, max(usual, min(shown_balls.rounded_up(kept["r"]), WIDEST * usual))
    return kept["reach"][1]

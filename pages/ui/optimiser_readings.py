"""What the page says about optimisers: where each went, how it ended, how curved it is there, and how much longer its way was than the shortest."""

import math
from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.ui import optimiser_figures
from pages.ui.balls import Ways
from pages.ui.descents import OPTIMISERS, Descents, Walk
from pages.ui.frame import show
from pages.ui.scale import short
from pages.ui.theme import Palette

OFF = "What training does here: gradient descent, momentum, Nesterov and Adam from the chosen point, with the curvature along the way."

REACHED = {
    "minimum": "a minimum",
    "saddle": "a saddle",
    "maximum": "a maximum",
    "degenerate": "a degenerate critical point: an eigenvalue of H is zero there",
    "plateau": "on a plateau, where the slope is too small to follow",
}


def optimisers(done: Descents | None, directs: Mapping[str, Ways], palette: Palette) -> None:
    """The section below the controls: a sentence for each optimiser, the table, the curves."""
    if done is None:
        st.caption(OFF)
        return
    st.text("\n".join(in_words(name, walk, done, directs.get(name)) for name, walk in done.walks.items()))
    st.dataframe(table(done, directs), hide_index=True, alt="The optimisers and where they ended", column_config=_columns())
    for pair in (("f", "S"), ("gradient", "trace")):
        for column, measure in zip(st.columns(2, gap="large"), pair, strict=True):
            with column:
                show(f"step-{measure}", *optimiser_figures.curve(done, measure, palette))


def in_words(name: str, walk: Walk, done: Descents, direct: Ways | None) -> str:
    """What became of one optimiser, in a sentence or two."""
    return f"{OPTIMISERS[name].name} {_fate(walk, done)}{_way(name, walk, done, direct)}"


def _fate(walk: Walk, done: Descents) -> str:
    path = walk.path
    steps = f"{path.steps:,} step{'s' * (path.steps != 1)}"
    where = f"({short(path.end[0], 6)}, {short(path.end[1], 6)})"
    measures = f"f = {short(float(path.f[-1]), 6)}, S = {short(float(path.scalar_curvature[-1]), 6)}, tr H = {short(float(path.hessian_trace[-1]), 6)}"
    if path.ending == "converged":
        return f"came to rest after {steps} at {where}, {REACHED[path.kind]}. There {measures}."
    if path.ending == "diverged":
        return f"diverged after {steps}. A smaller learning rate may keep it here."
    if path.ending == "left the domain":
        return f"left the domain of f: the step after {where}, the {_ordinal(path.steps + 1)}, leads to where f is not defined."
    if path.ending == "met a kink":
        return f"met a kink: the step after {where}, the {_ordinal(path.steps + 1)}, leads to where f has no gradient."
    restless = "is kept moving by the noise" if done.setting.noise else "has not come to rest"
    return f"{restless} after {steps}. It is at {where}, where |∇f| = {short(float(path.gradient_norm[-1]))}, {measures}."


def _way(name: str, walk: Walk, done: Descents, direct: Ways | None) -> str:
    """How long its way was, beside the geodesic."""
    if not walk.path.steps or not math.isfinite(walk.length):
        return ""
    said = f" Its way on the surface is {short(walk.length, 6)} long"
    if not done.setting.direct:
        return f"{said}."
    if done.too_steep(name):
        return f"{said}. The landscape is too steep to look for the geodesic: even the straight way climbs {short(done.steepness[name], 2)} times its length in the plane."
    if direct is None or not direct.curves:
        return f"{said}; no geodesic to its end was found."
    shortest = direct.curves[0].length
    return f"{said}, the geodesic {short(shortest, 6)}: {short(walk.length / shortest, 4)} times as long." if shortest else f"{said}."


def table(done: Descents, directs: Mapping[str, Ways]) -> dict[str, list[Any]]:
    """Where the paths ended, by column."""
    walks = list(done.walks.values())
    columns: dict[str, list[Any]] = {
        "optimiser": [OPTIMISERS[name].name for name in done.walks],
        "ending": [walk.path.ending for walk in walks],
        "kind": [walk.path.kind for walk in walks],
        "steps": [walk.path.steps for walk in walks],
        "u": [walk.path.end[0] for walk in walks],
        "v": [walk.path.end[1] for walk in walks],
        "f": [float(walk.path.f[-1]) for walk in walks],
        "S": [float(walk.path.scalar_curvature[-1]) for walk in walks],
        "tr H": [float(walk.path.hessian_trace[-1]) for walk in walks],
        "|∇f|": [float(walk.path.gradient_norm[-1]) for walk in walks],
        "length": [walk.length for walk in walks],
    }
    if done.setting.direct:
        columns["geodesic"] = [directs[name].curves[0].length if name in directs and directs[name].curves else None for name in done.walks]
    return columns


def _columns() -> dict[str, Any]:
    return {name: st.column_config.NumberColumn(name, format="%.6g") for name in ("u", "v", "f", "S", "tr H", "|∇f|", "length", "geodesic")}


def _ordinal(n: int) -> str:
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"

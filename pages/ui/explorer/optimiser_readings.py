"""The page's words about optimisers: the place each reached, its ending, the curvature there, and
how much longer its way was than the shortest.
"""

import math
from typing import Any

import streamlit as st

from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette
from pages.ui.explorer import optimiser_controls, optimiser_figures
from pages.ui.page.frame import show
from pages.ui.results.descents import OPTIMISERS, TOO_STEEP, Descents, Walk

OFF = (
    "Switch on the optimisers beside the surface: gradient descent, momentum, "
    "Nesterov and Adam from the chosen point, and the curvature along their way."
)

REACHED = {
    "minimum": "a minimum",
    "saddle": "a saddle",
    "maximum": "a maximum",
    "degenerate": "a degenerate critical point: an eigenvalue of H is zero there",
    "plateau": "on a plateau, where the slope is too small to follow",
}


def optimisers(done: Descents | None, palette: Palette) -> None:
    """The tab of the optimisers: the controls, a sentence for each, the table, the curves."""
    if optimiser_controls.on():
        optimiser_controls.numbers()
    if done is None:
        st.text(OFF if not optimiser_controls.on() else "Choose one or more.")
        return
    st.text("\n".join(in_words(name, walk, done) for name, walk in done.walks.items()))
    st.dataframe(table(done), hide_index=True, alt="The optimisers and where they ended", column_config=_columns())
    for pair in (("f", "S"), ("gradient", "trace")):
        for column, measure in zip(st.columns(2, gap="large"), pair, strict=True):
            with column:
                show(f"step-{measure}", *optimiser_figures.curve(done, measure, palette))


def in_words(name: str, walk: Walk, done: Descents) -> str:
    """The ending of one optimiser, in a sentence or two."""
    return f"{OPTIMISERS[name].name} {_fate(walk, done)}{_stability(name, walk, done)}{_way(walk, done)}"


def _fate(walk: Walk, done: Descents) -> str:
    path = walk.path
    steps = f"{path.steps:,} step{'s' * (path.steps != 1)}"
    where = f"({short(path.end[0], 6)}, {short(path.end[1], 6)})"
    measures = (
        f"f = {short(float(path.f[-1]), 6)}, S = {short(float(path.scalar_curvature[-1]), 6)}, "
        f"tr H = {short(float(path.hessian_trace[-1]), 6)}"
    )
    if path.ending == "converged":
        return f"came to rest after {steps} at {where}, {REACHED[path.kind]}. There {measures}."
    if path.ending == "diverged":
        return f"diverged after {steps}. A smaller learning rate may keep it here."
    if path.ending == "left the domain":
        return (
            f"left the domain of f: the step after {where}, "
            f"the {_ordinal(path.steps + 1)}, leads to where f is not defined."
        )
    if path.ending == "met a kink":
        return f"met a kink: the step after {where}, the {_ordinal(path.steps + 1)}, leads to where f has no gradient."
    restless = "is kept moving by the noise" if done.setting.noise else "has not come to rest"
    return (
        f"{restless} after {steps}. It is at {where}, where |∇f| = {short(float(path.gradient_norm[-1]))}, {measures}."
    )


def _stability(name: str, walk: Walk, done: Descents) -> str:
    """The largest learning rate at which a minimum holds the optimiser:
    2/λ for gradient descent and 2 (1 + μ)/λ for the heavy ball, λ the larger eigenvalue of H.
    """
    if walk.path.kind != "minimum" or name not in ("gd", "momentum"):
        return ""
    trace, S = float(walk.path.hessian_trace[-1]), float(walk.path.scalar_curvature[-1])
    largest = (trace + math.sqrt(max(trace**2 - 2 * S, 0.0))) / 2
    most = 2 * (1 + done.setting.momentum * (name == "momentum")) / largest
    return f" It would not stay there with η above {short(most, 3)}."


def _way(walk: Walk, done: Descents) -> str:
    """The length of its way, compared with the geodesic."""
    if not walk.path.steps or walk.path.ending == "diverged" or not math.isfinite(walk.length):
        return ""
    said = f" Its way on the surface is {short(walk.length, 6)} long"
    if not done.setting.direct:
        return f"{said}."
    if walk.steepness > TOO_STEEP:
        return (
            f"{said}. No geodesic is searched for: "
            f"the straight way is {short(walk.steepness, 2)} times as long on the surface as in the plane, too steep."
        )
    if walk.direct and walk.direct.given_up:
        return f"{said}; the search for a geodesic to its end took too long."
    if not walk.direct or not walk.direct.curves:
        return f"{said}; no geodesic to its end was found."
    shortest = walk.direct.curves[0].length
    return f"{said}, {short(walk.length / shortest, 4)} times the geodesic, {short(shortest, 6)}."


def table(done: Descents) -> dict[str, list[Any]]:
    """The places where the paths ended, by column."""
    paths = [walk.path for walk in done.walks.values()]
    columns: dict[str, list[Any]] = {
        "optimiser": [OPTIMISERS[name].name for name in done.walks],
        "ending": [path.ending for path in paths],
        "kind": [path.kind for path in paths],
        "steps": [path.steps for path in paths],
        "u": [path.end[0] for path in paths],
        "v": [path.end[1] for path in paths],
        "f": [float(path.f[-1]) for path in paths],
        "S": [float(path.scalar_curvature[-1]) for path in paths],
        "tr H": [float(path.hessian_trace[-1]) for path in paths],
        "|∇f|": [float(path.gradient_norm[-1]) for path in paths],
        "length": [walk.length for walk in done.walks.values()],
    }
    if done.setting.direct:
        columns["geodesic"] = [
            walk.direct.curves[0].length if walk.direct and walk.direct.curves else None for walk in done.walks.values()
        ]
    return columns


def _columns() -> dict[str, Any]:
    return {
        name: st.column_config.NumberColumn(name, format="%.6g")
        for name in ("u", "v", "f", "S", "tr H", "|∇f|", "length", "geodesic")
    }


def _ordinal(n: int) -> str:
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n:,}{ending}"

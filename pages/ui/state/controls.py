"""The controls of a page: each draws itself, owns its keys, catches what a visitor got wrong, and
returns a value of curvlib's.

The state is in the widgets, whose keys are those of the address (see url.py). What a widget no
longer on the page last had is kept for when it comes back.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from curvlib import CurvlibError, Expression, Grid, Preset
from curvlib.language.limits import MAX_LENGTH
from pages.ui.page import messages
from pages.ui.panel import Slider
from pages.ui.state import inputs, link_values, url
from pages.ui.state.sliders import ends as letter_ends

MOST_LEFT = 40
"""The number of formulas that remember the window and the parameters they were left with."""


def arrive() -> None:
    """Takes the state from the address, once a session."""
    if "kept" in st.session_state:
        return
    st.session_state["words of links"] = url.WORDS
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    st.session_state.kept = url.read(query)
    formula = st.session_state.kept["f"]
    st.session_state.by_link = formula if "f" in query and url.lost_plus(formula) else None


def sliders(expression: Expression, preset: Preset | None) -> list[Slider]:
    """A slider for each parameter of the formula, at its value; the panel draws them."""

    def slider(name: str) -> Slider:
        low, high, step = _ends(name, expression, preset)
        return Slider(name, low, high, st.session_state.kept[url.PARAMETER + name], step=step)

    return [slider(name) for name in expression.parameters]


@dataclass(frozen=True)
class Window:
    """The part of the plane in which the landscape is shown.

    Attributes:
        grid: the window and its points; while the fields make none, the last ones that did.
        trouble: why the fields make none, and which window is shown instead; empty where they do.
    """

    grid: Grid
    trouble: str = ""


def window() -> Window:
    """The fields of the window and of the number of points."""
    with st.container(gap="xsmall"):
        for axis in "uv":
            low, high = st.columns(2, wrap=False)
            with low:
                coordinate(f"{axis} from", f"{axis}_min")
            with high:
                coordinate(f"{axis} to", f"{axis}_max")
    side = (
        st.segmented_control("Grid points a side", link_values.SIDES, key=remembered("cells"), required=True)
        or link_values.SIDES[0]
    )
    keep("cells", side)
    return linked_window()


def linked_window() -> Window:
    """The window and the number of points as the controls last had them."""
    kept = st.session_state.kept
    try:
        st.session_state.good_grid = _grid(kept)
    except CurvlibError as error:
        last = st.session_state.get("good_grid") or _grid(url.defaults(kept["f"]))
        return Window(last, f"{error} {messages.still_of(last)}")
    return Window(st.session_state.good_grid)


def _grid(state: Mapping[str, Any]) -> Grid:
    return Grid((state["u_min"], state["u_max"]), (state["v_min"], state["v_max"]), (state["cells"], state["cells"]))


def colour() -> str:
    """The colouring of the surface: a key of MEASURES; it is chosen in the panel."""
    return st.session_state.kept["colour"]


def maps() -> tuple[str, ...]:
    """The measures of the maps; they are chosen in the panel."""
    return tuple(st.session_state.kept["maps"].split(","))


def point() -> tuple[float, float]:
    """The chosen point."""
    u, v = st.columns(2, wrap=False)
    with u:
        at_u = coordinate("Point u", "at_u")
    with v:
        at_v = coordinate("Point v", "at_v")
    return at_u, at_v


def linked_point() -> tuple[float, float]:
    """The chosen point as the controls last had it."""
    return st.session_state.kept["at_u"], st.session_state.kept["at_v"]


def choose_point(at: tuple[float, float]) -> None:
    """Moves the chosen point; for callbacks, which run before the controls are drawn."""
    assign({"at_u": at[0], "at_v": at[1]})


def release(values: Mapping[str, float]) -> None:
    """Sets parameters; for callbacks too."""
    assign({url.PARAMETER + name: value for name, value in values.items()})


def state(expression: Expression, preset: Preset | None) -> dict[str, Any]:
    """The state of the controls as the address has it;
    parameters at their defaults are left out.
    """
    kept = st.session_state.kept
    told = {key: kept[key] for key in link_values.READERS if key not in ("radius", "panel")}
    values = {name: kept[url.PARAMETER + name] for name in expression.parameters}
    return told | {
        url.PARAMETER + name: value for name, value in values.items() if value != _default(name, expression, preset)
    }


def restore(state: Mapping[str, Any]) -> None:
    """Puts a whole state, as from `url.read`, into the controls; for callbacks."""
    leave()
    st.session_state.kept = dict(state)
    st.session_state.by_link = None
    st.session_state.pop("optimisers", None)
    assign({key: value for key, value in state.items() if key != "f"})


def leave() -> None:
    """Remembers how things stand, for when the formula that is left comes back;
    a window that was wrong is not remembered, but the last right one.
    """
    kept, left = st.session_state.kept, st.session_state.setdefault("left", {})
    if len(kept["f"]) > MAX_LENGTH:
        return
    here = {
        key: value
        for key, value in kept.items()
        if key != "f" and (key in link_values.READERS or key.startswith(url.PARAMETER))
    }
    grid = linked_window().grid
    left[kept["f"]] = here | dict(
        zip(("u_min", "u_max", "v_min", "v_max"), (*grid.u_range, *grid.v_range), strict=True)
    )
    if len(left) > MOST_LEFT:
        del left[next(iter(left))]


def _default(name: str, expression: Expression, preset: Preset | None) -> float:
    """The value of a parameter where neither a visitor nor a link says another."""
    if preset and name in preset.parameters:
        return preset.parameters[name].default
    return float(expression.defaults.get(name, 1.0))


def _ends(name: str, expression: Expression, preset: Preset | None) -> tuple[float, float, float]:
    """The ends of a parameter's slider and its step; sets the value where the text just gave it
    another one.

    The ends are the preset's, or lie about the value that the text gives; they stay while the rest
    of the formula is edited.
    """
    kept, key, default = st.session_state.kept, url.PARAMETER + name, _default(name, expression, preset)
    told = expression.defaults.get(name)
    if told is not None and kept.get(f"told {name}") not in (None, told):
        assign({key: default})
    if preset and name in preset.parameters:
        low, high = preset.parameters[name].low, preset.parameters[name].high
    elif told is None and f"ends {name}" in kept:
        low, high = kept[f"ends {name}"]
    else:
        low, high = letter_ends(default)
    value = kept.setdefault(key, default)
    low, high = float(min(low, value)), float(max(high, value))
    kept |= {f"told {name}": told, f"ends {name}": (low, high)}
    return low, high, 10.0 ** math.floor(math.log10((high - low) / 200))


def coordinate(label: str, key: str) -> float:
    """A number of the page; an emptied field keeps the number it had, and says which."""
    written = inputs.written(st.session_state.kept[key])
    value = st.number_input(
        label, value=None, key=remembered(key), format=written, placeholder=written % st.session_state.kept[key]
    )
    if value is not None:
        keep(key, float(value))
    return st.session_state.kept[key]


def remembered(key: str) -> str:
    """Gives a widget that is new on the page the value it last had; returns its key."""
    if key not in st.session_state:
        st.session_state[key] = st.session_state.kept[key]
    return key


def keep(key: str, value: Any) -> None:
    st.session_state.kept[key] = value


def assign(values: dict[str, Any]) -> None:
    st.session_state.kept.update(values)
    st.session_state.update(values)

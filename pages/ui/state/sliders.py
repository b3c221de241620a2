"""Sliders for the letters of a formula that is typed into an experiment:
each is bound to the address, and its value becomes part of the formula.
"""

import math
from collections.abc import Iterable

import streamlit as st

from curvlib import Expression, parse
from pages.ui.state.url import PARAMETER

WIDTH = 180


def settled(expression: Expression, left: Iterable[str] = (), known: Iterable[Expression] = ()) -> Expression:
    """The formula with the values of its sliders in place of its own: "a = 1.5; a*u^2" for a*u^2
    with a at 1.5.

    Args:
        expression: what was typed; a value that it gives a letter is where that slider begins.
        left: the parameters that get no slider, and no value.
        known: formulas of the same page that have their values already; a letter they share is one
            letter.
    """
    values = {name: value for other in known for name, value in other.defaults.items()}
    own = [name for name in expression.parameters if name not in (*left, *values)]
    if own:
        with st.container(horizontal=True, gap="medium"):
            values |= {name: _slider(name, expression.defaults.get(name)) for name in own}
    body = expression.canonical.rsplit(";", 1)[-1]
    return parse("; ".join([*(f"{name} = {values[name]!r}" for name in expression.parameters if name in values), body]))


def ends(default: float) -> tuple[float, float]:
    """The ends of a letter's slider: zero in the middle, three times its first value at either
    end.
    """
    reach = 3 * abs(default) or 1.0
    return -reach, reach


def _slider(name: str, told: float | None) -> float:
    """The value of a letter; it goes where the text says, when the text says something new."""
    key, default = PARAMETER + name, 1.0 if told is None else told
    if st.session_state.get(f"told {key}", told) != told:
        st.session_state[key] = default
    st.session_state[f"told {key}"] = told
    value = float(st.session_state.get(key, default))
    low, high = ends(default)
    low, high = min(low, value), max(high, value)
    step = 10.0 ** math.floor(math.log10((high - low) / 100))
    digits = max(0, -round(math.log10(step)))
    st.session_state.setdefault("owned", set()).update({key, f"told {key}"})
    return st.slider(
        name.replace("_", r"\_"),
        low,
        high,
        default,
        step,
        format=f"%.{digits}f",
        key=key,
        width=WIDTH,
        bind="query-params",
    )

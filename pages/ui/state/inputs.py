"""The controls of the experiments: bound to the address, so that a link is the whole state; what a
link says wrongly is as if it did not.

Each control's key is its word in the address. The explorer has controls of its own, in controls.py.
"""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from curvlib import CurvlibError, Expression, ExpressionError, parse
from pages.ui.page import messages
from pages.ui.state import sliders
from pages.ui.state.link_values import MAX_SEED, NUMBER

BOUND: Final = "query-params"
MAX_FORMULA = 2000
SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def forget(page: str) -> None:
    """Clears the controls of the page before when another one is opened:
    its words mean other things here. What the link says counts.
    """
    if st.session_state.get("page") != page:
        for key in st.session_state.pop("owned", ()):
            st.session_state.pop(key, None)
            st.session_state.pop(f"good {key}", None)
        st.session_state.page = page


def written(value: float) -> str:
    """The format with the fewest digits, from six to twelve, that shows a number in full; six where
    none does, as for π.

    >>> written(0.25), written(1000001.5), written(3.141592653589793)
    ('%.6g', '%.8g', '%.6g')
    """
    return next((f"%.{digits}g" for digits in range(6, 13) if float(f"{value:.{digits}g}") == value), "%.6g")


def number(label: str, key: str, default: float, low: float = -1e6, high: float = 1e6) -> float:
    """A number that is typed."""
    shown = st.session_state.get(key)
    value = st.number_input(
        label, low, high, default, key=own(key), format=written(default if shown is None else shown), bind=BOUND
    )
    return default if value is None else float(value)


def slider(
    label: str, key: str, default: float, low: float, high: float, step: float = 0.01, help: str | None = None
) -> float:
    """A number that is drawn; whole where all of its numbers are."""
    return st.slider(label, low, high, default, step, key=own(key), help=help, bind=BOUND)


def choice(label: str, key: str, options: Sequence[str], default: str | None = None) -> str:
    """One of a few words."""
    first = default or options[0]
    return st.segmented_control(label, options, default=first, key=own(key), required=True, bind=BOUND) or first


def pick(label: str, key: str, options: Sequence[str], default: str | None = None) -> str:
    """One of many words."""
    first = default or options[0]
    return st.selectbox(label, options, index=options.index(first), key=own(key), bind=BOUND) or first


def switch(label: str, key: str, default: bool = False) -> bool:
    """Yes or no."""
    return st.toggle(label, default, key=own(key), bind=BOUND)


def text(label: str, key: str, default: str, help: str | None = None) -> str:
    """A line of text; what is typed may only be shown as plain text."""
    return (
        st.text_input(label, default, MAX_FORMULA, key=own(key), help=help, autocomplete="off", bind=BOUND) or default
    )


def formula(
    label: str, key: str, default: str, inputs: Sequence[str] = (), known: Sequence[Expression] = ()
) -> Expression:
    """A formula in u and v, with a slider for each other letter; while it is wrong, says so and
    goes on with the last one that was right.

    Args:
        inputs: the letters that the page itself gives values, as the t of a model.
        known: formulas of the page that come before; a letter they have in common has one slider.
    """
    typed = text(label, key, default, messages.LANGUAGE)
    good = f"good {key}"
    try:
        parse(typed)
        st.session_state[good] = typed
    except ExpressionError as error:
        messages.formula_error(error, typed, shown=st.session_state.get(good, default), key=f"-{key}")
    return sliders.settled(parse(st.session_state.get(good, default)), inputs, known)


def numbers(label: str, key: str, default: str, most: int, largest: float = 1e3, least: int = 1) -> list[float]:
    """Several numbers in one line, separated by commas;
    while the line is wrong, says so and goes on with the default.
    """
    typed = text(label, key, default)
    try:
        return _read_numbers(typed, least, most, largest)
    except CurvlibError as error:
        messages.mistake(error, f"-{key}")
        return _read_numbers(default, least, most, largest)


def put(key: str, values: Sequence[float]) -> None:
    """Writes numbers into the line of numbers with this key;
    for callbacks, which run before the controls are drawn.
    """
    st.session_state[key] = ", ".join(f"{value:g}" for value in values)


def seed(key: str = "seed", default: int = 0) -> int:
    """The seed of the random numbers, and a button for another one."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        value = st.number_input("Seed", 0, MAX_SEED, default, 1, key=own(key), width=120, bind=BOUND)
        st.button("Another", key=f"another_{key}", on_click=_next_seed, args=(key,))
    return default if value is None else int(value)


def own(key: str) -> str:
    """The key of a control of this page, which the next page forgets."""
    st.session_state.setdefault("owned", set()).add(key)
    return key


def _next_seed(key: str) -> None:
    st.session_state[key] = (int(st.session_state[key] or 0) + 1) % (MAX_SEED + 1)


def _read_numbers(typed: str, least: int, most: int, largest: float) -> list[float]:
    parts = [part.strip().replace("−", "-") for part in typed.split(",")]
    if not (least <= len(parts) <= most) or not all(NUMBER.fullmatch(part) for part in parts):
        raise CurvlibError(
            f"Write {least} to {most} numbers with commas between them, as in 3, 1."
            if least < most
            else f"Write {most} numbers, as in 3, 1."
        )
    return [min(max(float(part), -largest), largest) for part in parts]

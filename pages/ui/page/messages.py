"""Messages from the app to a visitor. What they typed is only ever shown as plain text."""

import streamlit as st

from curvlib import CurvlibError, Expression, ExpressionError, Grid, Preset
from curvlib.symbolic.derivatives import differentiate
from pages.ui.charts.scale import short

ROOM = 36
"""Columns of a long formula that are shown around a mistake: what fits on a telephone."""

WIDTH = 340
"""Pixels that so many columns take."""

LANGUAGE = """Write it as you would on paper: `u` and `v` are the variables (`x`, `y` and `w1`, `w2` work too),
products may be implicit (`2u`, `u(1+v)`), powers are `^` or `**`. Every other letter becomes a slider.

`sin cos tan exp log sqrt tanh abs min max erf sigmoid softplus relu gauss if(u > 0, a, b)` and more are known;
`c = 0.1; exp(-c u)` defines as it goes; simple LaTeX can be pasted."""


def formula_error(error: ExpressionError, text: str, shown: str | None, key: str = "") -> None:
    """Reports a mistake in the formula: what is wrong, where, what to do, and which formula the
    picture still shows; `key` separates fields of one page.
    """
    with (
        st.container(key=f"reading{key}"),
        st.container(key=f"mistake{key}", horizontal=True, vertical_alignment="center"),
    ):
        if text.strip():
            st.code(error.caret(text, ROOM), language=None, width=WIDTH)
        with st.container(gap=None, width="stretch"):
            st.text(str(error))
            if shown is not None:
                st.text(f"The picture is still that of {shortened(shown)}")


def shortened(formula: str) -> str:
    """A formula that is named in a sentence."""
    return formula if len(formula) <= ROOM else formula[: ROOM - 1] + "…"


def understood(expression: Expression, preset: Preset | None, by_link: bool, late: bool = False) -> None:
    """The formula typeset as it was read, with what may surprise in the reading, and why it is
    worth looking at; `late` where a newer text is wrong.
    """
    with st.container(key="reading"), st.container(key="late" if late else "understood", gap="small"):
        st.latex(rf"f(u, v) = {expression.latex()}")
        for note in expression.notes:
            st.text(note)
        if kinks := sorted({kink.words for kink in differentiate(expression).kinks}):
            st.text(f"S is not defined where {' or where '.join(kinks)}.")
        if by_link:
            st.text(f"The link's formula has blanks where a + may have been lost. It is read as {expression.canonical}")
        if preset:
            st.text(f"{preset.reason}{f' ({preset.source})' if preset.source else ''}")


def mistake(error: CurvlibError | str, key: str = "") -> None:
    """A mistake that is not in the formula; `key` separates the fields of one page."""
    with st.container(key=f"wrong{key}"):
        st.text(str(error))


def still_of(grid: Grid) -> str:
    """The window that the picture still shows, while the requested one cannot be shown."""
    u, v = (" to ".join(short(end, 12) for end in ends) for ends in (grid.u_range, grid.v_range))
    return f"The picture is still that of u from {u} and v from {v}."

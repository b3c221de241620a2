"""A page with nothing but the formula box, for its tests;
the formula it begins with comes from the address.
"""

import streamlit as st

from curvlib import ExpressionError, parse
from pages.ui.formula_box import formula_box, heard
from pages.ui.page import components

st.set_page_config("Formula", layout="wide")
components.declare()
state = st.session_state
state.setdefault("text", st.query_params.get("f", "u^2 - v^2"))


def example() -> None:
    state.taken, state.text = heard("box").sequence, "sin(u)*cos(v)"


@st.fragment
def page() -> None:
    said = heard("box")
    if said.sequence and said.sequence != state.get("taken"):
        state.taken, state.text = said.sequence, said.text
    error = None
    try:
        parse(state.text)
        state.good = state.text
    except ExpressionError as trouble:
        error = trouble
    formula_box(
        state.text, key="box", label="Loss f(u, v)", error=error, shown=state.get("good"), placeholder="u^2 - v^2"
    )
    st.text(f"{said.cause} {len(state.text)}")
    st.button("Example", on_click=example)


page()

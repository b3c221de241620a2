"""The tensors of Section 2 in letters, worked out on request by a process that can be killed."""

import streamlit as st

from curvlib import Expression
from pages.ui.page.parts import part
from pages.ui.paper.tensors.tensor_tables import symbolic
from pages.ui.results import closed_form_jobs


@st.fragment
@part()
def show(expression: Expression) -> None:
    """The button, and what came of it."""
    st.text("The same objects as formulas in u and v, with the loss put in, worked out on request within two seconds.")
    if st.button("Work out the tensors", key="work_out_tensors"):
        with st.spinner("Differentiating"):
            found, ending = closed_form_jobs.by_worker("tensors", expression.canonical)
        if ending == "busy":
            st.text("Other formulas are already being worked out. Try again in a few seconds.")
        elif not found:
            st.text(
                "Not found within two seconds. "
                "The numbers on the page do not depend on it: they come from exact derivatives."
            )
        else:
            _typeset(symbolic(found[-1]))


def _typeset(equations: list[str]) -> None:
    left, right = st.columns(2, gap="large")
    for index, equation in enumerate(equations):
        with left if index < len(equations) / 2 else right:
            if len(equation) > closed_form_jobs.MOST_LATEX:
                st.text(f"Too long to be read: {len(equation):,} characters of LaTeX.")
            else:
                st.latex(equation)

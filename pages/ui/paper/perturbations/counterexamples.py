"""The counterexample finder of the perturbations page:
two random minima that contradict equation (8), put into the controls.
"""

import numpy as np
import streamlit as st

from curvlib.paper.perturbations import counterexample
from pages.ui.state import inputs


def offer() -> None:
    """The button, and whether the traces are to be equal."""
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        n = inputs.choice("How many eigenvalues", "q", ("2", "3", "4"))
        equal = inputs.switch("Equal traces", "equal")
        st.button("Find a counterexample to (8)", on_click=_find, args=(int(n), equal))


def _find(q: int, equal_trace: bool) -> None:
    """The next counterexample: a number in the session counts them, so that each click shows
    another and the same clicks show the same.
    """
    tried = st.session_state.get("counterexamples", 0)
    st.session_state.counterexamples = tried + 1
    found = counterexample(np.random.default_rng(tried), q, equal_trace=equal_trace)
    if found:
        inputs.put("first", found.first)
        inputs.put("second", found.second)

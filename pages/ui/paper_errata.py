"""The entries of the errata page: print and correction side by side, the number that tells, its light, and the way to the experiment."""

import html
import math
from collections.abc import Mapping

import streamlit as st

from curvlib.errata import Erratum, RightAsPrinted, Witness
from pages.ui import sections
from pages.ui.scale import short

APART = 1e-6
"""How far print and definition must be apart, as a share of the larger, for a number to tell them from each other."""

PYTHON = """from curvlib.errata import ERRATA

for erratum in ERRATA:
    numbers = erratum.witness()
    print(f"{erratum.key}: {numbers.quantity}: printed {numbers.printed:.6g}, true {numbers.true:.6g}")
"""


def entry(number: int, erratum: Erratum) -> bool:
    """Draws an entry; whether its number tells the print from the definition."""
    numbers = erratum.witness()
    with st.container(border=True, key=f"erratum-{erratum.key.replace('_', '-')}", gap="small"):
        st.markdown(f"**{number}. {erratum.item}**")
        printed, corrected = st.columns(2, gap="large")
        with printed:
            st.caption("As printed")
            st.latex(erratum.printed)
        with corrected:
            st.caption("As it should read")
            st.latex(erratum.corrected)
        st.markdown(erratum.reason)
        _light(numbers)
        _way(erratum.experiment, erratum.state)
    return tells(numbers)


def right(statement: RightAsPrinted) -> None:
    """Draws a statement that holds as printed."""
    with st.container(border=True, gap="small"):
        words, formula = st.columns([2, 3], gap="large", vertical_alignment="center")
        with words:
            st.markdown(f"**{statement.item}**")
            st.caption(f"Checked: {statement.check}.")
            _way(statement.experiment, {})
        with formula:
            st.latex(statement.statement)


def tells(numbers: Witness) -> bool:
    """Whether the two numbers differ by more than rounding."""
    return math.isfinite(numbers.true) and not math.isclose(numbers.printed, numbers.true, rel_tol=APART, abs_tol=APART)


def _light(numbers: Witness) -> None:
    light = "agrees" if tells(numbers) else "differs"
    said = f"print <b>{short(numbers.printed, 8)}</b> · definition <b>{short(numbers.true, 8)}</b>"
    words = "" if tells(numbers) else " · they are the same: this entry is not confirmed"
    st.html(f'<div class="check" role="status"><span class="light {light}"></span><span>{html.escape(numbers.quantity)}: {said}{words}</span></div>')


def _way(address: str, state: Mapping[str, str]) -> None:
    page = sections.page(address)
    if page:
        st.page_link(page.file, label=f"See it: {page.title}", query_params=dict(state))

"""The entries of the errata page: print and correction side by side, the decisive number, its
light, and the way to the experiment.
"""

import math
from collections.abc import Mapping

import streamlit as st

from curvlib.paper.errata import Agreement, Erratum, RightAsPrinted, Witness
from pages.ui.charts.scale import short
from pages.ui.page import experiment, sections

APART = 1e-6
"""The least difference between print and definition, as a share of the larger, by which a number
separates them.
"""

PYTHON = """from curvlib.paper.errata import ERRATA, RIGHT_AS_PRINTED

for erratum in ERRATA:
    numbers = erratum.witness()
    print(f"{erratum.key}: {numbers.quantity}: printed {numbers.printed:.6g}, true {numbers.true:.6g}")

for statement in RIGHT_AS_PRINTED:
    found = statement.agreement()
    print(f"{statement.key}: {found.quantity}: printed {found.printed:.6g}, true {found.true:.6g}, \
holds: {found.holds}")
"""


def entry(number: int, erratum: Erratum) -> bool:
    """Draws an entry; True if its number separates the print from the definition."""
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


def right(statement: RightAsPrinted) -> bool:
    """Draws a statement that holds as printed; True if its numbers confirm it now."""
    found = statement.agreement()
    with st.container(border=True, key=f"right-{statement.key.replace('_', '-')}", gap="small"):
        words, formula = st.columns([2, 3], gap="large", vertical_alignment="center")
        with words:
            st.markdown(f"**{statement.item}**")
            st.caption(f"Held against {statement.check}.")
        with formula:
            st.latex(statement.statement)
        _light_of(found)
        _way(statement.experiment, {})
    return found.holds


def tells(numbers: Witness) -> bool:
    """True if the two numbers differ by more than rounding."""
    return math.isfinite(numbers.true) and not math.isclose(numbers.printed, numbers.true, rel_tol=APART, abs_tol=APART)


def _light(numbers: Witness) -> None:
    words = "" if tells(numbers) else " · they are the same: this entry is not confirmed"
    _lamp(
        tells(numbers),
        numbers.quantity,
        f"print <b>{short(numbers.printed, 8)}</b> · definition <b>{short(numbers.true, 8)}</b>{words}",
    )


def _light_of(found: Agreement) -> None:
    numbers = f"<b>{short(found.printed, 8)}</b> · {'' if found.apart else 'definition '}<b>{short(found.true, 8)}</b>"
    apart = short(found.difference, 2)
    if found.apart:
        return _lamp(
            found.holds,
            found.quantity,
            f"{numbers} · {f'{apart} apart, as stated' if found.holds else 'no difference: not confirmed'}",
        )
    of = f"the largest difference of {found.n} numbers" if found.n > 1 else "the difference"
    words = f"{of} is {apart}" if found.difference else f"the same, exactly, in all of {found.n} numbers"
    return _lamp(
        found.holds,
        found.quantity,
        f"{'' if found.apart else 'print '}{numbers} · {words}{'' if found.holds else ': not confirmed'}",
    )


def _lamp(green: bool, quantity: str, said: str) -> None:
    light = "agrees" if green else "differs"
    st.html(
        f'<div class="check" role="status"><span class="light {light}"></span>'
        f"<span>{experiment.marked(quantity)}: {said}</span></div>"
    )


def _way(address: str, state: Mapping[str, str]) -> None:
    page = sections.page(address)
    if page:
        st.page_link(page.file, label=f"See it: {page.title}", query_params=dict(state))

"""Errata: what the paper says, what holds, and a number for each that separates the two;
and what is right as printed.
"""

import streamlit as st

from curvlib.paper.errata import ERRATA, RIGHT_AS_PRINTED
from pages.ui.page import experiment
from pages.ui.page.parts import part
from pages.ui.paper import errata_cards as errata

experiment.header("errata")

st.subheader(f"What differs: {len(ERRATA)} places, in the order of the paper")
with part():
    told = [errata.entry(number, erratum) for number, erratum in enumerate(ERRATA, start=1)]
    experiment.check("Entries whose number separates the print from the definition", sum(told), len(ERRATA), 0, "of")

st.subheader(f"What is right as printed: {len(RIGHT_AS_PRINTED)} statements")
with part():
    held = [errata.right(statement) for statement in RIGHT_AS_PRINTED]
    experiment.check("Statements that their numbers confirm", sum(held), len(RIGHT_AS_PRINTED), 0, "of")

with part():
    experiment.python(errata.PYTHON)
experiment.footer("errata")

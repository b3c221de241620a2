"""Random visits find no fault: 60 of them here, 500 in a campaign of its own, with any seed,

    make nightly CAMPAIGN=visits SEED=7

which goes on from where it was stopped. The test's name holds the seed and the number of the visit,
so that one is made again with
`CURVLIB_SEED=7 CURVLIB_VISITS=232 python -m pytest tests/test_visits.py -k seed7-visit231`.
"""

import os
import random

import pytest
from streamlit.testing.v1 import AppTest

from curvlib import parse
from curvlib.geodesics import integration
from curvlib.language.functions import NAMES
from pages.ui.results import shown_balls
from tests import visits

SEED, VISITS = int(os.environ.get("CURVLIB_SEED", "1")), int(os.environ.get("CURVLIB_VISITS", "60"))

PATIENCE = 1.0
"""Seconds for the search for geodesics and for a fan of rays, instead of 8:
that they are given up is part of a visit too.
"""


@pytest.mark.parametrize("number", range(VISITS), ids=lambda number: f"seed{SEED}-visit{number}")
def test_visit_breaks_nothing(number, monkeypatch, broken_parts):
    monkeypatch.setattr(shown_balls, "PATIENCE", PATIENCE)
    monkeypatch.setattr(integration, "MAX_SECONDS", PATIENCE)
    made = visits.visit(SEED, number)
    faults = [*(error.value for error in made.at.exception), *broken_parts]
    assert not faults, f"{faults[0]}\nThe visit: {'; then '.join(made.story)}"


def test_every_function_is_written_on_visits_under_each_of_its_names():
    rng = random.Random(SEED)
    for name in NAMES:
        assert any(_is_read(visits.call(rng, name, 1)) for _ in range(40)), f"no call of {name} could be read"


@pytest.mark.parametrize("kind", [kind for kind in visits.CHANGES if kind not in ("button", "button_group")])
def test_story_of_a_visit_tells_the_value_that_a_control_was_given(kind):
    at = AppTest.from_string("""import streamlit as st
st.number_input("a", -5.0, 5.0, 1.0)
st.slider("b", 0, 3, 1)
st.selectbox("c", ["x", "y"])
st.toggle("d")
st.text_input("e")
""").run()
    (control,) = at.get(kind)
    told = visits.CHANGES[kind](random.Random(SEED), control)
    assert control.run().get(kind)[0].value == told


def _is_read(text):
    try:
        return bool(parse(text))
    except Exception:
        return False

"""Random visits find no fault: 60 of them here, more in a campaign of its own,

    CURVLIB_VISITS=500 CURVLIB_SEED=7 python -m pytest tests/test_visits.py

which goes on from where it was stopped, or makes one visit again, with CURVLIB_FIRST=<its number>. The test's name holds the
seed and the number of the visit.
"""

import os
import random

import pytest

from curvlib import parse
from curvlib.geodesics import integration
from curvlib.language.functions import NAMES
from pages.ui import balls
from tests import visits

SEED, FIRST, VISITS = (int(os.environ.get(f"CURVLIB_{name}", default)) for name, default in (("SEED", "1"), ("FIRST", "0"), ("VISITS", "60")))

PATIENCE = 1.0
"""Seconds for the search for geodesics and for a fan of rays, instead of 8: that they are given up is part of a visit too."""


@pytest.mark.parametrize("number", range(FIRST, FIRST + VISITS), ids=lambda number: f"seed{SEED}-visit{number}")
def test_visit_breaks_nothing(number, monkeypatch, broken_parts):
    monkeypatch.setattr(balls, "PATIENCE", PATIENCE)
    monkeypatch.setattr(integration, "MAX_SECONDS", PATIENCE)
    made = visits.visit(SEED, number)
    faults = [*(error.value for error in made.at.exception), *broken_parts]
    assert not faults, f"{faults[0]}\nThe visit: {'; then '.join(made.story)}"


def test_every_function_is_written_on_visits_under_each_of_its_names():
    rng = random.Random(SEED)
    for name in NAMES:
        assert any(_is_read(visits.call(rng, name, 1)) for _ in range(40)), f"no call of {name} could be read"


def _is_read(text):
    try:
        return bool(parse(text))
    except Exception:
        return False

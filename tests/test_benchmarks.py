"""What the benchmarks print is what they measured."""

import sys

import numpy as np
import pytest

from benchmarks.resident import peak_of
from benchmarks.tables import tables

ROW = {"formula": "saddle", "size": 1024, "way": "native"} | {
    "ratio": 1.25,
    "min": 2.5,
    "median": 3.0,
    "limit": 2.0,
    "first": 12.34,
    "error": 3e-16,
    "memory": 1.0,
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells the peak of a process")
def test_a_peak_of_memory_is_seen_although_it_is_given_back():
    assert 100 < peak_of(lambda: np.ones(2**24)) < 200
    assert peak_of(lambda: np.ones(2)) < 20


def test_tables_hold_ratios_and_a_dash_where_a_way_was_skipped():
    rows = [ROW, {"formula": "saddle", "size": 1024, "way": "jax", "skipped": "a call would take 9.0 s"}]
    text = tables({"machine": {"processors": 2}, "rows": rows})
    assert "| native | 1.25 (1.5) |" in text
    assert "| jax | – |" in text
    assert "| native | 12.3 |" in text
    assert "| 1024² | 1.25 |" in text

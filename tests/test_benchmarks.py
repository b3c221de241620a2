"""What the benchmarks print is what they measured."""

import re
import sys

import numpy as np
import pytest

from benchmarks.plot import plot
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


def test_a_dot_lies_left_of_the_limit_where_a_way_is_below_it():
    picture = plot([ROW, ROW | {"way": "native, float32", "ratio": 0.8}, ROW | {"way": "jax", "ratio": 30.0}], 1024)
    limit = float(re.search(r'x1="([0-9.]+)"', picture)[1])
    places = dict(re.findall(r'cx="([0-9.]+)".*?<title>(.*?):', picture))
    below, native, jax = sorted(map(float, places))
    assert below < limit < native < jax
    assert places[f"{below:.1f}"] == "native, float32"

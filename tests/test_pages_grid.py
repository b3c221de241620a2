"""The page of a visitor's own grid: the example, files good and bad, errors beside numbers, what is
saved, and the same in Python.
"""

import io
import re

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from curvlib import Grid, evaluate, parse, sampled
from curvlib.files import archive
from pages.ui.charts.scale import short
from tests.session import opened, printed_by_its_python, said

GRID = Grid((-1, 1), (-2, 2), (41, 31))
LOSS = parse("exp(-u)*sin(v)")


def given(at: AppTest, data: bytes, name: str = "losses.npz") -> AppTest:
    at.file_uploader(key="file").set_value((name, data, "application/octet-stream"))
    return at.run()


def saved(**arrays) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def test_the_example_opens_with_its_noise_its_errors_and_its_truth():
    at = opened("grid")
    assert not at.exception
    words = said(at)
    assert "σ ≈ 0.02" in words
    assert "no sample there (24)" in words
    share = float(re.search(r"within the stated error in ([\d.]+) %", words).group(1))
    assert share > 98


def test_python_of_the_example_prints_the_noise_of_the_page():
    at = opened("grid", seed="3", noise="0.1")
    noise = float(re.search(r"noise of a sample: ([\d.]+)", printed_by_its_python(at)).group(1))
    assert noise == pytest.approx(0.1, rel=0.05)
    assert f"σ ≈ {short(noise, 2)}" in said(at)


def test_a_file_brings_its_window_and_is_told_apart_from_the_example():
    at = given(opened("grid"), saved(f=evaluate(LOSS, GRID).f, u=GRID.u, v=GRID.v))
    assert not at.exception
    assert "The exact S" not in said(at)
    assert "S is defined in all 1,271 cells" in said(at)
    assert not at.number_input
    assert "Grid((-1.0, 1.0), (-2.0, 2.0), values.shape)" in "\n".join(element.value for element in at.code)


def test_a_file_without_a_window_takes_the_one_of_the_link():
    at = given(opened("grid", u_min="0", u_max="3"), saved(loss=evaluate(LOSS, GRID).f))
    assert "Grid((0.0, 3.0), (-1.0, 1.0)" in "\n".join(element.value for element in at.code)


def test_a_window_that_is_none_is_said_and_the_picture_stays():
    at = given(opened("grid", u_min="3", u_max="-3"), saved(loss=evaluate(LOSS, GRID).f))
    assert not at.exception
    assert "empty" in said(at)
    assert "S is defined in all" in said(at)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"1,2\n3",
        b"\x93NUMPY\x01\x00",
        b"PK\x03\x04",
        b"<script>alert(1)</script>",
        saved(a=np.ones((9, 9)), b=np.ones(3)),
    ],
)
def test_a_file_that_is_no_grid_is_answered_with_a_sentence_and_the_example_stays(data):
    at = given(opened("grid"), data)
    assert not at.exception
    assert "The exact S" in said(at)


def test_only_certain_signs_makes_gaps_that_are_counted():
    at = opened("grid", certain="true")
    assert re.search(r"its error is larger than itself \([\d,]+\)", said(at))


def test_what_is_saved_is_read_again_to_the_same_numbers():
    found = sampled.from_samples(evaluate(LOSS, GRID).f, GRID)
    again = sampled.read(archive.of_fields(found.fields, GRID, errors=found.errors))
    np.testing.assert_array_equal(
        sampled.from_samples(again.values, again.grid()).fields.scalar_curvature, found.fields.scalar_curvature
    )


def test_page_survives_a_link_of_nonsense():
    at = opened("grid", **dict.fromkeys(("noise", "seed", "width", "certain", "u_min"), "![x](http://example.org) nan"))
    assert not at.exception

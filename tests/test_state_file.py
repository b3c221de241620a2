"""The state of the explorer as a file: what is written comes back, what is no state is answered,
and nothing is lost by it.
"""

import json

import pytest
from hypothesis import given, settings, strategies as st
from streamlit.testing.v1 import AppTest

from curvlib import PRESETS
from pages.ui.state import state_file, url
from pages.ui.state.state_file import MAX_BYTES, StateFileError
from tests import formula_box
from tests.test_pages import address, drawn, opened, typed, words

HIMMELBLAU = PRESETS["himmelblau"].text


def loaded(at: AppTest, data: bytes) -> AppTest:
    """The page after a file was given to it."""
    return at.file_uploader(key="state_upload").set_value(("landscape.json", data, "application/json")).run()


def saved(at: AppTest) -> bytes:
    """The file that the page offers."""
    return state_file.write(url.read(address(at)))


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"f": ["a*u^2 + b"], "set.a": ["2.5"], "u_min": ["-1e-3"], "u_max": ["3"], "cells": ["64"]},
        {
            "example": ["himmelblau"],
            "ball": ["on"],
            "r": ["0.7"],
            "way": ["on"],
            "to_u": ["3"],
            "colour": ["trace"],
            "at_u": ["1"],
        },
        {
            "descent": ["on"],
            "opt": ["gd,adam"],
            "learning_rate": ["0.05"],
            "noise": ["0.5"],
            "noise_seed": ["9"],
            "direct": ["on"],
            "max_steps": ["50"],
        },
    ],
)
def test_state_comes_back_from_its_file(query):
    state = url.read(query)
    assert state_file.read(state_file.write(state)) == state


def test_file_holds_a_formula_that_is_too_long_for_a_link():
    state = url.read({"f": ["u + " + 1500 * " " + "v"]})
    assert url.write(state) == ""
    assert state_file.read(state_file.write(state))["f"] == state["f"]


def document(**changes: object) -> bytes:
    return json.dumps({"kind": state_file.KIND, "version": 1, "state": {"f": "u^2"}} | changes).encode()


def test_file_may_be_as_large_as_allowed_and_no_larger():
    whole = document()
    assert state_file.read(whole + b" " * (MAX_BYTES - len(whole)))["f"] == "u^2"
    with pytest.raises(StateFileError, match="65,537 bytes; a state has 65,536 at most"):
        state_file.read(whole + b" " * (MAX_BYTES + 1 - len(whole)))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[" * 50_000, "not JSON"),
        (b"[1, 2]", "not a state of the explorer"),
        (document(kind="something else"), "not a state of the explorer"),
        (document(version=2), "another version than 1"),
        (document(version="1"), "another version than 1"),
        (document(state=None), "no state in it"),
        (document(state={}), "no state in it"),
        (document(state={"f": "u", "cells": 64}), "not text"),
        (document(state={"f": "u +"}), "formula in the file cannot be read"),
        (document(state={"f": "__import__('os')"}), "formula in the file cannot be read"),
    ],
)
def test_file_that_is_no_state_is_refused(data, message):
    with pytest.raises(StateFileError, match=message):
        state_file.read(data)


def test_values_in_a_file_are_read_as_in_a_link():
    state = state_file.read(
        document(state={"f": "u^2", "cells": "70", "at_u": "<script>", "set.a": "1e99", "unknown": "x", "r": "-1"})
    )
    assert state["cells"] == 64
    assert state["set.a"] == url.MAX_VALUE
    assert "unknown" not in state
    assert (state["at_u"], state["r"]) == (0.0, url.read({"f": ["u^2"]})["r"])


@settings(max_examples=60)
@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.floats() | st.text(max_size=8),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    ).map(lambda state: json.dumps({"kind": state_file.KIND, "version": 1, "state": state}).encode())
)
def test_no_file_does_more_than_be_refused(data):
    try:
        assert set(state_file.read(data)) >= set(url.read({}))
    except StateFileError:
        return


def test_loaded_file_is_the_page_that_it_was_saved_on():
    query = {
        "f": HIMMELBLAU, "cells": "64", "at_u": "1", "ball": "on", "descent": "on", "opt": "momentum,adam",
        "learning_rate": "0.005", "colour": "trace",
    }  # fmt: skip
    first = opened(**query)
    other = loaded(opened(f="a*u^2", cells="128", descent="on", **{"set.a": "2"}), saved(first))
    assert not other.exception
    assert address(other) == address(first)
    assert drawn(other) == drawn(first)
    assert other.button_group(key="optimisers").value == ["momentum", "adam"]
    assert formula_box.told(typed(other, "u^2"))["text"] == "u^2"


def test_file_that_was_loaded_is_undone_with_its_window():
    first = opened(f="u^2 - v", u_min="-5", cells="64")
    other = loaded(opened(f="a*u^2", u_min="-3", cells="64"), saved(first))
    assert other.number_input(key="u_min").value == -5
    assert formula_box.write(other, "a*u^2", "restored").number_input(key="u_min").value == -3


def test_bad_file_is_answered_and_nothing_is_lost():
    at = opened(f="a*u^2", cells="64", **{"set.a": "2"})
    before = address(at), drawn(at)
    loaded(at, b"no JSON")
    assert not at.exception
    assert "The file is not JSON. Choose one that was saved here. Nothing was changed." in words(at)
    assert (address(at), drawn(at)) == before
    loaded(at, document())
    assert "Nothing was changed" not in words(at)
    assert address(at)["f"] == ["u^2"]


def test_page_offers_its_state_as_a_file():
    assert "Save the state, JSON" in [button.proto.label for button in opened(cells="64").get("download_button")]


def test_mark_that_some_editors_put_before_the_text_is_no_mistake():
    state = {"f": "u^2"}
    assert state_file.read(b"\xef\xbb\xbf" + state_file.write(state)) == state_file.read(state_file.write(state))

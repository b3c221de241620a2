"""Texts that cannot be encoded, numbers that are none, wrong formulas and windows in links:
said in place, the page stays.
"""

import json

import pytest

from curvlib import PRESETS
from pages.ui.formula_box.answers import Said, read_said
from pages.ui.page import plain
from pages.ui.panel import unpack
from pages.ui.panel.exchange import PanelState, read_state
from pages.ui.state import state_file, url
from pages.ui.state.state_file import StateFileError
from tests import formula_box
from tests.session import opened, said
from tests.test_pages import address, drawn, slider, told, words
from tests.test_state_file import document, loaded

HUGE = 10**400

TEXTS = ["\ud800", "u\udfff + v", "u\x00", "u\u202ev", "\u2066u", "\ufeffu\ufeff\ufeff"]
"""Halves of surrogate pairs, controls, marks of direction."""


@pytest.mark.parametrize("text", TEXTS[:-1], ids=ascii)
def test_text_that_cannot_be_read_is_refused_in_the_box_and_the_picture_stays(text):
    at = opened("explorer", f="u^2 - v^2", cells="64")
    before = drawn(at)
    formula_box.write(at, text)
    assert not at.exception
    assert "cannot be read here" in words(at)
    assert "still that of u^2 - v^2" in words(at)
    assert drawn(at) == before


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_text_that_cannot_be_read_in_a_state_file_is_refused_or_ignored(text):
    if text != TEXTS[-1]:
        with pytest.raises(StateFileError, match="cannot be read") as refused:
            state_file.read(document(state={"f": text}))
        str(refused.value).encode()
    state = state_file.read(
        document(state={"f": "u", "at_u": text, text: "1", f"set.{text}": "1", "example": text, "colour": text})
    )
    assert state["f"] == "u"
    assert url.write(state).isascii()


def test_state_file_with_half_a_pair_of_surrogates_is_answered_on_the_page():
    at = opened("explorer", f="a*u^2", cells="64")
    before = address(at), drawn(at)
    loaded(at, document(state={"f": "u + \ud800"}))
    assert not at.exception
    assert "The formula in the file cannot be read" in words(at)
    assert "Nothing was changed." in words(at)
    assert (address(at), drawn(at)) == before


@pytest.mark.parametrize("value", [1, None, [], {}, [[[1]]], HUGE, 1.5, True])
def test_state_file_with_values_that_are_no_texts_is_refused(value):
    with pytest.raises(StateFileError, match="not text"):
        state_file.read(document(state={"f": "u", "cells": value}))


@pytest.mark.parametrize(
    "data",
    [
        b'{"kind": "curvlib explorer", "version": 1, "state": {"f": NaN}}',
        b'{"version": 1' + b"0" * 5000 + b"}",
        b'"\\ud800"',
    ],
)
def test_json_that_is_odd_is_refused(data):
    with pytest.raises(StateFileError):
        state_file.read(data)


ODD_EVENTS = [
    {"causes": ["pick"], "point": [HUGE, 1]},
    {"causes": ["pick"], "point": [float("nan"), 1]},
    {"causes": ["pick"], "point": [[1], 2]},
    {"causes": ["pick"], "point": "ab"},
    {"causes": ["pick"], "point": {"0": 1, "1": 2}},
    {"causes": ["pick"], "point": [True, False]},
    {"causes": ["release"], "values": {"a": HUGE}},
    {"causes": ["release"], "values": {"a": float("inf")}},
    {"causes": ["release"], "values": {"a": "1"}},
    {"causes": ["release"], "values": {"\ud800": 1}},
    {"causes": ["release"], "values": [1, 2]},
    {"causes": {"pick": 1}},
    {"causes": "pick"},
    {"cause": ["pick"]},
    {"cause": {"a": []}},
    {"colour": ["S"]},
    {"colour": "\ud800"},
    {"sequence": HUGE},
    {"sequence": -1},
    {"sequence": "1"},
    {"sequence": None},
]


@pytest.fixture(scope="module")
def page():
    return opened("explorer", f="a*u^2 + v^2", cells="64", at_u="0.5", **{"set.a": "2"})


@pytest.mark.parametrize("event", ODD_EVENTS, ids=lambda event: ascii(event)[:50])
def test_odd_event_of_the_panel_changes_nothing(page, event):
    before = address(page)
    told(page, **({"cause": "pick"} | event))
    assert not page.exception
    assert address(page) == before


def test_panel_sets_points_of_the_window_and_values_of_its_sliders_only():
    at = opened("explorer", f="a*u^2 + v^2", cells="64")
    high = slider(at, "a")["high"]
    told(at, "pick", causes=["pick", "release"], point=[1e300, -1e300], values={"a": 1e308})
    assert not at.exception
    assert [at.number_input(key=key).value for key in ("at_u", "at_v")] == [2, -2]
    assert slider(at, "a")["value"] == high


@pytest.mark.parametrize(
    "event",
    [
        None,
        [],
        "x",
        3,
        {},
        {"text": "u"},
        {"sequence": HUGE, "text": "u"},
        {"sequence": True, "text": "u"},
        {"sequence": 1, "text": 3},
    ],
)
def test_odd_event_of_the_box_is_as_if_nothing_was_said(event):
    assert read_said(event) == Said()


@pytest.mark.parametrize("event", [None, [], "x", 3, {}])
def test_odd_event_of_the_panel_is_as_if_nothing_was_said(event):
    assert read_state(event) == PanelState()


def test_point_picked_outside_the_map_of_an_experiment_is_put_on_its_edge():
    at = told(opened("example31"), "pick", point=[-0.5, 1e300])
    assert not at.exception
    assert [at.slider(key=key).value for key in ("u", "v")] == [0, 10]


def test_whole_pairs_of_surrogates_become_their_character():
    assert read_said({"sequence": 1, "text": "\ud83d\ude00"}).text == "😀"


@pytest.mark.parametrize(
    ("sent", "number"),
    [
        (1, 1.0),
        (1.5, 1.5),
        (HUGE, None),
        (float("nan"), None),
        (float("inf"), None),
        (True, None),
        ("1", None),
        (None, None),
    ],
)
def test_number_is_finite_or_none(sent, number):
    assert plain.number(sent) == number


def test_counted_are_messages_up_to_what_a_browser_can_count():
    assert [plain.count(sent) for sent in (1, plain.LARGEST, plain.LARGEST + 1, 0, True, 1.0)] == [1, 2**53, 0, 0, 0, 0]


@pytest.mark.parametrize("text", ["sigmod(u)", "u +", "1/0", "<img src=x onerror=alert(1)>"])
def test_link_with_a_wrong_formula_keeps_its_text_and_offers_the_first_example(text):
    at = opened("explorer", f=text)
    assert formula_box.told(at)["text"] == text
    assert formula_box.told(at)["error"]
    assert "correct the formula, or begin with an example" in said(at)
    at.button(key="first_example").click().run()
    assert not at.exception
    assert formula_box.told(at)["text"] == PRESETS[url.START].text
    assert unpack(drawn(at))[0]["window"] == [0, pytest.approx(12.566, abs=1e-3), 0, pytest.approx(12.566, abs=1e-3)]
    assert "begin with an example" not in said(at)


def test_view_alone_of_a_wrong_formula_offers_the_first_example():
    at = opened("explorer", panel="S", f="sigmod(u)").button(key="first_example").click().run()
    assert not at.exception
    assert unpack(drawn(at))[0]["shown"] == ["S"]


@pytest.mark.parametrize(("page", "key"), [("tensors", "f"), ("reparametrisation", "f"), ("perturbations", "loss")])
def test_link_with_a_wrong_formula_to_an_experiment_keeps_its_text_and_a_picture(page, key):
    at = opened(page, **{key: "sigmod(u)"})
    assert not at.exception
    assert at.text_input(key=key).value == "sigmod(u)"
    assert "sigmoid" in said(at)
    assert "The picture is still that of" in said(at)
    assert at.get("plotly_chart")


WRONG_WINDOWS = {
    "The window of u is empty: 2 is not below -2": {"u_min": 2.0, "u_max": -2.0},
    "must run between finite numbers up to 1e+12": {"v_max": 1e300},
    "narrower than": {"v_min": 0.0, "v_max": 1e-300},
}


@pytest.mark.parametrize("message", WRONG_WINDOWS)
def test_wrong_window_is_said_above_the_picture_which_names_the_window_it_shows(message):
    at = opened("explorer", f="u^2 - v^2", cells="64", u_max="3")
    before = drawn(at)
    for key, value in WRONG_WINDOWS[message].items():
        at.number_input(key=key).set_value(value)
    at.run()
    assert not at.exception
    assert drawn(at) == before
    assert message in beside_the_picture(at)
    assert "The picture is still that of u from −2 to 3 and v from −2 to 2." in beside_the_picture(at)
    for key, value in {"u_min": -1.0, "u_max": 1.0, "v_min": -1.0, "v_max": 1.0}.items():
        at.number_input(key=key).set_value(value)
    assert "still that of" not in said(at.run())


def test_wrong_window_in_a_link_shows_that_of_the_example_and_says_so():
    at = opened("explorer", example="rosenbrock", u_min="5", u_max="-5", cells="64")
    assert unpack(drawn(at))[0]["window"] == [-2, 2, -1, 3]
    assert "The picture is still that of u from −2 to 2 and v from −1 to 3." in beside_the_picture(at)


def beside_the_picture(at):
    """The sentences in the column of the panel."""
    (column,) = [
        column for column in at.columns if any(component.proto.bytes for component in column.get("bidi_component"))
    ]
    return "\n".join(text.value for text in column.get("text"))


def test_point_outside_the_window_is_said_with_its_numbers():
    at = opened("explorer", f="u^2 - v^2", cells="64", at_u="99", at_v="99")
    beside = next(
        column for column in at.columns if {"at_u", "v_max"} <= {number.key for number in column.number_input}
    )
    assert "The point lies outside the window." in [text.value for text in beside.get("text")]
    inside = opened("explorer", f="u^2 - v^2", cells="64")
    assert "outside the window" not in said(inside)


def test_json_of_the_pages_is_read_by_browsers():
    """Python writes numbers into JSON that no browser reads:
    the header of the panel must have none.
    """
    at = opened("explorer", f="1/u", cells="64")
    json.dumps(unpack(drawn(at))[0], allow_nan=False)

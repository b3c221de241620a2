"""The page through Streamlit's own test driver and the real library:
what a visitor does, and what they then see.
"""

import csv
import io
import json
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, unquote

import numpy as np
import pytest
from hypothesis import given, strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from streamlit.testing.v1 import AppTest

from curvlib import PRESETS, ExpressionError, Grid, evaluate, geometry_at, parse
from curvlib.curvature.measures import BY_NAME, FURTHER
from curvlib.evaluation.jets import jet_program
from curvlib.files import archive
from curvlib.symbolic.closed_forms import closed_forms
from pages.ui.charts import picture as pictures
from pages.ui.charts.picture import PictureError, picture
from pages.ui.charts.zero_curves import thinned
from pages.ui.explorer import downloads
from pages.ui.panel import unpack
from pages.ui.results import closed_form_jobs as workers
from pages.ui.results.cache import Cache
from pages.ui.state import controls, link_values, url
from tests import formula_box, session

ROOT = Path(__file__).parent.parent
START = PRESETS[url.START].text


def opened(**query: str) -> AppTest:
    """The explorer in a session of its own, come to by a link."""
    return session.opened("explorer", **query)


def typed(at: AppTest, text: str) -> AppTest:
    return formula_box.write(at, text)


def drawn(at: AppTest) -> bytes:
    """The message that the panel of the page was sent."""
    (message,) = [component.proto.bytes for component in at.get("bidi_component") if component.proto.bytes]
    return message


def slider(at: AppTest, name: str) -> dict[str, float]:
    """A slider of the panel."""
    (found,) = [slider for slider in unpack(drawn(at))[0]["sliders"] if slider["name"] == name]
    return found


def told(at: AppTest, cause: str, **event: object) -> AppTest:
    """The page after its panel has said something."""
    (panel,) = [component.proto for component in at.get("bidi_component") if component.proto.bytes]
    states = at._tree.get_widget_states()
    message = {"sequence": 1 + unpack(panel.bytes)[0]["acknowledged"], "cause": cause, "causes": [cause]}
    message |= {"point": None, "values": {}, "colour": "S"}
    states.widgets.add(id=panel.id, json_value=json.dumps({"event": message | event}))
    return at._run(states)


def charts(at: AppTest) -> list[str]:
    return [chart.proto.spec for chart in at.get("plotly_chart")]


def words(at: AppTest) -> str:
    return "\n".join(
        [
            formula_box.words(at),
            *(text.value for text in at.text),
            *(code.value for code in at.code),
            *(caption.value for caption in at.caption),
        ]
    )


def address(at: AppTest) -> dict[str, list[str]]:
    """The query that is shown in the browser's address line."""
    sent = [json.loads(component.proto.json or "{}") for component in at.get("bidi_component")]
    (query,) = [data["query"] for data in sent if "query" in data]
    return parse_qs(query, strict_parsing=True) if query else {}


@pytest.fixture(scope="module")
def start() -> AppTest:
    return opened()


def test_page_opens_on_the_example_of_the_paper(start):
    assert not start.exception
    assert formula_box.told(start)["text"] == START
    assert unpack(drawn(start))[0]["shown"] == ["surface", "S", "trace", "gradient"]
    assert address(start) == {}


def test_page_shows_the_numbers_of_the_library(start):
    at = geometry_at(parse(START), (1.0, 2.0), {"c": 0.1})
    table = "".join(formula.value for formula in start.get("latex"))
    assert f"{at.scalar_curvature:.12g}" in table
    assert f"{at.hessian_trace:.6g}" in table
    fields = evaluate(parse(START), PRESETS[url.START].grid(), {"c": 0.1})
    rows = thinned(256, 128)
    assert_allclose(unpack(drawn(start))[1]["S"], fields.scalar_curvature[np.ix_(rows, rows)], rtol=1e-6)


BAD = {
    ")": "never opened",
    "1/0": "divides by zero",
    "__import__('os')": "cannot be read",
    "arctan(u": "Add ')'",
    "0,5*u": "0.5",
    "😀": "U+1F600",
    "u+" * 2500: "5,000 characters",
    "": "no formula",
    "sigmod(u)": "sigmoid",
    "<img src=x onerror=alert(1)>": "Left of an equals sign",
    "![a](http://example.org/a.png)": "cannot be read",
}


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:12])
def test_wrong_formula_is_answered_and_the_picture_stays(text):
    at = opened()
    before = drawn(at)
    typed(at, text)
    assert not at.exception
    assert BAD[text] in words(at)
    assert formula_box.told(at)["error"]["position"] <= len(text)
    assert f"still that of {START}" in words(at)
    assert drawn(at) == before
    assert formula_box.told(at)["text"] == text
    typed(at, "u^2 - v^2")
    assert "still that of" not in words(at)
    assert drawn(at) != before


@pytest.mark.parametrize("text", BAD, ids=lambda text: text[:12])
def test_link_with_a_wrong_formula_is_answered_too(text):
    at = opened(f=text)
    assert not at.exception
    assert formula_box.told(at)["text"] == (START if not text or len(text) > url.MAX_BYTES else text)


HOSTILE = [
    "**bold** :red[x] $x$",
    "![a](http://example.org/a.png)",
    "<script>alert(1)</script>",
    "[a](javascript:alert(1))",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_visitor_types_is_shown_as_plain_text_only(text):
    at = typed(opened(f="u + 1"), text)
    marked_up = [
        element.value
        for kind in ("markdown", "caption", "latex", "title", "html")
        for element in at.get(kind)
        if hasattr(element, "value")
    ]
    assert not [value for value in marked_up if text[:9] in str(value)]
    assert formula_box.told(at)["text"] == text


def test_parameter_brings_a_slider_that_remembers_its_value():
    at = typed(opened(), "a*u^2")
    assert slider(at, "a")["value"] == 1
    told(at, "release", values={"a": 2.5})
    assert slider(at, "a")["value"] == 2.5
    assert address(at)["set.a"] == ["2.5"]
    typed(at, "u^2")
    assert not unpack(drawn(at))[0]["sliders"]
    assert "set.a" not in address(at)
    assert slider(typed(at, "a*u^2 + v"), "a")["value"] == 2.5


def test_value_in_the_text_sets_the_slider():
    at = typed(opened(), "k = 12; k*u^2")
    assert slider(at, "k")["value"] == 12
    assert "set.k" not in address(at)
    told(at, "release", values={"k": 20.0})
    assert address(at)["set.k"] == ["20"]
    assert slider(typed(at, "k = 14; k*u^2"), "k")["value"] == 14


def test_panel_sets_only_what_it_was_given_to_set():
    at = told(opened(), "release", values={"c": 0.2, "d": 5.0, "f": 1.0, "u_min": 3.0})
    assert not at.exception
    assert address(at) == {"set.c": ["0.2"]}


def test_picked_point_is_the_chosen_one_with_no_more_digits_than_can_be_seen():
    at = told(opened(), "pick", point=[3.14159265358979, 2.0000001])
    assert [at.number_input(key=key).value for key in ("at_u", "at_v")] == [3.142, 2.0]
    assert address(at) == {"at_u": ["3.142"]}
    assert f"{geometry_at(parse(START), (3.142, 2.0), {'c': 0.1}).scalar_curvature:.12g}" in "".join(
        formula.value for formula in at.get("latex")
    )


def test_colour_chosen_in_the_panel_is_in_the_link():
    at = told(opened(), "colour", colour="gradient")
    assert address(at) == {"colour": ["gradient"]}
    assert unpack(drawn(at))[0]["colour"] == "gradient"
    assert "|∇f| runs" in words(at)


def test_landscape_that_takes_too_long_says_so_and_the_last_one_stays(monkeypatch):
    at = opened(cells="64")
    before = drawn(at)
    monkeypatch.setattr(pictures, "picture", partial(picture, patience=-1))
    at.button_group(key="cells").set_value(1024).run()
    assert not at.exception
    assert "Choose fewer points" in words(at)
    assert drawn(at) == before
    monkeypatch.undo()
    assert drawn(at.button_group(key="cells").set_value(128).run()) != before


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("S", "S"), ("gradient", "gradient"), ("surface", "surface"), ("all", "surface"), ("<b>", "surface")],
)
def test_link_can_ask_for_one_view_alone(asked, shown):
    at = opened(panel=asked, f="a*u^2", cells="64", **{"set.a": "2"})
    assert not at.exception
    assert unpack(drawn(at))[0]["shown"] == [shown]
    assert slider(at, "a")["value"] == 2
    assert not at.text_input
    assert not at.title
    told(at, "release", values={"a": -1.0})
    assert slider(at, "a")["value"] == -1


def test_view_alone_of_a_wrong_formula_says_what_is_wrong():
    at = opened(panel="S", f="sigmod(u)")
    assert not at.exception
    assert "sigmoid" in words(at)


def test_example_brings_its_window_its_parameters_and_its_reason():
    at = opened()
    at.selectbox(key="example").set_value("rosenbrock").run()
    assert formula_box.told(at)["text"] == PRESETS["rosenbrock"].text
    keys = ("u_min", "u_max", "v_min", "v_max", "at_u", "at_v")
    assert [at.number_input(key=key).value for key in keys] == [-2, 2, -1, 3, 0, 1]
    assert (slider(at, "b")["value"], slider(at, "b")["high"]) == (100, PRESETS["rosenbrock"].parameters["b"].high)
    assert PRESETS["rosenbrock"].reason in words(at)
    assert list(address(at)) == ["f"]


def test_formula_that_comes_back_has_the_last_right_window_it_was_left_with():
    at = opened(example="rosenbrock", cells="64")
    at.number_input(key="u_max").set_value(0.0).run()
    at.number_input(key="u_min").set_value(7.0).run()
    at.selectbox(key="example").set_value("himmelblau").run()
    assert unpack(drawn(at))[0]["window"] == [-5, 5, -5, 5]
    formula_box.write(at, PRESETS["rosenbrock"].text, "restored")
    assert unpack(drawn(at))[0]["window"] == [-2, 0, -1, 3]
    assert "still that of" not in words(at)


def test_undone_example_gives_back_the_window_and_the_parameters_it_replaced():
    at = told(typed(opened(), "a*u^2 + v"), "release", values={"a": 2.5})
    at.number_input(key="v_max").set_value(7.0).run()
    at.selectbox(key="example").set_value("rosenbrock").run()
    at.number_input(key="u_max").set_value(4.0).run()
    formula_box.write(at, "a*u^2 + v", "restored")
    assert (slider(at, "a")["value"], at.number_input(key="v_max").value) == (2.5, 7)
    assert at.selectbox(key="example").value is None
    formula_box.write(at, PRESETS["rosenbrock"].text, "restored")
    assert (at.number_input(key="u_max").value, at.number_input(key="v_max").value) == (4, 3)
    assert at.selectbox(key="example").value == "rosenbrock"


def test_example_from_the_list_of_last_formulas_brings_its_window():
    at = formula_box.write(opened(), PRESETS["rosenbrock"].text, "restored")
    assert [at.number_input(key=key).value for key in ("u_min", "u_max", "v_min", "v_max")] == [-2, 2, -1, 3]
    assert typed(at, PRESETS["peaks"].text).number_input(key="v_max").value == 3


def test_formulas_remember_how_they_were_left_only_so_far_back():
    at = opened(cells="64")
    for k in range(controls.MOST_LEFT + 5):
        formula_box.write(at, f"u + {k}", "restored")
    typed(at, "u" * 2001)
    formula_box.write(at, "u", "restored")
    assert len(at.session_state.left) == controls.MOST_LEFT
    assert max(map(len, at.session_state.left)) < 2001


def test_text_that_was_not_heard_yet_is_not_lost_when_the_server_was_restarted():
    """The browser tells a new session what it wrote to the old one;
    a formula too long for the address is in no other place.
    """
    at = formula_box.write(opened(), "θ" * 1999)
    del at.session_state["heard"], at.session_state["kept"]
    formula_box.write(at, "u + " * 490 + "v")
    assert formula_box.told(at)["text"] == "u + " * 490 + "v"


def test_editing_an_example_keeps_its_window_and_the_ends_of_its_sliders():
    at = typed(opened(example="rosenbrock"), PRESETS["rosenbrock"].text + " + u")
    assert at.number_input(key="v_max").value == 3
    assert (slider(at, "b")["value"], slider(at, "b")["high"]) == (100, PRESETS["rosenbrock"].parameters["b"].high)
    assert (address(at)["v_max"], address(at)["set.b"]) == (["3"], ["100"])
    assert at.selectbox(key="example").value is None


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_opens(name):
    at = opened(example=name, cells="64")
    assert not at.exception
    assert unpack(drawn(at))[1]["S"].shape == (64, 64)
    assert "still that of" not in words(at)


def arrays_of(at: AppTest) -> tuple[dict, dict]:
    """The message that is drawn, without the count of the panel's own."""
    header, arrays = unpack(drawn(at))
    return header | {"acknowledged": 0}, {name: array.tobytes() for name, array in arrays.items()}


def test_link_restores_all_there_is_to_restore():
    at = typed(opened(), "a*u^2 + k*v^4")
    told(at, "release", values={"k": -1.5}, colour="trace")
    for key, value in {"u_min": -1.0, "u_max": 3.5, "v_min": -0.25, "v_max": 1.0, "at_u": 0.5, "at_v": 0.125}.items():
        at.number_input(key=key).set_value(value)
    at.button_group(key="cells").set_value(128)
    at.run()
    other = opened(**{key: values[0] for key, values in address(at).items()})
    assert arrays_of(other) == arrays_of(at)
    assert address(other) == address(at)
    assert [formula.value for formula in other.get("latex")] == [formula.value for formula in at.get("latex")]


def test_link_that_lost_its_plus_is_read_aloud():
    at = opened(f="u v")
    assert "u*v" in words(at)
    assert "may have been lost" in words(at)
    assert "may have been lost" not in words(typed(at, "u v + 1"))


def test_value_beyond_a_slider_widens_it():
    at = opened(f=START, **{"set.c": "3"})
    assert (slider(at, "c")["value"], slider(at, "c")["high"]) == (3, 3)


def test_empty_window_is_refused_and_the_last_one_stays():
    at = opened()
    before = drawn(at)
    at.number_input(key="u_min").set_value(20.0).run()
    assert not at.exception
    assert "window of u is empty" in words(at)
    assert drawn(at) == before


@pytest.mark.parametrize("key", ["u_min", "v_max", "at_u"])
def test_emptied_field_keeps_its_number_and_names_it(key):
    at = opened(u_min="-1.25", v_max="1.25", at_u="0.125")
    before, kept = drawn(at), at.number_input(key=key).value
    at.number_input(key=key).set_value(None).run()
    assert not at.exception
    assert at.number_input(key=key).placeholder == f"{kept:g}"
    assert drawn(at) == before


def test_fields_show_all_digits_that_were_typed():
    at = opened(u_min="1000000", u_max="1000001.5")
    assert [at.number_input(key=key).proto.format for key in ("u_min", "u_max")] == ["%.6g", "%.8g"]


def test_point_without_geometry_says_why():
    at = opened(example="hyperboloid_1sheet_annulus")
    assert "square root of a negative number" in words(at)
    assert "Not defined at this point" in words(at)


def test_undefined_cells_are_counted_and_explained():
    at = opened(f="log(u)", cells="64")
    assert "not defined in 2,048 of 4,096 cells (50 %): logarithm of a negative number (2,048)" in words(at)


def test_colours_tell_what_they_cut():
    at = opened(example="rosenbrock")
    assert "S runs from −34.81 to 867.5. 1 % lies beyond the ends of the colours." in words(at)


def test_picture_that_takes_too_long_is_given_up():
    with pytest.raises(PictureError, match="Choose fewer points"):
        picture(parse("sin(u*v)"), Grid((0, 1), (0, 1), (2048, 2048)), {}, patience=-1)


def test_formula_with_too_many_derivatives_is_a_wrong_formula():
    at = opened(cells="64")
    heavy = "*".join(f"sin(u*v+{k})^u" for k in range(60))
    parsed = parse(heavy)
    with pytest.raises(ExpressionError, match="at most"):
        jet_program(parsed)
    before = drawn(at)
    assert not typed(at, heavy).exception
    assert drawn(at) == before
    assert "operations" in words(at)


def test_kinks_are_named():
    assert "S is not defined where abs has a kink or where floor jumps." in words(
        opened(f="abs(u) + floor(v) + abs(v)")
    )


def test_curve_of_degenerate_points_is_one_line_not_a_table():
    at = opened(example="mexican_hat")
    assert "A closed curve of degenerate points, a valley: all along it f = 0, S = 0, and tr H from 8 to 8." in words(
        at
    )
    (table,) = at.dataframe
    assert list(table.value["kind"]) == ["maximum"]


state = st.fixed_dictionaries(
    {
        "f": st.sampled_from(["u+v", "a*u^2 + v", "e^(-c u) sin u; ", START, PRESETS["peaks"].text, "θ_1 u & v = #"]),
        "cells": st.sampled_from(link_values.SIDES),
    }
    | {key: st.floats(-1e9, 1e9) for key in ("u_min", "u_max", "v_min", "v_max", "at_u", "at_v")}
    | {"colour": st.sampled_from(["f", "S", "trace", "gradient"]), "set.c": st.floats(-1e6, 1e6)}
)


@given(state)
def test_address_says_all_of_the_state(told):
    query = parse_qs(url.write(told)) if url.write(told) else {}
    told["f"] = told["f"].strip()
    assert url.read(query) == url.defaults(told["f"], told) | told


@given(
    st.dictionaries(
        st.text(max_size=8) | st.sampled_from([*link_values.READERS, "set.c", "set.", "example", "set.a b"]),
        st.lists(st.text(max_size=30), max_size=3),
        max_size=6,
    )
)
def test_any_query_is_read_as_a_valid_state(query):
    read = url.read(query)
    assert {"f", "cells", "colour", "u_min", "u_max", "v_min", "v_max", "at_u", "at_v"} <= read.keys()
    assert read["cells"] in link_values.SIDES
    assert all(np.isfinite(value) for value in read.values() if isinstance(value, float))


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("cells", "1e9", 1024),
        ("cells", "-3", 64),
        ("cells", "nan", 256),
        ("cells", "100", 128),
        ("u_min", "inf", 0.0),
        ("u_min", "1e300", 1e12),
        ("u_min", "1_0", 0.0),
        ("u_min", "٣", 0.0),
        ("at_v", "-1.5e-3", -0.0015),
        ("colour", "<b>", "S"),
        ("set.c", "-1e99", -1e6),
        ("f", "c = 2 \r\n\r\n c*u", "c = 2\n c*u"),
        ("f", "  ", START),
        ("f", "u" * 5000, START),
    ],
)
def test_key_is_clamped_or_left_at_its_default(key, text, value):
    assert url.read({key: [text]})[key] == value


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("learning_rate", "0.00123", 0.0015),
        ("learning_rate", "0.00122", 0.001),
        ("noise", "7.08", 10),
        ("noise", "7.06", 5),
        ("max_steps", "70", 50),
        ("max_steps", "71", 100),
    ],
)
def test_level_nearest_by_ratio_is_taken(key, text, value):
    assert url.read({key: [text]})[key] == value


@pytest.mark.parametrize(
    ("key", "levels"),
    [("learning_rate", link_values.LEARNING_RATES), ("noise", link_values.NOISES), ("max_steps", link_values.STEPS)],
)
def test_every_level_is_its_own_nearest_and_what_is_beyond_is_the_last(key, levels):
    assert [url.read({key: [repr(level)]})[key] for level in levels] == list(levels)
    assert url.read({key: ["-1"]})[key] == levels[0]
    assert url.read({key: ["1e300"]})[key] == levels[-1]


def test_link_gives_values_to_sixteen_parameters_and_no_more():
    query = {f"set.c{i}": [f"{i}.5"] for i in range(url.MAX_PARAMETERS + 2)}
    assert {key: value for key, value in url.read(query).items() if key.startswith("set.")} == {
        f"set.c{i}": i + 0.5 for i in range(16)
    }


def test_second_point_begins_halfway_from_the_middle_to_the_corner_of_both_largest_ends():
    query = {"u_min": ["-1"], "u_max": ["3"], "v_min": ["10"], "v_max": ["18"]}
    read = url.read({"f": ["u^2 - 3*v^2"], **query})
    assert ((read["at_u"], read["at_v"]), (read["to_u"], read["to_v"])) == ((1, 14), (2, 16))


def test_first_of_doubled_keys_counts():
    assert url.read({"cells": ["64", "128"]})["cells"] == 64


def test_formula_too_long_for_a_link_makes_none():
    assert url.write({"f": "θ" * 1999}) == ""


LOSS, GRID, VALUES = parse("exp(-c*u)*atan2(u, v)"), Grid((-1, 2), (0, 1), (5, 4)), {"c": 0.3}


def test_npz_holds_the_fields_and_opens_without_pickle():
    fields = evaluate(LOSS, GRID, VALUES, further=tuple(FURTHER))
    with np.load(io.BytesIO(archive.of_fields(fields, GRID, LOSS, VALUES)), allow_pickle=False) as file:
        assert_array_equal(file["u"], GRID.u)
        assert_array_equal(file["v"], GRID.v)
        for name in BY_NAME:
            assert_array_equal(file[name], getattr(fields, name))
        assert json.loads(str(file["about"])) == {"formula": LOSS.canonical, "parameters": VALUES}


def test_csv_holds_the_fields_to_the_last_bit_and_no_cell_that_computes():
    fields = evaluate(LOSS, GRID, VALUES, further=tuple(FURTHER))
    header, *rows = csv.reader(io.StringIO(downloads.as_csv(fields, GRID).decode()))
    assert header == ["u", "v", *BY_NAME]
    values = np.array(rows).astype(float)
    assert_array_equal(values[:, 2].reshape(5, 4), fields.f)
    assert_array_equal(values[:, 5].reshape(5, 4), fields.scalar_curvature)
    assert_array_equal(values[:4, 0], GRID.u)


def test_snippet_runs_and_gives_the_same_number():
    code = downloads.snippet(LOSS, GRID, VALUES, (0.5, 0.25))
    printed = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    assert f"S at the point: {geometry_at(LOSS, (0.5, 0.25), VALUES).scalar_curvature!r}" in printed


def test_link_in_the_corner_is_the_one_in_the_address_line():
    at = typed(opened(), "u^3 + v")
    assert unquote(next(code.value for code in at.code if "?" in code.value)).endswith(
        "?f=u^3 + v&u_min=0&u_max=12.566&v_min=0&v_max=12.566&at_u=1&at_v=2"
    )


def test_cache_keeps_what_was_used_last_within_its_bytes():
    made: list[int] = []
    cache = Cache(max_bytes=100)

    def get(key: int) -> int:
        return cache(key, 40, lambda: made.append(key) or key)

    assert [get(1), get(2), get(1), get(3), get(1), get(2)] == [1, 2, 1, 3, 1, 2]
    assert made == [1, 2, 3, 2]
    assert cache.bytes <= 100


def test_cache_computes_once_for_all_who_wait():
    made, gate, cache = [], threading.Barrier(4), Cache(1000)

    def ask() -> None:
        gate.wait()
        cache("key", 1, lambda: made.append(1))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(made) == 1


def test_cache_forgets_a_failure():
    cache = Cache(1000)
    with pytest.raises(ZeroDivisionError):
        cache("key", 7, lambda: 1 // 0)
    assert cache.bytes == 0
    assert cache("key", 7, lambda: 5) == 5


@pytest.mark.parametrize(
    ("text", "trace", "curvature"),
    [
        ("u^2 - v^2", "0", r"- \frac{8}{\left(4 u^{2} + 4 v^{2} + 1\right)^{2}}"),
        ("lam*u + v", "0", "0"),
        ("lam*u^2 + v^2", r"2 \lambda + 2", r"\frac{8 \lambda}{\left(4 \lambda^{2} u^{2} + 4 v^{2} + 1\right)^{2}}"),
        ("max(u, v)", "0", "0"),
    ],
)
def test_closed_forms_of_small_losses(text, trace, curvature):
    *_, last = closed_forms(parse(text))
    assert (last.hessian_trace, last.scalar_curvature) == (trace, curvature)


def test_worker_answers_and_is_told_when_to_stop():
    assert workers.work_out("u^2 - v^2").ending == "done"
    heavy = "+".join(f"sin({k}*u*v+{k})^{k}" for k in range(2, 14))
    assert workers.work_out(parse(heavy).canonical).ending == "stopped"


def test_worker_that_died_waiting_is_replaced():
    workers.keep_ready()
    workers._waiting[0].kill()
    assert workers.work_out("u*v").ending == "done"


def test_third_visitor_is_told_that_the_workers_are_busy():
    taken = [workers._free.acquire(blocking=False) for _ in range(workers.WORKERS)]
    try:
        assert all(taken)
        assert workers.work_out("u^2").ending == "busy"
    finally:
        [workers._free.release() for _ in taken]


def test_closed_forms_come_when_asked_for():
    at = opened(f="u^2 - v^2", cells="64")
    at.button(key="work_out").click().run()
    assert any(r"4 u^{2} + 4 v^{2} + 1" in formula.value for formula in at.get("latex"))

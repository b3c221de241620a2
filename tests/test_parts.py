"""The net under the pages: whatever one part raises, the others stay, a sentence says so, and the
log has the trace.
"""

import ast
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException
from streamlit.testing.v1 import AppTest

import app
from pages.ui import home
from pages.ui.explorer import ball_readings, optimiser_readings, own_grid, share
from pages.ui.landscape import landscape_panel, readings
from pages.ui.lessons import lesson_view
from pages.ui.page import parts, sections
from pages.ui.paper import (
    dragging,
    errata_cards,
    escaping_figures,
    example31_figures,
    reparametrisation_figures,
    spectrum_figures,
    wells_figures,
)
from pages.ui.paper.ball import specimen_figures, specimens
from pages.ui.paper.batches import batch_figures
from pages.ui.paper.networks import network_figures
from pages.ui.paper.perturbations import perturbation_figures, remainder
from pages.ui.paper.surfaces import gallery, surface_figures
from pages.ui.paper.tensors import tensor_lights, tensor_tables
from pages.ui.results import cache, closed_form_jobs
from pages.ui.state import address, controls
from tests import formula_box
from tests.session import opened, said

ROOT = Path(__file__).parent.parent

BROKEN = "This part of the page failed"


def breaks(*_arguments, **_keywords):
    raise ZeroDivisionError("broken on purpose")


# the page → what is broken on it, the sentences there are then, and what still stands on the page
PAGES = {
    "home": [
        (home, "explore", 1, "Bring your own"),
        (home, "read", 1, "Open the explorer"),
        (dragging, "surface", 1, "Bring your own"),
    ],
    "lessons": [(lesson_view, "listing", 1, "")],
    "grid": [
        (own_grid, "curvature", 1, "Limits"),
        (own_grid, "picture", 1, "Limits"),
        (own_grid, "told", 1, "Limits"),
        (own_grid, "at_point", 1, "Limits"),
        (own_grid, "python", 1, "Limits"),
        (own_grid, "against_truth", 1, "Limits"),
    ],
    "tensors": [
        (cache, "geometry", 1, "What to try"),
        (tensor_tables, "surface", 1, "By definition"),
        (tensor_tables, "by_definition", 1, "By the paper's formulas"),
        (tensor_lights, "sides", 1, "In letters"),
    ],
    "spectrum": [
        (spectrum_figures, "cone", 1, "Limits"),
        (spectrum_figures, "turned", 1, "Limits"),
        (spectrum_figures, "families", 1, "Limits"),
    ],
    "ball": [
        (specimens, "trials", 1, "Limits"),
        (specimen_figures, "surfaces", 1, "Limits"),
        (specimens, "bowl_table", 1, "Limits"),
    ],
    "example31": [
        (example31_figures, "compared", 1, "Limits"),
        (dragging, "surface", 1, "Limits"),
        (example31_figures, "map_of", 3, "Limits"),
        (example31_figures, "python", 1, "Limits"),
    ],
    "wells": [
        (wells_figures, "walk", 1, "Limits"),
        (wells_figures, "traces", 1, "Limits"),
        (wells_figures, "table", 1, "Limits"),
    ],
    "batches": [
        (batch_figures, "experiment", 1, "Limits"),
        (batch_figures, "batch_figure", 2, "Limits"),
        (batch_figures, "table", 1, "Limits"),
    ],
    "perturbations": [
        (perturbation_figures, "clouds", 1, "Limits"),
        (perturbation_figures, "directions", 1, "Limits"),
        (remainder, "excess", 1, "Limits"),
    ],
    "escaping": [
        (escaping_figures, "race", 1, "Limits"),
        (escaping_figures, "paths", 2, "Limits"),
        (escaping_figures, "at_time", 1, "Limits"),
    ],
    "reparametrisation": [
        (reparametrisation_figures, "bench", 1, "Limits"),
        (reparametrisation_figures, "table", 1, "Limits"),
        (reparametrisation_figures, "shears", 1, "Limits"),
    ],
    "networks": [(network_figures, "python", 1, "Limits")],
    "surfaces": [
        (surface_figures, "large", 1, "Limits"),
        (surface_figures, "running_total", 1, "Limits"),
        (gallery, "grid", 1, "Limits"),
        (surface_figures, "closed_form", 1, "Limits"),
    ],
    "errata": [(errata_cards, "entry", 1, "Limits"), (errata_cards, "right", 1, "Limits")],
}


def words(at):
    return "\n".join(
        [said(at), *(element.value for element in at.subheader), *(link.proto.label for link in at.get("page_link"))]
    )


def test_every_page_is_broken_below():
    assert {page.address for pages in sections.SECTIONS.values() for page in pages} == {*PAGES, "explorer"}


@pytest.mark.parametrize(
    ("page", "module", "name", "n", "standing"), [(page, *case) for page, cases in PAGES.items() for case in cases]
)
def test_broken_part_leaves_the_others_standing(page, module, name, n, standing, monkeypatch, broken_parts):
    whole = opened(page)
    monkeypatch.setattr(module, name, breaks)
    monkeypatch.setattr(cache, "_results", cache.Cache(cache.MAX_BYTES))
    at = opened(page)
    assert not at.exception
    assert said(at).count(BROKEN) == n
    assert [title.value for title in at.title] == [title.value for title in whole.title]
    assert [(field.key, field.value) for field in at.text_input] == [
        (field.key, field.value) for field in whole.text_input
    ]
    assert standing in words(at)
    assert len(broken_parts) == n
    assert "ZeroDivisionError: broken on purpose" in broken_parts[0]
    assert f"A part of the page {page} broke" in broken_parts[0]
    broken_parts.clear()


EXPLORER = [
    (cache, "geometry", "At the point"),
    (cache, "ball", "At the point"),
    (cache, "ways", "At the point"),
    (cache, "descents", "At the point"),
    (landscape_panel, "_ball", "At the point"),
    (landscape_panel, "_ways", "At the point"),
    (landscape_panel, "explain", "Link to this page"),
    (readings, "trouble", "Link to this page"),
    (readings, "at_point", "Link to this page"),
    (readings, "critical_points", "Link to this page"),
    (ball_readings, "ball", "Link to this page"),
    (ball_readings, "ways", "Link to this page"),
    (optimiser_readings, "optimisers", "Link to this page"),
    (closed_form_jobs, "show", "Link to this page"),
    (share, "offer", "Choose a row"),
    (address, "show", "Choose a row"),
]
"""What is broken on the explorer, and words of a part that still stands."""

LINK = {
    "f": "a*u^2 + v^2", "cells": "64", "ball": "on", "way": "on", "descent": "on", "max_steps": "10", "set.a": "1.5",
}  # fmt: skip


@pytest.mark.parametrize(("module", "name", "standing"), EXPLORER)
def test_explorer_loses_only_the_broken_part(module, name, standing, monkeypatch, broken_parts):
    monkeypatch.setattr(module, name, breaks)
    at = opened("explorer", **LINK)
    assert not at.exception
    assert BROKEN in said(at)
    assert at.title[0].value == "Curvature of a loss landscape"
    assert formula_box.told(at)["text"] == "a*u^2 + v^2"
    assert at.tabs[0].label == "At the point"
    assert standing in said(at) or standing in [tab.label for tab in at.tabs]
    assert [component for component in at.get("bidi_component") if component.proto.bytes], "the panel is gone"
    assert "broken on purpose" in broken_parts[0]
    broken_parts.clear()


def test_landscape_that_breaks_leaves_the_last_one(monkeypatch, broken_parts):
    at = opened("explorer", **LINK)
    monkeypatch.setattr(
        cache,
        "picture",
        lambda expression, *rest, _true=cache.picture: (
            breaks() if "sin" in str(expression) else _true(expression, *rest)
        ),
    )
    formula_box.write(at, "sin(u)")
    assert not at.exception
    assert formula_box.told(at)["text"] == "sin(u)"
    assert BROKEN in said(at)
    assert "The picture is still that of a*u^2+v^2" in said(at)
    broken_parts.clear()


def test_callback_that_breaks_leaves_the_page(monkeypatch, broken_parts):
    monkeypatch.setattr(controls, "assign", breaks)
    at = opened("explorer", **LINK)
    at.selectbox(key="example").set_value("rosenbrock").run()
    assert not at.exception
    assert BROKEN in said(at)
    assert at.title[0].value == "Curvature of a loss landscape"
    broken_parts.clear()


@pytest.mark.parametrize("broken", ["_point", "_landscape"])
def test_view_alone_and_lesson_have_the_net_too(broken, monkeypatch, broken_parts):
    monkeypatch.setattr(landscape_panel, "show", breaks)
    monkeypatch.setattr(lesson_view, broken, breaks)
    for at in (opened("explorer", panel="S"), opened("lessons", lesson="trace", answer="on")):
        assert not at.exception
        assert said(at).count(BROKEN) == 1
    assert "Answer" in [element.value for element in at.subheader]
    broken_parts.clear()


def test_log_has_the_words_of_the_link_but_no_secret(monkeypatch, broken_parts):
    monkeypatch.setattr(readings, "at_point", breaks)
    opened("explorer", token="s3cr3t-word", set="s3cr3t-word", **(LINK | {"f": "c = 2\nc*u"}))
    assert "s3cr3t-word" not in broken_parts[0]
    assert "'token': '(11 characters)'" in broken_parts[0]
    assert "'f': 'c = 2\\nc*u'" in broken_parts[0]
    broken_parts.clear()


@pytest.mark.parametrize("signal", [ScriptControlException, KeyboardInterrupt])
def test_signals_pass_through_the_net(signal):
    with pytest.raises(signal), parts.part():
        raise signal


def test_what_no_part_catches_is_told_by_the_server_itself():
    assert app.app._on_script_error is parts.broke


def test_missing_name_is_told_where_it_is_no_consequence(broken_parts):
    with parts.part():
        raise NameError("a name that this module has not")
    assert len(broken_parts) == 1
    broken_parts.clear()


PAGE = """
import streamlit as st
from pages.ui.page.parts import part

with part():
    given = 1 / st.session_state.get("divisor", 1)
with part():
    st.text(f"{given} {NAME}")
"""


@pytest.mark.parametrize(
    ("name", "divisors", "told"),
    [
        ("given", [0], ["ZeroDivisionError"]),
        ("givne", [1], ["NameError"]),
        ("givne", [0, 1], ["ZeroDivisionError", "NameError"]),
        ("given", [0, 1, 0], ["ZeroDivisionError", "ZeroDivisionError"]),
    ],
)
def test_missing_name_of_a_page_is_told_unless_something_broke_in_the_same_run(
    name, divisors, told, monkeypatch, tmp_path, broken_parts
):
    (tmp_path / "page.py").write_text(PAGE.replace("NAME", name))
    monkeypatch.setattr(parts, "PAGES", tmp_path)
    at = AppTest.from_file(str(tmp_path / "page.py"))
    for divisor in divisors:
        at.session_state.divisor = divisor
        at.run()
    assert [trace.splitlines()[-1].split(":")[0] for trace in broken_parts] == told
    broken_parts.clear()


def test_probe_tells_a_whole_page_from_a_broken_one(monkeypatch, broken_parts):
    assert parts.is_whole(opened("spectrum"))
    monkeypatch.setattr(spectrum_figures, "cone", breaks)
    assert not parts.is_whole(opened("spectrum"))
    broken_parts.clear()


def test_fragments_are_under_the_net():
    """A fragment is run again without its page, so that it needs a net of its own."""
    found = 0
    for path in (ROOT / "pages").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if (
                isinstance(node, ast.FunctionDef)
                and (decorators := [ast.unparse(part) for part in node.decorator_list])
                and "st.fragment" in decorators
            ):
                assert decorators == ["st.fragment", "part()"], f"{path.name}: {node.name}"
                found += 1
    assert found >= 6

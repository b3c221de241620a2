"""What crosses between Python and the formula box: the message, what was said, and refusals."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from curvlib import ExpressionError
from curvlib.language.functions import FUNCTIONS
from pages.ui.charts.theme import ASSETS
from pages.ui.formula_box.answers import Said, mistake, read_said
from pages.ui.formula_box.box import ROOM
from tests.formula_box import told, write


@pytest.fixture
def at() -> AppTest:
    return AppTest.from_file("browser/formula_app.py", default_timeout=30).run()


NONSENSE = [
    None, 3, "u", [], {}, {"text": "u"}, {"sequence": 1}, {"sequence": True, "text": "u"},
    {"sequence": "1", "text": "u"}, {"sequence": -1, "text": "u"}, {"sequence": 1, "text": ["u"]},
    {"sequence": 1.5, "text": "u"},
]  # fmt: skip


@pytest.mark.parametrize("junk", NONSENSE)
def test_nonsense_from_a_browser_is_nothing(junk):
    assert read_said(junk) == Said()


def test_cause_and_edition_of_a_strange_kind_are_the_plain_ones():
    assert read_said({"sequence": 2, "text": "u", "cause": "<b>", "edition": 4}) == Said(2, "u", "typed", "")
    assert read_said({"sequence": 2, "text": "u", "cause": "restored", "edition": "a"}) == Said(2, "u", "restored", "a")


@pytest.mark.parametrize(
    ("text", "position", "counted"), [("u + )", 4, 4), ("😀😀)", 2, 4), ("é)", 1, 1), ("u", 99, 1), ("u", -1, 0)]
)
def test_column_is_counted_as_a_browser_counts(text, position, counted):
    assert mistake(ExpressionError("No.", position), text) == {"message": "No.", "position": counted}


def test_reference_is_sent_until_the_browser_has_it(at):
    message = told(at)
    names = {entry["name"] for group in message["reference"]["groups"] for entry in group["entries"] if entry["word"]}
    assert names >= FUNCTIONS.keys() | {"pi", "e", "tau"}
    assert told(write(at, "u"))["reference"] is None
    assert len(at.get("bidi_component")[0].proto.json) < 300


def test_answer_tells_the_text_it_is_for_and_where_it_is_wrong(at):
    message = told(write(at, "u + sigmod(v)"))
    assert (message["text"], message["acknowledged"] > 0) == ("u + sigmod(v)", True)
    assert message["error"]["position"] == 4
    assert "sigmoid" in message["error"]["message"]
    assert message["shown"] == "u^2 - v^2"
    assert told(write(at, "u + v"))["error"] is None


def test_text_beyond_the_limit_is_kept_and_is_a_mistake(at):
    text = "u + " * 2000
    message = told(write(at, text))
    assert message["text"] == text
    assert "8,000 characters" in message["error"]["message"]


def test_picture_of_a_long_formula_is_named_by_its_beginning(at):
    write(at, "u + v" * 30)
    shown = told(write(at, "("))["shown"]
    assert len(shown) == ROOM
    assert shown.endswith("…")


def test_modules_import_only_each_other_and_read_no_markup():
    for module in (ASSETS / "formula_box").glob("*.js"):
        for imported in re.findall(r'^import\b[^;"]*"([^"]+)"', module.read_text(), re.MULTILINE):
            assert (module.parent / imported).exists(), imported
        for line in module.read_text().splitlines():
            assert not {"innerHTML", "outerHTML", "insertAdjacentHTML"} & set(
                line.replace("(", " ").replace(".", " ").split()
            )
            assert "http" not in line.replace("http://www.w3.org/", "")

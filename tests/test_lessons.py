"""Lessons: their prose says what their numbers say, and their links open from cold."""

import re
import subprocess
import sys

import numpy as np
import pytest
from numpy.testing import assert_allclose
from streamlit.testing.v1 import AppTest

from curvlib.paper import diffusion
from pages.ui.lessons import lessons
from pages.ui.lessons.lessons import LESSONS, MEASURES, places, ranking
from pages.ui.panel import unpack
from tests import formula_box
from tests.test_pages import ROOT, drawn, told, words


def arrived(page: str = "", **query: str) -> AppTest:
    """A session of its own that begins with a link."""
    at = AppTest.from_file(str(ROOT / "pages/main.py"), default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return (at.switch_page(page) if page else at).run()


def ranks(name: str) -> dict[str, str]:
    return {measure: ranking(places(LESSONS[name]), measure) for measure in MEASURES}


# --- what the prose claims


def test_himmelblau_is_ranked_alike_by_all_but_the_sharpest_direction():
    by = ranks("flattest")
    assert by["S"] == by["trace"] == by["rise"] == "C < D < B < A"
    assert by["sharpest"] == "B < C < D < A"
    B, C = places(LESSONS["flattest"])[1:3]
    assert min(B.geometry.eigenvalues) / max(B.geometry.eigenvalues) > min(C.geometry.eigenvalues) / max(
        C.geometry.eigenvalues
    )


def test_branin_is_ranked_by_the_trace_and_not_by_S():
    by = ranks("trace")
    assert by["S"] == "A = B = C"
    assert by["trace"] == by["rise"] == by["sharpest"] == "B < C < A"
    for place in places(LESSONS["trace"]):
        assert_allclose(place.S, 40 * (1 - 1 / (8 * np.pi)), rtol=1e-13)
        assert_allclose(np.cos(place.point[0]), -1)
    traces = [place.trace for place in places(LESSONS["trace"])]
    assert len({round(trace, 6) for trace in traces}) == 3


def test_canyon_is_flat_by_S_and_sharp_by_everything_else():
    by = ranks("canyon")
    assert by["S"] == "C < B < A"
    assert by["trace"] == by["sharpest"] == by["rise"] == "B < C < A"
    sharp, flat, canyon = places(LESSONS["canyon"])
    assert abs(canyon.S) < 0.01
    assert canyon.trace > 4 * flat.trace
    assert canyon.rise > 4 * flat.rise
    assert_allclose(canyon.sharpest, sharp.sharpest, rtol=1e-3)
    for place in (sharp, flat, canyon):
        assert_allclose(
            place.rise, diffusion.expected_pit_rise(place.point, LESSONS["canyon"].sigma, (0.4, 1.2, 0.4)), rtol=1e-9
        )


@pytest.mark.parametrize("name", LESSONS)
def test_places_are_where_the_slope_vanishes(name):
    for place in places(LESSONS[name]):
        assert place.geometry.gradient_norm < 1e-8
        assert min(place.geometry.eigenvalues) > 0


@pytest.mark.parametrize("name", LESSONS)
def test_prose_of_a_lesson_has_no_numbers_of_its_own(name):
    """Numbers are computed; of the words, only the loss at Himmelblau's minima and "almost 0" may
    be one, and the squares of a formula.
    """
    prose = LESSONS[name].words
    assert set(prose.sections) == {"Answer"}
    assert set(re.findall(r"\d+(?:\.\d+)?", prose.lead + prose.sections["Answer"])) <= {"0", "6"}


@pytest.mark.parametrize(
    ("values", "order"),
    [((3.0, 1.0, 2.0), "B < C < A"), ((1.0, 1.0 + 1e-12, 0.5), "C < A = B"), ((0.0, 0.0, 0.0), "A = B = C")],
)
def test_ranking_knows_what_is_equal(values, order):
    class Fake:
        def __init__(self, letter, S):
            self.letter, self.S = letter, S

    assert ranking([Fake(letter, S) for letter, S in zip("ABC", values, strict=True)], "S") == order


@pytest.mark.parametrize("name", LESSONS)
def test_python_of_an_answer_prints_its_numbers(name):
    out = subprocess.run(
        [sys.executable, "-c", lessons.python(LESSONS[name])], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for place in places(LESSONS[name]):
        assert f"{place.letter} S {place.S} tr H {place.trace}" in out
        assert str(place.rise) in out


# --- the pages


@pytest.mark.parametrize("page", ["", "explorer.py", "lessons.py"])
def test_lesson_opens_by_its_link_from_any_page(page):
    at = arrived(page, lesson="trace")
    assert not at.exception
    assert [title.value for title in at.title] == ["The trace ranks them, S does not"]
    assert unpack(drawn(at))[0]["sliders"] == []
    assert not at.text_input
    assert not at.number_input
    assert "The flattest first" not in words(at)


@pytest.mark.parametrize("name", LESSONS)
def test_answer_opens_by_its_own_link_with_its_numbers(name):
    at = arrived("lessons.py", lesson=name, answer="on")
    assert not at.exception
    for line in lessons.verdicts(LESSONS[name]):
        assert line in words(at)
    assert at.dataframe[0].value["S"].tolist() == [place.S for place in places(LESSONS[name])]
    assert "Answer" in [subheader.value for subheader in at.subheader]
    lights = [html.proto.body for html in at.get("html") if 'class="light ' in html.proto.body]
    assert len([light for light in lights if "agrees" in light]) == len(LESSONS[name].near)


@pytest.mark.parametrize("answer", ["off", "1", "<b>", ""])
def test_anything_but_on_shows_no_answer(answer):
    assert "The flattest first" not in words(arrived("lessons.py", lesson="canyon", answer=answer))


@pytest.mark.parametrize("name", ["nothing", "", "<script>alert(1)</script>", "x" * 500])
def test_unknown_lesson_is_answered_with_the_list(name):
    at = arrived("lessons.py", lesson=name)
    assert not at.exception
    assert ("There is no lesson" in words(at)) == bool(name)
    assert [title.value for title in at.title] == ["Lessons"]
    for lesson in LESSONS.values():
        assert [link for link in at.get("page_link") if link.proto.label == lesson.words.title]
    if name:
        assert f"The lessons are: {', '.join(LESSONS)}." in words(at)


def test_places_and_picks_move_the_chosen_point():
    at = arrived("lessons.py", lesson="canyon")
    at.button_group(key="place-canyon").set_value("C").run()
    assert_allclose(unpack(drawn(at))[0]["point"], places(LESSONS["canyon"])[2].point)
    told(at, "pick", point=[1.0, 0.5])
    assert not at.exception
    assert unpack(drawn(at))[0]["point"] == [1.0, 0.5]
    assert at.button_group(key="place-canyon").value in (None, [])


def test_lessons_lead_to_one_another_and_to_the_explorer():
    assert [lessons.neighbours(name) for name in LESSONS] == [(None, "trace"), ("flattest", "canyon"), ("trace", None)]
    at = arrived("lessons.py", lesson="trace")
    labels = {link.proto.label: link.proto.query_string for link in at.get("page_link")}
    assert labels["← Which minimum is the flattest?"] == "lesson=flattest"
    assert labels["Flat, but sharp: the canyon →"] == "lesson=canyon"
    assert labels["Show the answer"] == "lesson=trace&answer=on"
    at.button(key="explore").click().run()
    assert not at.exception
    assert formula_box.told(at)["text"] == LESSONS["trace"].text


def test_first_page_lists_the_lessons():
    labels = [link.proto.label for link in arrived().get("page_link")]
    assert all(lesson.words.title in labels for lesson in LESSONS.values())

"""A lesson on the page: the question beside the landscape, the answer below, the
way to the other lessons.
"""

from functools import partial

import streamlit as st

from pages.ui.charts import theme
from pages.ui.charts.scale import short
from pages.ui.landscape import readings
from pages.ui.lessons import lessons
from pages.ui.lessons.lessons import LESSONS, Lesson
from pages.ui.page import experiment, sections
from pages.ui.page.parts import part, tried
from pages.ui.panel import Overlay, overlays_of, panel, state
from pages.ui.results import cache
from pages.ui.results.shown_balls import Point
from pages.ui.state import address, url

PAGE = "lessons"
LONGEST_NAME = 40
KEYS = ("lesson", "answer")


def pass_on() -> None:
    """Sends links to a lesson that name another page on to the page of the lessons."""
    if "lesson" in st.query_params:
        st.switch_page(
            sections.file(PAGE), query_params={key: st.query_params[key] for key in KEYS if key in st.query_params}
        )


def asked() -> Lesson | None:
    """The lesson that the link names; None where it names none, or none that there is."""
    return LESSONS.get(st.query_params.get("lesson", ""))


def listing() -> None:
    """All lessons, after a sentence where the link names one that there is not."""
    address.put({})
    if name := st.query_params.get("lesson"):
        shown = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
        with st.container(key="wrong-lesson"):
            st.text(f"There is no lesson '{shown}'. The lessons are: {', '.join(LESSONS)}.")
    for name, lesson in LESSONS.items():
        with st.container(key=f"listed-{name}", gap=None):
            _link(name, lesson.words.title)
            st.caption(lesson.words.lead.split("\n")[0])


def links() -> None:
    """The lessons as a short list of links."""
    for name, lesson in LESSONS.items():
        _link(name, lesson.words.title)


@st.fragment
@part()
def show(lesson: Lesson) -> None:
    """The lesson, with its answer if the link requests it."""
    st.title(lesson.words.title)
    answered = st.query_params.get("answer") == "on"
    address.put(lessons.query(lesson.name, answered))
    question, instrument = st.columns([3, 8], gap="large")
    with question:
        st.markdown(lesson.words.lead)
        point = tried(lambda: _point(lesson))
    with part(question):
        if point:
            readings.trouble(cache.geometry(lesson.expression, point, {}))
        _link(lesson.name, "Hide the answer" if answered else "Show the answer", not answered)
    with part(instrument):
        _landscape(lesson, point)
    if answered:
        with part():
            _answer(lesson)
    _ways_on(lesson)


def _landscape(lesson: Lesson, point: Point | None) -> None:
    """The panel, with no slider."""
    picture = cache.picture(lesson.expression, lesson.grid, {})
    key = f"panel-{lesson.name}"
    places = Overlay("the places of the question", lessons.marks(lesson), "points", "target")
    panel(
        picture,
        key=key,
        expression=lesson.expression,
        overlays=[*overlays_of(picture), places],
        point=point,
        colour=st.session_state.get(f"colour-{lesson.name}", "S"),
        title=lesson.words.title,
        file=lesson.name,
        palette=theme.current(),
        on_change=partial(_heard, lesson.name, key),
    )


def _heard(name: str, key: str) -> None:
    said = state(key)
    if "pick" in said.causes and said.point:
        st.session_state[f"at-{name}"] = said.point
        st.session_state[f"place-{name}"] = None
    if said.colour:
        st.session_state[f"colour-{name}"] = said.colour


def _point(lesson: Lesson) -> Point:
    """The chosen point: one of the places, or wherever the visitor picked."""
    found = {place.letter: place for place in lessons.places(lesson)}
    key = f"place-{lesson.name}"
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(f"letter-{lesson.name}", "A")
    letter = st.segmented_control("Look at", list(found), key=key)
    if letter:
        st.session_state[f"letter-{lesson.name}"] = letter
        st.session_state[f"at-{lesson.name}"] = found[letter].point
    return st.session_state.get(f"at-{lesson.name}", found["A"].point)


def _answer(lesson: Lesson) -> None:
    """The true answer, and the numbers that prove it, computed now."""
    st.subheader("Answer")
    words, numbers = st.columns([5, 6], gap="large")
    with words:
        st.markdown(lesson.words.sections["Answer"])
    with numbers:
        st.dataframe(
            lessons.table(lesson),
            hide_index=True,
            alt="The places and what is measured there",
            column_config={
                name: st.column_config.NumberColumn(name, format="%.6g")
                for name in ("u", "v", *lessons.MEASURES.values())
            },
        )
        st.text("The flattest first:\n" + "\n".join(lessons.verdicts(lesson)))
        st.caption(
            "Mean rise of the loss under normal nudges "
            f"of size σ = {short(lesson.sigma)} in each coordinate, by quadrature."
        )
        for place in lessons.places(lesson):
            experiment.check(
                f"S at {place.letter}", place.S, place.geometry.scalar_curvature_by_definition, 1e-9, "by definition"
            )
        experiment.python(lessons.python(lesson))


def _ways_on(lesson: Lesson) -> None:
    """Links to the lessons before and after, to all of them, to the explorer."""
    before, after = lessons.neighbours(lesson.name)
    with st.container(horizontal=True, gap="medium", key="ways-on", vertical_alignment="center"):
        if before:
            _link(before, f"← {LESSONS[before].words.title}")
        if after:
            _link(after, f"{LESSONS[after].words.title} →")
        st.page_link(sections.file(PAGE), label="All lessons")
        if st.button("Open in the explorer", key="explore", type="tertiary"):
            (u_min, u_max), (v_min, v_max) = lesson.window
            window = {"u_min": u_min, "u_max": u_max, "v_min": v_min, "v_max": v_max}
            st.session_state.kept |= {"f": lesson.text} | url.defaults(lesson.text, window) | window
            st.switch_page(sections.file("explorer"))


def _link(name: str, label: str, answer: bool = False) -> None:
    st.page_link(sections.file(PAGE), label=label, query_params=lessons.query(name, answer))

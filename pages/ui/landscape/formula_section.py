"""The loss of the explorer: its box, the examples beside it, and how the formula was understood."""

import streamlit as st

from curvlib import PRESETS, Expression, ExpressionError, Preset
from pages.ui import formula_box
from pages.ui.formula_box.answers import RESTORED
from pages.ui.page import messages
from pages.ui.page.parts import part
from pages.ui.results import cache
from pages.ui.state import controls, url

BOX = "formula"


def typed() -> tuple[Expression, Preset | None]:
    """The formula box, the examples, and how the formula was understood; while the text is wrong,
    the last formula that was right.

    Ends the run where there never was one.
    """
    text = _newest()
    error, good = _mistake(text), st.session_state.get("good")
    box, examples = st.columns([5, 2])
    with box:
        formula_box.formula_box(text, key=BOX, label="Loss f(u, v)", error=error, shown=good, placeholder="u^2 - v^2")
    with examples:
        _examples(text)
    if good is None:
        offer_the_first()
        st.stop()
    expression, preset = cache.expression(good), url.preset_of(good)
    messages.understood(expression, preset, by_link=st.session_state.by_link == good, late=error is not None)
    return expression, preset


def offer_the_first() -> None:
    """A way on from a link whose formula cannot be read;
    where a box is, its text can be brought back by undo.
    """
    first = PRESETS[url.START]
    st.text("There is no picture yet: correct the formula, or begin with an example.")
    st.button(f"Show the example: {first.title}", key="first_example", on_click=part()(_leave_for), args=(first,))


def _leave_for(preset: Preset) -> None:
    st.session_state.heard = formula_box.heard(BOX).sequence
    controls.leave()
    _show(preset)


def _mistake(text: str) -> ExpressionError | None:
    """Reports the mistake in the text; where there is none,
    shows the last formula that was right.
    """
    try:
        cache.expression(text)
    except ExpressionError as error:
        return error
    st.session_state.good = text
    return None


def _newest() -> str:
    """The text of the box, or what took its place since."""
    said = formula_box.heard(BOX)
    if said.sequence and said.sequence != st.session_state.get("heard"):
        st.session_state.heard = said.sequence
        if said.cause == RESTORED:
            _restore(said.text)
        controls.keep("f", said.text)
    return st.session_state.kept["f"]


def _examples(text: str) -> None:
    known = url.preset_of(text)
    st.session_state.example = known.name if known else None
    st.selectbox(
        "Examples",
        list(PRESETS),
        index=None,
        key="example",
        placeholder="Choose one of " + str(len(PRESETS)),
        format_func=title,
        on_change=part()(_show_example),
    )


def title(name: str) -> str:
    """The name of an example in the menu."""
    return f"{PRESETS[name].group} · {PRESETS[name].title}"


def _show_example() -> None:
    preset = PRESETS.get(st.session_state.example or "")
    if preset:
        _leave_for(preset)


def _show(preset: Preset) -> None:
    kept = {
        key: st.session_state.kept[key] for key in ("cells", "colour", "maps", "ball", "way", "panel", *url.DESCENT)
    }
    parameters = {url.PARAMETER + name: value for name, value in preset.defaults.items()}
    controls.keep("f", preset.text)
    controls.assign(url.defaults(preset.text) | kept | parameters)


def _restore(text: str) -> None:
    """Brings back what belonged to a formula: how it was left, or what it is an example with."""
    controls.leave()
    preset = url.preset_of(text)
    if text in st.session_state.left:
        controls.assign(st.session_state.left[text])
    elif preset:
        _show(preset)

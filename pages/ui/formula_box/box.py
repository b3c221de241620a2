"""Mounts the formula box on a page and says what was written into it."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from hashlib import blake2s
from json import dumps
from typing import Any

import streamlit as st

from curvlib import ExpressionError
from curvlib.language.reference import CARET, REFERENCE
from pages.ui.formula_box.answers import Said, mistake, read_said
from pages.ui.page.components import FORMULA_BOX

ROOM = 80
"""Characters of a formula that are named in a sentence."""


def heard(key: str) -> Said:
    """The text that the visitor wrote last into the box of this key, known before it is mounted."""
    held = st.session_state.get(key)
    return read_said(held.get("event") if isinstance(held, Mapping) else None)


def formula_box(
    text: str,
    *,
    key: str,
    label: str,
    error: ExpressionError | None = None,
    shown: str | None = None,
    placeholder: str = "",
) -> None:
    """Shows the box, or reports to the one that is there the result for its text; focus and caret
    stay, and what was typed since is never overwritten.

    Args:
        text: what the box holds; if it is not what was heard from it last, it takes the place of
            that, as one step that can be undone.
        key: the box's identity; also that of what is `heard`.
        label: its name.
        error: what is wrong with the text, where it is.
        shown: the formula that the picture still shows while the text is wrong.
        placeholder: what an empty box shows.
    """
    said = heard(key)
    edition, reference = _reference()
    data = {
        "name": key,
        "acknowledged": said.sequence,
        "text": text,
        "label": label,
        "placeholder": placeholder,
        "error": mistake(error, text),
        "shown": None if shown is None else f"{shown[: ROOM - 1]}…" if len(shown) > ROOM else shown,
        "edition": edition,
        "reference": None if said.edition == edition else reference,
    }
    _mounted()(data=data, key=key, on_event_change=_nothing)


@cache
def _reference() -> tuple[str, dict[str, Any]]:
    """The reference for the browser, which keeps it, and a short name for this edition of it."""
    groups = [{"name": name, "entries": [asdict(entry) for entry in entries]} for name, entries in REFERENCE.items()]
    return blake2s(dumps(groups).encode(), digest_size=4).hexdigest(), {"caret": CARET, "groups": groups}


@cache
def _mounted() -> Any:
    return st.components.v2.component(FORMULA_BOX, js="box.js", css="box.css", isolate_styles=False)


def _nothing() -> None:
    pass

"""What every experiment on the paper has: its question and statement, its check, the same in Python, what to try, and what it cannot tell.

The words are in assets/prose/<page>.md: a title, the lead, and the sections "What to try" and "Limits".
"""

import html
import re
from dataclasses import dataclass
from functools import cache

import streamlit as st

from pages.ui.scale import short
from pages.ui.theme import ASSETS

SECTIONS = ("What to try", "Limits")


@dataclass(frozen=True)
class Prose:
    """The words of a page, in Markdown of our own.

    Attributes:
        title: plain text.
        lead: what is asked, and what the figures answer.
        sections: title → text, for each of `SECTIONS`.
    """

    title: str
    lead: str
    sections: dict[str, str]


@cache
def prose(page: str) -> Prose:
    """The words for a page, by its address."""
    first, *parts = (ASSETS / "prose" / f"{page}.md").read_text(encoding="utf-8").split("\n## ")
    title, lead = first.split("\n", 1)
    return Prose(title.removeprefix("# "), lead.strip(), {name: text.strip() for name, text in (part.split("\n", 1) for part in parts)})


def header(page: str, *statements: tuple[str, str]) -> None:
    """The title, the lead and the statements the page is about.

    Args:
        page: its address.
        statements: the number in the paper and the formula in LaTeX of each.
    """
    words = prose(page)
    st.title(words.title)
    lead, formulas = st.columns([6, 5], gap="large")
    with lead, st.container(key="lead"):
        st.markdown(words.lead)
    with formulas, st.container(key="statements", gap="small"):
        for number, formula in statements:
            if number:
                st.caption(number)
            st.latex(formula)


def check(label: str, value: float, expected: float, tolerance: float = 1e-9, by: str = "expected") -> bool:
    """A green or a red light: whether a number is what it must be; says both numbers, so that the light need not be believed.

    Args:
        label: what is measured, in our own words.
        value: the number of the page.
        expected: the same from elsewhere.
        tolerance: how far they may be apart, as a share of the larger one where that is above 1.
        by: where the other number is from.
    """
    agrees = _agree(value, expected, tolerance)
    apart = short(abs(value - expected), 2)
    words = f"agrees{', exactly' if value == expected else f' to {apart}'}" if agrees else f"does not agree, {apart} apart"
    _light("agrees" if agrees else "differs", label, value, by, expected, words)
    return agrees


def printed(label: str, value: float, true: float, tolerance: float = 1e-9) -> bool:
    """An amber light where a formula as printed gives another number than the definition; says both. Whether it does.

    Args:
        label: what is measured, in our own words.
        value: by the formula as printed.
        true: by the definition.
        tolerance: as for `check`.
    """
    differs = not _agree(value, true, tolerance)
    words = f"the print is {short(abs(value - true), 3)} off" if differs else "here the print gives the same"
    _light("printed" if differs else "agrees", f"As printed: {label}", value, "by definition", true, words)
    return differs


def python(code: str) -> None:
    """The state of the page as Python that prints its numbers."""
    with st.expander("The same in Python"):
        st.code(code, language="python")


def footer(page: str) -> None:
    """What to try, and the limits."""
    columns = st.columns(2, gap="large")
    for column, name in zip(columns, SECTIONS, strict=True):
        with column:
            st.subheader(name)
            st.markdown(prose(page).sections[name])


def marked(words: str) -> str:
    """Our own words as markup, with the subscripts of formulas: S_D, f_uu."""
    return re.sub(r"_(\w+)", r"<sub>\1</sub>", html.escape(words))


def _agree(value: float, expected: float, tolerance: float) -> bool:
    return bool(value == expected or abs(value - expected) <= tolerance * max(1.0, abs(value), abs(expected)))


def _light(kind: str, label: str, value: float, by: str, other: float, words: str) -> None:
    numbers = f"<b>{short(value, 10)}</b> · {marked(by)} <b>{short(other, 10)}</b> · {words}"
    st.html(f'<div class="check" role="status"><span class="light {kind}"></span><span>{marked(label)}: {numbers}</span></div>')

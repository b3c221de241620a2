"""The parts of every experiment on the paper: its question and statement, its check, the same in
Python, what to try, and what it cannot tell.

The words are in assets/prose/<page>.md: a title, the lead, and the sections "What to try" and
"Limits".
"""

import html
import math
import re
import sys
from dataclasses import dataclass
from functools import cache

import streamlit as st

from pages.ui.charts.scale import short
from pages.ui.charts.theme import ASSETS

SECTIONS = ("What to try", "Limits")

SMALLEST = sys.float_info.min
"""Below it a float has fewer digits the smaller it is."""


@dataclass(frozen=True)
class Prose:
    """The words of a page, in Markdown of our own.

    Attributes:
        title: plain text.
        lead: the question, and what the figures answer.
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
    return Prose(
        title.removeprefix("# "),
        lead.strip(),
        {name: text.strip() for name, text in (part.split("\n", 1) for part in parts)},
    )


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


def check(
    label: str, value: float, expected: float, tolerance: float = 1e-9, by: str = "expected", error: float = 0.0
) -> bool:
    """A green, red or grey light: whether a number is what it must be; says both, so that the light
    need not be believed.

    It is grey where there is nothing to compare: no number, or numbers that are lost in their own
    error.

    Args:
        label: what is measured, in our own words.
        value: the number of the page.
        expected: the same from elsewhere.
        tolerance: how far they may be apart, as a share of the larger one.
        by: where the other number is from.
        error: how far apart they may be in any case: four standard errors, or the rounding of terms
            that cancel.
    """
    kind = verdict(value, expected, tolerance, error)
    apart = short(abs(value - expected), 2)
    words = {
        "agrees": f"agrees{', exactly' if value == expected else f' to {apart}'}",
        "differs": f"does not agree, {apart} apart" if math.isfinite(value - expected) else "does not agree",
        "unknown": _unknown(value, expected, error),
    }
    _light(kind, label, value, by, expected, words[kind])
    return kind == "agrees"


def printed(label: str, value: float, true: float, tolerance: float = 1e-9, error: float = 0.0) -> bool:
    """An amber light where a formula as printed gives another number than the definition; says
    both. Whether it does.

    Args:
        label: what is measured, in our own words.
        value: by the formula as printed.
        true: by the definition.
        tolerance, error: as for `check`.
    """
    kind = verdict(value, true, tolerance, error)
    words = {
        "agrees": "here the print gives the same",
        "differs": f"the print is {short(abs(value - true), 3)} off",
        "unknown": _unknown(value, true, error),
    }
    _light("printed" if kind == "differs" else kind, f"As printed: {label}", value, "by definition", true, words[kind])
    return kind == "differs"


def verdict(value: float, expected: float, tolerance: float, error: float) -> str:
    """The light for two numbers: "agrees", "differs", or "unknown" where neither is certain;
    arguments as for `check`.

    A sign or a factor of 2 that is wrong shows only in numbers of more than twice their error. That
    something vanishes is another claim: there the error is all there is to hold it against.
    """
    if not math.isfinite(value) and not math.isfinite(expected):
        return "unknown"
    larger, error = max(abs(value), abs(expected)), max(error, SMALLEST)
    if larger <= 2 * error and expected != 0:
        return "unknown"
    return (
        "agrees"
        if value == expected or abs(value - expected) <= max(tolerance * larger, error) < math.inf
        else "differs"
    )


def python(code: str) -> None:
    """The state of the page as Python that prints its numbers."""
    with st.expander("The same in Python"):
        st.code(code, language="python")


def footer(page: str) -> None:
    """Shows what to try, and the limits."""
    columns = st.columns(2, gap="large")
    for column, name in zip(columns, SECTIONS, strict=True):
        with column:
            st.subheader(name)
            st.markdown(prose(page).sections[name])


def marked(words: str) -> str:
    """Our own words as markup, with the subscripts of formulas: S_D, f_uu."""
    return re.sub(r"_(\w+)", r"<sub>\1</sub>", html.escape(words))


def _unknown(value: float, expected: float, error: float) -> str:
    """The reason why two numbers cannot be compared."""
    if math.isnan(value) or math.isnan(expected):
        return "undefined here"
    return (
        "too large to tell" if math.isinf(value) else f"too small to tell: known to ±{short(max(error, SMALLEST), 2)}"
    )


def _light(kind: str, label: str, value: float, by: str, other: float, words: str) -> None:
    numbers = f"<b>{short(value, 10)}</b> · {marked(by)} <b>{short(other, 10)}</b> · {words}"
    st.html(
        f'<div class="check" role="status"><span class="light {kind}"></span>'
        f"<span>{marked(label)}: {numbers}</span></div>"
    )

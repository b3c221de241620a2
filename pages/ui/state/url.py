"""The state of the page as the query of its address, and back; nothing is believed, everything
clamped: link_values.py has a reader for each key.

    f           the formula                       set.c       the parameter c
    u_min …     the window                        cells       grid points a side
    colour      what the surface is coloured by   at_u, at_v  the chosen point
    maps        the measures of the maps
    ball        "on" to draw it         r           its radius
    way         "on" to draw geodesics  to_u, to_v  the point they go to
    descent     "on" to run optimisers  opt         which, as in gd,momentum,nesterov,adam
    learning_rate, momentum, noise, noise_seed, max_steps    their numbers
    direct      "on" to draw the geodesics from their start to their ends
    radius      of the balls on the page of Proposition 2.4
    example     a preset by name, in links written by hand
    panel       the one view to show alone, for frames in other pages

What equals its default is left out. A value that cannot be read is as if it were not there.
"""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from urllib.parse import quote, urlencode

from curvlib.presets import PRESETS, Preset
from pages.ui.page import plain
from pages.ui.results import shown_balls
from pages.ui.state import link_values

MAX_BYTES = 4096
"""The longest query that is read or written."""

MAX_PARAMETERS = 16
"""The most values of parameters that are read from a link."""

MAX_VALUE = 1e6
"""The largest value of a parameter, in absolute value."""

START = "paper_ex31"
"""The preset a bare address shows."""

POINTS: Mapping[str, tuple[float, float]] = MappingProxyType({START: (1.0, 2.0)})
"""The point a preset begins with, if not the middle of its window:
for the paper's example, a place where its formula and the definition differ.
"""

PARAMETER = "set."
NAME = re.compile(r"\w{1,16}")
BLANK_FOR_PLUS = re.compile(r"[\w)\]}.] +[\w(\[{.\\]")

State = Mapping[str, Any]
"""Key → value, in the words of the keys above."""


def read(query: Mapping[str, Sequence[str]], most: int = MAX_BYTES) -> dict[str, Any]:
    """The valid part of a query, complete: what it leaves open is as the formula's preset has it,
    or the default.

    Args:
        query: key → the values it came with; the first one counts.
        most: a query of more bytes says nothing.
    """
    given = {plain.text(key): plain.text(values[0]) for key, values in query.items() if values}
    if sum(len(quote(key + value)) + 2 for key, value in given.items()) > most:
        given = {}
    found = {key: read_value(given[key]) for key, read_value in link_values.READERS.items() if key in given}
    state = {key: value for key, value in found.items() if value is not None}
    names = [key for key in given if key.startswith(PARAMETER) and NAME.fullmatch(key.removeprefix(PARAMETER))]
    values = {key: link_values.number(given[key], MAX_VALUE) for key in names[:MAX_PARAMETERS]}
    state |= {key: value for key, value in values.items() if value is not None}
    example = PRESETS.get(given.get("example", ""))
    state.setdefault("f", (example or PRESETS[START]).text)
    return defaults(state["f"], state) | state


def write(state: State) -> str:
    """The query for a state, without a question mark; empty where everything is at its default, or
    the formula is too long for a link.

    Parameters at the defaults of their sliders are for the caller to leave out.
    """
    implied = {"f": PRESETS[START].text} | defaults(state["f"], state)
    differing = {key: value for key, value in state.items() if value != implied.get(key)}
    query = urlencode(told(differing), quote_via=quote, safe=",()*'!")
    return query if len(query) <= MAX_BYTES else ""


def told(state: State) -> dict[str, str]:
    """Every value of a state as the text that a query holds."""
    return {key: _text(value) for key, value in state.items()}


def defaults(formula: str, state: State = MappingProxyType({})) -> dict[str, Any]:
    """The defaults of a link with this formula;
    the point is the middle of the window, in `state` or by default.
    """
    preset = preset_of(formula)
    (u_min, u_max), (v_min, v_max) = preset.window if preset else ((-2.0, 2.0), (-2.0, 2.0))
    window = {"u_min": u_min, "u_max": u_max, "v_min": v_min, "v_max": v_max}
    asked = window | {key: state[key] for key in window if key in state}
    at = _centre(asked)
    if preset and preset.name in POINTS:
        at = dict(zip(at, POINTS[preset.name], strict=True))
    half = shown_balls.reach((asked["u_min"], asked["u_max"]), (asked["v_min"], asked["v_max"])) / 2
    target = {f"to_{axis}": float(f"{(asked[f'{axis}_min'] + 3 * asked[f'{axis}_max']) / 4:.12g}") for axis in "uv"}
    more = {
        "cells": 256,
        "colour": "S",
        "maps": link_values.MAPS,
        "ball": False,
        "r": half,
        "way": False,
        "radius": 0.9,
        "panel": "",
    }
    return {**window, **at, **target, **more, **DESCENT}


DESCENT: State = MappingProxyType(
    {
        "descent": False,
        "opt": "gd",
        "learning_rate": 0.01,
        "momentum": 0.9,
        "noise": 0.0,
        "noise_seed": 0,
        "max_steps": 1000,
        "direct": False,
    }
)
"""Optimisers where a link says nothing."""


def preset_of(formula: str) -> Preset | None:
    """The preset whose formula this is."""
    return next((preset for preset in PRESETS.values() if preset.text == formula.strip()), None)


def lost_plus(formula: str) -> bool:
    """True if a formula that came by link may once have had + where it now has blanks:
    an unescaped + arrives as a blank.
    """
    return BLANK_FOR_PLUS.search(formula) is not None


def _centre(window: State) -> dict[str, float]:
    return {f"at_{axis}": float(f"{(window[f'{axis}_min'] + window[f'{axis}_max']) / 2:.12g}") for axis in "uv"}


WORDS = (*link_values.READERS, PARAMETER, "example", "lesson", "answer")
"""The words of links that the app knows; the one with a dot begins the names of parameters."""


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)

"""Random visits: somebody comes to a page by some link, does a few things there, and nothing may
break.

A visit is told by two numbers, the seed of the campaign and its own, so that any of them can be
made again alone.
"""

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from streamlit.testing.v1 import AppTest

from curvlib.language.functions import FUNCTIONS, NAMES
from curvlib.language.names import CONSTANTS
from curvlib.presets import PRESETS
from pages.ui.charts.measures import MEASURES
from pages.ui.lessons.lessons import LESSONS
from pages.ui.page import sections
from pages.ui.panel import unpack
from pages.ui.results.descents import OPTIMISERS
from pages.ui.state import link_values
from tests import formula_box, session

ODD_NUMBERS = (
    "0", "1", "-1", "0.5", "3", "100", "1e-300", "5e-324", "1e300", "1e-8", "0.1", "2^-1074", "1e160", "-1e200",
)  # fmt: skip
KINKS = (0.0, 1.0, -1.0, 0.5, 2.0)
"""Coordinates on which kinks of simple formulas lie."""

ODD_TEXTS = (
    "", " ", "u +", "sigmod(u)", "1/0", "u\ud800", "\x00", "\u202eu", "x+u", "😀", "(" * 60, "u^" * 40 + "u",
    "__import__('os')", "=1+1", "$u$",
)  # fmt: skip
ODD_VALUES = (
    "", "nan", "inf", "1e400", "-0", "1e300", "9" * 30, "true", "[]", "\u0663", "0x10", "1e-300", "on", "surface",
)  # fmt: skip
UNTOUCHED = "work_out work_out_tensors train cancel cells picture_format optimisers paths tries steps".split()
"""Controls that start other processes, or long work, or whose options are not what
they are called.
"""

ODD_SHARE = 0.12
"""The share of what is odd on purpose."""


@dataclass(frozen=True)
class Visit:
    """A visit that was made.

    Attributes:
        story: the link, then what was done, in order.
        at: the page as it was left.
    """

    story: tuple[str, ...]
    at: AppTest


def visit(seed: int, number: int) -> Visit:
    """Makes a visit; whatever breaks outside the net of the pages is an exception of
    this call or of its page.
    """
    rng = random.Random(f"{seed}:{number}")
    page, query = link(rng)
    at = session.opened(page, **query)
    story = [f"/{page}?{query}"]
    for _ in range(rng.randrange(3)):
        act = rng.choice(ON_EXPLORER if formula_box_of(at) else ON_OTHERS)
        done = act(rng, at)
        if done:
            story.append(done)
    return Visit(tuple(story), at)


def formula(rng: random.Random, depth: int = 4) -> str:
    """A formula that may hold any function under any of its names, numbers of any
    size, kinks, and parameters.
    """
    kind = rng.random()
    if depth == 0 or kind < 0.15:
        return rng.choice(
            ["u", "v", "u", "v", "u", "v", "a", "t_1", *CONSTANTS, rng.choice(ODD_NUMBERS), f"{rng.uniform(-3, 3):.3g}"]
        )
    if kind < 0.5:
        return f"({formula(rng, depth - 1)} {rng.choice('+-*/')} {formula(rng, depth - 1)})"
    if kind < 0.6:
        return f"({formula(rng, depth - 1)})^{rng.choice(['2', '3', '4', '0.5', '(-1)', '1.5', '(u)', '100'])}"
    if kind < 0.65:
        return f"|{formula(rng, depth - 1)}|"
    return call(rng, rng.choice(list(NAMES)), depth)


def call(rng: random.Random, name: str, depth: int = 3) -> str:
    """A call of a function by one of its names."""
    least, most = FUNCTIONS[NAMES[name]].arity
    arguments = [formula(rng, depth - 1) for _ in range(rng.randint(max(least, 1), min(most, 3)))]
    if NAMES[name] == "if":
        arguments[0] = f"{arguments[0]} {rng.choice(['<', '<=', '>', '>=', '==', '!='])} {formula(rng, depth - 1)}"
    return f"{name}({', '.join(arguments)})"


def link(rng: random.Random) -> tuple[str, dict[str, str]]:
    """A page and the query of a link to it."""
    if rng.random() < 0.6:
        return "explorer", {key: text for key, text in explorer_query(rng).items() if text is not None}
    page = rng.choice(
        [page.address for pages in sections.SECTIONS.values() for page in pages if page.address != "explorer"]
    )
    query = {
        key: rng.choice(ODD_VALUES)
        for key in ("seed", "u", "q", "n", "end", "first", "noise", "a")
        if rng.random() < ODD_SHARE
    }
    if page in ("tensors", "reparametrisation") and rng.random() < 0.6:
        query["f"] = formula(rng)
    if page == "lessons":
        query |= {"lesson": rng.choice([*LESSONS, "no such"]), "answer": rng.choice(["on", "off"])}
    return page, query


def explorer_query(rng: random.Random) -> dict[str, str | None]:
    """The query of a link to the explorer: a formula or an example, a window, a point, switches;
    some of it odd.
    """
    half = rng.choice([1.0, 1.0, 2.0, 5.0, 1e-6, 1e6])
    window = {"u_min": -half, "u_max": half, "v_min": -half, "v_max": half} if rng.random() < 0.6 else {}
    place = {
        key: rng.choice([*KINKS, round(rng.uniform(-half, half), 3)])
        for key in ("at_u", "at_v", "to_u", "to_v")
        if rng.random() < 0.7
    }
    switches = {
        key: "on"
        for key, share in (("ball", 0.5), ("way", 0.15), ("descent", 0.3), ("direct", 0.05))
        if rng.random() < share
    }
    more = {
        "r": f"{rng.choice([1.0, 0.5, 0.01, 1e-9]) * half:g}",
        "opt": ",".join(rng.sample(list(OPTIMISERS), 2)),
        "max_steps": "50",
        "colour": rng.choice(list(MEASURES)),
        "panel": rng.choice(link_values.VIEWS) if rng.random() < ODD_SHARE / 2 else None,
        "set.a": f"{rng.uniform(-3, 3):.3g}",
    }
    told = {"f": rng.choice([formula(rng), formula(rng, 2), rng.choice(list(PRESETS.values())).text])}
    query = {**told, "cells": "64", **{key: f"{x:g}" for key, x in (window | place).items()}, **switches, **more}
    odd = {key: rng.choice(ODD_VALUES) for key in query if key != "cells" and rng.random() < ODD_SHARE / 4}
    return query | odd


def formula_box_of(at: AppTest) -> bool:
    """True if the page has the explorer's box."""
    return any(component.proto.component_name == "curvlib-formula.box" for component in at.get("bidi_component"))


def _types(rng: random.Random, at: AppTest) -> str:
    text = rng.choice(ODD_TEXTS) if rng.random() < 0.4 else formula(rng)
    formula_box.write(at, text)
    return f"types {text!a}"


def _chooses_an_example(rng: random.Random, at: AppTest) -> str:
    name = rng.choice(list(PRESETS))
    at.selectbox(key="example").set_value(name).run()
    return f"chooses {name}"


def _does_something_in_the_panel(rng: random.Random, at: AppTest) -> str:
    panels = [component.proto for component in at.get("bidi_component") if component.proto.bytes]
    if not panels:
        return ""
    numbers: Sequence[Any] = (0.0, 1.0, -0.5, 1e300, float("nan"), 10**400, "x", None)
    event = {
        "sequence": 1 + unpack(panels[0].bytes)[0]["acknowledged"],
        "cause": "pick",
        "causes": rng.sample(["pick", "release", "colour"], 2),
        "point": [rng.choice(numbers), rng.choice(numbers)],
        "values": {name: rng.choice(numbers) for name in ("a", "ball radius", "\ud800")},
        "colour": rng.choice(["S", "f", "trace", "\ud800", "none"]),
    }
    states = at._tree.get_widget_states()
    states.widgets.add(id=panels[0].id, json_value=json.dumps({"event": event}))
    at._run(states)
    return f"in the panel: {event}"


def _changes_a_control(rng: random.Random, at: AppTest) -> str:
    fitting = [
        control for kind in CHANGES for control in at.get(kind) if not control.disabled and control.key not in UNTOUCHED
    ]
    if not fitting:
        return ""
    control = rng.choice(fitting)
    value = CHANGES[control.type](rng, control)
    control.run()
    return f"{control.key} becomes {value!a}"


def _types_a_number(rng: random.Random, control: Any) -> Any:
    low, high = (-1e12 if control.min is None else control.min), (1e12 if control.max is None else control.max)
    number = min(max(rng.choice([low, high, 0, 1, -1, rng.uniform(-3, 3)]), low), high)
    value = int(number) if isinstance(control.value, int) else float(number)
    control.set_value(value)
    return value


def _writes(rng: random.Random, control: Any) -> str:
    text = rng.choice(["3, 1", "1", "a, b", "1e999", "0, 0", "u +", "", formula(rng), formula(rng)])
    control.set_value(text)
    return text


def _drags(rng: random.Random, control: Any) -> Any:
    value = rng.choice([control.min, control.max])
    control.set_value(value)
    return value


def _picks(rng: random.Random, control: Any) -> Any:
    number = rng.randrange(len(control.options))
    control.select_index(number)
    return control.options[number]


def _presses(rng: random.Random, control: Any) -> Any:
    option = rng.choice(control.options)
    control.set_value(option)
    return option


def _toggles(rng: random.Random, control: Any) -> bool:
    value = not control.value
    control.set_value(value)
    return value


def _clicks(rng: random.Random, control: Any) -> str:
    control.click()
    return "clicked"


CHANGES: dict[str, Callable[[random.Random, Any], Any]] = {
    "number_input": _types_a_number,
    "slider": _drags,
    "selectbox": _picks,
    "button_group": _presses,
    "toggle": _toggles,
    "text_input": _writes,
    "button": _clicks,
}
"""Kind of a control → does something with it, and says what."""

Act = Callable[[random.Random, AppTest], str]
ON_EXPLORER: tuple[Act, ...] = (_types, _chooses_an_example, _does_something_in_the_panel, _changes_a_control)
ON_OTHERS: tuple[Act, ...] = (_changes_a_control, _changes_a_control, _does_something_in_the_panel)

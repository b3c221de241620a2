"""The values of a link: a reader for each key, which clamps what it can and believes nothing."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from curvlib.grid import MAX_COORDINATE
from pages.ui.charts.measures import MEASURES
from pages.ui.results.descents import OPTIMISERS

NUMBER = re.compile(r"[+-]?(\d{1,25}\.?\d{0,25}|\.\d{1,25})([eE][+-]?\d{1,3})?", re.ASCII)

SIDES = (64, 128, 256, 512, 1024)
"""Grid points a side that can be chosen."""

VIEWS = ("surface", *MEASURES)
"""The views that can be shown alone; the first also stands for anything else in a link."""

MAPS = "S,trace,gradient"
"""The measures of the maps beside the surface, until others are chosen."""

LEARNING_RATES = (*(float(f"{m}e{k}") for k in range(-5, 1) for m in (1, 1.5, 2, 3, 5, 7)), 10.0)
NOISES = (0.0, *(float(f"{m}e{k}") for k in range(-2, 2) for m in (1, 2, 5)), 100.0)
STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""The choices of an optimiser's sliders; a link gets the nearest."""

MOST_MOMENTUM = 0.99
MAX_SEED = 999_999


def _formula(text: str) -> str | None:
    return re.sub(r"\s*[\r\n]+", "\n", text.strip()) or None


def number(text: str, largest: float) -> float | None:
    """A number, clamped; None where the text is none."""
    return min(max(float(text), -largest), largest) if NUMBER.fullmatch(text) else None


def _coordinate(text: str) -> float | None:
    return number(text, MAX_COORDINATE)


def _side(text: str) -> int | None:
    value = number(text, SIDES[-1])
    return None if value is None else min(SIDES, key=lambda side: abs(side - value))


def _switch(text: str) -> bool | None:
    return {"on": True, "off": False}.get(text)


def _radius(text: str) -> float | None:
    value = _coordinate(text)
    return value if value is not None and value > 0 else None


def _measure(text: str) -> str | None:
    return text if text in MEASURES else None


def maps(text: str) -> str | None:
    """The text itself if it names as many different measures as there are maps."""
    names = text.split(",")
    return text if len({*names} & {*MEASURES}) == len(names) == len(MAPS.split(",")) else None


def _view(text: str) -> str:
    return text if text in VIEWS else VIEWS[0]


def _optimisers(text: str) -> str | None:
    asked = text.split(",")
    return ",".join(name for name in OPTIMISERS if name in asked) or None


def _among(levels: Sequence[float]) -> Callable[[str], Any]:
    """Reads the nearest of some levels, by ratio; below them all, the first."""

    def read_level(text: str) -> float | None:
        value = number(text, levels[-1])
        if value is None or value <= 0:
            return None if value is None else levels[0]
        return min((level for level in levels if level > 0), key=lambda level: abs(math.log(level / value)))

    return read_level


def _momentum(text: str) -> float | None:
    value = number(text, MOST_MOMENTUM)
    return None if value is None else round(max(value, 0.0), 2)


def _seed(text: str) -> int | None:
    value = number(text, MAX_SEED)
    return None if value is None else abs(int(value))


READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "f": _formula,
        **dict.fromkeys(("u_min", "u_max", "v_min", "v_max", "at_u", "at_v", "to_u", "to_v"), _coordinate),
        "ball": _switch,
        "r": _radius,
        "radius": _radius,
        "way": _switch,
        "cells": _side,
        "colour": _measure,
        "maps": maps,
        "descent": _switch,
        "opt": _optimisers,
        "learning_rate": _among(LEARNING_RATES),
        "momentum": _momentum,
        "noise": _among(NOISES),
        "noise_seed": _seed,
        "max_steps": _among(STEPS),
        "direct": _switch,
        "panel": _view,
    }
)
"""Key → the function that reads it: a valid value, clamped, or None."""

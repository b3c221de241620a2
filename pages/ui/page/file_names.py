"""The first part of the names of files that a visitor takes home, as `himmelblau` in
himmelblau-S.png.
"""

import re
from functools import cache

import curvlib
from curvlib import PRESETS, Expression

LONGEST = 24
"""Characters of a name made of a formula or a title."""

NAMELESS = "landscape"


def of_formula(expression: Expression) -> str:
    """The name of the example with this formula, else the formula itself, shortened to letters,
    digits and signs.

    >>> of_formula(curvlib.parse(PRESETS["himmelblau"].text))
    'himmelblau'
    >>> of_formula(curvlib.parse("exp(-u^2)*sin(3*v) + u"))
    'exp-u-2-sin-3-v+u'
    """
    return slug(_examples().get(expression.canonical, expression.canonical))


def slug(words: str) -> str:
    """Words as a part of a file name that every system takes."""
    plain = re.sub(r"[^a-z0-9+]+", "-", words.lower())
    return re.sub("-*[+]-*", "+", plain)[:LONGEST].strip("-+") or NAMELESS


@cache
def _examples() -> dict[str, str]:
    """Canonical formula → name of its preset, the first where several share it."""
    return {curvlib.parse(preset.text).canonical: preset.name for preset in reversed(list(PRESETS.values()))}

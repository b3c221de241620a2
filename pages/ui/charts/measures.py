"""The measures of the library as figures write them."""

import re

from curvlib.curvature.measures import MEASURES

__all__ = ["MEASURES", "html"]

LETTERS = re.compile(r"[fHSKκ]")


def html(measure: str) -> str:
    """The symbol of one of `MEASURES` as Plotly reads it, letters in italics.

    >>> html("trace"), html("gradient")
    ('tr <i>H</i>', '|∇<i>f</i> |')
    """
    return LETTERS.sub(r"<i>\g<0></i>", MEASURES[measure].symbol).replace(">|", "> |")

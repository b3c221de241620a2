"""Values that a browser or a file sends, made fit to be looked at:
texts that can be encoded, numbers that are numbers.
"""

import math
from typing import Any

LARGEST = 2**53
"""The number up to which whole numbers are the same in Python, in JSON and in a browser."""


def text(sent: str) -> str:
    """The text with U+FFFD for each half of a pair of surrogates, which cannot be encoded; whole
    pairs become one character.

    >>> text("u" + chr(0xD800)) == "u" + chr(0xFFFD)
    True
    """
    return sent.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def number(sent: Any) -> float | None:
    """A finite number; None for whatever else was sent."""
    if isinstance(sent, bool) or not isinstance(sent, int | float):
        return None
    try:
        found = float(sent)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def count(sent: Any) -> int:
    """A number of messages; 0 for whatever else was sent."""
    return sent if isinstance(sent, int) and not isinstance(sent, bool) and 0 < sent <= LARGEST else 0

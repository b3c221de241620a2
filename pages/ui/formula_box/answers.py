"""Events from the formula box, and the reports of mistakes to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from curvlib import ExpressionError
from pages.ui.page import plain

RESTORED = "restored"
"""The cause of a text that was on the page before as more than a text:
an example or one of the last formulas, back by undo or from the list.
"""


@dataclass(frozen=True)
class Said:
    """The text that the visitor wrote last.

    Attributes:
        sequence: a number that grows from message to message; 0 before the first.
        text: all of the box, as long as it may be.
        cause: "typed" or "restored".
        edition: which reference the browser has; empty if none.
    """

    sequence: int = 0
    text: str = ""
    cause: str = "typed"
    edition: str = ""


def read_said(event: Any) -> Said:
    """The event that the browser sent; nothing if it is not as the box sends it."""
    if not isinstance(event, Mapping):
        return Said()
    sequence, text, edition = (event.get(name) for name in ("sequence", "text", "edition"))
    number = plain.count(sequence)
    if not number or not isinstance(text, str):
        return Said()
    cause = RESTORED if event.get("cause") == RESTORED else "typed"
    return Said(number, plain.text(text), cause, plain.text(edition) if isinstance(edition, str) else "")


def mistake(error: ExpressionError | None, text: str) -> dict[str, Any] | None:
    """The mistake and its place, counted as a browser counts: in units of UTF-16.

    >>> mistake(ExpressionError("No.", 2), "😀 u")
    {'message': 'No.', 'position': 3}
    """
    if error is None:
        return None
    return {"message": str(error), "position": len(text[: max(error.position, 0)].encode("utf-16-le")) // 2}

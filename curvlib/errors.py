"""Errors caused by what somebody typed, uploaded or requested.

The text of every `CurvlibError` is fit to be shown as it stands: what is wrong, where, and what to
do about it. Mistakes of the programmer are `ValueError`, `TypeError` or `assert`; numerical trouble
is a value (NaN), never an exception.
"""

import re
import unicodedata


class CurvlibError(Exception):
    """A mistake of the user's; `str()` of it explains the mistake to them."""


class ExpressionError(CurvlibError):
    """A formula that cannot be read.

    Attributes:
        message: what is wrong, in one sentence.
        position: where, as a 0-based column of the text that was given (counting through line
            breaks).
        hint: what to do about it; empty where the message says it all.
    """

    def __init__(self, message: str, position: int = 0, hint: str = "") -> None:
        self.message = message
        self.position = position
        self.hint = hint
        super().__init__(f"{message} {hint}".rstrip())

    def caret(self, text: str, width: int = 72) -> str:
        """The line of the text where the error is, and under it a caret at the column; for a
        terminal or a monospaced box.

        Args:
            text: the text that was given to `parse`.
            width: characters shown of a long line.

        >>> print(ExpressionError("", position=2).caret("u + )"))
        u + )
          ^
        """
        position = min(max(self.position, 0), len(text))
        start = max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1
        line = re.split(r"[\r\n]", text[start:], maxsplit=1)[0]
        column = position - start
        left = max(0, column - width * 3 // 4) if len(line) > width else 0
        shown = "".join(_visible(character) for character in line[left : left + width])
        return f"{'…' * (left > 0)}{shown}{'…' * (len(line) > left + width)}\n{' ' * (column - left + (left > 0))}^"


def _visible(character: str) -> str:
    """The character, or a mark in place of one that would not take up one column of its own."""
    plain = character.isprintable() and unicodedata.bidirectional(character) not in ("R", "AL", "NSM")
    return character if plain else "\N{REPLACEMENT CHARACTER}"


class GridError(CurvlibError):
    """A window or a resolution that no grid can have."""


class ParameterError(CurvlibError):
    """A parameter of the formula that has no value, or a value for a parameter that
    the formula does not have.
    """

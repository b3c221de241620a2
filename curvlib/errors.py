"""What can go wrong because of what somebody typed, uploaded or asked for.

The text of every `CurvlibError` is fit to be shown as it stands: what is wrong, where, and what to do about it.
Mistakes of the programmer are `ValueError`, `TypeError` or `assert`; numerical trouble is a value (NaN), never an exception.
"""


class CurvlibError(Exception):
    """A mistake of the user's; `str()` of it explains the mistake to them."""


class ExpressionError(CurvlibError):
    """A formula that cannot be read.

    Attributes:
        message: what is wrong, in one sentence.
        position: where, as a 0-based column of the text that was given (counting through line breaks).
        hint: what to do about it; empty where the message says it all.
    """

    def __init__(self, message: str, position: int = 0, hint: str = "") -> None:
        self.message = message
        self.position = position
        self.hint = hint
        super().__init__(f"{message} {hint}".rstrip())


class GridError(CurvlibError):
    """A window or a resolution that no grid can have."""


class ParameterError(CurvlibError):
    """A parameter of the formula that has no value, or a value for a parameter that the formula does not have."""

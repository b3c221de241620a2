"""Changes that no test can notice, each with its reason; they do not count against the score."""

from typing import NamedTuple


class Equivalent(NamedTuple):
    """A change that changes nothing.

    Attributes:
        path: the file.
        line: the line as it is, without its indentation.
        changed: the same line with the change.
        reason: why both do the same.
    """

    path: str
    line: str
    changed: str
    reason: str


EQUIVALENTS: tuple[Equivalent, ...] = ()

"""The state of the explorer as a file: what the link says, in full, and more than fits into a link.
Read by the same readers, nothing believed.
"""

import json
from typing import Any

from curvlib import CurvlibError, ExpressionError
from pages.ui.results import cache
from pages.ui.state import url

KIND = "curvlib explorer"
VERSION = 1

MAX_BYTES = 65_536
"""The largest file that is read."""

OTHERS = ("panel", "radius")
"""Keys of the address that belong to other pages."""


class StateFileError(CurvlibError):
    """The error about a file that is not a state of the explorer."""


def write(state: url.State) -> bytes:
    """The file for a state: JSON with the kind, the version, and each value as the
    link would write it.
    """
    return json.dumps(
        {"kind": KIND, "version": VERSION, "state": _explored(url.told(state))}, ensure_ascii=False, indent=1
    ).encode()


def read(data: bytes) -> dict[str, Any]:
    """The state in a file, complete: what it leaves open is as a link would have it.

    Raises:
        StateFileError: the file is too large, no JSON, of another kind or version, or its formula
            cannot be read.
    """
    values = _values(_document(data))
    state = url.read({key: [value] for key, value in _explored(values).items()}, most=4 * MAX_BYTES)
    try:
        cache.expression(state["f"])
    except ExpressionError as error:
        raise StateFileError(f"The formula in the file cannot be read: {error}") from None
    return state


def _explored(values: dict[str, str]) -> dict[str, str]:
    """The values of the explorer alone: a file opens no other page."""
    return {key: value for key, value in values.items() if key not in OTHERS}


def _document(data: bytes) -> dict[str, Any]:
    if len(data) > MAX_BYTES:
        raise StateFileError(f"The file has {len(data):,} bytes; a state has {MAX_BYTES:,} at most.")
    try:
        document = json.loads(data.decode("utf-8-sig"))  # some editors put a mark before the text
    except (ValueError, RecursionError):
        raise StateFileError("The file is not JSON. Choose one that was saved here.") from None
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise StateFileError("The file is JSON, but not a state of the explorer. Choose one that was saved here.")
    if document.get("version") != VERSION:
        raise StateFileError(f"The file is of another version than {VERSION}, the one this page reads.")
    return document


def _values(document: dict[str, Any]) -> dict[str, str]:
    values = document.get("state")
    if not isinstance(values, dict) or not values or not all(isinstance(value, str) for value in values.values()):
        raise StateFileError("The file has no state in it, or one with values that are not text.")
    return values

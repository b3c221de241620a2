"""The meaning of a name: a variable by one of its names, a constant, a parameter, or a slip that
deserves a suggestion.
"""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from curvlib.errors import ExpressionError
from curvlib.language.characters import GREEK
from curvlib.language.functions import NAMES
from curvlib.language.tokens import Token

CONSTANTS = MappingProxyType({"pi": "pi", "Pi": "pi", "PI": "pi", "e": "e", "E": "e", "tau": "tau"})
"""Name → constant."""

PARAMETER_WORDS = frozenset({"lam", "eps", *GREEK.values()} - {"pi", "tau"})
"""The words of more than one letter that are parameters without being given a
value on a line of their own.
"""

FAMILIES = (
    ("u", "v"), ("x", "y"), ("w1", "w2"), ("theta1", "theta2"), ("x1", "x2"), ("w0", "w1"),
    ("theta0", "theta1"),
)  # fmt: skip
"""Pairs of names for the two variables: u, v or x, y where they occur, else the first pair used in
full, else in part; the others are parameters.
"""

_PARAMETER = re.compile(rf"(?:[A-Za-z]|{'|'.join(sorted(PARAMETER_WORDS))})(?:_?[0-9]{{1,3}}|_[A-Za-z])?")
_PRODUCT = re.compile("[uv]{2,}|[xy]{2,}")


def is_parameter(name: str) -> bool:
    """True if a name is a parameter wherever it appears: a letter, or a Greek name, with or without
    an index.

    >>> [is_parameter(name) for name in ("c", "l_1", "beta", "sigma2", "ab")]
    [True, True, True, True, False]
    """
    return _PARAMETER.fullmatch(name) is not None


def is_product(name: str) -> bool:
    """True if a word is nothing but the variables side by side, as uv or xxy."""
    return _PRODUCT.fullmatch(name) is not None


def unindexed(name: str) -> str:
    """The name with w_1 written as w1, as all names that are typeset alike are written alike."""
    return re.sub(r"_(?=[0-9])", "", name) if "_" in name else name


def reserved(name: str) -> bool:
    """True if a name may not be given another meaning."""
    return name in NAMES or name in CONSTANTS or name in ("u", "v")


def variables(tokens: Iterable[Token]) -> Mapping[str, str]:
    """The variables among the names of the tokens: name → "u" or "v".

    Raises:
        ExpressionError: u or v appears together with x or y.
    """
    seen: dict[str, Token] = {}
    for token in tokens:
        if token.kind == "name":
            for name in token.text if is_product(token.text) else (unindexed(token.text),):
                seen.setdefault(name, token)
    first, second = ([name for name in family if name in seen] for family in FAMILIES[:2])
    if first and second:
        message = f"The formula uses both '{first[0]}' and '{second[0]}', but x and y are only other names for u and v."
        raise ExpressionError(message, seen[second[0]].position, "Use one pair of names, u and v or x and y.")
    in_part = [family for family in FAMILIES if not seen.keys().isdisjoint(family)]
    in_full = [family for family in in_part[:1] if family in FAMILIES[:2]] or [
        family for family in in_part if set(family) <= seen.keys()
    ]
    return dict(zip((in_full or in_part or FAMILIES)[0], "uv", strict=True))


def unknown(token: Token, known: Iterable[str]) -> ExpressionError:
    """The error for a word that means nothing, with what may have been meant."""
    word = token.text
    candidates = {*NAMES, *CONSTANTS, *PARAMETER_WORDS, *known}
    close = get_close_matches(word, candidates, n=1, cutoff=0.75) or get_close_matches(
        word.lower(), candidates, n=1, cutoff=0.75
    )
    pieces = _pieces(word, candidates)
    variable_at_the_end = len(pieces) > 1 and len(pieces[0]) > 1 and word[-1] in "uvxy"
    variable_before_function = len(pieces) > 1 and word[0] in "uvxy" and pieces[-1].endswith(")")
    one_function = len(pieces) == 1 and word[-1] in "uvxy"
    if close and not (len(word) < 3 or variable_at_the_end or variable_before_function or one_function):
        hint = f"Did you mean '{close[0]}'?"
    elif pieces:
        hint = (
            f"If a product was meant, write {'*'.join(pieces)}."
            if pieces[-1][-1] != ")"
            else f"Did you mean {'*'.join(pieces)}?"
        )
    else:
        hint = f"Use u, v, a single letter or a Greek name, or give it a value on a line of its own: {word} = 1."
    return ExpressionError(f"Unknown name '{word}'.", token.position, hint)


def _pieces(word: str, known: Iterable[str]) -> list[str]:
    """The word cut into what it may have been made of, longest names first: cu → c, u;
    sinu → sin(u). Empty where it looks like a word.
    """
    names = sorted((name for name in known if len(name) > 1), key=len, reverse=True)
    pieces: list[str] = []
    while word and len(pieces) < 5:
        known_piece = next((name for name in names if word.startswith(name)), None)
        piece = known_piece or re.findall(r"[A-Za-z]_?[0-9]*|[0-9]+|.", word)[0]
        word = word[len(piece) :]
        pieces.append(piece)
        if piece in NAMES:
            pieces[-1:], word = [f"{piece}({word or '…'})"], ""
    letters = sum(len(piece) == 1 for piece in pieces)
    return [] if word or letters > 3 or "_" in pieces else pieces

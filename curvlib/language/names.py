"""What a name means: a variable by one of its names, a constant, a parameter, or a slip that deserves a suggestion."""

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
"""The words of more than one letter that are parameters without being given a value on a line of their own."""

FAMILIES = (("u", "v"), ("x", "y"), ("w1", "w2"), ("theta1", "theta2"), ("x1", "x2"))
"""Pairs of names for the two variables. The first pair that a formula uses is u, v; of the later ones, all but x, y are then parameters."""

_PARAMETER = re.compile(rf"(?:[A-Za-z]|{'|'.join(sorted(PARAMETER_WORDS))})(?:_?[0-9]{{1,3}}|_[A-Za-z])?")
_PRODUCT = re.compile("[uv]{2,}|[xy]{2,}")


def is_parameter(name: str) -> bool:
    """Whether a name is a parameter wherever it appears: a letter, or a Greek name, with or without an index.

    >>> [is_parameter(name) for name in ("c", "l_1", "beta", "sigma2", "ab")]
    [True, True, True, True, False]
    """
    return _PARAMETER.fullmatch(name) is not None


def is_product(name: str) -> bool:
    """Whether a word is nothing but the variables side by side, as uv or xxy."""
    return _PRODUCT.fullmatch(name) is not None


def unindexed(name: str) -> str:
    """The name with w_1 written as w1, as all names that are typeset alike are written alike."""
    return re.sub(r"_(?=[0-9])", "", name)


def reserved(name: str) -> bool:
    """Whether a name may not be given another meaning."""
    return name in NAMES or name in CONSTANTS or name in ("u", "v")


def variables(tokens: Iterable[Token]) -> Mapping[str, str]:
    """Which of the names among the tokens are the variables: name → "u" or "v".

    Raises:
        ExpressionError: u or v appears together with x or y.
    """
    seen: dict[str, Token] = {}
    for token in tokens:
        if token.kind == "name":
            for name in token.text if is_product(token.text) else (unindexed(token.text),):
                seen.setdefault(name, token)
    for family in FAMILIES:
        if used := [name for name in family if name in seen]:
            _refuse_mixture(family, used[0], seen)
            return dict(zip(family, "uv", strict=True))
    return {"u": "u", "v": "v"}


def _refuse_mixture(family: tuple[str, str], used: str, seen: Mapping[str, Token]) -> None:
    clash = next((name for name in FAMILIES[1] if name in seen), None)
    if family == FAMILIES[0] and clash is not None:
        message = f"The formula uses both '{used}' and '{clash}', but x and y are only other names for u and v."
        raise ExpressionError(message, seen[clash].position, "Use one pair of names, u and v or x and y.")


def unknown(token: Token, known: Iterable[str]) -> ExpressionError:
    """The error for a word that means nothing, with what may have been meant."""
    word = token.text
    candidates = {*NAMES, *CONSTANTS, *PARAMETER_WORDS, *known}
    close = get_close_matches(word, candidates, n=1, cutoff=0.75) or get_close_matches(word.lower(), candidates, n=1, cutoff=0.75)
    pieces = _pieces(word, candidates)
    certain = pieces and (len(word) < 3 or (len(pieces[0]) > 1 and word[-1] in "uvxy"))
    if close and not certain:
        hint = f"Did you mean '{close[0]}'?"
    elif pieces:
        hint = f"If a product was meant, write {'*'.join(pieces)}." if pieces[-1][-1] != ")" else f"Did you mean {'*'.join(pieces)}?"
    else:
        hint = f"Use u, v, a single letter or a Greek name, or give it a value on a line of its own: {word} = 1."
    return ExpressionError(f"Unknown name '{word}'.", token.position, hint)


def _pieces(word: str, known: Iterable[str]) -> list[str]:
    """The word cut into what it may have been made of, longest names first: cu → c, u; sinu → sin(u). Empty where it looks like a word."""
    names = sorted((name for name in known if len(name) > 1), key=len, reverse=True)
    pieces: list[str] = []
    while word and len(pieces) < 5:
        piece = next((name for name in names if word.startswith(name)), None) or re.match(r"[A-Za-z]_?[0-9]*|[0-9]+|.", word).group()  # type: ignore[union-attr]
        word = word[len(piece) :]
        pieces.append(piece)
        if piece in NAMES:
            pieces[-1:], word = [f"{piece}({word or 'u'})"], ""
    letters = sum(len(piece) == 1 for piece in pieces)
    return [] if word or letters > 3 or "_" in pieces else pieces

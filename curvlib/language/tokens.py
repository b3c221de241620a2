"""Tokens from characters: one regular expression, one pass, nothing unknown let through."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from curvlib.errors import ExpressionError
from curvlib.language.characters import BLANKS, GREEK, SIGNS, SUBSCRIPTS, SUPERSCRIPTS, described, remedy
from curvlib.language.latex_input import COMMANDS, DIGIT_FRACTION, NAME, SKIPPED
from curvlib.language.limits import MAX_DIGITS, MAX_LENGTH, MAX_NAME, MAX_NUMBER, MAX_TOKENS


class Token(NamedTuple):
    """A number, a name or a sign.

    Attributes:
        kind: "number", "name", "frac" and "root" (LaTeX), "newline", "end", or the sign itself
            ("+", "<=", "and" …).
        text: a number's digits, a name in Latin letters, a sign as the language writes it.
        position: the column of its first character in the text that was given.
        spaced: whether a blank stands before it.
    """

    kind: str
    text: str
    position: int
    spaced: bool = False


_INDEX = rf"(?:_[A-Za-z0-9]+|_\{{[A-Za-z0-9]+\}}|[{''.join(SUBSCRIPTS)}]+)"
_TOKEN = re.compile(
    rf"""(?P<blank>[{BLANKS}]+)
    | (?P<newline>\r\n?|\n|;)
    | (?P<coded>0[xXbBoO][0-9][0-9A-Za-z]*)
    | (?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>(?:[A-Za-z][A-Za-z0-9]*|[{"".join(GREEK)}][0-9]*){_INDEX}?)
    | (?P<command>\\(?:[A-Za-z]+|.))
    | (?P<sign>\*\*|<=|>=|==|!=|&&|[-+*/^()\[\]{{}}|,=<>]|[{"".join(SIGNS)}])
    | (?P<superscript>[{"".join(SUPERSCRIPTS)}]+)""",
    re.VERBOSE,
)
_INDEX_AFTER_COMMAND = re.compile(_INDEX)
_PLAIN = {"**": "^", "&&": "and", **SIGNS}
_WORDS = frozenset({"and", "or", "not"})


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, the last of kind "end".

    Raises:
        ExpressionError: the text is too long, or contains something that the language does not
            have.

    >>> [token.text for token in tokenize("2u² ≤ π")]
    ['2', 'u', '^', '(', '2', ')', '<=', 'pi', '']
    """
    if len(text) > MAX_LENGTH:
        raise ExpressionError(
            f"The formula has {len(text):,} characters; at most {MAX_LENGTH:,} are read.",
            MAX_LENGTH,
            "Shorten it, or name parts of it.",
        )
    tokens: list[Token] = []
    for token in _scan(text):
        tokens.append(token)
        if len(tokens) > MAX_TOKENS and token.kind != "end":
            raise ExpressionError(
                f"The formula has more than {MAX_TOKENS:,} numbers, names and signs.", token.position, "Shorten it."
            )
    return tokens


def _scan(text: str) -> Iterator[Token]:
    position, end = _without_dollars(text)
    spaced = False
    while position < end:
        match = _TOKEN.match(text, position, end)
        if match is None:
            raise _unreadable(text, position)
        kind, after = str(match.lastgroup), match.end()
        if kind == "command":
            after, found = _command(text, position, match.group(), end)
        else:
            found = _READERS[kind](match.group(), position)
        for token in found:
            yield token._replace(spaced=True) if spaced else token
            spaced = False
        spaced = spaced or not found
        position = after
    yield Token("end", "", len(text), spaced)


def _without_dollars(text: str) -> tuple[int, int]:
    r"""The begin and end of the formula inside $ … $, $$ … $$, \( … \) or \[ … \]."""
    stripped = text.strip(BLANKS + "\r\n")
    for opening, closing in (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]")):
        if len(stripped) > len(opening + closing) and stripped.startswith(opening) and stripped.endswith(closing):
            start = text.index(stripped)
            return start + len(opening), start + len(stripped) - len(closing)
    return 0, len(text)


def _number(digits: str, position: int) -> list[Token]:
    if len(digits) > MAX_DIGITS:
        raise ExpressionError(
            f"A number has at most {MAX_DIGITS} characters; this one has {len(digits)}.",
            position,
            "Round it: 16 digits are kept.",
        )
    value = float(digits)
    if value > MAX_NUMBER:
        raise ExpressionError(f"The number {digits} is too large.", position, f"The largest is {MAX_NUMBER:g}.")
    if value == 0 and digits.lower().split("e")[0].strip("0."):
        raise ExpressionError(
            f"The number {digits} is too small to be told from 0.", position, "Write 0, or a larger number."
        )
    return [Token("number", digits, position)]


def _coded(digits: str, position: int) -> list[Token]:
    raise ExpressionError(
        f"'{digits[:MAX_DIGITS]}' is not a decimal number.",
        position,
        "Write numbers in decimal digits, and products of 0 with *.",
    )


def _name(word: str, position: int) -> list[Token]:
    name = word.replace("{", "").replace("}", "")
    if not name.isascii():
        name = GREEK.get(name[0], name[0]) + name[1:]
        head = name.rstrip("".join(SUBSCRIPTS))
        name = head + "_" * (head != name) + "".join(SUBSCRIPTS[digit] for digit in name[len(head) :])
    if len(name) > MAX_NAME:
        raise ExpressionError(
            f"The name '{name[:MAX_NAME]}…' has {len(name)} characters; at most {MAX_NAME} are read.",
            position,
            "Use a shorter one.",
        )
    return [Token(name if name in _WORDS else "name", name, position)]


def _sign(sign: str, position: int) -> list[Token]:
    plain = _PLAIN.get(sign, sign)
    return [Token(plain, plain, position)]


def _superscript(raised: str, position: int) -> list[Token]:
    inner = "".join(SUPERSCRIPTS[character] for character in raised)
    tokens = [Token("^", "^", position), Token("(", "(", position)]
    tokens += [token._replace(position=position) for token in _scan(inner)][:-1]
    return [*tokens, Token(")", ")", position + len(raised) - 1)]


def _command(text: str, position: int, command: str, end: int) -> tuple[int, list[Token]]:
    """The tokens of a LaTeX command, and where reading goes on."""
    if upright := NAME.match(text, position, end):
        return _indexed(text, upright.end(), upright.group(1), position, end)
    if digits := DIGIT_FRACTION.match(text, position, end):
        return digits.end(), [
            Token("frac", r"\frac", position),
            *(Token("number", digits.group(i), digits.start(i)) for i in (1, 2)),
        ]
    after = position + len(command)
    if command in SKIPPED:
        return after, []
    if command not in COMMANDS:
        hint = r"Known are \frac, \sqrt, \cdot, \left, Greek letters and functions such as \sin."
        raise ExpressionError(f"The LaTeX command {_shown(command)} is not known here.", position, hint)
    kind, name = COMMANDS[command]
    return _indexed(text, after, name, position, end) if kind == "name" else (after, [Token(kind, name, position)])


def _indexed(text: str, after: int, name: str, position: int, end: int) -> tuple[int, list[Token]]:
    index = _INDEX_AFTER_COMMAND.match(text, after, end)
    if index is None:
        return after, _name(name, position)
    return index.end(), _name(name + "".join(SUBSCRIPTS.get(c, c) for c in index.group()), position)


def _shown(command: str) -> str:
    return command if command[1:].isascii() and command.isprintable() else f"\\ with {described(command[1:])}"


def _unreadable(text: str, position: int) -> ExpressionError:
    character = text[position]
    dotted = character == "." and text[position + 1 : position + 2] in ("*", "/", "^")
    hint = (
        f"Write {text[position + 1]} without the point: all operations are element by element."
        if dotted
        else remedy(character)
    )
    return ExpressionError(f"The character {described(character)} cannot be read here.", position, hint)


_READERS = {
    "blank": lambda text, position: [],
    "newline": lambda text, position: [Token("newline", ";" if text == ";" else "\n", position)],
    "coded": _coded,
    "number": _number,
    "name": _name,
    "sign": _sign,
    "superscript": _superscript,
}

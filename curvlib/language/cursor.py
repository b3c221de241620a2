"""A place in the tokens of one statement, and what to say when the next token does not fit."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

from curvlib.errors import ExpressionError
from curvlib.language.limits import MAX_DEPTH
from curvlib.language.tokens import Token

CLOSING = MappingProxyType({"(": ")", "[": "]", "{": "}"})
"""Opening bracket → the one that closes it."""

NESTING = MappingProxyType({**dict.fromkeys(CLOSING, 1), **dict.fromkeys(CLOSING.values(), -1)})
"""Bracket → how much deeper what follows is."""

FACTORS = frozenset({"name", "(", "[", "{", "|", "frac", "root", "√", "∛"})
"""The kinds of token that may begin a factor with no sign before it."""


class Cursor:
    """The tokens of a statement and how far they have been read."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._depth = 0
        self.bars = 0

    def peek(self) -> Token:
        return self._tokens[self._next]

    def take(self) -> Token:
        self._next += 1
        return self._tokens[self._next - 1]

    def before(self) -> Token:
        """The token that was taken last."""
        return self._tokens[self._next - 1]

    def begins_factor(self) -> bool:
        """True if the next token begins a factor, which after an operand makes an implicit
        product.
        """
        token = self.peek()
        return token.kind in FACTORS and not (token.kind == "|" and self.bars)

    @contextmanager
    def nested(self, token: Token) -> Iterator[None]:
        """One level deeper; what bars are open outside does not matter inside."""
        if self._depth >= MAX_DEPTH:
            raise ExpressionError(f"The formula is nested more than {MAX_DEPTH} deep.", token.position, "Simplify it.")
        self._depth += 1
        bars, self.bars = self.bars, 0
        yield
        self.bars = bars
        self._depth -= 1

    def close(self, opening: Token) -> Token:
        """Takes the bracket that closes an opening one."""
        wanted, token = CLOSING[opening.kind], self.peek()
        if token.kind == wanted:
            return self.take()
        if token.kind == "end":
            raise ExpressionError(
                f"The bracket '{opening.text}' is never closed.", opening.position, f"Add '{wanted}'."
            )
        if token.kind in CLOSING.values():
            raise ExpressionError(
                f"The bracket '{opening.text}' cannot be closed by '{token.text}'.",
                token.position,
                f"Close it with '{wanted}'.",
            )
        raise self.leftover()

    def missing(self) -> ExpressionError:
        """The error for a token that stands where an operand is needed."""
        token = self.peek()
        if token.kind == "end":
            if self._next == 0:
                return ExpressionError(
                    "There is no formula here.", token.position, "Type one in u and v, such as u^2 - v^2."
                )
            return ExpressionError(
                "The formula ends too early.", token.position, f"Something is missing after '{self.before().text}'."
            )
        if token.kind in CLOSING.values() and self._depth == 0:
            return _unopened(token)
        return ExpressionError(
            f"A number, a name or a bracket is missing before '{token.text}'.",
            token.position,
            "Put it there, or remove the sign.",
        )

    def leftover(self) -> ExpressionError:
        """The error for a token that cannot follow an operand."""
        token, before = self.peek(), self.before()
        if token.kind == "number":
            message = f"The number {token.text} follows '{before.text}' without a sign between them."
            return ExpressionError(message, token.position, "Write * for a product or ^ for a power.")
        if token.kind == "," and self._decimal(self._next):
            after = self._tokens[self._next + 1].text
            thousands = f", or {before.text}{after} without the comma" if len(after) == 3 else ""
            return ExpressionError(
                "A decimal comma cannot be read.", token.position, f"Write a point: {before.text}.{after}{thousands}."
            )
        if token.kind == ",":
            return ExpressionError(
                "A comma stands outside the arguments of a function.",
                token.position,
                "Numbers have a decimal point, as in 0.5.",
            )
        if token.kind == "=":
            return ExpressionError(
                "An equals sign stands inside a formula.",
                token.position,
                "To compare write ==; a definition stands on a line of its own.",
            )
        if token.kind in CLOSING.values():
            return _unopened(token)
        return ExpressionError(
            f"'{token.text}' cannot follow '{before.text}'.", token.position, "Write an operation between them."
        )

    def decimal_comma(self, first: int) -> str:
        """The number meant, with a point, if one of the commas since a token looks like a decimal
        comma; else nothing.
        """
        for index in range(first, self._next):
            if self._tokens[index].kind == "," and self._decimal(index):
                return f"{self._tokens[index - 1].text}.{self._tokens[index + 1].text}"
        return ""

    def place(self) -> int:
        """The number of tokens that have been taken."""
        return self._next

    def comma_follows(self) -> bool:
        """True if the bracket that comes next holds a comma of its own."""
        depth = 0
        for token in self._tokens[self._next :]:
            depth += NESTING.get(token.kind, 0)
            if depth <= 0 or (depth == 1 and token.kind == ","):
                return depth == 1
        return False

    def index_follows(self) -> bool:
        """True if the bracket that comes next holds a whole number and nothing else."""
        _, inner, closing = (*self._tokens[self._next :], *self._tokens[-1:] * 2)[:3]
        return inner.text.isdigit() and closing.kind == "]"

    def _decimal(self, comma: int) -> bool:
        if not 0 < comma < len(self._tokens) - 1:
            return False
        before, after = self._tokens[comma - 1], self._tokens[comma + 1]
        touching = not self._tokens[comma].spaced and not after.spaced
        return before.kind == after.kind == "number" and touching and before.text.isdigit() and after.text.isdigit()


def _unopened(token: Token) -> ExpressionError:
    message = f"'{token.text}' closes a bracket that was never opened."
    return ExpressionError(message, token.position, "Remove it, or open the bracket.")

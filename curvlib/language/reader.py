"""Precedence climbing over the tokens of one statement, straight into the nodes of a checked graph.

From loose to tight: or, and, not, comparisons, + and -, then * / and products without a sign (one
level, from left to right), powers (from right to left). A sign before a term applies to the whole
term, so -u^2 is -(u^2).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from curvlib.errors import ExpressionError
from curvlib.language.cursor import CLOSING, Cursor
from curvlib.language.limits import MAX_ARGUMENTS, MAX_SIGNS
from curvlib.language.nodes import Node
from curvlib.language.scope import Scope
from curvlib.language.tokens import Token

OR, AND, NOT, COMPARISON, SUM, PRODUCT, POWER = range(1, 8)

_BINARY = MappingProxyType(
    {
        "or": ("or", OR),
        "and": ("and", AND),
        "<": ("lt", COMPARISON),
        "<=": ("le", COMPARISON),
        ">": ("gt", COMPARISON),
        ">=": ("ge", COMPARISON),
        "==": ("eq", COMPARISON),
        "!=": ("ne", COMPARISON),
        "+": ("add", SUM),
        "-": ("sub", SUM),
        "*": ("mul", PRODUCT),
        "/": ("div", PRODUCT),
        "^": ("pow", POWER),
    }
)
_OFTEN_FUNCTIONS = frozenset("f g h F G H sigma phi psi gamma Gamma beta zeta".split())

BLANK_NOTE = "Blanks between factors are read as products."


class Reader(Cursor):
    """Reads the expression that one statement is.

    Args:
        tokens: the statement's.
        scope: the names it may use.
        readers: kind of token → the function that reads the operand which begins with it.
    """

    def __init__(self, tokens: list[Token], scope: Scope, readers: "Readers") -> None:
        super().__init__(scope.spelled_out(tokens))
        self.scope = scope
        self.readers = readers

    def read(self) -> Node:
        """The whole statement as one node.

        Raises:
            ExpressionError: it is not an expression of the language.
        """
        node = self.expression(OR)
        if self.peek().kind != "end":
            raise self.leftover()
        return node

    def expression(self, least: int) -> Node:
        """The node bound by operators at least as tight as `least`."""
        left = self._operand(least)
        while True:
            token = self.peek()
            op, level = _BINARY.get(token.kind) or ("", PRODUCT if self.begins_factor() else 0)
            if level < least:
                return left
            if level == COMPARISON:
                left = self._comparisons(left)
            elif not op:
                left = self._implicit_product(left)
            else:
                self.take()
                right = self._exponent() if op == "pow" else self.expression(level + 1)
                left = self.scope.build.node(op, left, right, at=token.position)

    def power(self) -> Node:
        """An operand with its powers."""
        return self.expression(POWER)

    def arguments(self, opening: Token) -> list[Node]:
        """The arguments in brackets, separated by commas; the opening bracket was taken before."""
        with self.nested(opening):
            args = [self.expression(OR)]
            while self.peek().kind == "," and len(args) < MAX_ARGUMENTS:
                self.take()
                args.append(self.expression(OR))
            if self.peek().kind == ",":
                raise ExpressionError(
                    f"A call has at most {MAX_ARGUMENTS} arguments.",
                    self.peek().position,
                    "Nest the calls: max(max(a, b), c).",
                )
            self.close(opening)
        return args

    def grouped(self, opening: Token) -> Node:
        """The one expression that stands in brackets."""
        with self.nested(opening):
            node = self.expression(OR)
            self.close(opening)
        return node

    def _operand(self, least: int) -> Node:
        token = self.peek()
        if token.kind in ("+", "-"):
            return self._signed(max(least, PRODUCT))
        if token.kind == "not":
            self.take()
            with self.nested(token):
                return self.scope.build.node("not", self.expression(NOT), at=token.position)
        return self.atom()

    def _signed(self, least: int) -> Node:
        signs = []
        while self.peek().kind in ("+", "-"):
            signs.append(self.take())
        if len(signs) > MAX_SIGNS:
            raise ExpressionError(
                f"More than {MAX_SIGNS} signs stand in a row.",
                signs[0].position,
                "Two minus signs cancel: leave them out.",
            )
        node = self.expression(least)
        for sign in reversed(signs):
            if sign.kind == "-":
                node = self.scope.build.node("neg", node, at=sign.position)
        return node

    def atom(self) -> Node:
        """An operand without its powers."""
        token = self.peek()
        if token.kind == "number":
            return self.scope.build.number(float(self.take().text))
        if token.kind in CLOSING:
            return self.grouped(self.take())
        if token.kind == "|":
            return self._between_bars(self.take())
        read = self.readers.get(token.kind)
        if read is None:
            raise self.missing()
        return read(self, self.take())

    def _between_bars(self, opening: Token) -> Node:
        with self.nested(opening):
            self.bars = 1
            node = self.expression(SUM)
            if self.peek().kind != "|":
                never = ExpressionError("The bar '|' is never closed.", opening.position, "Add '|', or write abs(…).")
                raise never if self.peek().kind == "end" else self.leftover()
            self.take()
        return self.scope.build.node("abs", node, at=opening.position)

    def _exponent(self) -> Node:
        if self.peek().kind in CLOSING:
            return self.power()
        bars = self.bars
        with self.nested(self.peek()):
            self.bars = bars
            return self.power()

    def _comparisons(self, left: Node) -> Node:
        """a < b, or a < b < c, which means a < b and b < c."""
        build = self.scope.build
        links: list[Node] = []
        while (found := _BINARY.get(self.peek().kind, ("", 0)))[1] == COMPARISON:
            at = self.take().position
            right = self.expression(SUM)
            links.append(build.node(found[0], left, right, at=at))
            left = right
        result = links[0]
        for link in links[1:]:
            result = build.node("and", result, link, at=at)
        return result

    def _implicit_product(self, left: Node) -> Node:
        token, before = self.peek(), self.before()
        if left.op == "div" and not token.spaced and before.kind in ("number", "name"):
            self.scope.note(
                "Products without a sign are taken in turn with divisions: "
                "1/2u is (1/2)*u; the other reading is written 1/(2u)."
            )
        if (
            left.op == "pow"
            and not token.spaced
            and token.kind == "name"
            and (before.kind == "name" or left.args[0].op == "constant")
        ):
            self.scope.note(
                "An exponent without brackets is one number or name: "
                f"…^{before.text}{token.text} is (…^{before.text})*{token.text}."
            )
        if token.spaced:
            self.scope.note(BLANK_NOTE)
        if token.kind == "[" and not token.spaced and before.kind == "name" and self.index_follows():
            raise ExpressionError(
                f"'{before.text}[…]' looks like an index.",
                token.position,
                f"Write {before.text}_1 for an index, * for a product.",
            )
        if token.kind == "(" and before.kind == "name" and before.text in _OFTEN_FUNCTIONS:
            self.scope.note(
                f"{before.text}(…) is read as the product {before.text}*(…), "
                f"because no function {before.text} is defined."
            )
        return self.scope.build.node("mul", left, self.power(), at=token.position)


Readers = Mapping[str, Callable[[Reader, Token], Node]]

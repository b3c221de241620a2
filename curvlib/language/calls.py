"""Names and what they are applied to: sin(u), sin^2(u), sin u, g(t) of the visitor's own, and
LaTeX's fractions and roots.
"""

from types import MappingProxyType

from curvlib.errors import ExpressionError
from curvlib.language.cursor import CLOSING
from curvlib.language.functions import FUNCTIONS, NAMES
from curvlib.language.nodes import Node
from curvlib.language.reader import Reader, Readers
from curvlib.language.tokens import Token

_BARE = frozenset({"number", "name", "|", "frac", "root", "√", "∛"})
_INVERSES = MappingProxyType(
    {name: f"a{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh")} | {"exp": "log", "log": "exp"}
)


def named(reader: Reader, token: Token) -> Node:
    """A name that was taken, with its argument if it is a function."""
    name, scope = token.text, reader.scope
    if name not in scope.local and name not in scope.values:
        if name in scope.functions:
            return _defined(reader, token)
        if name in NAMES:
            return _function(reader, token)
    node = scope.resolve(token)
    if reader.peek().kind == "(" and reader.comma_follows():
        hint = f"Define it on a line of its own, as in {name}(s, t) = s*t, or write the product with *."
        raise ExpressionError(f"'{name}' is not a function.", token.position, hint)
    return node


def _function(reader: Reader, token: Token) -> Node:
    power = _power_of_function(reader, token) if reader.peek().kind == "^" else None
    if reader.peek().kind in CLOSING:
        start = reader.place()
        args = reader.arguments(reader.take())
        comma = reader.decimal_comma(start)
        node = _applied(reader, token, args, comma and f"If its comma is a decimal comma, write a point: {comma}.")
        if comma:
            reader.scope.note(
                f"{comma.replace('.', ',')} is read as two arguments; the decimal number is written {comma}."
            )
    else:
        node = _applied(reader, token, [_bare_argument(reader, token)], f"Write them in brackets: {token.text}(…, …).")
    return node if power is None else reader.scope.build.node("pow", node, power, at=token.position)


def _applied(reader: Reader, token: Token, args: list[Node], hint: str) -> Node:
    function = FUNCTIONS[NAMES[token.text]]
    _check_count(token, len(args), function.arity, hint or f"{function.signature}: {function.summary}.")
    return reader.scope.build.node(function.name, *args, at=token.position)


def _power_of_function(reader: Reader, function: Token) -> Node:
    """The 2 of sin^2(u)."""
    build, caret = reader.scope.build, reader.take()
    minus = reader.peek().kind == "-" and reader.take()
    power = reader.atom()
    if minus:
        power = build.node("neg", power, at=minus.position)
    if build.value(power) == -1:
        inverse = _INVERSES.get(NAMES[function.text])
        choice = f"{inverse}(…) or " if inverse else ""
        message = f"'{function.text}^-1' may mean the inverse function or the reciprocal."
        raise ExpressionError(message, caret.position, f"Write {choice}1/{function.text}(…).")
    return power


def _bare_argument(reader: Reader, function: Token) -> Node:
    """The u of sin u, the 2u of sin 2u: numbers and names that touch each other, with their powers,
    and nothing in brackets after them.
    """
    token = reader.peek()
    if token.kind not in _BARE or (token.kind == "|" and reader.bars):
        call = f"{function.text}({', '.join('uvw'[: FUNCTIONS[NAMES[function.text]].arity[0]])})"
        raise ExpressionError(
            f"'{function.text}' needs something to work on.", function.position, f"Write it in brackets: {call}."
        )
    bars = reader.bars
    with reader.nested(token):
        reader.bars = bars
        node = reader.power()
        while (token := reader.peek()).kind == "name" and not token.spaced and not _is_function(reader, token):
            node = reader.scope.build.node("mul", node, reader.power(), at=token.position)
    if (
        reader.scope.build.value(node) is not None
        and reader.begins_factor()
        and not _is_function(reader, reader.peek())
    ):
        message = f"It is not clear where the argument of '{function.text}' ends."
        raise ExpressionError(message, reader.peek().position, f"Put it in brackets: {function.text}(…).")
    return node


def _is_function(reader: Reader, token: Token) -> bool:
    scope = reader.scope
    return (
        token.kind == "name"
        and token.text not in scope.local
        and (token.text in scope.functions or token.text in NAMES)
    )


def _defined(reader: Reader, token: Token) -> Node:
    """A call of a function that the visitor defined: its body with the arguments put in."""
    definition = reader.scope.functions[token.text]
    if reader.peek().kind not in CLOSING:
        raise ExpressionError(
            f"'{token.text}' is a function and needs its argument.",
            token.position,
            f"Write it in brackets: {token.text}(u).",
        )
    args = reader.arguments(reader.take())
    count = len(definition.arguments)
    _check_count(token, len(args), (count, count), "Its definition says how many.")
    return reader.scope.build.substitute(
        definition.body, dict(zip(definition.arguments, args, strict=True)), at=token.position
    )


def _check_count(token: Token, given: int, arity: tuple[int, int], hint: str) -> None:
    least, most = arity
    if not least <= given <= most:
        wanted = f"{least}" if least == most else f"{least} to {most}"
        raise ExpressionError(
            f"'{token.text}' takes {wanted} argument{'s' * (most > 1)}, not {given}.", token.position, hint
        )


def _root_sign(reader: Reader, token: Token) -> Node:
    """√ and ∛ take one operand with its power: √2u is (√2)u."""
    with reader.nested(token):
        node = reader.power()
    return reader.scope.build.node("sqrt" if token.kind == "√" else "cbrt", node, at=token.position)


def _fraction(reader: Reader, token: Token) -> Node:
    r"""\frac{a}{b}"""
    numerator, denominator = _group(reader, token), _group(reader, token)
    return reader.scope.build.node("div", numerator, denominator, at=token.position)


def _latex_root(reader: Reader, token: Token) -> Node:
    r"""\sqrt{a}, \sqrt[3]{a}"""
    build = reader.scope.build
    degree = reader.grouped(reader.take()) if reader.peek().kind == "[" else build.number(2)
    operand = _group(reader, token)
    if build.value(degree) in (2, 3):
        return build.node("sqrt" if build.value(degree) == 2 else "cbrt", operand, at=token.position)
    return build.node("pow", operand, build.node("div", build.number(1), degree, at=token.position), at=token.position)


def _group(reader: Reader, command: Token) -> Node:
    token = reader.peek()
    if token.kind == "{":
        return reader.grouped(reader.take())
    if token.kind in ("number", "name"):
        return reader.atom()
    raise ExpressionError(
        f"'{command.text}' needs its parts in braces.", command.position, r"Write \frac{a}{b} or \sqrt{a}."
    )


READERS: Readers = MappingProxyType(
    {"name": named, "frac": _fraction, "root": _latex_root, "√": _root_sign, "∛": _root_sign}
)
"""Kind of token → how to read the operand that it begins."""

"""The lines of a text: definitions, values of parameters, and the one that is the formula."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from curvlib.errors import ExpressionError
from curvlib.language.cursor import NESTING
from curvlib.language.limits import MAX_STATEMENTS
from curvlib.language.names import FAMILIES, is_product, reserved, unindexed
from curvlib.language.tokens import Token

_BETWEEN = frozenset({"+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or", ",", "="})
"""Signs that need an operand on both sides: a line that ends or begins with one goes on."""


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """One line.

    Attributes:
        name: what it defines; None for a bare formula.
        arguments: the names in brackets after it; None without brackets.
        body: the tokens right of the equals sign, closed by one of kind "end".
    """

    name: Token | None
    arguments: tuple[Token, ...] | None
    body: list[Token]

    def mentions(self) -> Iterable[Token]:
        """The names in the body that are not its own arguments."""
        own = {token.text for token in self.arguments or ()}
        return [
            token
            for token in self.body
            if token.kind == "name"
            and token.text not in own
            and not (is_product(token.text) and own >= set(token.text))
        ]


def split(tokens: list[Token]) -> list[Statement]:
    """The statements of a text. A line break inside brackets, or beside a sign that needs two
    operands, does not end one.

    Raises:
        ExpressionError: too many, or what stands left of an equals sign cannot be defined.
    """
    statements: list[Statement] = []
    current: list[Token] = []
    depth = 0
    for index, token in enumerate(tokens):
        depth += NESTING.get(token.kind, 0)
        if token.kind not in ("newline", "end"):
            current.append(token)
        elif token.text == ";" and depth > 0:
            raise ExpressionError(
                "A semicolon stands inside a bracket.",
                token.position,
                "Close the bracket first; arguments are separated by commas.",
            )
        elif token.kind == "end" or token.text == ";" or (depth <= 0 and not _goes_on(current, tokens, index)):
            if current:
                statements.append(_statement([*current, Token("end", "", token.position)]))
            current = []
            if len(statements) > MAX_STATEMENTS:
                raise ExpressionError(f"More than {MAX_STATEMENTS} lines.", token.position, "Join definitions.")
    if not statements:
        raise ExpressionError("There is no formula here.", 0, "Type one in u and v, such as u^2 - v^2.")
    return statements


def _goes_on(current: list[Token], tokens: list[Token], index: int) -> bool:
    following = next((token for token in tokens[index + 1 :] if token.kind != "newline"), tokens[-1])
    return bool(current) and (current[-1].kind in _BETWEEN or following.kind in _BETWEEN)


def _statement(tokens: list[Token]) -> Statement:
    depth = 0
    for index, token in enumerate(tokens):
        depth += NESTING.get(token.kind, 0)
        if depth == 0 and token.kind == "=":
            name, arguments = _head(tokens[:index], token)
            return Statement(name, arguments, tokens[index + 1 :])
    return Statement(None, None, tokens)


def _head(tokens: list[Token], equals: Token) -> tuple[Token, tuple[Token, ...] | None]:
    """The name that is defined and its arguments."""
    kinds = [token.kind for token in tokens]
    if kinds != ["name"] and not _is_call(kinds):
        at = tokens[0].position if tokens else equals.position
        hint = "Write c = 0.1, g(t) = t^2 or f(u, v) = u^2 - v^2; to compare write ==."
        raise ExpressionError("Left of an equals sign stands a name, or a name with its arguments.", at, hint)
    name, arguments = tokens[0], tuple(tokens[2:-1:2]) if kinds != ["name"] else None
    for token in (name, *(arguments or ())):
        if reserved(token.text) and (token is name or token.text not in ("u", "v")):
            raise ExpressionError(f"'{token.text}' has a meaning already.", token.position, "Choose another name.")
    if arguments and len({token.text for token in arguments}) < len(arguments):
        raise ExpressionError(
            f"Two arguments of '{name.text}' have the same name.", arguments[1].position, "Choose different names."
        )
    return name, arguments


def _is_call(kinds: list[str]) -> bool:
    inner = kinds[2:-1]
    names, commas = inner[::2], inner[1::2]
    return (
        kinds[:2] == ["name", "("]
        and kinds[-1] == ")"
        and set(names) == {"name"}
        and set(commas) <= {","}
        and len(inner) % 2 == 1
    )


def formula_of(statements: list[Statement]) -> Statement:
    """The one statement that is the formula: the bare one, else the definition of f, else the last
    definition.

    Raises:
        ExpressionError: there are two bare ones, or a bare one that ignores the f that is defined.
    """
    bare = [statement for statement in statements if statement.name is None]
    loss = next(
        (statement for statement in statements if statement.name is not None and statement.name.text == "f"), None
    )
    if len(bare) > 1:
        raise ExpressionError(
            "There are two formulas.", bare[1].body[0].position, "Keep one; give the others names, as in r = u^2 + v^2."
        )
    idle = loss is not None and all(
        token.text != "f" for other in statements if other is not loss for token in other.mentions()
    )
    if not bare:
        return loss if loss is not None and idle else statements[-1]
    if idle:
        raise ExpressionError(
            "There are two formulas: this one and f.", bare[0].body[0].position, "Keep one, or use f in the other."
        )
    return bare[0]


def definitions(statements: Iterable[Statement]) -> dict[str, Statement]:
    """Name → the statement that defines it.

    Raises:
        ExpressionError: a name is defined twice.
    """
    defined: dict[str, Statement] = {}
    for statement in statements:
        if statement.name is not None:
            if statement.name.text in defined:
                raise ExpressionError(
                    f"'{statement.name.text}' is defined twice.", statement.name.position, "Keep one definition."
                )
            defined[statement.name.text] = statement
    return defined


def needed(formula: Statement, defined: Mapping[str, Statement]) -> list[Statement]:
    """The definitions that the formula rests on, each after those it uses itself.

    Raises:
        ExpressionError: a definition rests on itself.
    """
    ordered: list[Statement] = []
    _visit(formula, defined, ordered, [])
    return ordered[:-1]


def _visit(
    statement: Statement, defined: Mapping[str, Statement], ordered: list[Statement], above: list[Statement]
) -> None:
    if statement in above:
        assert statement.name is not None
        raise ExpressionError(
            f"'{statement.name.text}' is defined by itself.",
            statement.name.position,
            "Definitions may use only what does not use them.",
        )
    if statement in ordered:
        return
    for token in statement.mentions():
        if token.text in defined:
            _visit(defined[token.text], defined, ordered, [*above, statement])
    ordered.append(statement)


def roles(formula: Statement, mentioned: Iterable[Token]) -> dict[str, str] | None:
    """The variable that each argument of f(u, v) = … is: by its name where that is a variable's,
    else by its place; None without arguments.

    Raises:
        ExpressionError: more than two arguments, or other names of the variables beside them.
    """
    if formula.arguments is None:
        return None
    names = [unindexed(token.text) for token in formula.arguments]
    if len(names) > 2:
        hint = "Leave the others out of the brackets: they become parameters."
        raise ExpressionError(f"A loss has two variables, not {len(names)}.", formula.arguments[2].position, hint)
    own = next((family for family in FAMILIES if set(names) <= set(family)), (*names, *names)[:2])
    for token in mentioned:
        clash = set(token.text if is_product(token.text) else (token.text,)) & {"u", "v", "x", "y"} - set(own)
        if clash:
            hint = f"Use {' and '.join(names)} throughout, or leave out what stands left of the equals sign."
            raise ExpressionError(
                f"'{min(clash)}' is used beside the variables {', '.join(names)}.", token.position, hint
            )
    return dict(zip(own, "uv", strict=True)) if len(set(own)) == 2 else {names[0]: "u"}

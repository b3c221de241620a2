"""The one door of the language: from a visitor's text to a checked `Expression`, or an
`ExpressionError` that says what to mend.
"""

import re
from types import MappingProxyType

import numpy as np

from curvlib.errors import ExpressionError
from curvlib.language import statements
from curvlib.language.builder import Builder
from curvlib.language.calls import READERS
from curvlib.language.canonical import canonical, number
from curvlib.language.expression import Expression
from curvlib.language.limits import MAX_LENGTH, MAX_NUMBER, MAX_PARAMETERS
from curvlib.language.names import FAMILIES, is_product, unindexed, variables
from curvlib.language.nodes import PARAMETER, Node, U, V, in_order
from curvlib.language.operations import BOOLEAN
from curvlib.language.reader import BLANK_NOTE, Reader
from curvlib.language.scope import Definition, Scope
from curvlib.language.statements import Statement
from curvlib.language.tokens import tokenize

_LONG = MappingProxyType({"lam": "lambda", "eps": "epsilon"})
_SPELLINGS = re.compile(r"^(?:lam|eps)(?![a-z])")


def parse(text: str) -> Expression:
    """Reads a loss f(u, v).

    Args:
        text: the formula as people write it: `2u^2 - sin(u v)`, `e^{-c u} \\sin u`; definitions and
            values of parameters may stand on lines of their own (`c = 0.1`, `g(t) = t^2`), or
            before a semicolon.

    Returns:
        The formula as it was understood.

    Raises:
        ExpressionError: it cannot be read; the error has the column, the cause and a remedy. No
            text raises anything else.
        TypeError: it is not text.

    >>> str(parse("e^(-c u) sin u sin v"))
    'e^(-c*u)*sin(u)*sin(v)'
    >>> parse("e^(-c u) sin u sin v").parameters
    ('c',)
    """
    if not isinstance(text, str):
        raise TypeError(f"text must be a string, not of type {type(text).__name__}.")
    lines = statements.split(tokenize(text))
    formula = statements.formula_of(lines)
    defined = statements.definitions(lines)
    used = statements.needed(formula, defined)
    scope = _scope(formula, used)
    scope.defined = tuple(defined)
    with np.errstate(all="ignore"):
        defaults: dict[str, float] = {}
        for statement in used:
            _define(statement, scope, defaults)
        root = _root(formula, scope)
    for name, statement in defined.items():
        if statement is not formula and statement not in used:
            scope.note(f"The line that defines {name} is not used.")
    return _expression(text, root, defaults, scope)


def _scope(formula: Statement, used: list[Statement]) -> Scope:
    """The scope with the variables found: the arguments of f(u, v) = …, else the first
    pair of names in use.
    """
    own = {statement.name.text for statement in used if statement.name is not None}
    mentioned = [token for statement in (*used, formula) for token in statement.mentions() if token.text not in own]
    found = statements.roles(formula, mentioned) or variables(mentioned)
    scope = Scope(Builder(), {name: role for name, role in found.items() if name not in own})
    names = [token.text for token in (*mentioned, *(formula.arguments or ()))]
    present = {part for name in names for part in (name if is_product(name) else [name])}
    renamed = {name: scope.variables[unindexed(name)] for name in sorted(present) if unindexed(name) in scope.variables}
    if any(name != role for name, role in renamed.items()):
        scope.note(", ".join(f"{name} is read as {role}" for name, role in renamed.items()) + ".")
    return scope


def _define(statement: Statement, scope: Scope, defaults: dict[str, float]) -> None:
    """Adds one definition to the scope: a function, an abbreviation,
    or a parameter with its value.
    """
    assert statement.name is not None
    name, arguments = statement.name.text, statement.arguments or ()
    scope.local = {token.text: scope.build.symbol(f"{token.text} of {name}") for token in arguments}
    node = _number(Reader(statement.body, scope, READERS).read(), statement)
    if arguments:
        below = set(in_order([node]))
        for token in arguments:
            if scope.local[token.text] not in below:
                raise ExpressionError(
                    f"'{name}' does not use its argument '{token.text}'.", token.position, "Leave it out, or use it."
                )
        scope.functions[name] = Definition(tuple(scope.local.values()), node)
    elif (value := scope.build.value(node)) is not None:
        if abs(value) > MAX_NUMBER:
            raise ExpressionError(
                f"The value of '{name}' is too large.", statement.body[0].position, f"The largest is {MAX_NUMBER:g}."
            )
        defaults[name] = value
        scope.parameters[name] = statement.name.position
        scope.values[name] = scope.build.symbol(name)
    else:
        scope.values[name] = node
    scope.local = {}


def _root(formula: Statement, scope: Scope) -> Node:
    node = _number(Reader(formula.body, scope, READERS).read(), formula)
    if formula.name is not None and formula.name.text != "f" and scope.build.value(node) is not None:
        raise ExpressionError(
            "There is no formula here, only the value of a parameter.",
            formula.name.position,
            "Add a line with the formula, such as c*u^2.",
        )
    return node


def _number(node: Node, statement: Statement) -> Node:
    if node.op in BOOLEAN:
        message = "A condition stands where a number is needed."
        raise ExpressionError(
            message,
            statement.body[0].position,
            "Turn it into one with if(condition, a, b), for example if(u > 0, 1, 0).",
        )
    return node


def _expression(text: str, root: Node, defaults: dict[str, float], scope: Scope) -> Expression:
    parameters = _parameters(root, scope)
    given = {name: defaults[name] for name in parameters if name in defaults}
    elsewhere_variables = any(unindexed(name) in family for name in parameters for family in FAMILIES)
    head = "f(u,v)=" if elsewhere_variables and not root.depends & (U | V) else ""
    written = ";".join([*(f"{name}={number(value)}" for name, value in given.items()), head + canonical(root)])
    if len(written) > MAX_LENGTH:
        raise ExpressionError(
            f"With all definitions written out the formula has more than {MAX_LENGTH:,} characters.", 0, "Shorten it."
        )
    if not root.depends & (U | V):
        scope.note("Neither variable occurs in the formula: its graph is flat.")
    if "+" in text:  # where there is none, those of a link may have come as blanks
        scope.notes.pop(BLANK_NOTE, None)
    return Expression(written, root, parameters, MappingProxyType(given), text, tuple(scope.notes))


def _parameters(root: Node, scope: Scope) -> tuple[str, ...]:
    names = sorted(str(node.value) for node in in_order([root]) if node.depends == PARAMETER and node.op == "symbol")
    if len(names) > MAX_PARAMETERS:
        last = max(names, key=lambda name: scope.parameters[name])
        listed = ", ".join(names)
        hint = f"At most {MAX_PARAMETERS} get a slider; give numbers for the others."
        raise ExpressionError(f"There are {len(names)} parameters: {listed}.", scope.parameters[last], hint)
    alike: dict[str, str] = {}
    for name in names:
        other = alike.setdefault(_SPELLINGS.sub(lambda match: _LONG[match.group()], unindexed(name)), name)
        if other != name:
            raise ExpressionError(
                f"'{other}' and '{name}' look the same when typeset.",
                scope.parameters[name],
                "Use one spelling, or another name.",
            )
    return tuple(names)

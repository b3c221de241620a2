"""The meanings of the names of one formula while it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from curvlib.language.builder import Builder
from curvlib.language.names import CONSTANTS, is_parameter, is_product, unindexed, unknown
from curvlib.language.nodes import Node
from curvlib.language.tokens import Token


@dataclass(frozen=True, slots=True)
class Definition:
    """A function defined on a line of its own: g(t) = body."""

    arguments: tuple[Node, ...]
    body: Node


@dataclass(slots=True)
class Scope:
    """The names that are known, and what was learnt on the way.

    Attributes:
        build: makes the nodes.
        variables: name → "u" or "v".
        values: names defined without arguments → what they stand for.
        functions: names defined with arguments.
        defined: all names that the text defines, for suggestions.
        local: the arguments of the function whose body is being read.
        parameters: each parameter met → where first.
        notes: readings that may surprise, each once and in order.
    """

    build: Builder
    variables: Mapping[str, str]
    values: dict[str, Node] = field(default_factory=dict)
    functions: dict[str, Definition] = field(default_factory=dict)
    defined: Iterable[str] = ()
    local: Mapping[str, Node] = field(default_factory=dict)
    parameters: dict[str, int] = field(default_factory=dict)
    notes: dict[str, None] = field(default_factory=dict)

    def resolve(self, token: Token) -> Node:
        """The node that a name stands for.

        Raises:
            ExpressionError: nobody knows the name.
        """
        name = token.text
        node = self._known(name)
        if node is not None:
            return node
        if not is_parameter(name):
            raise unknown(token, (*self.defined, *self.local))
        self.parameters.setdefault(name, token.position)
        if len(name) == 2 and name[0] in "uvxy" and name[1] in "23456789":
            self.note(f"{name} is a parameter of its own; a power is written {name[0]}^{name[1]}.")
        return self.build.symbol(name)

    def spelled_out(self, tokens: list[Token]) -> list[Token]:
        """The tokens with words such as uv, which nobody defined, taken apart into the variables
        they are made of.
        """
        spelled: list[Token] = []
        for token in tokens:
            if (
                token.kind == "name"
                and is_product(token.text)
                and token.text not in (*self.local, *self.values, *self.functions)
            ):
                spelled += [
                    Token("name", letter, token.position + i, token.spaced and i == 0)
                    for i, letter in enumerate(token.text)
                ]
            else:
                spelled.append(token)
        return spelled

    def note(self, text: str) -> None:
        self.notes.setdefault(text)

    def _known(self, name: str) -> Node | None:
        if name in self.local:
            return self.local[name]
        if name in self.values:
            return self.values[name]
        if name in CONSTANTS:
            return self.build.constant(CONSTANTS[name])
        role = self.variables.get(unindexed(name))
        return None if role is None else self.build.symbol(role)

"""A checked formula, the value that everything downstream starts from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from curvlib.language.nodes import Node


@dataclass(frozen=True, slots=True)
class Expression:
    """A loss f(u, v) as it was understood; made by `curvlib.parse` only.

    Two expressions are equal when their canonical text and the defaults of their parameters are.

    Attributes:
        canonical: the formula in the language itself, definitions written out; parses back to an equal expression.
        root: its graph, in the functions the visitor used.
        parameters: the names that are neither variables nor constants, sorted; each gets a slider.
        defaults: the values of the parameters that the text itself gave one (a line `c = 0.1`).
        text: what was typed.
        notes: how the text was read where that may surprise ("x is read as u"), fit to show as plain text.
    """

    canonical: str
    root: Node = field(compare=False, repr=False)
    parameters: tuple[str, ...] = ()
    defaults: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    text: str = field(default="", compare=False, repr=False)
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return self.canonical

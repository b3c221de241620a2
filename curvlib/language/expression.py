"""A checked formula, the value that everything downstream starts from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from curvlib.language import latex, python_printer, sympy_printer
from curvlib.language.nodes import Node

if TYPE_CHECKING:
    import sympy


@dataclass(frozen=True, slots=True)
class Expression:
    """A loss f(u, v) as it was understood; made by `curvlib.parse` only.

    Two expressions are equal when their canonical text and the defaults of their parameters are.

    Attributes:
        canonical: the formula in the language itself, definitions written out; parses back to an
            equal expression.
        root: its graph, in the functions the visitor used.
        parameters: the names that are neither variables nor constants, sorted; each gets a slider.
        defaults: the values of the parameters that the text itself gave one (a line `c = 0.1`).
        text: what was typed.
        notes: how the text was read where that may surprise ("x is read as u"), fit to show as
            plain text.
    """

    canonical: str
    root: Node = field(compare=False, repr=False)
    parameters: tuple[str, ...] = ()
    defaults: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    text: str = field(default="", compare=False, repr=False)
    notes: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return self.canonical

    def latex(self) -> str:
        r"""The formula typeset, in commands that KaTeX knows, without dollar signs.

        >>> from curvlib.language.grammar import parse
        >>> print(parse("e^(-c u) sin(u)^2/2").latex())
        \frac{e^{-c u} \sin^{2}(u)}{2}
        """
        return latex.latex(self.root)

    def to_sympy(self) -> "sympy.Expr":
        """The formula as a sympy expression in real symbols u, v and the parameters; for checks and
        closed forms, not for speed.

        >>> from curvlib.language.grammar import parse
        >>> parse("(u + v)^2/0.5").to_sympy()
        2*(u + v)**2
        """
        return sympy_printer.to_sympy(self.root)

    def python(self) -> str:
        """The source of a numpy function f(u, v, *, parameters) with the same values.

        >>> from curvlib.language.grammar import parse
        >>> print(parse("c = 0.1; e^(-c u) |v|").python())
        import numpy as np
        <BLANKLINE>
        <BLANKLINE>
        def f(u, v, *, c=0.1):
            return np.exp(-c*u)*np.abs(v)
        <BLANKLINE>
        """
        return python_printer.python(self.root, self.parameters, self.defaults)

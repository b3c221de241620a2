"""The measures of a landscape that are drawn, read out and saved: one row each.

The first four are what every kernel is written for. A further one is its formula in the derivatives
of f: all kernels print it from there, `evaluate` computes it where it is asked for, and maps,
read-outs and files take it from this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from curvlib.language.grammar import parse
from curvlib.language.lowering import Algebra, lower
from curvlib.language.nodes import Node

DERIVATIVES: Mapping[str, str] = MappingProxyType({"p": "f_u", "q": "f_v", "r": "f_uu", "s": "f_uv", "t": "f_vv"})
"""Monge's letters for the derivatives, in which formulas are written."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes:
        name: its name in `Fields` and in files.
        symbol: how it is written in short, plain text.
        words: how it is called.
        signed: whether its sign means something.
        meaning: one sentence that says how to read it.
        formula: in the letters of `DERIVATIVES`; "" for the four that kernels know.
        multiple: another measure and the factor that makes this one of it; it is not computed then.
    """

    name: str
    symbol: str
    words: str
    signed: bool
    meaning: str
    formula: str = ""
    multiple: tuple[str, float] | None = None


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "f": Measure("f", "f", "loss", False, "The loss itself."),
        "gradient": Measure("gradient_norm", "|∇f|", "length of the gradient", False, "How steep the loss is."),
        "trace": Measure(
            "hessian_trace",
            "tr H",
            "Hessian trace",
            True,
            "The Laplacian of the loss: the sum of the Hessian's eigenvalues.",
        ),
        "S": Measure(
            "scalar_curvature",
            "S",
            "scalar curvature",
            True,
            "The scalar curvature: positive in bowls and on peaks, negative at saddles, "
            "zero where the surface is a plane or a cylinder.",
        ),
        "mean": Measure(
            "mean_curvature",
            "mean κ",
            "mean curvature",
            True,
            "The mean of the two principal curvatures: positive in bowls, negative on peaks, "
            "zero on a minimal surface.",
            # (1 + q²) β and the like lie between 0 and 1, so that nothing overflows on the way
            formula="b = 1/(1 + p^2 + q^2)\nsqrt(b)/2*((1 + q^2)*b*r - 2*(p*b)*q*s + (1 + p^2)*b*t)",
        ),
        "K": Measure(
            "gaussian_curvature",
            "K",
            "Gaussian curvature",
            True,
            "The product of the two principal curvatures, half of S.",
            multiple=("S", 0.5),
        ),
    }
)
"""The measures by the short names that links and the panel use."""

BY_NAME: Mapping[str, Measure] = MappingProxyType({measure.name: measure for measure in MEASURES.values()})

COMPUTED = tuple(measure.name for measure in MEASURES.values() if not (measure.formula or measure.multiple))
"""The names of what every kernel computes, in the order of its arrays."""

FURTHER: Mapping[str, str] = MappingProxyType({m.name: m.formula for m in MEASURES.values() if m.formula})
"""Name → formula of those that are computed where they are asked for."""


def node_of_measure(g: Algebra, name: str, jet: Mapping[str, Node]) -> Node:
    """A measure of `FURTHER` on the graph that has the derivatives of f."""
    return lower(formula(name), g, {letter: jet[derivative] for letter, derivative in DERIVATIVES.items()})


@cache
def formula(name: str) -> Node:
    """The graph of a measure of `FURTHER`, in the letters of `DERIVATIVES`."""
    return parse(FURTHER[name]).root

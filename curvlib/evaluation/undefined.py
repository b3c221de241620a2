"""The reason why a cell is undefined, in words:
the first operation on the way to f, or to its derivatives, that has no value there.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from curvlib.arrays import AnyFloats
from curvlib.kernels.program import Program, program
from curvlib.kernels.steps import run
from curvlib.language.expression import Expression
from curvlib.language.nodes import in_order
from curvlib.language.operations import BOOLEAN, row
from curvlib.symbolic.derivatives import JET_NAMES, differentiate

MAX_CELLS = 65536
"""The most undefined cells that are looked at one by one;
of more, every n-th is, and the counts are scaled up.
"""


@dataclass(frozen=True, slots=True)
class Cause:
    """Some cells that are undefined for one reason."""

    words: str
    cells: int


EVERYWHERE = BOOLEAN | frozenset(
    (
        "add sub mul neg cbrt exp sin cos tan atan sinh cosh tanh "
        "asinh erf sigmoid softplus abs sign floor min max atan2 where"
    ).split()
)
"""The operations that have a value for all operands; what they spoil is beyond the range."""

DOMAINS: Mapping[str, tuple[tuple[str, Callable[..., Any]], ...]] = {
    "log": (("logarithm of a negative number", lambda a: a < 0), ("logarithm of 0", lambda a: a == 0)),
    "log1p": (("logarithm of a negative number", lambda a: a < -1), ("logarithm of 0", lambda a: a == -1)),
    "sqrt": (("square root of a negative number", lambda a: a < 0),),
    "div": (("division by zero", lambda a, b: b == 0),),
    "pow": (
        ("fractional power of a negative number", lambda a, b: (a < 0) & (b != np.floor(b))),
        ("division by zero", lambda a, b: (a == 0) & (b < 0)),
    ),
    "asin": (("asin outside [−1, 1]", lambda a: np.abs(a) > 1),),
    "acos": (("acos outside [−1, 1]", lambda a: np.abs(a) > 1),),
    "acosh": (("acosh below 1", lambda a: a < 1),),
    "atanh": (("atanh outside (−1, 1)", lambda a: np.abs(a) >= 1),),
}
"""Any other operation → words, and the operands without a value."""

KINK = "kink or jump of f"
OVERFLOW = "beyond the range of float64"


@lru_cache(maxsize=128)
def _domain_program(
    expression: Expression,
) -> tuple[Program, tuple[tuple[str, Callable[..., Any], tuple[str, ...]], ...]]:
    """A program of all operands that may leave a domain,
    and which test reads which of its results.
    """
    symbolic = differentiate(expression)
    results = {"kinks": symbolic.on_kink}
    tests: list[tuple[str, Callable[..., Any], tuple[str, ...]]] = []
    for k, node in enumerate(in_order([symbolic.nodes[name] for name in JET_NAMES])):
        if node.args and node.op not in EVERYWHERE:
            names = tuple(f"{k}.{n}" for n in range(len(node.args)))
            results.update(zip(names, node.args, strict=True))
            tests.extend((words, is_outside, names) for words, is_outside in row(DOMAINS, node.op, "domains"))
    return program(results), tuple(tests)


def causes(expression: Expression, symbols: Mapping[str, Any], scalar_curvature: AnyFloats) -> tuple[Cause, ...]:
    """The reasons why cells are undefined, most frequent first.

    Args:
        expression: the loss.
        symbols: u (n_u,), v (n_v,) and the parameters.
        scalar_curvature: NaN where a cell is undefined, shape (n_v, n_u).

    Returns:
        Causes whose cells add up to the number of undefined ones; empty where all are defined.
    """
    i, j = np.nonzero(np.isnan(scalar_curvature))
    if not len(i):
        return ()
    total, stride = len(i), -(-len(i) // MAX_CELLS)
    found = reasons(expression, {**symbols, "u": symbols["u"][j[::stride]], "v": symbols["v"][i[::stride]]})
    counts = {words: round(share * total) for words, share in found.items()}
    most = max(counts, key=lambda words: counts[words])
    counts[most] += total - sum(counts.values())
    return tuple(Cause(words, n) for words, n in sorted(counts.items(), key=lambda item: -item[1]) if n)


def reasons(expression: Expression, symbols: Mapping[str, Any]) -> dict[str, float]:
    """Words → the share of the points u, v (n,) at which they are the first reason
    that something is undefined.
    """
    code, tests = _domain_program(expression)
    steps = run(code, symbols)
    values = {name: steps[i] for name, i in code.outputs.items()}
    open_points = np.ones(symbols["u"].shape, dtype=bool)
    shares: dict[str, float] = {}
    with np.errstate(all="ignore"):
        hits = [(words, is_outside(*(values[name] for name in names))) for words, is_outside, names in tests]
    for words, hit in [*hits, (KINK, values["kinks"] != 0), (OVERFLOW, np.True_)]:
        first = open_points & hit
        if first.any():
            shares[words] = shares.get(words, 0.0) + float(first.mean())
            open_points &= ~first
    return shares

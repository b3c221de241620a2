"""The numexpr printer and its kernel.

numexpr evaluates one expression at a time and sees no text but ours: sums and products of internal
names (`x12`), printed from the checked graph. A step that several others read is computed once into
an array of its own; the rest is written out where it is used, in pieces small enough for numexpr's
registers.
"""

import math
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.kernels.program import PLANE, Program
from curvlib.kernels.rescue import Planes
from curvlib.kernels.tiles import Progress, fill
from curvlib.language.operations import BOOLEAN, OPERATIONS, row

TILE = 65536
"""Cells done at once: a call of numexpr costs 7 µs whatever its length."""

MAX_PIECE = 40
"""The most operations in one numexpr expression, which has 256 registers."""

TEMPLATES = {
    "add": "({} + {})",
    "sub": "({} - {})",
    "mul": "({} * {})",
    "div": "({} / {})",
    "neg": "(-{})",
    "pow": "({} ** {})",
    "lt": "({} < {})",
    "le": "({} <= {})",
    "gt": "({} > {})",
    "ge": "({} >= {})",
    "eq": "({} == {})",
    "ne": "({} != {})",
    "and": "({} & {})",
    "or": "({} | {})",
    "not": "(~{})",
    "asin": "arcsin({})",
    "acos": "arccos({})",
    "atan": "arctan({})",
    "asinh": "arcsinh({})",
    "acosh": "arccosh({})",
    "atanh": "arctanh({})",
    "atan2": "arctan2({}, {})",
    "where": "where({}, {}, {})",
    "min": "minimum({}, {})",
    "max": "maximum({}, {})",
    "sigmoid": "(where({0} < 0, exp(-abs({0})), 1.0) / (1.0 + exp(-abs({0}))))",
    "softplus": "(maximum({0}, 0.0) + log1p(exp(-abs({0}))))",
} | {
    name: name + "({})"
    for name in ("sqrt", "exp", "log", "log1p", "sin", "cos", "tan", "sinh", "cosh", "tanh", "abs", "sign", "floor")
}
"""The numexpr text of an operation."""

BY_NUMPY = frozenset({"cbrt", "erf", "hypot"})
"""The operations that numexpr lacks; numpy computes them."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One expression: the step it computes, its text, and the steps it reads, in the order of
    numexpr's arguments.
    """

    step: int
    text: str
    reads: tuple[int, ...]


class NumexprKernel:
    """Fields by numexpr, a tile at a time. Safe to call from several threads, one of
    which computes at a time.
    """

    name = "numexpr"

    def __init__(self, code: Program) -> None:
        self._code = code
        self._pieces = [(piece, _compiled(piece, code)) for piece in pieces(code)]
        self._lock = threading.Lock()  # a compiled expression shared by two threads crashes the process

    def __call__(
        self, symbols: Mapping[str, Any], out: Planes, progress: Progress | None = None, first_row: int = 0
    ) -> None:
        with self._lock:
            fill(self._code, TILE, self._plane_steps, symbols, out, progress, first_row)

    def _plane_steps(self, known: dict[int, Any]) -> tuple[Any, ...]:
        values = dict(known)
        for piece, compute in self._pieces:
            values[piece.step] = compute(*(values[i] for i in piece.reads))
        return tuple(values[i] for i in self._code.outputs.values())


def pieces(code: Program) -> list[Piece]:
    """The expressions that compute the program's work on the plane, in order."""
    found: list[Piece] = []
    texts: dict[int, str] = {}
    sizes: dict[int, int] = {}
    reads: dict[int, tuple[int, ...]] = {}
    for i, step in enumerate(code.steps):
        texts[i], sizes[i], reads[i] = f"x{i}", 0, (i,)
        if step.op == "number" and _is_written_out(float(step.value or 0)):
            texts[i], reads[i] = f"({step.value!r})", ()
        if step.place != PLANE:
            continue
        template = "" if step.op in BY_NUMPY else row(TEMPLATES, step.op, "numexpr's templates")
        text = template.format(*(texts[arg] for arg in step.args))
        size = 1 + sum(sizes[arg] for arg in step.args)
        inputs = tuple(dict.fromkeys(k for arg in step.args for k in reads[arg]))
        if code.uses[i] == 1 and text and size <= MAX_PIECE and not _is_repeated(code, i):
            texts[i], sizes[i], reads[i] = text, size, inputs
        else:
            found.append(Piece(i, text, inputs if text else step.args))
    return found


def _is_written_out(number: float) -> bool:
    """True if a number stands in the text; one without a reciprocal is an input, for numexpr
    inverts divisors.
    """
    return number != 0 and math.isfinite(1 / number)


def _is_repeated(code: Program, i: int) -> bool:
    """True if the one reader of the step writes it out more than once, or is not one of numexpr's
    operations at all.
    """
    last = code.last_use[i]
    return last == len(code.steps) or "{0}" in TEMPLATES.get(code.steps[last].op, "{0}")


def _compiled(piece: Piece, code: Program) -> Callable[..., Any]:
    if not piece.text:
        return OPERATIONS[code.steps[piece.step].op][1]
    numexpr = _numexpr()
    signature = [(f"x{i}", bool if code.steps[i].op in BOOLEAN else np.float64) for i in piece.reads]
    return numexpr.NumExpr(piece.text, signature)


def _numexpr() -> Any:
    """numexpr with its own threads off: they would let one heavy formula hold up every other."""
    os.environ.setdefault("NUMEXPR_NUM_THREADS", "1")
    os.environ.setdefault("NUMEXPR_MAX_THREADS", "1")
    import numexpr

    return numexpr

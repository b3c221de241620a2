"""Bounds of a loss, its derivatives and its measures over many boxes at once: the program of the
jet, run in intervals.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.evaluation.jets import jet_program, parameter_values
from curvlib.intervals import arithmetic
from curvlib.intervals.elementary import FUNCTIONS, angle, hypotenuse
from curvlib.intervals.interval import FALSE, Interval, between, exactly
from curvlib.kernels.program import Program, Step
from curvlib.language.expression import Expression
from curvlib.language.operations import row

RULES: Mapping[str, Callable[..., Interval]] = {
    **{name: rule for name, rule in FUNCTIONS.items() if name != "reciprocal"},
    "add": arithmetic.add,
    "sub": arithmetic.sub,
    "mul": arithmetic.mul,
    "div": arithmetic.div,
    "pow": arithmetic.power,
    "min": arithmetic.minimum,
    "max": arithmetic.maximum,
    "hypot": hypotenuse,
    "atan2": angle,
    "lt": arithmetic.less,
    "le": arithmetic.less_equal,
    "gt": lambda a, b: arithmetic.less(b, a),
    "ge": lambda a, b: arithmetic.less_equal(b, a),
    "eq": arithmetic.equal,
    "ne": lambda a, b: arithmetic.opposite(arithmetic.equal(a, b)),
    "and": arithmetic.both,
    "or": arithmetic.either,
    "not": arithmetic.opposite,
    "where": arithmetic.chosen,
}
"""The rule of each of `OPERATIONS`."""


@dataclass(frozen=True, slots=True)
class JetBounds:
    """Bounds over n boxes, each interval of arrays of shape (n,).

    Where f has a kink in a box, the derivatives hold those of both sides.

    Attributes:
        f, f_u, f_v, f_uu, f_uv, f_vv: the loss and its derivatives.
        smooth: True where it is certain that no kink of f lies in the box.
        further: the bounds of the measures that were asked for, by name.
    """

    f: Interval
    f_u: Interval
    f_v: Interval
    f_uu: Interval
    f_uv: Interval
    f_vv: Interval
    smooth: Bools
    further: Mapping[str, Interval]

    def rows(self, which: Ints) -> "JetBounds":
        """The bounds over some of the boxes, without further measures."""
        parts = (self.f, self.f_u, self.f_v, self.f_uu, self.f_uv, self.f_vv)
        f, f_u, f_v, f_uu, f_uv, f_vv = (part.rows(which) for part in parts)
        return JetBounds(f, f_u, f_v, f_uu, f_uv, f_vv, self.smooth[which], {})

    @property
    def scalar_curvature(self) -> Interval:
        """S = 2 (f_uu f_vv − f_uv²)/(1 + f_u² + f_v²)²."""
        square = arithmetic.square
        slope = arithmetic.add(exactly(1.0), arithmetic.add(square(self.f_u), square(self.f_v)))
        beta = arithmetic.reciprocal(slope)
        det = arithmetic.sub(arithmetic.mul(self.f_uu, self.f_vv), square(self.f_uv))
        return arithmetic.mul(exactly(2.0), arithmetic.mul(det, square(beta)))

    @property
    def hessian_trace(self) -> Interval:
        """tr H = f_uu + f_vv."""
        return arithmetic.add(self.f_uu, self.f_vv)

    @property
    def gradient_norm(self) -> Interval:
        """|∇f|."""
        return hypotenuse(self.f_u, self.f_v)


def jet_bounds(
    expression: Expression,
    boxes: Floats,
    parameters: Mapping[str, float] | None = None,
    further: tuple[str, ...] = (),
) -> JetBounds:
    """Intervals that hold all values of f and its derivatives on each box, whatever the rounding.

    The bounds are proved up to the accuracy of numpy's functions, which is allowed for by
    `curvlib.intervals.elementary.LIBRARY` units in the last place.

    Args:
        expression: the loss.
        boxes: u from, u to, v from, v to, shape (n, 4).
        parameters: a value for each parameter that has no default.
        further: measures of `curvlib.curvature.measures.FURTHER` to bound too.

    >>> from curvlib import parse
    >>> found = jet_bounds(parse("u^2 - v"), np.array([[1.0, 2.0, 0.0, 1.0]]))
    >>> bool(found.f.low[0] <= 0), bool(found.f.high[0] >= 4), bool(found.f_u.low[0] > 1.9)
    (True, True, True)
    """
    boxes = np.atleast_2d(np.asarray(boxes, dtype=float))
    values = {name: exactly(value) for name, value in parameter_values(expression, parameters).items()}
    values |= {"u": between(boxes[:, 0], boxes[:, 1]), "v": between(boxes[:, 2], boxes[:, 3])}
    code = jet_program(expression, further)
    steps = _run(code, values)
    found = {name: _spread(steps[k], len(boxes)) for name, k in code.outputs.items()}
    kinks = found.pop("kinks")
    measures = {name: found.pop(name) for name in further}
    return JetBounds(**found, smooth=kinks.high == FALSE, further=measures)


def _run(code: Program, symbols: Mapping[str, Interval]) -> list[Interval]:
    steps: list[Interval] = []
    for step in code.steps:
        steps.append(_step(step, steps, symbols))
    return steps


def _step(step: Step, steps: list[Interval], symbols: Mapping[str, Interval]) -> Interval:
    if step.op == "number":
        return exactly(float(step.value or 0))
    if step.op == "symbol":
        return symbols[str(step.value)]
    operands = [steps[arg] for arg in step.args]
    if step.op == "mul" and step.args[0] == step.args[1]:
        return arithmetic.square(operands[0])
    return row(RULES, step.op, "intervals")(*operands)


def _spread(a: Interval, n: int) -> Interval:
    return Interval(np.broadcast_to(a.low, (n,)), np.broadcast_to(a.high, (n,)), np.broadcast_to(a.whole, (n,)))

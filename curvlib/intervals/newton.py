"""The interval Newton method for ∇f = 0 on many boxes at once (Hansen and Sengupta 1981): it
proves that a box holds no critical point, or exactly one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.intervals.arithmetic import add, div, mul, sub
from curvlib.intervals.interval import Interval, between, exactly
from curvlib.intervals.jet_bounds import JetBounds, jet_bounds
from curvlib.language.expression import Expression


@dataclass(frozen=True, slots=True)
class NewtonStep:
    """The result of one step on n boxes.

    Attributes:
        boxes: what is left of them, shape (n, 4).
        none: True where the box is proved to hold no critical point.
        one: True where it is proved to hold exactly one, which lies in what is left of it.
    """

    boxes: Floats
    none: Bools
    one: Bools


def newton(
    expression: Expression, boxes: Floats, found: JetBounds, parameters: Mapping[str, float] | None = None
) -> NewtonStep:
    """One step of the method, preconditioned by the inverse of the Hessian in the middle.

    Args:
        expression: the loss.
        boxes: (n, 4), in each of which f has derivatives everywhere.
        found: the bounds over them.
        parameters: as for `jet_bounds`.
    """
    middle = np.stack([_middle(boxes[:, 0], boxes[:, 1]), _middle(boxes[:, 2], boxes[:, 3])], axis=1)
    at = jet_bounds(expression, middle[:, [0, 0, 1, 1]], parameters)
    inverse = _inverse(*(_middle(part.low, part.high) for part in (found.f_uu, found.f_uv, found.f_vv)))
    hessian = ((found.f_uu, found.f_uv), (found.f_uv, found.f_vv))
    sides = [between(boxes[:, 2 * k], boxes[:, 2 * k + 1]) for k in range(2)]
    offsets = [sub(side, exactly(middle[:, k])) for k, side in enumerate(sides)]
    inside = np.ones(len(boxes), dtype=bool)
    for i in range(2):
        j = 1 - i
        row = [_combined(inverse[i], [hessian[0][k], hessian[1][k]]) for k in range(2)]
        value = _combined(inverse[i], [at.f_u, at.f_v])
        moved = div(add(value, mul(row[j], offsets[j])), row[i])
        new = sub(exactly(middle[:, i]), moved)
        divisible = ~row[i].holds(0.0) & np.isfinite(new.low) & np.isfinite(new.high)
        inside &= divisible & (new.low > sides[i].low) & (new.high < sides[i].high)
        low = np.where(divisible, np.maximum(new.low, sides[i].low), sides[i].low)
        high = np.where(divisible, np.minimum(new.high, sides[i].high), sides[i].high)
        sides[i] = Interval(low, high, sides[i].whole)
        offsets[i] = sub(sides[i], exactly(middle[:, i]))
    none = sides[0].is_empty | sides[1].is_empty
    left = np.stack([sides[0].low, sides[0].high, sides[1].low, sides[1].high], axis=1)
    return NewtonStep(np.where(none[:, None], boxes, left), none, inside & ~none)


def _middle(low: Floats, high: Floats) -> Floats:
    return low + (high - low) / 2


def _inverse(a: Floats, b: Floats, d: Floats) -> list[list[Floats]]:
    """The inverses of [[a, b], [b, d]]; any numbers do as a preconditioner, these do best."""
    with np.errstate(all="ignore"):
        det = a * d - b * b
        parts = [[d / det, -b / det], [-b / det, a / det]]
    return [
        [np.where(np.isfinite(part), part, float(i == j)) for j, part in enumerate(row)] for i, row in enumerate(parts)
    ]


def _combined(factors: list[Floats], parts: list[Interval]) -> Interval:
    return add(mul(exactly(factors[0]), parts[0]), mul(exactly(factors[1]), parts[1]))

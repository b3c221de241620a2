"""The proof that no critical point is missed: branch and bound over boxes of the window."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curvlib.grid import Grid
from curvlib.intervals.bounds import JetBounds, jet_bounds
from curvlib.intervals.interval import SMALLEST, Interval
from curvlib.intervals.newton import newton
from curvlib.language.expression import Expression

CUT = 0.4871
"""Where a side is cut: off the middle, where critical points of symmetric losses lie."""

MARGIN = 1e-3
"""The share of a side by which boxes are looked at beyond the window, so that a point on the border
is proved like any other.
"""

INFLATED = 0.1
"""The share of its sides by which a box is enlarged before it is asked whether it holds exactly one
point: a point on the edge of a box is inside then.
"""

FINEST = 1e-6
"""The share of the window's side below which a box is not cut any more."""

CHUNK = 4096
"""Boxes that are looked at at once."""

MOST = 60_000
"""Boxes that may wait; more are left undecided, coarse as they are."""

SECONDS = 2.0
"""Of processor time that a proof may take."""

REFINED = 6
"""Newton steps after a point is proved: they leave nothing but rounding."""


@dataclass(frozen=True, eq=False)
class Proof:
    """The window in parts: each holds no critical point, exactly one, or is undecided.

    Attributes:
        enclosures: a box (u from, u to, v from, v to) for each proved point, shape (n, 4); it lies in
            the window or reaches into it.
        flat: boxes in which the gradient is zero everywhere, shape (m, 4).
        undecided: boxes, shape (k, 4); everything else is proved to be empty.
        at_kinks: of these, True where f may have a kink.
        out_of_time: whether the time was up before all were decided or small.
    """

    enclosures: np.ndarray
    flat: np.ndarray
    undecided: np.ndarray
    at_kinks: np.ndarray
    out_of_time: bool
    window: tuple[float, float, float, float]

    @property
    def complete(self) -> bool:
        """Whether the points in `enclosures` are all there are."""
        return not len(self.undecided) and not len(self.flat)

    @property
    def undecided_share(self) -> float:
        """The share of the window that is undecided."""
        u0, u1, v0, v1 = self.window
        return float(_areas(self.undecided).sum() / ((u1 - u0) * (v1 - v0)))

    @property
    def points(self) -> np.ndarray:
        """The middles of the enclosures, shape (n, 2)."""
        return np.stack([self.enclosures[:, :2].mean(axis=1), self.enclosures[:, 2:].mean(axis=1)], axis=1)


def prove(
    expression: Expression, grid: Grid, parameters: Mapping[str, float] | None = None, seconds: float = SECONDS
) -> Proof:
    """Decides every part of the grid's window.

    Proved up to the accuracy of numpy's functions, see `curvlib.intervals`.

    Args:
        expression: the loss.
        grid: its window counts, not its points.
        parameters: a value for each parameter that has no default.
        seconds: of processor time; what is not decided then is `undecided`.
    """
    window = (*grid.u_range, *grid.v_range)
    search = _Search(expression, parameters, window, time.thread_time() + seconds)
    search.run()
    return search.proof()


class _Search:
    """Boxes that wait, and what became of the others."""

    def __init__(
        self,
        expression: Expression,
        parameters: Mapping[str, float] | None,
        window: tuple[float, float, float, float],
        end: float,
    ) -> None:
        self.expression, self.parameters, self.window, self.end = expression, parameters, window, end
        u0, u1, v0, v1 = window
        room = MARGIN * np.array([u0 - u1, u1 - u0, v0 - v1, v1 - v0])
        self.sides = np.array([u1 - u0, v1 - v0])
        self.waiting = (np.array(window) + room)[None, :]
        self.proved: list[np.ndarray] = []
        self.unique_in: list[np.ndarray] = []
        self.flat: list[np.ndarray] = []
        self.small: list[np.ndarray] = []
        self.small_kinks: list[np.ndarray] = []
        self.out_of_time = False

    def run(self) -> None:
        while len(self.waiting):
            if time.thread_time() > self.end or len(self.waiting) > MOST:
                self.out_of_time = True
                self._leave(self.waiting, self._bounds(self.waiting))
                return
            boxes, self.waiting = self.waiting[:CHUNK], self.waiting[CHUNK:]
            self.waiting = np.concatenate([self.waiting, self._worked(boxes)])

    def _bounds(self, boxes: np.ndarray) -> JetBounds:
        return jet_bounds(self.expression, boxes, self.parameters)

    def _worked(self, boxes: np.ndarray) -> np.ndarray:
        """What is left to do of some boxes."""
        found = self._bounds(boxes)
        kept = ~found.f.is_empty & found.f_u.holds(0.0) & found.f_v.holds(0.0)
        level = kept & found.f.whole & found.smooth & _is_zero(found.f_u) & _is_zero(found.f_v)
        self.flat.append(boxes[level])
        boxes = boxes[kept & ~level]
        if not len(boxes):
            return boxes
        boxes = self._by_newton(boxes)
        fine = ((boxes[:, [1, 3]] - boxes[:, [0, 2]]) <= FINEST * self.sides).all(axis=1)
        if fine.any():
            self._leave(boxes[fine], self._bounds(boxes[fine]))
        return _cut(boxes[~fine], self.sides)

    def _by_newton(self, boxes: np.ndarray) -> np.ndarray:
        """The boxes that remain undecided, smaller where the method could shrink them."""
        width = INFLATED * (boxes[:, [1, 3]] - boxes[:, [0, 2]])
        large = boxes + np.stack([-width[:, 0], width[:, 0], -width[:, 1], width[:, 1]], axis=1)
        found = self._bounds(large)
        regular = found.smooth & found.f_uu.is_finite & found.f_uv.is_finite & found.f_vv.is_finite
        tried = np.flatnonzero(regular)
        if not len(tried):
            return boxes
        step = newton(self.expression, large[tried], _part(found, tried), self.parameters)
        decided = np.zeros(len(boxes), dtype=bool)
        decided[tried] = step.none | step.one
        for k in np.flatnonzero(step.one):
            if _meet(step.boxes[k], boxes[tried[k]]):
                self.proved.append(step.boxes[k])
                self.unique_in.append(large[tried[k]])
        smaller = boxes.copy()
        smaller[tried] = _common(boxes[tried], step.boxes)
        gone = decided | (smaller[:, 0] > smaller[:, 1]) | (smaller[:, 2] > smaller[:, 3])
        return smaller[~gone]

    def _leave(self, boxes: np.ndarray, found: JetBounds) -> None:
        kept = ~found.f.is_empty & found.f_u.holds(0.0) & found.f_v.holds(0.0)
        self.small.append(boxes[kept])
        self.small_kinks.append(~found.smooth[kept])

    def proof(self) -> Proof:
        window = np.array(self.window)
        enclosures = self._distinct()
        inside = [_meet(box, window) for box in enclosures]
        undecided = np.concatenate([np.empty((0, 4)), *self.small])
        kinks = np.concatenate([np.empty(0, dtype=bool), *self.small_kinks])
        reaching = _meets(undecided, window)
        flat = np.concatenate([np.empty((0, 4)), *self.flat])
        return Proof(
            enclosures[np.array(inside, dtype=bool)],
            flat[_meets(flat, window)],
            undecided[reaching],
            kinks[reaching],
            self.out_of_time,
            self.window,
        )

    def _distinct(self) -> np.ndarray:
        """Each proved point once, in a box as small as rounding allows: neighbours that were enlarged
        have found the same one.
        """
        boxes = np.array(self.proved).reshape(-1, 4)
        for _ in range(REFINED if len(boxes) else 0):
            boxes = newton(self.expression, boxes, self._bounds(boxes), self.parameters).boxes
        order = np.lexsort((boxes[:, 2], boxes[:, 0])) if len(boxes) else np.empty(0, dtype=int)
        kept: list[int] = []
        for k in order:
            if not any(_meet(boxes[k], boxes[other]) and _inside(boxes[k], self.unique_in[other]) for other in kept[-64:]):
                kept.append(int(k))
        return boxes[kept]


def _part(found: JetBounds, rows: np.ndarray) -> JetBounds:
    parts = (found.f, found.f_u, found.f_v, found.f_uu, found.f_uv, found.f_vv)
    return JetBounds(*(type(part)(*(array[rows] for array in part)) for part in parts), found.smooth[rows], {})


def _cut(boxes: np.ndarray, sides: np.ndarray) -> np.ndarray:
    """Both parts of each box, cut across its longer side as the window sees it."""
    wide = (boxes[:, 1] - boxes[:, 0]) / sides[0] >= (boxes[:, 3] - boxes[:, 2]) / sides[1]
    first, second = boxes.copy(), boxes.copy()
    for across, (low, high) in ((wide, (0, 1)), (~wide, (2, 3))):
        at = boxes[across, low] + CUT * (boxes[across, high] - boxes[across, low])
        first[across, high] = second[across, low] = at
    return np.concatenate([first, second])


def _areas(boxes: np.ndarray) -> np.ndarray:
    return (boxes[:, 1] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 2])


def _is_zero(a: Interval) -> np.ndarray:
    return (a.low >= -ZERO) & (a.high <= ZERO)


ZERO = 64 * SMALLEST
"""Outward rounding of an exact zero is smaller."""


def _common(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    low, high = np.maximum(a[:, [0, 2]], b[:, [0, 2]]), np.minimum(a[:, [1, 3]], b[:, [1, 3]])
    return np.stack([low[:, 0], high[:, 0], low[:, 1], high[:, 1]], axis=1)


def _meet(a: np.ndarray, b: np.ndarray) -> bool:
    return bool(a[0] <= b[1] and b[0] <= a[1] and a[2] <= b[3] and b[2] <= a[3])


def _meets(boxes: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (boxes[:, 0] <= b[1]) & (b[0] <= boxes[:, 1]) & (boxes[:, 2] <= b[3]) & (b[2] <= boxes[:, 3])


def _inside(a: np.ndarray, b: np.ndarray) -> bool:
    return bool(b[0] <= a[0] and a[1] <= b[1] and b[2] <= a[2] and a[3] <= b[3])

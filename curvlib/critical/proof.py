"""The proof that no critical point is missed: branch and bound over boxes of the window."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Bools, Floats
from curvlib.grid import Grid
from curvlib.intervals import arithmetic
from curvlib.intervals.boxes import common, cut, enlarged, is_inside, meet, widths
from curvlib.intervals.interval import Interval
from curvlib.intervals.jet_bounds import JetBounds, jet_bounds
from curvlib.intervals.newton import newton
from curvlib.language.expression import Expression

MARGIN = 1e-3
"""The share of a side by which boxes are looked at beyond the window, so that a point on the border
is proved like any other.
"""

INFLATED = 0.1
"""The share of its sides by which a box is enlarged before it is asked whether it holds exactly one
point: a point on the edge of a box is inside then.
"""

LEAST_ROOM = 1e-9
"""The share of the window's side by which it is enlarged at least: in a smaller box rounding hides
the point.
"""

FINEST = 1e-9
"""The share of the window's side below which a box is not cut any more."""

CHUNK = 4096
"""Boxes that are looked at at once."""

COARSE, MANY = 1e-3, 8192
"""The share of the window's side from which on so many boxes are a curve or a region, which no
finer boxes would decide.
"""

SECONDS = 2.0
"""Processor time that a proof may take."""

REFINED = 6
"""Newton steps after a point is proved: they leave nothing but rounding."""


@dataclass(frozen=True, eq=False)
class Proof:
    """The window in parts: each holds no critical point, exactly one, or is undecided.

    Attributes:
        enclosures: a box (u from, u to, v from, v to) for each proved point, shape (n, 4); it lies
            in the window or reaches into it.
        flat: boxes in which the gradient is zero everywhere, shape (m, 4).
        undecided: boxes, shape (k, 4); everything else is proved to be empty.
        at_kinks: of these, True where f may have a kink.
        out_of_time: whether the time was up before all were decided or small.
    """

    enclosures: Floats
    flat: Floats
    undecided: Floats
    at_kinks: Bools
    out_of_time: bool
    window: tuple[float, float, float, float]

    @property
    def complete(self) -> bool:
        """True if the points in `enclosures` are all there are."""
        return not len(self.undecided) and not len(self.flat)

    @property
    def undecided_share(self) -> float:
        """The share of the window that is undecided."""
        u0, u1, v0, v1 = self.window
        return float(np.prod(widths(self.undecided), axis=1).sum() / ((u1 - u0) * (v1 - v0)))

    @property
    def points(self) -> Floats:
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
    """The boxes that wait, and what became of the others."""

    def __init__(
        self,
        expression: Expression,
        parameters: Mapping[str, float] | None,
        window: tuple[float, float, float, float],
        end: float,
    ) -> None:
        self.expression, self.parameters, self.window, self.end = expression, parameters, window, end
        u0, u1, v0, v1 = window
        self.sides = np.array([u1 - u0, v1 - v0])
        self.waiting = enlarged(np.array([window]), MARGIN * self.sides)
        self.proved: list[Floats] = []
        self.unique_in: list[Floats] = []
        self.flat: list[Floats] = []
        self.small: list[Floats] = []
        self.small_kinks: list[Bools] = []
        self.out_of_time = False

    def run(self) -> None:
        """Works on one generation of boxes after the other; those of a curve, which double each
        time, are left when they are small enough to show it.
        """
        while len(self.waiting):
            following: list[Floats] = []
            for start in range(0, len(self.waiting), CHUNK):
                if time.thread_time() > self.end:
                    self.out_of_time = True
                    self._leave(np.concatenate([*following, self.waiting[start:]]))
                    return
                following.append(self._worked(self.waiting[start : start + CHUNK]))
            self.waiting = np.concatenate(following)
            small = np.all(widths(self.waiting) <= COARSE * self.sides)
            if len(self.waiting) > MANY and small:
                self._leave(self.waiting)
                return

    def _bounds(self, boxes: Floats) -> JetBounds:
        return jet_bounds(self.expression, boxes, self.parameters)

    def _worked(self, boxes: Floats) -> Floats:
        """Works on some boxes; returns those that are left to do."""
        found = self._bounds(boxes)
        kept = ~found.f.is_empty & found.f_u.holds(0.0) & found.f_v.holds(0.0)
        level = kept & found.f.whole & found.smooth & _is_zero(found.f_u) & _is_zero(found.f_v)
        self.flat.append(boxes[level])
        rows = np.flatnonzero(kept & ~level)
        regular = _is_regular(found.rows(rows)) if len(rows) else np.zeros(0, dtype=bool)
        boxes = np.concatenate([boxes[rows[~regular]], self._by_newton(boxes[rows[regular]])])
        if not len(boxes):
            return boxes
        fine = np.all(widths(boxes) <= FINEST * self.sides, axis=1)
        if fine.any():
            self._leave(boxes[fine])
        return cut(boxes[~fine], self.sides)

    def _by_newton(self, boxes: Floats) -> Floats:
        """The boxes that remain undecided, smaller where the method could shrink them."""
        if not len(boxes):
            return boxes
        large = enlarged(boxes, INFLATED * widths(boxes) + LEAST_ROOM * self.sides)
        found = self._bounds(large)
        tried = np.flatnonzero(_is_defined(found))
        if not len(tried):
            return boxes
        step = newton(self.expression, large[tried], found.rows(tried), self.parameters)
        decided = np.zeros(len(boxes), dtype=bool)
        decided[tried] = step.none | step.one
        for k in np.flatnonzero(step.one & meet(step.boxes, boxes[tried])):
            self.proved.append(step.boxes[k])
            self.unique_in.append(large[tried[k]])
        smaller = boxes.copy()
        smaller[tried] = common(boxes[tried], step.boxes)
        gone = decided | (smaller[:, 0] > smaller[:, 1]) | (smaller[:, 2] > smaller[:, 3])
        return smaller[~gone]

    def _leave(self, boxes: Floats) -> None:
        for start in range(0, len(boxes), CHUNK):
            self._leave_some(boxes[start : start + CHUNK])

    def _leave_some(self, boxes: Floats) -> None:
        found = self._bounds(boxes)
        kept = ~found.f.is_empty & found.f_u.holds(0.0) & found.f_v.holds(0.0)
        self.small.append(boxes[kept])
        self.small_kinks.append(~found.smooth[kept])

    def proof(self) -> Proof:
        window = np.array(self.window)
        enclosures = self._distinct()
        undecided = np.concatenate([np.empty((0, 4)), *self.small])
        kinks = np.concatenate([np.empty(0, dtype=bool), *self.small_kinks])
        reaching = meet(undecided, window)
        flat = np.concatenate([np.empty((0, 4)), *self.flat])
        return Proof(
            enclosures[meet(enclosures, window)],
            flat[meet(flat, window)],
            undecided[reaching],
            kinks[reaching],
            self.out_of_time,
            self.window,
        )

    def _distinct(self) -> Floats:
        """The proved points, each once, in boxes as small as rounding allows: neighbours that were
        enlarged have found the same one.
        """
        boxes = np.array(self.proved).reshape(-1, 4)
        for _ in range(REFINED if len(boxes) else 0):
            boxes = newton(self.expression, boxes, self._bounds(boxes), self.parameters).boxes
        kept = np.zeros(len(boxes), dtype=bool)
        for k, box in enumerate(boxes):
            near = np.flatnonzero(kept & meet(boxes, box))
            kept[k] = not any(is_inside(box, self.unique_in[other]) for other in near)
        return boxes[kept]


def _is_defined(found: JetBounds) -> Bools:
    """True where f has a value and derivatives all over the box: derivatives may have values where
    f has none, as those of 0·log(u) + u².
    """
    second = found.f_uu.is_finite & found.f_uv.is_finite & found.f_vv.is_finite
    return found.smooth & found.f.whole & second


def _is_regular(found: JetBounds) -> Bools:
    """True where the method may work: there are no kinks, and the determinant of the Hessian keeps
    its sign.
    """
    det = arithmetic.sub(arithmetic.mul(found.f_uu, found.f_vv), arithmetic.square(found.f_uv))
    return _is_defined(found) & ~det.holds(0.0)


def _is_zero(a: Interval) -> Bools:
    return (a.low == 0) & (a.high == 0)

"""Boxes of the plane, many at a time: u from, u to, v from, v to, shape (n, 4)."""

import numpy as np

from curvlib.arrays import Bools, Floats

CUT = 0.4871
"""The place where a side is cut: off the middle, where critical points of symmetric losses lie."""


def widths(boxes: Floats) -> Floats:
    """The lengths of the sides, (n, 2)."""
    return boxes[:, [1, 3]] - boxes[:, [0, 2]]


def cut(boxes: Floats, sides: Floats) -> Floats:
    """Both parts of each box, cut across its longer side in units of `sides`."""
    wide = np.subtract(*(widths(boxes) / sides).T) >= 0
    first, second = boxes.copy(), boxes.copy()
    for across, (low, high) in ((wide, (0, 1)), (~wide, (2, 3))):
        at = boxes[across, low] + CUT * (boxes[across, high] - boxes[across, low])
        first[across, high] = second[across, low] = at
    return np.concatenate([first, second])


def enlarged(boxes: Floats, by: Floats) -> Floats:
    """The boxes with so much more room on each side, (n, 2) or (2,)."""
    return boxes + np.repeat(by, 2, axis=-1) * np.array([-1.0, 1.0, -1.0, 1.0])


def common(a: Floats, b: Floats) -> Floats:
    """The parts that boxes have in common, in pairs; the low end lies above the high one where
    there is none.
    """
    low, high = np.maximum(a[:, [0, 2]], b[:, [0, 2]]), np.minimum(a[:, [1, 3]], b[:, [1, 3]])
    return np.stack([low[:, 0], high[:, 0], low[:, 1], high[:, 1]], axis=1)


def meet(boxes: Floats, other: Floats) -> Bools:
    """True where a box and the other, or one for each, have a point in common."""
    shared = common(boxes, np.broadcast_to(other, boxes.shape))
    return (shared[:, 0] <= shared[:, 1]) & (shared[:, 2] <= shared[:, 3])


def is_inside(box: Floats, other: Floats) -> bool:
    """True if one box lies in the other."""
    return bool(other[0] <= box[0] and box[1] <= other[1] and other[2] <= box[2] and box[3] <= other[3])

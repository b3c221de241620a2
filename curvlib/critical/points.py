"""Sorting out where Newton's method settled:
what is one point, what is regular, what is degenerate, what is not there at all.
"""

from dataclasses import dataclass, fields

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.critical.polish import Polished
from curvlib.critical.window import TINY, UNDERFLOWN, ScaledWindow, Spots, newton_step

SAME = 1e-7
"""Points closer than this scaled distance are one."""

NEAR = 1e-6
"""The scaled radius of the ring on which a point is tested."""

BEYOND = 1e3
"""The radius of that ring at least, in errors of the point: what the error does must not be seen.
"""

RETURNED = 0.5
"""The share of the ring's radius within which a Newton step must lead back to its centre."""

CAUTION = 10
"""The change of H that a point's error can make, in what it makes if H changes evenly over the
ring.
"""

BITS = 16 * np.finfo(float).eps
"""The part of the larger eigenvalue of H within which the other one is rounded."""

LOPSIDED = 1e-6
"""The part of the larger eigenvalue of H from which on the other one is looked at as if it were
zero.
"""

DIRECTIONS = np.stack([np.cos(np.pi / 4 * (np.arange(8) + 0.3)), np.sin(np.pi / 4 * (np.arange(8) + 0.3))], axis=-1)


@dataclass(frozen=True, slots=True)
class Inspected:
    """The properties of polished points, judged from their surroundings.

    Attributes:
        regular: the gradient vanishes here and H is invertible, beyond the errors of both.
        weak: an eigenvalue of H is zero, or nearly so compared with the other.
        normal: the direction in which the gradient grows fastest around the point, scaled, shape
            (n, 2).
        stiffness: the larger eigenvalue of H in size, shape (n,).
        void: it is zero too, within its error.
    """

    regular: Bools
    weak: Bools
    normal: Floats
    stiffness: Floats
    void: Bools

    def where(self, chosen: Bools) -> "Inspected":
        return Inspected(*(getattr(self, field.name)[chosen] for field in fields(self)))


def distinct(landscape: ScaledWindow, polished: Polished, radius: float = SAME) -> Polished:
    """One of those that lie together, the most exact one;
    by boxes, in four positions so that none is split by a border.
    """
    for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
        if not len(polished.spots):
            break
        box = np.floor((polished.spots.x - landscape.low) / landscape.size / radius + np.array(shift))
        order = np.lexsort([polished.error, box[:, 1], box[:, 0]])
        box = box[order]
        first = np.concatenate([[True], (np.diff(box, axis=0) != 0).any(axis=-1)])
        polished = polished.where(order[first])
    return polished


def inspect(landscape: ScaledWindow, polished: Polished) -> Inspected:
    """Looks at a small ring around each point.

    At a regular point the Newton steps from all over the ring lead back to its centre; at a kink,
    or where a gradient is only rounded to zero, they do not. An eigenvalue counts as zero when the
    point's own error could have made it.
    """
    spots, n = polished.spots, len(polished.spots)
    radius = np.maximum(NEAR, BEYOND * polished.error)
    ring = landscape.spots(landscape.moved(spots.x[:, None], radius[:, None, None] * DIRECTIONS).reshape(-1, 2))
    seen = ring.defined
    safe = Spots(
        ring.x, ring.f, np.where(seen[:, None], ring.gradient, 0.0), np.where(seen[:, None, None], ring.hessian, 0.0)
    )
    back = newton_step(safe.gradient, safe.hessian, kept=0.0).reshape(n, 8, 2) + radius[:, None, None] * DIRECTIONS
    returns = (np.linalg.norm(back, axis=-1) <= RETURNED * radius[:, None]) | ~seen.reshape(n, 8)
    hessians = safe.hessian.reshape(n, 8, 2, 2)
    change = np.where(seen.reshape(n, 8, 1, 1), np.abs(hessians - spots.hessian[:, None]), 0).max(axis=(1, 2, 3))
    eigenvalues = np.sort(np.abs(np.linalg.eigvalsh(spots.hessian)), axis=-1)
    doubt = CAUTION * polished.error * change / radius
    zero = eigenvalues[:, 0] <= doubt + BITS * eigenvalues[:, 1]
    weak = (zero | (eigenvalues[:, 0] <= LOPSIDED * eigenvalues[:, 1])) & (
        np.abs(hessians).max(axis=(1, 2, 3)) > UNDERFLOWN
    )
    regular = ~zero & returns.all(axis=-1) & seen.reshape(n, 8).any(axis=-1)
    scale = np.maximum(np.abs(hessians).max(axis=(1, 2, 3)), TINY)[:, None, None]
    relative = hessians / scale[:, None]
    normal = np.linalg.eigh((relative @ relative).sum(axis=1))[1][:, :, 1]
    return Inspected(regular, weak, normal, eigenvalues[:, 1], eigenvalues[:, 1] <= doubt)


def clustered(landscape: ScaledWindow, polished: Polished) -> Ints:
    """The points to keep among those whose errors overlap, the most exact one of each group:
    degenerate points are found many times over.
    """
    order = np.argsort(polished.error, kind="stable")
    x, error = polished.spots.x, polished.error
    kept: list[int] = []
    for i in order:
        if all(landscape.distance(x[i], x[j]) > 2 * (error[i] + error[j]) + SAME for j in kept):
            kept.append(int(i))
    return np.array(kept, dtype=int)

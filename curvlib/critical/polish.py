"""Newton's method on the gradient, for many starting points at once."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.critical.window import KEPT, UNDERFLOWN, ScaledWindow, Spots, newton_step

STEPS = 90
"""Newton steps at most: degenerate points are approached by a constant factor a step."""

REACH = 0.01
"""The longest step, scaled."""

RANGE = 0.025
"""The scaled distance that a start may lead to; what lies further away has starts of its own."""

UNDAMPED, PATIENCE = 4, 12
"""Steps that may fail to bring the shortest Newton step so far:
before they are damped, and before the search is given up.
"""

LEFT = 1e-9
"""The part of the gradient, relative to the Hessian, that a step may leave aside:
its component in a direction in which f does not curve.
"""

UNEVEN = 0.1
"""The ratio of the smaller eigenvalue of H to the larger below which the point may be next to a
curve of degenerate ones.
"""

KNOWN = 1e-5
"""A point counts as found when it is known to this scaled distance."""

STILL = 1e-17
"""A scaled step that counts as none at the origin, where floating point resolves any distance."""

SHORTER = 0.99
"""The share of the shortest step so far that a step must fall below to be progress."""

TAIL = 4
"""The sum of the steps that are still to come, in steps: for the factor of 3/4 between them with
which a point of order four is approached.
"""

LEANED, FOUND_LEANING = 1e-2 * LEFT, 1e-5 * LEFT
"""The slope over the curvature up to which a point straight across counts as critical, and up to
which nothing else is looked for from there.
"""

CROSSING_STEPS = 60
"""Newton steps at most along one direction."""

STILL_ACROSS = 1e-16
"""The same along one direction, where the other coordinate's rounding moves the zero."""

STALLED, SMALL = 0.9, 1e-9
"""A step along one direction that is small and yet this part of the one before is rounding."""


@dataclass(frozen=True, slots=True)
class Polished:
    """Points at which the gradient vanishes, and how exactly they are known.

    Attributes:
        spots: the points.
        error: the scaled distance within which the critical point lies, shape (n,).
    """

    spots: Spots
    error: Floats

    def where(self, chosen: Bools | Ints) -> "Polished":
        return Polished(self.spots.where(chosen), self.error[chosen])

    @classmethod
    def joined(cls, parts: Sequence["Polished"]) -> "Polished":
        """All of them, in a row."""
        spots = Spots(*(np.concatenate([getattr(part.spots, field.name) for part in parts]) for field in fields(Spots)))
        return cls(spots, np.concatenate([part.error for part in parts]))


@dataclass(frozen=True, slots=True)
class _Search:
    """Newton iterations under way: where each began and is, its step and the step's length, the
    shortest so far and how long ago that was.
    """

    start: Floats
    spots: Spots
    step: Floats
    length: Floats
    best: Floats
    stale: Floats

    def where(self, chosen: Bools) -> "_Search":
        return _Search(
            self.start[chosen],
            self.spots.where(chosen),
            *(getattr(self, field.name)[chosen] for field in fields(self)[2:]),
        )


def polish(landscape: ScaledWindow, starts: Floats, steps: int = STEPS, kept: float = KEPT) -> Polished:
    """The points where damped Newton steps from the starts settle; starts that settle nowhere are
    dropped.

    The measure of progress is the Newton step itself, which does not care for the scales of f: when
    it has not shrunk for a while, the steps are damped, and in the end given up. (At a degenerate
    point it may grow now and then on its way to zero.)

    Args:
        landscape: where.
        starts: shape (n, 2).
        steps: how many at most.
        kept: eigenvalues of H below this part of the other one count as zero.
    """
    spots = landscape.spots(starts)
    spots, starts = spots.where(spots.defined), starts[spots.defined]
    step = newton_step(spots.gradient, spots.hessian, kept)
    search = _Search(starts, spots, step, _length(step), _length(step), np.zeros(len(starts)))
    done = []
    for _ in range(steps):
        settled = search.length <= 2 * landscape.rounding(search.spots.x) + STILL
        stuck = search.stale > PATIENCE
        done.append(_found(landscape, search.where(settled | stuck)))
        search = search.where(~(settled | stuck) & (landscape.distance(search.spots.x, search.start) < RANGE))
        if not len(search.length):
            break
        search = _advanced(landscape, search, kept)
    else:
        done.append(_found(landscape, search))
    return Polished.joined(done)


def _advanced(landscape: ScaledWindow, search: _Search, kept: float) -> _Search:
    """One step of each, none to where f is undefined; damped where the last few did not help."""
    damping = np.minimum(1, 2.0 ** (UNDAMPED - search.stale))
    shortened = search.step * (damping * np.minimum(1, REACH / search.length))[:, None]
    trial = landscape.spots(landscape.moved(search.spots.x, shortened))
    step = np.full_like(search.step, np.nan)
    step[trial.defined] = newton_step(trial.gradient[trial.defined], trial.hessian[trial.defined], kept)
    length = _length(step)
    taken = np.isfinite(length)
    better = taken & (length < SHORTER * search.best)
    spots = Spots(
        *(np.where(taken.reshape(-1, *[1] * (old.ndim - 1)), new, old) for new, old in _pairs(trial, search.spots))
    )
    return _Search(
        search.start,
        spots,
        np.where(taken[:, None], step, search.step),
        np.where(taken, length, search.length),
        np.where(better, length, search.best),
        np.where(better, 0, search.stale + np.where(taken, 1, UNDAMPED)),
    )


def _pairs(new: Spots, old: Spots) -> list[tuple[Floats, Floats]]:
    return [(getattr(new, field.name), getattr(old, field.name)) for field in fields(Spots)]


def _length(step: Floats) -> Floats:
    return np.linalg.norm(step, axis=-1)


def _found(landscape: ScaledWindow, search: _Search) -> Polished:
    """The ended searches that are at a critical point within the errors.

    Steps that shrink by a constant factor ρ, as they do at a degenerate point, add up to 1/(1 - ρ)
    times the first: taken as `TAIL`, more than a regular point needs.
    """
    spots = search.spots
    error = TAIL * search.length + 2 * landscape.rounding(spots.x)
    stiffness = np.abs(spots.hessian).max(axis=(-1, -2))
    level = (spots.gradient == 0).all(axis=-1)
    alive = (stiffness > UNDERFLOWN) | (level & (stiffness == 0))
    left = np.linalg.norm(spots.gradient + (spots.hessian @ search.step[..., None])[..., 0], axis=-1)
    return Polished(spots, error).where(alive & (error < KNOWN) & (left <= LEFT * stiffness))


def leaned(landscape: ScaledWindow, starts: Floats) -> tuple[Polished, Floats]:
    """Critical points straight across from the starts, where f curves much more in one direction
    than in the other; and the starts that are left.

    Newton's method runs along a curve of degenerate points while it closes in on it, and can miss
    it: on u²v² it runs to the origin. Here only the direction of the larger curvature is followed.
    """
    spots = landscape.spots(starts)
    spots = spots.where(spots.defined)
    eigenvalues, frame = np.linalg.eigh(spots.hessian)
    size = np.abs(eigenvalues)
    uneven = np.flatnonzero(size.min(axis=-1) < UNEVEN * size.max(axis=-1))
    normal = np.take_along_axis(frame, size.argmax(axis=-1)[:, None, None], axis=-1)[..., 0]
    there, length = project(landscape, spots.x[uneven], normal[uneven])
    error = TAIL * length + 2 * landscape.rounding(there.x)
    slope = np.linalg.norm(there.gradient, axis=-1) / np.abs(there.hessian).max(axis=(-1, -2))
    sound = there.defined & (landscape.distance(there.x, spots.x[uneven]) < RANGE) & (error < KNOWN)
    left = np.ones(len(spots), dtype=bool)
    left[uneven[sound & (slope < FOUND_LEANING)]] = False
    return Polished(there, error).where(sound & (slope <= LEANED)), spots.x[left]


def project(landscape: ScaledWindow, x: Floats, normal: Floats, steps: int = CROSSING_STEPS) -> tuple[Spots, Floats]:
    """The points x moved along their normals to where the gradient has no part in that direction;
    and the last steps' lengths.
    """
    spots = landscape.spots(x)
    last = np.full(len(x), np.inf)
    for _ in range(steps):
        curvature = np.einsum("ni,nij,nj->n", normal, spots.hessian, normal)
        step = np.nan_to_num(-(normal * spots.gradient).sum(axis=-1) / curvature, posinf=0.0, neginf=0.0)
        length = np.abs(step)
        arrived = length <= 2 * landscape.rounding(spots.x) + STILL_ACROSS
        if (arrived | ((length > STALLED * last) & (length < SMALL))).all():
            break
        last = length
        spots = landscape.spots(landscape.moved(spots.x, np.clip(step, -REACH, REACH)[:, None] * normal))
    return spots, length

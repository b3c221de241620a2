"""The cut time of each ray: how far it is the shortest way, and why not further."""

from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.balls.collisions import (
    LEVELS,
    LONGEST_STEP,
    MOST_SEEN,
    SELF,
    Meetings,
    crosses_itself,
    first_suspect_level,
    joined,
    solved,
    suspected,
)
from curvlib.geodesics.endings import REACHED, SINGULAR
from curvlib.geodesics.fan import Fan, conjugate_times

UNCUT, MEETS, CONJUGATE, ENDS = range(4)
MOST_GUESSES = 3
"""The number of suspected meetings of a ray, earliest first, that are examined: the first may be
two fronts that only pass close by.
"""

MOST_SPREADS = 40
"""The number of times that a meeting found for one ray is tried on its neighbours."""

ENDED = 1e-8
"""The share of the fan's radius by which a front may exceed a ray's end and still hold the ray: the
sum of its steps is rounded.
"""

STEADY = 8
"""The most rays that the partner may move on from ray to ray for the next one to be expected as far
on again; beyond, the partner is expected to turn back by one ray, as on the mirror image.
"""

ALIKE = 3
"""The distance of two partners, in rays, below which they belong to one branch of the cut locus."""

WORDS = ("goes on", "meets another ray of the same length", "reaches a conjugate point", "ends with f")


@dataclass(frozen=True)
class Cut:
    """The first thing that happens to each ray of a fan; arrays of shape (n_rays,).

    Attributes:
        times: the arc length up to which the ray is the shortest way to its points; infinity where
            that is more than the fan's radius.
        kind: UNCUT, MEETS, CONJUGATE or ENDS.
        other: where two rays meet, the other one's angle in units of the fan's spacing; else NaN.
        conjugate: the first conjugate time on the ray, infinity where there is none; never below
            the cut time.
    """

    times: Floats
    kind: Ints
    other: Floats
    conjugate: Floats

    def every_second(self) -> "Cut":
        """The same for every second ray."""
        return Cut(self.times[::2], self.kind[::2], self.other[::2] / 2, self.conjugate[::2])


def cut(fan: Fan) -> Cut:
    """The cut times: the first of the conjugate time, the end of the ray, and its first meeting
    with a ray of the same length.
    """
    conjugate = conjugate_times(fan.rays)
    ended = fan.rays.stopped != REACHED
    ends = np.where(ended, fan.rays.end, np.inf)
    times = np.minimum(conjugate, ends)
    kind = np.where(times == np.inf, UNCUT, np.where(conjugate <= ends, CONJUGATE, ENDS))
    other = np.full(fan.n, np.nan)
    state = Cut(times, kind, other, conjugate)
    meetings = _first_meetings(fan, float(conjugate.min()))
    state = _with(state, meetings)
    fresh = np.ones(fan.n, dtype=bool)
    for _ in range(MOST_SPREADS):
        before = state
        state = _with(state, solved(fan, _guessed_from_neighbours(fan, state, fresh)))
        fresh = state.times < before.times
        if not fresh.any():
            break
    return _isolated_ends_are_cuts(fan, state)


def first_overlap(fan: Fan, state: Cut, radii: Floats) -> float:
    """The first of the radii at which what is left of the front crosses itself, which it cannot do
    if the cut times are right; else infinity.
    """
    if not (state.times < radii[-1]).any():
        return np.inf
    for r in radii:
        alive = (state.times >= r) & (fan.rays.end >= r)
        inner = alive & np.roll(alive, -1) & np.roll(alive, 1) & np.roll(alive, -2)
        if inner.any() and crosses_itself(fan.points(np.arange(fan.n), np.minimum(r, fan.rays.end)), inner):
            return float(r)
    return np.inf


def _first_meetings(fan: Fan, conjugate: float) -> Meetings:
    stride = -(-fan.n // MOST_SEEN)
    while fan.n % stride:
        stride += 1
    levels = fan.radius * np.arange(1, LEVELS + 1) / LEVELS
    rays = np.arange(0, fan.n, stride)
    ends = fan.rays.end[rays]
    fronts = fan.points(rays, np.minimum(levels[:, None], ends)).transpose(1, 0, 2)
    fronts = np.where((levels[:, None] > ends + ENDED * fan.radius)[:, None, :], np.nan, fronts)
    start = max(first_suspect_level(fronts, levels, conjugate) - 1, 0)
    if start >= len(levels) - 1:
        return joined([])
    guess = suspected(fronts[start:], levels[start:])
    order = np.lexsort((guess.t, guess.ray))
    rank = np.arange(len(order)) - np.searchsorted(guess.ray[order], guess.ray[order])
    guess = guess.where(order[rank < MOST_GUESSES])
    return solved(fan, Meetings(guess.ray * stride, guess.other * stride, guess.t))


def _with(state: Cut, meetings: Meetings) -> Cut:
    """The cut times when these meetings are known too."""
    order = np.argsort(-meetings.t)
    ray, other, t = meetings.ray[order], meetings.other[order], meetings.t[order]
    first, partner = np.full_like(state.times, np.inf), np.full_like(state.times, np.nan)
    first[ray], partner[ray] = t, other  # the earliest one is written last
    sooner = first < state.times
    return Cut(
        np.where(sooner, first, state.times),
        np.where(sooner, MEETS, state.kind),
        np.where(sooner, partner, state.other),
        state.conjugate,
    )


def _guessed_from_neighbours(fan: Fan, state: Cut, fresh: Bools) -> Meetings:
    """The meeting of a ray if it belonged to the same branch of the cut locus as its neighbour,
    where the neighbour's is fresh.
    """
    guesses = []
    rays = np.arange(fan.n)
    for side in (-1, 1):
        near, far = (rays + side) % fan.n, (rays + 2 * side) % fan.n
        turn = _wrapped(state.other[near] - state.other[far], fan.n)
        with np.errstate(invalid="ignore"):
            turn = np.where(np.abs(turn) < STEADY, turn, -1.0 * -side)
            t = state.times[near] + np.where(
                np.isfinite(state.times[far]),
                np.clip(state.times[near] - state.times[far], -LONGEST_STEP * fan.radius, LONGEST_STEP * fan.radius),
                0,
            )
            other = state.other[near] + turn
            new = (
                fresh[near]
                & (state.kind[near] == MEETS)
                & ~(np.abs(_wrapped(state.other - other, fan.n)) < ALIKE)
                & (np.abs(_wrapped(other - rays, fan.n)) > SELF)
            )
        guesses.append(Meetings(rays, other, np.where(np.isfinite(t), t, 0)).where(new & np.isfinite(other)))
    return joined([*guesses, *_returned(fan, state, fresh)])


def _returned(fan: Fan, state: Cut, fresh: Bools) -> list[Meetings]:
    """Two rays meet each other: what one is found to meet is tried from the other's side."""
    met = np.nonzero(fresh & (state.kind == MEETS))[0]
    guesses = []
    for ray in (np.floor(state.other[met]).astype(int), np.ceil(state.other[met]).astype(int)):
        j = ray % fan.n
        other = met + (state.other[met] - ray)
        with np.errstate(invalid="ignore"):
            new = ~(np.abs(_wrapped(state.other[j] - other, fan.n)) < ALIKE) & (state.times[j] > state.times[met])
        guesses.append(Meetings(j, other.astype(float), state.times[met]).where(new))
    return guesses


def _isolated_ends_are_cuts(fan: Fan, state: Cut) -> Cut:
    """A single ray that runs into a singular point between rays that pass it, and meet behind, is
    cut there: the tip of a cone.
    """
    alone = (state.kind == ENDS) & (fan.rays.stopped == SINGULAR)
    for side in (-1, 1):
        neighbour = np.roll(state.kind, side)
        alone &= neighbour != ENDS
    return Cut(state.times, np.where(alone, CONJUGATE, state.kind), state.other, state.conjugate)


def _wrapped(x: Floats, n: int) -> Floats:
    return (x + n / 2) % n - n / 2

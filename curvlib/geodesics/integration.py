"""Rays integrated together, each with its own adaptive step,
until its length is reached or f ends.
"""

import time

import numpy as np

from curvlib.arrays import Bools, Floats, Ints
from curvlib.evaluation.bound_loss import BoundLoss
from curvlib.geodesics import step_length
from curvlib.geodesics.endings import (
    DOMAIN,
    EDGE,
    KINK,
    NEAR,
    NOWHERE,
    OUTLOOK,
    REACHED,
    SHARP,
    SINGULAR,
    STEEP,
    STUCK,
    UNFINISHED,
    barrier,
    bounced,
    continued,
    vertical_edge,
)
from curvlib.geodesics.rays import Rays
from curvlib.geodesics.step import AREA, ROWS, U_, V_, Y_, Z_, Batch, U, V, Y

TOLERANCE = 1e-10
"""The error of each step, relative to the length of the ray: a volume's is 1e-9 and less."""

MAX_STEPS = 1000
MAX_SECONDS = 8.0
"""Steps, and seconds, after which what is not done is given up."""

SHORTEST, LONGEST = 1e-50, 1e50
"""Lengths whose sixth powers are numbers of float64; what is to be measured lies between them."""

FEWEST_STEPS = 6
"""The least number of steps of the longest ray, which interpolation needs between them."""

EAGER = 0.5
"""The first step over the one at which the estimates would be as large as the tolerance."""

SLIVER = 1e-12
"""The share of a step that is not left for another one at the end of a ray."""

FULL = 0.75
"""The share of rays still on their way below which the others are taken out of the arrays."""

ESCAPE = 0.25
"""The change of a step that led out of f's domain, or over an edge: the error says nothing then."""

SHORTEST_STEP = 1e-9
"""The shortest step, as a share of the ray's length; where even that is too long, f has a singular
point, and where it is longer than the radius of curvature a ray does not even start.
"""


def integrate(
    where: BoundLoss,
    state: Floats,
    length: Floats | float,
    tolerance: float = TOLERANCE,
    longest_step: float = np.inf,
    deadline: float = np.inf,
) -> Rays:
    """Rays from the states (9, n), each to its own length; a ray that cannot go on ends where f
    does, and says why.

    What is not done after `MAX_SECONDS`, or at the deadline on the monotonic clock, stays
    unfinished.
    """
    n = state.shape[1]
    run = _Run(where, np.array(state), np.broadcast_to(np.asarray(length, float), (n,)), tolerance, longest_step)
    with np.errstate(all="ignore"):
        deadline = min(deadline, time.monotonic() + MAX_SECONDS)
        for _ in range(MAX_STEPS):
            if not run.step() or time.monotonic() > deadline:
                break
    return run.rays()


class _Run:
    """The state that changes while rays are integrated;
    `alive` numbers the rays that the batch holds.
    """

    batch: Batch
    alive: Ints
    t: Floats
    state: Floats
    h: Floats
    moving: Bools
    eager: Bools

    def __init__(self, where: BoundLoss, state: Floats, length: Floats, tolerance: float, longest_step: float) -> None:
        n = state.shape[1]
        self.where, self.length, self.tolerance = where, length, tolerance
        self.size = max(float(length.max(initial=0)), np.finfo(float).tiny)
        self.longest_step = min(longest_step, self.size / FEWEST_STEPS)
        self.nodes = np.full((n, 2 * FEWEST_STEPS, ROWS + 4), np.inf)
        self.count = np.zeros(n, dtype=int)
        self.stopped = np.full(n, UNFINISHED)
        self.error = np.zeros((2, n))
        self._hold(np.arange(n), np.zeros(n), state, np.full(n, self.longest_step))
        with np.errstate(all="ignore"):
            self.batch.start(self.t, self.state)
        bend = np.abs(self.batch.slopes[0, [U_, V_, Z_]]).max(axis=0)
        self.h = np.minimum(self.h, EAGER * self.tolerance**0.1 / (bend + 1 / self.size))
        self._record(np.ones(n, dtype=bool), self.state, self.batch.slopes[0], self.t)
        self._finish(~np.all(np.isfinite(state), axis=0), NOWHERE)
        self._finish(~np.all(np.isfinite(self.batch.slopes[0]), axis=0), SINGULAR)
        self._finish(self.length <= 0, REACHED)
        sharpest = np.maximum(bend, np.sqrt(np.abs(_gaussian_curvature(where, state))))
        self._finish(sharpest * SHORTEST_STEP * self.size > 1, SHARP)

    def _hold(self, alive: Ints, t: Floats, state: Floats, h: Floats) -> None:
        self.alive, self.t, self.state, self.h = alive, t, state, h
        self.moving = np.ones(len(alive), dtype=bool)
        self.eager = np.ones(len(alive), dtype=bool)
        self.batch = Batch(self.where, len(alive))

    def step(self) -> bool:
        """One step of every ray that is not done; False when all are."""
        if not self.moving.any():
            return False
        if self.moving.mean() < FULL:
            self._drop()
        left = self.length[self.alive] - self.t
        last = self.h >= left * (1 - SLIVER)
        h = np.where(self.moving, np.where(last, left, self.h), 0.0)
        estimates = self.batch.advance(self.t, self.state, h)
        new, slope = self.batch.stage, self.batch.slopes[-1]
        gradient = self.batch.gradient
        error = step_length.over_tolerance(estimates, self.state, new, gradient, self.size, self.tolerance)
        over = bounced(new, gradient)
        good = (error <= 1) & ~over & self.moving
        self._accept(good, h, estimates, new, slope)
        self._end_at_edge(good)
        self._finish(good & last, REACHED)
        self._adapt(good, error, over, h)
        return True

    def _accept(self, good: Bools, h: Floats, estimates: Floats, new: Floats, slope: Floats) -> None:
        self.t = np.where(good, self.t + h, self.t)
        np.copyto(self.state, new, where=good)
        np.copyto(self.batch.slopes[0], slope, where=good)
        self._record(good, self.state, slope, self.t)
        local = step_length.combined(*estimates**2)
        self.error[0, self.alive] += np.where(good, np.maximum(local[U], local[V]), 0.0)
        self.error[1, self.alive] += np.where(good, local[AREA] + h * local[Y], 0.0)

    def _record(self, good: Bools, state: Floats, slope: Floats, t: Floats) -> None:
        rays = self.alive[good]
        if not len(rays):
            return
        if self.count[rays].max() + 2 > self.nodes.shape[1]:
            self.nodes = np.concatenate([self.nodes, np.full_like(self.nodes, np.inf)], axis=1)
        row = np.concatenate([t[None], state, slope[[U_, V_, Y_]]])
        self.nodes[rays, self.count[rays]] = row[:, good].T
        self.count[rays] += 1

    def _finish(self, done: Bools, why: int) -> None:
        done = done & self.moving
        self.stopped[self.alive[done]] = why
        self.moving &= ~done

    def _adapt(self, good: Bools, error: Floats, over: Bools, h: Floats) -> None:
        """Steps grow and shrink with the eighth root of the error;
        a ray that fails on the shortest steps ends.
        """
        lost = ~np.isfinite(error) | over
        factor = step_length.change(error, np.where(good & ~self.eager, 1.0, step_length.GROW))
        proposal = np.where(lost, ESCAPE * h, factor * h)
        self.h = np.where(self.moving, np.minimum(proposal, self.longest_step), self.h)
        self.eager = good
        if good.all():
            return
        failing = self.moving & ~good
        self._end_at_barrier(np.nonzero(failing & (self.h < STUCK * self.size))[0])
        self._finish(failing & (self.h < SHORTEST_STEP * self.size), SINGULAR)

    def _end_at_edge(self, good: Bools) -> None:
        """Ends the rays that are about to run over a vertical edge of the graph."""
        k = np.nonzero(self.moving & good & (np.abs(self.batch.gradient).max(axis=0) > STEEP))[0]
        if not len(k):
            return
        rays = self.alive[k]
        before = self.nodes[rays, self.count[rays] - 2].T
        ahead = vertical_edge(
            self.where, self.state[:, k], self.batch.slopes[0][:, k], before[1:], self.t[k] - before[0]
        )
        near = ahead < NEAR * self.size
        self._end(k[near], ahead[near], EDGE)

    def _end_at_barrier(self, k: Ints) -> None:
        """Ends those of the rays k in front of which f ends, or has a kink."""
        if len(k):
            ahead, why = barrier(self.where, self.state[:, k], self.batch.slopes[0][:, k], OUTLOOK * self.h[k])
            for reason in (DOMAIN, KINK):
                chosen = np.isfinite(ahead) & (why == reason)
                self._end(k[chosen], ahead[chosen], reason)

    def _end(self, k: Ints, ahead: Floats, why: int) -> None:
        """Ends the rays k with a last node `ahead` of where they are, or at the end of their length
        if that comes first.
        """
        chosen = np.isin(np.arange(len(self.alive)), k)
        left = self.length[self.alive] - self.t
        step = np.zeros(len(self.alive))
        step[k] = ahead
        within = step < left
        step = np.minimum(step, left)
        slope = self.batch.slopes[0]
        self._record(
            chosen & (step > 0),
            continued(self.state, slope, step),
            slope,
            self.t + step,
        )
        self._finish(chosen & within, why)
        self._finish(chosen, REACHED)

    def _drop(self) -> None:
        keep, slopes, eager = self.moving, self.batch.slopes[0][:, self.moving], self.eager[self.moving]
        self._hold(self.alive[keep], self.t[keep], self.state[:, keep], self.h[keep])
        self.batch.slopes[0], self.eager = slopes, eager

    def rays(self) -> Rays:
        used = np.ascontiguousarray(self.nodes[:, : self.count.max()].transpose(2, 0, 1))
        end = used[0, np.arange(len(self.count)), self.count - 1]
        return Rays(used[0], used[1 : 1 + ROWS], used[1 + ROWS :], self.count, self.stopped, self.error, end)


def _gaussian_curvature(where: BoundLoss, state: Floats) -> Floats:
    """K = β² det H at the points of the states."""
    _, f_u, f_v, f_uu, f_uv, f_vv = where.jet(state[U], state[V])
    with np.errstate(all="ignore"):
        return (f_uu * f_vv - f_uv**2) / (1 + f_u**2 + f_v**2) ** 2

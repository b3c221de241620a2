"""Rays integrated together, each with its own adaptive step,
until its length is reached or f ends.
"""

import time

import numpy as np

from curvlib.evaluation.bound_loss import BoundLoss
from curvlib.geodesics.endings import DOMAIN, EDGE, KINK, NOWHERE, REACHED, SINGULAR, UNFINISHED, barrier, vertical_edge
from curvlib.geodesics.rays import Rays
from curvlib.geodesics.step import AREA, ROWS, U_, V_, Y_, Z_, Batch, U, V, Y

TOLERANCE = 1e-10
MAX_STEPS = 1000
MAX_SECONDS = 8.0
SHORTEST, LONGEST = 1e-50, 1e50
"""Lengths whose sixth powers are numbers of float64; what is to be measured lies between them."""

STEEPEST = 1e6
STEEP = 30.0
"""The slope from which on a vertical edge is looked for."""
SHORTEST_STEP = 1e-9
"""The shortest step, as a share of the ray's length;
where even that is too long, f has a singular point.
"""


def integrate(
    where: BoundLoss,
    state: np.ndarray,
    length: np.ndarray | float,
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
    alive: np.ndarray
    t: np.ndarray
    state: np.ndarray
    h: np.ndarray
    moving: np.ndarray
    eager: np.ndarray

    def __init__(
        self, where: BoundLoss, state: np.ndarray, length: np.ndarray, tolerance: float, longest_step: float
    ) -> None:
        n = state.shape[1]
        self.where, self.length, self.tolerance = where, length, tolerance
        self.size = max(float(length.max(initial=0)), 1e-300)
        self.longest_step = min(longest_step, self.size / 6)
        self.nodes = np.full((n, 32, ROWS + 4), np.inf)
        self.count = np.zeros(n, dtype=int)
        self.stopped = np.full(n, UNFINISHED)
        self.error = np.zeros((2, n))
        self._hold(np.arange(n), np.zeros(n), state, np.full(n, self.longest_step))
        with np.errstate(all="ignore"):
            self.batch.start(self.t, self.state)
        bend = np.abs(self.batch.slopes[0, [U_, V_, Z_]]).max(axis=0)
        self.h = np.minimum(self.h, 0.5 * self.tolerance**0.1 / (bend + 1 / self.size))
        self._record(np.ones(n, dtype=bool), self.state, self.batch.slopes[0], self.t)
        self._finish(~np.isfinite(state).all(axis=0), NOWHERE)
        self._finish(~np.isfinite(self.batch.slopes[0]).all(axis=0), SINGULAR)
        self._finish(self.length <= 0, REACHED)

    def _hold(self, alive: np.ndarray, t: np.ndarray, state: np.ndarray, h: np.ndarray) -> None:
        self.alive, self.t, self.state, self.h = alive, t, state, h
        self.moving = np.ones(len(alive), dtype=bool)
        self.eager = np.ones(len(alive), dtype=bool)
        self.batch = Batch(self.where, len(alive))

    def step(self) -> bool:
        """One step of every ray that is not done; False when all are."""
        if not self.moving.any():
            return False
        if self.moving.mean() < 0.75:
            self._drop()
        left = self.length[self.alive] - self.t
        last = self.h >= left * (1 - 1e-12)
        h = np.where(self.moving, np.where(last, left, self.h), 0.0)
        estimates = self.batch.advance(self.t, self.state, h)
        new, slope = self.batch.stage, self.batch.slopes[-1]
        error = self._error(estimates, new)
        bounced = self._bounced(new)
        good = (error <= 1) & ~bounced & self.moving
        self._accept(good, h, estimates, new, slope)
        self._end_at_edge(good)
        self._finish(good & last, REACHED)
        self._adapt(good, error, bounced, h)
        return True

    def _error(self, estimates: np.ndarray, new: np.ndarray) -> np.ndarray:
        """The error of the step over what is tolerated, by the two estimates of the pair
        together, shape (n,).
        """
        steep = np.minimum(1 + np.abs(self.batch.gradient).max(axis=0), STEEPEST)
        scale = np.maximum(np.abs(self.state), np.abs(new))
        scale[:3], scale[4:7] = self.size, 1.0
        scale[Y] += self.size
        scale[Y_] += 1
        scale[AREA] += self.size**2
        scale[[U, V, U_, V_]] /= steep
        ratio = estimates / (self.tolerance * scale)
        fifth, third = np.einsum("kij,kij->kj", ratio, ratio) / ROWS
        error = fifth / np.sqrt(fifth + 0.01 * third)
        return np.where(fifth > 0, error, np.where(np.isnan(fifth), np.nan, 0.0))

    def _bounced(self, new: np.ndarray) -> np.ndarray:
        """True where z' and ∇f·x' differ: the ray has run over a vertical edge, and back on the
        sheet it came from.
        """
        g_u, g_v = self.batch.gradient
        climb = g_u * new[U_] + g_v * new[V_]
        return (np.abs(climb - new[Z_]) > 0.2) & (np.abs(new[Z_]) > 0.1)

    def _accept(
        self, good: np.ndarray, h: np.ndarray, estimates: np.ndarray, new: np.ndarray, slope: np.ndarray
    ) -> None:
        self.t = np.where(good, self.t + h, self.t)
        np.copyto(self.state, new, where=good)
        np.copyto(self.batch.slopes[0], slope, where=good)
        self._record(good, self.state, slope, self.t)
        local = estimates[0] ** 2 / np.sqrt(estimates[0] ** 2 + 0.01 * estimates[1] ** 2 + 1e-300)
        self.error[0, self.alive] += np.where(good, np.maximum(local[U], local[V]), 0.0)
        self.error[1, self.alive] += np.where(good, local[AREA] + h * local[Y], 0.0)

    def _record(self, good: np.ndarray, state: np.ndarray, slope: np.ndarray, t: np.ndarray) -> None:
        rays = self.alive[good]
        if not len(rays):
            return
        if self.count[rays].max() + 2 > self.nodes.shape[1]:
            self.nodes = np.concatenate([self.nodes, np.full_like(self.nodes, np.inf)], axis=1)
        row = np.concatenate([t[None], state, slope[[U_, V_, Y_]]])
        self.nodes[rays, self.count[rays]] = row[:, good].T
        self.count[rays] += 1

    def _finish(self, done: np.ndarray, why: int) -> None:
        done = done & self.moving
        self.stopped[self.alive[done]] = why
        self.moving &= ~done

    def _adapt(self, good: np.ndarray, error: np.ndarray, bounced: np.ndarray, h: np.ndarray) -> None:
        """Steps grow and shrink with the eighth root of the error;
        a ray that fails on the shortest steps ends.
        """
        lost = ~np.isfinite(error) | bounced
        factor = np.clip(0.9 * np.maximum(error, 1e-12) ** -0.125, 0.2, np.where(good & ~self.eager, 1.0, 5.0))
        proposal = np.where(lost, 0.25 * h, factor * h)
        self.h = np.where(self.moving, np.minimum(proposal, self.longest_step), self.h)
        self.eager = good
        if good.all():
            return
        failing = self.moving & ~good
        self._end_at_barrier(np.nonzero(failing & (self.h < 1e-4 * self.size))[0])
        self._finish(failing & (self.h < SHORTEST_STEP * self.size), SINGULAR)

    def _end_at_edge(self, good: np.ndarray) -> None:
        """Ends the rays that are about to run over a vertical edge of the graph."""
        k = np.nonzero(self.moving & good & (np.abs(self.batch.gradient).max(axis=0) > STEEP))[0]
        if not len(k):
            return
        rays = self.alive[k]
        before = self.nodes[rays, self.count[rays] - 2].T
        ahead = vertical_edge(
            self.where, self.state[:, k], self.batch.slopes[0][:, k], before[1:], self.t[k] - before[0]
        )
        near = ahead < 3e-3 * self.size
        self._end(k[near], ahead[near], EDGE)

    def _end_at_barrier(self, k: np.ndarray) -> None:
        """Ends those of the rays k in front of which f ends, or has a kink."""
        if len(k):
            ahead, why = barrier(self.where, self.state[:, k], self.batch.slopes[0][:, k], 8 * self.h[k])
            for reason in (DOMAIN, KINK):
                chosen = np.isfinite(ahead) & (why == reason)
                self._end(k[chosen], ahead[chosen], reason)

    def _end(self, k: np.ndarray, ahead: np.ndarray, why: int) -> None:
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
            self.state + step * slope + step**2 / 2 * _second(slope) + step**3 / 6 * _third(slope),
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


def _second(slope: np.ndarray) -> np.ndarray:
    """Second derivatives of the state where the first ones are known:
    those of the velocities count as zero.
    """
    second = np.zeros_like(slope)
    second[:4], second[AREA] = slope[4:8], slope[Y]
    return second


def _third(slope: np.ndarray) -> np.ndarray:
    """Their third derivatives, likewise: that of Y is y'."""
    third = np.zeros_like(slope)
    third[AREA] = slope[Y_]
    return third

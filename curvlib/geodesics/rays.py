"""Rays: many geodesics as the nodes of their steps."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from curvlib.arrays import Floats, Ints
from curvlib.evaluation.bound_loss import BoundLoss
from curvlib.geodesics.step import ROWS, U_, V_, Z_, U, V, Z

Number = TypeVar("Number", bound=np.generic)


@dataclass(frozen=True)
class Rays:
    """Geodesics, stored as the nodes of their steps; `interpolation` gives the points in between.

    Attributes:
        t: arc length at the nodes, shape (n_rays, n_nodes); the unused ones at the end of a row
            hold infinity.
        state: u, v, z, y, u', v', z', y', Y at the nodes, shape (9, n_rays, n_nodes).
        bend: u'', v'', y'' there, shape (3, n_rays, n_nodes).
        count: how many nodes each ray has, shape (n_rays,).
        end: the arc length each ray reached, shape (n_rays,); its nodes may go further where a kink
            ended it.
        stopped: why each ray ended, a number of `endings.WORDS`, shape (n_rays,).
        error: the sum of the estimated errors of its steps, in position and in the integral of J,
            shape (2, n_rays).
    """

    t: Floats
    state: Floats
    bend: Floats
    count: Ints
    stopped: Ints
    error: Floats
    end: Floats

    def every_second(self) -> "Rays":
        """Every second of the rays."""
        halves = (
            self.t[::2],
            self.state[:, ::2],
            self.bend[:, ::2],
            self.count[::2],
            self.stopped[::2],
            self.error[:, ::2],
            self.end[::2],
        )
        return Rays(*halves)


def interleaved(a: Rays, b: Rays) -> Rays:
    """The rays of both, alternating."""
    nodes = max(a.t.shape[-1], b.t.shape[-1])

    def mixed(x: NDArray[Number], y: NDArray[Number], axis: int) -> NDArray[Number]:
        return np.stack([x, y], axis=axis + 1).reshape(*x.shape[:axis], -1, *x.shape[axis + 1 :])

    def padded(x: Floats) -> Floats:
        return np.concatenate([x, np.full((*x.shape[:-1], nodes - x.shape[-1]), np.inf)], axis=-1)

    t, state, bend = (
        mixed(padded(x), padded(y), axis) for x, y, axis in ((a.t, b.t, 0), (a.state, b.state, 1), (a.bend, b.bend, 1))
    )
    return Rays(
        t,
        state,
        bend,
        mixed(a.count, b.count, 0),
        mixed(a.stopped, b.stopped, 0),
        mixed(a.error, b.error, 1),
        mixed(a.end, b.end, 0),
    )


def initial_states(where: BoundLoss, u: Floats, v: Floats, velocity: Floats) -> Floats:
    """States (9, n) at the points (u, v) (n,) with velocities (2, n), for a Jacobi field that
    starts with J = 0, J' = 1.
    """
    f, f_u, f_v, *_ = where.jet(u, v)
    state = np.zeros((ROWS, velocity.shape[1]))
    state[U], state[V], state[Z] = u, v, f
    state[U_], state[V_], state[Z_] = velocity[0], velocity[1], f_u * velocity[0] + f_v * velocity[1]
    return state

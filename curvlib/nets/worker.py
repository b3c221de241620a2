"""Training as a job for a process of its own: what is to be trained, what came of it, and the job itself."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from curvlib.nets.figure4 import PAIR, start, task
from curvlib.nets.loss import Loss
from curvlib.nets.network import Network
from curvlib.nets.training import polish, train

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

CPU_SECONDS = 90
"""What a job may compute for before the system kills it."""

CURVE = 201
"""Points of a loss curve that are kept."""


@dataclass(frozen=True)
class Task:
    """What is to be trained: the data of Figure 4, a network, a start for each seed.

    Attributes:
        widths, activation: of the network.
        seeds: of the initial weights; the networks are trained side by side.
        steps, learning_rate: of Adam with a cosine schedule.
        weight_decay: the strength of the quadratic penalty.
        polished: whether Newton's method finishes the work; for a weight decay above 0.
    """

    widths: tuple[int, ...] = (1, 32, 1)
    activation: str = "tanh"
    seeds: tuple[int, ...] = PAIR
    steps: int = 3000
    learning_rate: float = 1e-2
    weight_decay: float = 0.0
    polished: bool = False

    @property
    def loss(self) -> Loss:
        return task(Network(self.widths, self.activation), self.weight_decay)


@dataclass(frozen=True, eq=False)
class Trained:
    """What came of a task.

    Attributes:
        theta: the parameters of each network, shape (n_seeds, q).
        steps: of Adam, at which the loss is known, shape (n,).
        losses: there, shape (n, n_seeds).
        converged: of each network, whether Newton's method found a minimum; empty if it was not asked.
    """

    theta: np.ndarray
    steps: np.ndarray
    losses: np.ndarray
    converged: tuple[bool, ...] = ()


def work(job: Task, progress: Callable[[float], None] | None = None) -> Trained:
    """Trains the networks of a task; `progress` is called with the share that is done."""
    loss, n = job.loss, len(job.seeds)
    share = 0.5 if job.polished else 1.0

    def report(begun: float, part: float, done: float) -> None:
        if progress:
            progress(begun + part * done)

    beginning = np.stack([start(loss, seed) for seed in job.seeds])
    fit = train(loss, beginning, steps=job.steps, learning_rate=job.learning_rate, progress=partial(report, 0.0, share))
    theta, converged = fit.theta, []
    if job.polished:
        found = [polish(loss, each, progress=partial(report, 0.5 + which / (2 * n), 1 / (2 * n))) for which, each in enumerate(fit.theta)]
        theta, converged = np.stack([each.theta for each in found]), [each.converged for each in found]
    steps = np.unique(np.linspace(0, job.steps, CURVE).round().astype(int))
    return Trained(theta, steps, fit.losses[steps], tuple(converged))


def answer(connection: "Connection", job: Task) -> None:
    """Sends the share that is done as it grows, then what came of it; the process dies when it computes for more than `CPU_SECONDS`."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    connection.send(work(job, connection.send))


def from_lists(theta: Any, steps: Any, losses: Any) -> Trained:
    """A result that was stored as lists of numbers."""
    return Trained(np.array(theta, dtype=float), np.array(steps, dtype=int), np.array(losses, dtype=float))

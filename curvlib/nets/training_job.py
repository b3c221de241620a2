"""Training as a job for a process of its own, `python -m curvlib.nets.training_job`:
what is to be trained, what came of it, and the job itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from curvlib.arrays import Floats, Ints
from curvlib.jobs import answer
from curvlib.nets.figure4 import PAIR, start, task
from curvlib.nets.loss import Loss
from curvlib.nets.network import Network
from curvlib.nets.training import polish, train

CURVE = 201
"""Points of a loss curve that are kept."""


@dataclass(frozen=True)
class Task:
    """A task of training: the data of Figure 4, a network, a start for each seed.

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
    """The result of a task.

    Attributes:
        theta: the parameters of each network, shape (n_seeds, q).
        steps: of Adam, at which the loss is known, shape (n,).
        losses: there, shape (n, n_seeds).
        converged: of each network, whether Newton's method found a minimum; empty if it was not
            used.
    """

    theta: Floats
    steps: Ints
    losses: Floats
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
        found = [
            polish(loss, each, progress=partial(report, 0.5 + which / (2 * n), 1 / (2 * n)))
            for which, each in enumerate(fit.theta)
        ]
        theta, converged = np.stack([each.theta for each in found]), [each.converged for each in found]
    steps = np.unique(np.linspace(0, job.steps, CURVE).round().astype(int))
    return Trained(theta, steps, fit.losses[steps], tuple(converged))


def to_json(found: Trained) -> dict[str, Any]:
    """A result as lists of plain numbers, exact; `from_json` reads it."""
    return {
        "theta": found.theta.tolist(),
        "steps": found.steps.tolist(),
        "losses": found.losses.tolist(),
        "converged": list(found.converged),
    }


def from_json(columns: Mapping[str, Any]) -> Trained:
    """A result from its lists of numbers."""
    steps = np.array(columns["steps"], dtype=int)
    return Trained(
        np.array(columns["theta"], dtype=float),
        steps,
        np.array(columns["losses"], dtype=float),
        tuple(columns.get("converged", ())),
    )


def _answer(asked: Mapping[str, Any], progress: Callable[[float], None]) -> Iterator[Mapping[str, Any]]:
    job = Task(**{**asked, "widths": tuple(asked["widths"]), "seeds": tuple(asked["seeds"])})
    yield to_json(work(job, progress))


if __name__ == "__main__":
    answer(_answer)

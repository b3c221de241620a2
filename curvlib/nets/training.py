"""Adam on the full batch, and Newton's method to finish where the loss has isolated minima."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curvlib.arrays import Floats
from curvlib.nets.loss import Loss

Progress = Callable[[float], None]
"""Called now and then with the share that is done;
an exception it raises ends the work and passes through: that is how to cancel.
"""

SCHEDULES: Mapping[str, Callable[[float], float]] = MappingProxyType(
    {
        "cosine": lambda share: (1 + np.cos(np.pi * share)) / 2,
        "constant": lambda share: 1.0,
        "linear": lambda share: 1 - share,
    }
)
"""The learning rate as a multiple of its start, by the share of the steps taken."""

BETA_1, BETA_2, EPSILON = 0.9, 0.999, 1e-8
REPORTS = 100


@dataclass(frozen=True, eq=False)
class Training:
    """The result of training.

    Attributes:
        theta: the parameters at the end, shape (..., q).
        losses: f before each step and at the end, shape (steps + 1, ...).
        checkpoints: step → θ after so many steps, for each requested step.
    """

    theta: Floats
    losses: Floats
    checkpoints: Mapping[int, Floats]


def train(
    loss: Loss,
    theta: Floats,
    *,
    steps: int = 3000,
    learning_rate: float = 1e-2,
    schedule: str = "cosine",
    checkpoints: Sequence[int] = (),
    progress: Progress | None = None,
) -> Training:
    """Adam (Kingma and Ba 2015) on the full batch from θ; of shape (..., q): networks of one shape
    train side by side.

    Args:
        loss: what to minimise.
        theta: where to start, as `loss.network.initial(rng)`.
        steps: the number of steps.
        learning_rate: the first step's; `schedule` brings it down.
        schedule: a key of `SCHEDULES`.
        checkpoints: steps after which to keep θ.
        progress: called with the share that is done; an exception it raises ends the training.

    Raises:
        ValueError: no such schedule.
    """
    if schedule not in SCHEDULES:
        raise ValueError(f"There is no schedule {schedule!r}; the schedules: {', '.join(SCHEDULES)}.")
    theta = np.array(theta, dtype=float)
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    losses = np.empty((steps + 1, *theta.shape[:-1]))
    kept = {0: theta.copy()} if 0 in checkpoints else {}
    for step in range(steps):
        losses[step], gradient = loss.value_and_gradient(theta)
        mean += (1 - BETA_1) * (gradient - mean)
        square += (1 - BETA_2) * (gradient**2 - square)
        rate = learning_rate * SCHEDULES[schedule](step / steps)
        theta -= rate * (mean / (1 - BETA_1 ** (step + 1))) / (np.sqrt(square / (1 - BETA_2 ** (step + 1))) + EPSILON)
        if step + 1 in checkpoints:
            kept[step + 1] = theta.copy()
        if progress and step * REPORTS // steps != (step + 1) * REPORTS // steps:
            progress((step + 1) / steps)
    losses[steps] = loss(theta)
    return Training(theta, losses, MappingProxyType(kept))


@dataclass(frozen=True, eq=False)
class Finished:
    """A critical point that Newton's method reached, or came near.

    Attributes:
        theta: the parameters, shape (q,).
        loss: f there.
        gradient_norm: |∇f| there.
        smallest_eigenvalue: of H; positive at an isolated minimum.
        steps: Hessians it took.
        converged: whether |∇f| fell to the tolerance with H positive definite.
    """

    theta: Floats
    loss: float
    gradient_norm: float
    smallest_eigenvalue: float
    steps: int
    converged: bool


def polish(
    loss: Loss, theta: Floats, *, tolerance: float = 1e-12, max_steps: int = 200, progress: Progress | None = None
) -> Finished:
    """Damped Newton steps from θ of shape (q,) down to a minimum where S no longer depends on when
    training stopped.

    The step solves (H + μI) s = -∇f; μ shrinks when the step succeeds and grows when it does not
    (Levenberg and Marquardt), and never lets H + μI be indefinite. Wants `weight_decay` > 0:
    without it the minima of a network are not isolated, and this need not converge.
    """
    theta, damping = np.array(theta, dtype=float), 1e-3
    (value, gradient), H = loss.value_and_gradient(theta), loss.hessian(theta)
    for step in range(1, max_steps + 1):
        eigenvalues, V = np.linalg.eigh(H)
        norm = float(np.linalg.norm(gradient))
        if norm <= tolerance and eigenvalues[0] > 0:
            return Finished(theta, float(value), norm, float(eigenvalues[0]), step, True)
        theta, damping = _damped_step(loss, theta, value, gradient, eigenvalues, V, damping)
        (value, gradient), H = loss.value_and_gradient(theta), loss.hessian(theta)
        if progress:
            progress(step / max_steps)
    return Finished(
        theta, float(value), float(np.linalg.norm(gradient)), float(np.linalg.eigvalsh(H)[0]), max_steps, False
    )


def _damped_step(
    loss: Loss,
    theta: Floats,
    value: Floats,
    gradient: Floats,
    eigenvalues: Floats,
    V: Floats,
    damping: float,
) -> tuple[Floats, float]:
    """The next θ and the damping to try after it; θ itself where no step helps."""
    along = V.T @ gradient
    for _ in range(40):
        mu = max(damping, -2 * eigenvalues[0])
        candidate = theta - V @ (along / (eigenvalues + mu))
        lower, slope = loss.value_and_gradient(candidate)
        near = abs(lower - value) <= 1e-13 * abs(value) and np.linalg.norm(slope) < np.linalg.norm(gradient)
        if lower < value or near:
            return candidate, damping / 10 if damping > 1e-14 else 0.0
        damping = max(damping * 4, 1e-12)
    return theta, damping

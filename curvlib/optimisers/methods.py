"""The update rules. Each takes many points at once, shape (n, 2), and remembers what it must in an
array (n_memories, n, 2) that begins at 0.

In the formulas x is the point, g the gradient that was seen, which is ∇f plus `noise` times
standard normal numbers: the noise of stochastic gradient descent, the same in all directions.
"""

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from curvlib.arrays import Floats


class Optimiser(Protocol):
    """An update rule as `descend` needs it."""

    n_memories: ClassVar[int]

    @property
    def noise(self) -> float:
        """The standard deviation of each coordinate of the gradient's noise."""

    def ahead(self, x: Floats, memory: Floats) -> Floats:
        """The point at which the gradient is taken."""

    def update(self, memory: Floats, g: Floats, k: int) -> tuple[Floats, Floats]:
        """The change of x in step k = 1, 2, …, and the next memory."""


@dataclass(frozen=True)
class GradientDescent:
    """x ← x − η g; stochastic gradient descent where there is noise (Cauchy 1847; Robbins and Monro
    1951).

    Attributes:
        learning_rate: η.
        noise: standard deviation of each coordinate of the gradient's noise.
    """

    learning_rate: float = 0.01
    noise: float = 0.0
    n_memories: ClassVar[int] = 0

    def __post_init__(self) -> None:
        _check(self)

    def ahead(self, x: Floats, memory: Floats) -> Floats:
        return x

    def update(self, memory: Floats, g: Floats, k: int) -> tuple[Floats, Floats]:
        return -self.learning_rate * g, memory


@dataclass(frozen=True)
class Momentum:
    """The heavy ball: w ← μ w − η g, x ← x + w (Polyak 1964).

    Attributes:
        learning_rate: η.
        momentum: μ, in [0, 1); at 0 it is gradient descent.
        noise: standard deviation of each coordinate of the gradient's noise.
    """

    learning_rate: float = 0.01
    momentum: float = 0.9
    noise: float = 0.0
    n_memories: ClassVar[int] = 1

    def __post_init__(self) -> None:
        _check(self)

    def ahead(self, x: Floats, memory: Floats) -> Floats:
        return x

    def update(self, memory: Floats, g: Floats, k: int) -> tuple[Floats, Floats]:
        velocity = self.momentum * memory[0] - self.learning_rate * g
        return velocity, velocity[None]


class Nesterov(Momentum):
    """The heavy ball with its gradient taken where it is about to be, at x + μ w (Nesterov 1983, as
    written by Sutskever et al. 2013).
    """

    def ahead(self, x: Floats, memory: Floats) -> Floats:
        return x + self.momentum * memory[0]


@dataclass(frozen=True)
class Adam:
    """x ← x − η m̂ / (√v̂ + ε), each coordinate on its own (Kingma and Ba 2015, Algorithm 1):

        m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  m̂ = m / (1 − β₁ᵏ),  v̂ = v / (1 − β₂ᵏ).

    Attributes:
        learning_rate: η; about the length of a step in each coordinate, however steep the loss.
        beta1, beta2: how slowly the two means forget, in [0, 1).
        epsilon: ε.
        noise: standard deviation of each coordinate of the gradient's noise.
    """

    learning_rate: float = 0.01
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    noise: float = 0.0
    n_memories: ClassVar[int] = 2

    def __post_init__(self) -> None:
        _check(self)

    def ahead(self, x: Floats, memory: Floats) -> Floats:
        return x

    def update(self, memory: Floats, g: Floats, k: int) -> tuple[Floats, Floats]:
        m = self.beta1 * memory[0] + (1 - self.beta1) * g
        v = self.beta2 * memory[1] + (1 - self.beta2) * g**2
        m_hat, v_hat = m / (1 - self.beta1**k), v / (1 - self.beta2**k)
        return -self.learning_rate * m_hat / (np.sqrt(v_hat) + self.epsilon), np.stack([m, v])


def _check(optimiser: GradientDescent | Momentum | Adam) -> None:
    for name, value in vars(optimiser).items():
        if not np.isfinite(value) or value < 0 or (name in ("learning_rate", "epsilon") and value == 0):
            raise ValueError(
                f"{name} must be a finite number "
                f"{'above 0' if name in ('learning_rate', 'epsilon') else 'not below 0'}; it is {value}."
            )
        if name in ("momentum", "beta1", "beta2") and value >= 1:
            raise ValueError(f"{name} must be below 1; it is {value}.")

"""The experiment of Figure 4 as we run it: one task, one small network, many seeds."""

import numpy as np

from curvlib.arrays import Floats
from curvlib.nets.loss import Loss
from curvlib.nets.network import Network

PAIR = (107, 22)
"""Two seeds whose networks end at S ≈ 430 and S ≈ 616, the paper's "≈ 430" and "≈ 610"."""

COUNTEREXAMPLE = (99, 44)
"""Two seeds that contradict "smaller S, more robust":
S ≈ 350 and S ≈ 404, and the first is the more fragile.
"""


def task(network: Network | None = None, weight_decay: float = 0.0, noise: float = 0.1, n: int = 50) -> Loss:
    """Fit sin(πx) from n noisy samples on [-1, 1]; the noise is drawn with seed 0. The network is
    1-32-1 tanh if none is given.

    >>> task().network.size
    97
    """
    x = np.linspace(-1, 1, n)
    y = np.sin(np.pi * x) + noise * np.random.default_rng(0).standard_normal(n)
    return Loss(network or Network((1, 32, 1), "tanh"), x, y, weight_decay)


def start(loss: Loss, seed: int) -> Floats:
    """The initial parameters of a seed, shape (q,)."""
    return loss.network.initial(np.random.default_rng(seed))

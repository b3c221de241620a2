"""Fully connected networks as functions of one flat vector θ of parameters."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from curvlib.arrays import Floats
from curvlib.nets.activations import ACTIVATIONS, Activation


@dataclass(frozen=True)
class Network:
    """A fully connected network: affine layers with an activation between them, none after the
    last.

    Parameters live in one vector θ of length q, layer by layer: the weights W (fan_in × fan_out,
    row by row), then the biases b. Every function takes θ of shape (..., q): many networks of one
    shape are trained, differentiated or perturbed at once.

    Attributes:
        widths: units of each layer from the input to the output, as (1, 32, 1).
        activation: a key of `ACTIVATIONS`.

    Raises:
        ValueError: fewer than two widths, a width below one, or no such activation.

    >>> Network((1, 32, 1), "tanh").size
    97
    """

    widths: tuple[int, ...] = (1, 32, 1)
    activation: str = "tanh"

    def __post_init__(self) -> None:
        if len(self.widths) < 2 or min(self.widths) < 1:
            raise ValueError(
                f"The widths {self.widths} do not make a network; "
                "give the inputs, any hidden layers and the outputs, each at least 1."
            )
        if self.activation not in ACTIVATIONS:
            raise ValueError(f"There is no activation {self.activation!r}; the activations: {', '.join(ACTIVATIONS)}.")

    @property
    def size(self) -> int:
        """q, the number of parameters."""
        return sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(self.widths))

    @property
    def sigma(self) -> Activation:
        return ACTIVATIONS[self.activation]

    def initial(self, rng: np.random.Generator) -> Floats:
        """A random θ: weights and biases of each layer from U(-1/√fan_in, 1/√fan_in), drawn in the
        order of θ; shape (q,).
        """
        draws = []
        for fan_in, fan_out in pairwise(self.widths):
            bound = 1 / np.sqrt(fan_in)
            draws += [rng.uniform(-bound, bound, fan_in * fan_out), rng.uniform(-bound, bound, fan_out)]
        return np.concatenate(draws)

    def layers(self, theta: Floats) -> Iterator[tuple[Floats, Floats]]:
        """W of shape (..., fan_in, fan_out) and b of shape (..., 1, fan_out) of each layer: views
        into θ.

        Raises:
            ValueError: θ has another length than q.
        """
        if theta.shape[-1] != self.size:
            raise ValueError(f"θ has {theta.shape[-1]} entries; a network {self.widths} has {self.size}.")
        start = 0
        for fan_in, fan_out in pairwise(self.widths):
            middle, end = start + fan_in * fan_out, start + (fan_in + 1) * fan_out
            yield theta[..., start:middle].reshape(*theta.shape[:-1], fan_in, fan_out), theta[..., None, middle:end]
            start = end

    def predict(self, theta: Floats, x: Floats) -> Floats:
        """The outputs, shape (..., n, outputs), for inputs x of shape (n, inputs), or (n,) where
        there is one input.
        """
        a = as_columns(x, self.widths[0])
        *hidden, (W, b) = self.layers(np.asarray(theta, dtype=float))
        for weights, bias in hidden:
            a = self.sigma.values(a @ weights + bias)[0]
        return a @ W + b

    def rescaled(self, theta: Floats, alpha: float, layer: int = 0) -> Floats:
        """Dinh's rescaling: W and b of a hidden layer times α, the next layer's W divided by α; a
        new θ.

        A homogeneous activation (ReLU) makes the two networks the same function, and so equally
        good, while tr H and S change without bound.

        Raises:
            ValueError: the activation is not homogeneous, α is not positive, or there is no such
                hidden layer.
        """
        if not self.sigma.homogeneous:
            raise ValueError(f"Rescaling changes a {self.sigma.name} network's function; only ReLU has σ(αz) = α σ(z).")
        if not (alpha > 0 and 0 <= layer < len(self.widths) - 2):
            raise ValueError(
                f"α = {alpha} must be positive and the hidden layer {layer} one of the {len(self.widths) - 2}."
            )
        theta = np.array(theta, dtype=float)
        (W, b), (after, _) = list(self.layers(theta))[layer : layer + 2]
        for part, factor in ((W, alpha), (b, alpha), (after, 1 / alpha)):
            part *= factor
        return theta


def as_columns(x: Floats, width: int) -> Floats:
    """Samples as rows, shape (n, width).

    Raises:
        ValueError: the samples have another width.
    """
    x = np.asarray(x, dtype=float)
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or x.shape[1] != width:
        raise ValueError(f"Samples of shape {x.shape} do not fit {width} units; give an array (n, {width}).")
    return x

"""The loss of a network on data, its gradient, its Hessian and the product of the Hessian with
vectors, all exact.

The gradient is reverse mode written out. Differentiating that program forward along a direction
gives H·direction (Pearlmutter 1994: forward over reverse), for many directions at once; along the q
unit vectors it gives all of H.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats
from curvlib.nets.network import Network, as_columns

BLOCK = 4_000_000
"""Numbers in the largest array of one block of directions: 32 MB."""


@dataclass(frozen=True, eq=False)
class Loss:
    """f(θ) = mean over samples and outputs of (prediction - y)² + (weight_decay/2) |θ|², the
    full-batch loss of a network.

    Attributes:
        network: what predicts.
        x: inputs, (n, inputs) or (n,).
        y: targets, (n, outputs) or (n,).
        weight_decay: the strength of the quadratic penalty; with it minima are isolated.
    """

    network: Network
    x: Floats
    y: Floats
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "x", as_columns(self.x, self.network.widths[0]))
        object.__setattr__(self, "y", as_columns(self.y, self.network.widths[-1]))
        if len(self.x) != len(self.y) or not len(self.x):
            raise ValueError(f"{len(self.x)} inputs and {len(self.y)} targets do not pair up.")

    def __call__(self, theta: Floats) -> Floats:
        """f at θ of shape (..., q); shape (...)."""
        theta = np.asarray(theta, dtype=float)
        residual = self.network.predict(theta, self.x) - self.y
        return (residual**2).mean(axis=(-1, -2)) + self.weight_decay / 2 * (theta**2).sum(axis=-1)

    def value_and_gradient(self, theta: Floats) -> tuple[Floats, Floats]:
        """f, shape (...), and ∇f, shape (..., q), by one pass forward and one back."""
        theta = np.asarray(theta, dtype=float)
        trace = list(self._forward(theta))
        residual = trace[-1][3] - self.y
        slope = residual * (2 / self.y.size)
        parts: list[Floats] = []
        for W, a, sigma_1, _, _ in reversed(trace):
            slope = slope * sigma_1
            parts[:0] = [_transposed(a) @ slope, slope.sum(axis=-2)]
            slope = slope @ _transposed(W)
        value = (residual**2).mean(axis=(-1, -2)) + self.weight_decay / 2 * (theta**2).sum(axis=-1)
        return value, _flat(parts, theta.shape[:-1]) + self.weight_decay * theta

    def gradient(self, theta: Floats) -> Floats:
        """∇f at θ of shape (..., q); the same shape."""
        return self.value_and_gradient(theta)[1]

    def hvp(self, theta: Floats, directions: Floats) -> Floats:
        """H·direction for each direction, shape (..., k, q) or (q,); θ of shape (..., q)."""
        theta, directions = np.asarray(theta, dtype=float), np.asarray(directions, dtype=float)
        if directions.ndim == 1:
            return self.hvp(theta, directions[None, :])[..., 0, :]
        widest = max(self.network.widths) * len(self.x) * max(1, theta[..., 0].size)
        blocks = np.array_split(directions, max(1, -(-directions.shape[-2] * widest // BLOCK)), axis=-2)
        return np.concatenate([self._products(theta, block) for block in blocks], axis=-2)

    def hessian(self, theta: Floats) -> Floats:
        """H at θ, shape (..., q, q), symmetric to the last bit."""
        H = self.hvp(theta, np.eye(self.network.size))
        return (H + _transposed(H)) / 2

    def _forward(self, theta: Floats) -> Iterable[tuple[Floats, ...]]:
        """Yields W, the input, σ', σ'' and the output of each layer. The last one has no σ:
        its σ' is 1.
        """
        a, layers = self.x, list(self.network.layers(theta))
        for depth, (W, b) in enumerate(layers):
            z = a @ W + b
            out, sigma_1, sigma_2 = (
                self.network.sigma.values(z) if depth < len(layers) - 1 else (z, np.ones(1), np.zeros(1))
            )
            yield W, a, sigma_1, out, sigma_2
            a = out

    def _products(self, theta: Floats, directions: Floats) -> Floats:
        """The derivative of `value_and_gradient`, statement by statement, along each direction;
        D marks a derivative.
        """
        trace = list(self._forward(theta[..., None, :]))
        tangents = list(self._tangents(trace, directions))
        slope = (trace[-1][3] - self.y) * (2 / self.y.size)
        D_slope = tangents[-1][3] * (2 / self.y.size)
        parts: list[Floats] = []
        for (W, a, sigma_1, _, sigma_2), (D_W, D_a, D_z, _) in zip(reversed(trace), reversed(tangents), strict=True):
            D_slope = D_slope * sigma_1 + slope * sigma_2 * D_z
            slope = slope * sigma_1
            parts[:0] = [_transposed(D_a) @ slope + _transposed(a) @ D_slope, D_slope.sum(axis=-2)]
            D_slope = D_slope @ _transposed(W) + slope @ _transposed(D_W)
            slope = slope @ _transposed(W)
        leading = np.broadcast_shapes((*theta.shape[:-1], 1), directions.shape[:-1])
        return _flat(parts, leading) + self.weight_decay * directions

    def _tangents(self, trace: list[tuple[Floats, ...]], directions: Floats) -> Iterable[tuple[Floats, ...]]:
        """Yields DW of each layer, and the derivatives of its input, of z and of its output."""
        D_a = np.zeros((1, *self.x.shape))
        for (W, a, sigma_1, _, _), (D_W, D_b) in zip(trace, self.network.layers(directions), strict=True):
            D_z = D_a @ W + a @ D_W + D_b
            D_out = sigma_1 * D_z
            yield D_W, D_a, D_z, D_out
            D_a = D_out


def _transposed(matrices: Floats) -> Floats:
    return np.swapaxes(matrices, -1, -2)


def _flat(parts: list[Floats], leading: tuple[int, ...]) -> Floats:
    """Weights (..., fan_in, fan_out) and biases (..., fan_out) in turn, laid out as θ is."""
    shaped = [part.reshape(*part.shape[: part.ndim - (2 - index % 2)], -1) for index, part in enumerate(parts)]
    return np.concatenate([np.broadcast_to(part, (*leading, part.shape[-1])) for part in shaped], axis=-1)

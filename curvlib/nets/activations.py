"""Activation functions with the two derivatives that an exact Hessian needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from curvlib.arrays import Floats


@dataclass(frozen=True)
class Activation:
    """σ, σ' and σ'' at an array of numbers z, all three at once: they share their work.

    Attributes:
        name: what people call it.
        smooth: whether σ'' exists everywhere; where it does not, the Hessian is that of the smooth
            piece the data lie in.
        homogeneous: whether σ(αz) = α σ(z) for α > 0, so that Dinh's rescaling leaves the network's
            function alone.
        values: z → (σ, σ', σ'').
    """

    name: str
    smooth: bool
    homogeneous: bool
    values: Callable[[Floats], tuple[Floats, Floats, Floats]]


def _tanh(z: Floats) -> tuple[Floats, Floats, Floats]:
    t = np.tanh(z)
    slope = 1 - t * t
    return t, slope, -2 * t * slope


def _softplus(z: Floats) -> tuple[Floats, Floats, Floats]:
    slope = (1 + np.tanh(z / 2)) / 2
    return np.logaddexp(0, z), slope, slope * (1 - slope)


def _relu(z: Floats) -> tuple[Floats, Floats, Floats]:
    slope = (z > 0).astype(float)
    return z * slope, slope, np.zeros_like(z)


def _sine(z: Floats) -> tuple[Floats, Floats, Floats]:
    s = np.sin(z)
    return s, np.cos(z), -s


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "tanh": Activation("tanh", True, False, _tanh),
        "softplus": Activation("softplus", True, False, _softplus),
        "relu": Activation("ReLU", False, True, _relu),
        "sine": Activation("sine", True, False, _sine),
    }
)
"""The activations a network may have, by name."""

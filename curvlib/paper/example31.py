"""Example 3.1 and Figure 2: f(u, v) = e^(-cu) sin(u) sin(v), whose two closed forms the paper
prints with slips.

Each function takes u and v of shapes that broadcast and returns an array of their shape.
"""

from typing import Any

import numpy as np

from curvlib.arrays import Floats

TEXT = "exp(-c*u)*sin(u)*sin(v)"
"""The loss in curvlib's language; `parse(TEXT)` differentiates it without these formulas."""

WINDOW = ((0.0, 10.0), (0.0, 10.0))

TRACE = r"\operatorname{tr}\mathbf H=e^{-cu}\left(-2c\cos u+(c^2-2)\sin u\right)\sin v"
TRACE_AS_PRINTED = r"\operatorname{tr}\mathbf H=e^{-cu}\left(-2u\cos u+(c^2-2)\sin u\right)\sin v"
CURVATURE = (
    r"S=\frac{e^{2cu}\left((c^2-1)\cos 2u-\cos 2v-c(c-2\sin 2u)\right)}"
    r"{\left(e^{2cu}+\cos^2v\,\sin^2u+(\cos u-c\sin u)^2\sin^2v\right)^2}"
)
CURVATURE_AS_PRINTED = r"S=\frac{(c^2-1)\cos 2u-\cos 2v-c(c-2\sin 2u)}{e^{2cu}+\cos v\,\sin^2u+(\cos u-c\sin u)\sin^2v}"


def loss(u: Any, v: Any, c: float = 0.1) -> Floats:
    """f = e^(-cu) sin(u) sin(v)."""
    return np.exp(-c * u) * np.sin(u) * np.sin(v)


def hessian_trace(u: Any, v: Any, c: float = 0.1) -> Floats:
    """tr H = e^(-cu) (-2c cos u + (c² - 2) sin u) sin v."""
    return np.exp(-c * u) * (-2 * c * np.cos(u) + (c**2 - 2) * np.sin(u)) * np.sin(v)


def hessian_trace_as_printed(u: Any, v: Any, c: float = 0.1) -> Floats:
    """The same with the paper's -2u cos u in place of -2c cos u; at (3,
    1) +3.53 instead of -0.05.
    """
    return np.exp(-c * u) * (-2 * u * np.cos(u) + (c**2 - 2) * np.sin(u)) * np.sin(v)


def scalar_curvature(u: Any, v: Any, c: float = 0.1) -> Floats:
    """S = e^(2cu) N / (e^(2cu) + cos²v sin²u + (cos u - c sin u)² sin²v)², N = (c² - 1) cos
    2u - cos 2v - c (c - 2 sin 2u).

    Where the waves are high S > 0 marks their crests and troughs, S < 0 the saddles between them.

    >>> round(float(scalar_curvature(1, 2)), 12)
    0.657600738275
    """
    growth = np.exp(2 * c * u)
    slopes = np.cos(v) ** 2 * np.sin(u) ** 2 + (np.cos(u) - c * np.sin(u)) ** 2 * np.sin(v) ** 2
    return growth * _numerator(u, v, c) / (growth + slopes) ** 2


def scalar_curvature_as_printed(u: Any, v: Any, c: float = 0.1) -> Floats:
    """The paper's fraction: the numerator without e^(2cu), the denominator not squared, nor cos v
    and cos u - c sin u in it.

    >>> round(float(scalar_curvature_as_printed(1, 2)), 12)
    0.94906750536
    """
    with np.errstate(divide="ignore"):
        return _numerator(u, v, c) / (
            np.exp(2 * c * u) + np.cos(v) * np.sin(u) ** 2 + (np.cos(u) - c * np.sin(u)) * np.sin(v) ** 2
        )


def _numerator(u: Any, v: Any, c: float) -> Any:
    return (c**2 - 1) * np.cos(2 * u) - np.cos(2 * v) - c * (c - 2 * np.sin(2 * u))

"""A loss on a window, seen with the window's own size as the unit of length."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.arrays import AnyFloats, Bools, Floats
from curvlib.evaluation.jets import Jet
from curvlib.grid import Grid

UNDERFLOWN = 1e-280
"""Second derivatives smaller than this carry no digits:
where they are all that is left, nothing can be said of the gradient.
"""

TINY = np.finfo(float).tiny
"""The least scale that is divided by."""

BORDER = 1e-9
"""The scaled distance beyond the border up to which a point still lies on it: a point on the border
is found within rounding of it.
"""

KEPT = 1e-13
"""The part of the larger eigenvalue of H below which the other one is rounding, and counts as zero.
"""


@dataclass(frozen=True, slots=True)
class Spots:
    """Some points of a landscape and the derivatives there, per unit of the window.

    Attributes:
        x: (u, v) as they are, shape (n, 2).
        f: shape (n,).
        gradient: size · ∇f, shape (n, 2).
        hessian: size · H · size, shape (n, 2, 2).
    """

    x: Floats
    f: Floats
    gradient: Floats
    hessian: Floats

    def __len__(self) -> int:
        return len(self.x)

    def where(self, chosen: Any) -> "Spots":
        """The spots that an index or a mask chooses."""
        return Spots(self.x[chosen], self.f[chosen], self.gradient[chosen], self.hessian[chosen])

    @property
    def defined(self) -> Bools:
        """True where f and all its derivatives are finite, shape (n,)."""
        return (
            np.isfinite(self.f) & np.isfinite(self.gradient).all(axis=-1) & np.isfinite(self.hessian).all(axis=(-1, -2))
        )


@dataclass(frozen=True)
class ScaledWindow:
    """A loss over a window; lengths called "scaled" are shares of the window's sides.

    Attributes:
        sample: the jet at arrays of u and v.
        low: the window's lower corner, shape (2,).
        size: its sides, shape (2,).
    """

    sample: Callable[[Floats, Floats], Jet[np.float64]]
    low: Floats
    size: Floats

    @classmethod
    def over(cls, grid: Grid, sample: Callable[[Floats, Floats], Jet[np.float64]]) -> "ScaledWindow":
        low, high = np.array([grid.u_range, grid.v_range]).T
        return cls(sample, low, high - low)

    def spots(self, x: Floats) -> Spots:
        """The points x of shape (n, 2) with their derivatives."""
        jet = self.sample(x[:, 0], x[:, 1])
        gradient = np.stack([jet.f_u, jet.f_v], axis=-1) * self.size
        hessian = (
            np.stack([jet.f_uu, jet.f_uv, jet.f_uv, jet.f_vv], axis=-1).reshape(-1, 2, 2)
            * self.size
            * self.size[:, None]
        )
        return Spots(x, jet.f, gradient, hessian)

    def moved(self, x: Floats, step: AnyFloats) -> Floats:
        """x moved by a scaled step."""
        return x + step * self.size

    def distance(self, x: Floats, y: Floats) -> Floats:
        """The scaled distance between points, along the last axis."""
        apart = (x - y) / self.size
        return np.sqrt(apart[..., 0] ** 2 + apart[..., 1] ** 2)

    def contains(self, x: Floats, margin: float = BORDER) -> Bools:
        """True for points in the window, its border and a scaled margin included."""
        share = (x - self.low) / self.size
        return np.all((share >= -margin) & (share <= 1 + margin), axis=-1)

    def rounding(self, x: Floats) -> Floats:
        """The scaled distance that floating point cannot resolve at points x, shape (n,)."""
        return np.finfo(float).eps * np.linalg.norm(np.abs(x) / self.size, axis=-1)


def newton_step(gradient: Floats, hessian: Floats, kept: float = KEPT) -> Floats:
    """-H⁺ ∇f, shape (n, 2): the smallest step to where the quadratic model is level;
    eigenvalues below `kept` times the largest count as zero.
    """
    a, b, d = hessian[:, 0, 0], hessian[:, 0, 1], hessian[:, 1, 1]
    determinant = a * d - b * b
    step = (
        np.stack([b * gradient[:, 1] - d * gradient[:, 0], b * gradient[:, 0] - a * gradient[:, 1]], axis=-1)
        / determinant[:, None]
    )
    doubtful = ~(np.abs(determinant) > 2 * kept * (a * a + 2 * b * b + d * d)) | ~np.isfinite(step).all(axis=-1)
    if doubtful.any():
        step[doubtful] = _least_step(gradient[doubtful], hessian[doubtful], kept)
    return step


def _least_step(gradient: Floats, hessian: Floats, kept: float) -> Floats:
    eigenvalues, frame = np.linalg.eigh(hessian)
    along = np.einsum("nij,ni->nj", frame, gradient)
    large = np.abs(eigenvalues) > kept * np.abs(eigenvalues).max(axis=-1, keepdims=True)
    return np.einsum("nij,nj->ni", frame, np.divide(-along, eigenvalues, out=np.zeros_like(along), where=large))

"""Derivatives from samples: polynomials fitted by least squares to a window that moves along one
axis (Savitzky and Golay 1964).

With five points and degree 4 the fit goes through all of them: the usual central differences of
fourth order. Wider windows average noise away and see less detail. Near an end the last whole
window is used, off its middle.
"""

from dataclasses import dataclass

import numpy as np

from curvlib.arrays import Floats


@dataclass(frozen=True)
class Stencil:
    """A moving fit along one axis.

    Attributes:
        half_width: m; the window has 2m + 1 points.
        degree: of the polynomial, at most 2m.
        step: between two points.
    """

    half_width: int
    degree: int
    step: float

    def along(self, values: Floats, axis: int, derivative: int) -> Floats:
        """The derivative of order 0, 1 or 2 along an axis, everywhere; the shape stays."""
        from scipy.signal import savgol_filter

        if derivative == 0 and self.degree == 2 * self.half_width:
            return values
        return savgol_filter(
            values, 2 * self.half_width + 1, self.degree, deriv=derivative, delta=self.step, axis=axis, mode="interp"
        )

    def amplification(self, size: int, derivative: int) -> Floats:
        """The factor by which independent noise of the samples grows in the
        derivative, at each of `size` points of the axis.
        """
        from scipy.signal import savgol_coeffs

        m = self.half_width
        rows = [
            savgol_coeffs(2 * m + 1, self.degree, deriv=derivative, delta=self.step, pos=at, use="dot")
            for at in range(2 * m + 1)
        ]
        norms = np.linalg.norm(rows, axis=1)
        return np.concatenate([norms[:m], np.full(size - 2 * m, norms[m]), norms[m + 1 :]])


@dataclass(frozen=True)
class Stencils:
    """A fit over a rectangle: one along u, one along v."""

    u: Stencil
    v: Stencil

    def derivative(self, values: Floats, order_u: int, order_v: int) -> Floats:
        """The partial derivative of an array (n_v, n_u)."""
        return self.v.along(self.u.along(values, 1, order_u), 0, order_v)

    def amplification(self, shape: tuple[int, int], order_u: int, order_v: int) -> Floats:
        """Standard deviation of that derivative for samples with independent noise of standard
        deviation 1, shape (n_v, n_u).
        """
        return np.outer(self.v.amplification(shape[0], order_v), self.u.amplification(shape[1], order_u))


def noise_level(values: Floats) -> float:
    """Standard deviation of independent noise on samples of a smooth function; NaN where there are
    too few of them.

    Fourth differences along both axes leave nothing of a function that is smooth on the scale of a
    few cells, and noise times √70 from each axis; their median absolute value over 0.6745 √70
    estimates σ and does not mind outliers. What is left of the function counts as noise: the
    estimate is never much too small.

    >>> bool(noise_level(np.add.outer(np.arange(20.0), np.arange(20.0) ** 2)) < 1e-12)
    True
    """
    with np.errstate(all="ignore"):
        differences = [np.abs(np.diff(values, 4, axis=axis)).ravel() for axis in (0, 1) if values.shape[axis] > 4]
    found = np.concatenate([part[np.isfinite(part)] for part in differences]) if differences else np.empty(0)
    return float(np.median(found)) / (0.6745 * np.sqrt(70)) if found.size else np.nan

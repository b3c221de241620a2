"""Orthonormal frames of the metric, and the fan of directions at a point."""

from typing import Any

import numpy as np

from curvlib.arrays import Floats


def root_of_inverse_metric(f_u: Any, f_v: Any) -> Floats:
    """g^(−1/2) = I − (1 − 1/√(1 + |∇f|²)) n nᵀ with n = ∇f/|∇f|, shape (..., 2, 2):
    its columns are an orthonormal frame.
    """
    gradient = np.stack(np.broadcast_arrays(np.asarray(f_u, float), np.asarray(f_v, float)), axis=-1)
    height = np.hypot(1, np.hypot(gradient[..., 0], gradient[..., 1]))
    part = gradient / height[..., None]
    share = height / (1 + height)  # (1 − 1/h)/|∇f|² = 1/(h (1 + h)), without its cancellation
    return np.eye(2) - share[..., None, None] * part[..., :, None] * part[..., None, :]


def unit_directions(f_u: float, f_v: float, angles: Floats) -> Floats:
    """Unit tangent vectors (2, n) at the given angles in the frame of `root_of_inverse_metric`."""
    return root_of_inverse_metric(f_u, f_v) @ np.stack([np.cos(angles), np.sin(angles)])


def angle_of(f_u: float, f_v: float, direction: Floats) -> float:
    """The angle in that frame of a tangent vector: g^(1/2) turns it into plain coordinates."""
    gradient = np.array([f_u, f_v])
    height = np.hypot(1, np.hypot(*gradient))
    x, y = direction + gradient * (gradient @ direction) / (1 + height)
    return float(np.arctan2(y, x))


def inner(f_u: Any, f_v: Any, x: Floats, y: Floats) -> Floats:
    """g(x, y) = x·y + (∇f·x)(∇f·y); components on the first axis."""
    return x[0] * y[0] + x[1] * y[1] + (f_u * x[0] + f_v * x[1]) * (f_u * y[0] + f_v * y[1])


def norm(f_u: Any, f_v: Any, x: Floats) -> Floats:
    """√g(x, x), without overflow or underflow on the way."""
    return np.hypot(np.hypot(x[0], x[1]), f_u * x[0] + f_v * x[1])


def turned(f_u: Any, f_v: Any, x: Floats) -> Floats:
    """*x: the vector turned by a right angle, counterclockwise in the plane, of the same length."""
    height = np.sqrt(1 + f_u**2 + f_v**2)
    covector = np.stack([x[0] + f_u * (f_u * x[0] + f_v * x[1]), x[1] + f_v * (f_u * x[0] + f_v * x[1])])
    return np.stack([-covector[1], covector[0]]) / height

"""The way that looks straight in the parameter plane, measured on the graph."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from curvlib.evaluation.bound_loss import landscape
from curvlib.language.expression import Expression

PIECES = 512
"""The number of pieces into which a curve is divided;
a polyline's segments get their share, and at least one each.
"""


def segment_length(
    expression: Expression, p: Sequence[float], q: Sequence[float], parameters: Mapping[str, float] | None = None
) -> float:
    """The length on the graph of the curve over the straight segment from p to q; NaN where f ends
    on it.

    >>> from curvlib import parse
    >>> round(segment_length(parse("u^2"), (0, 0), (1, 0)), 9)  # √5/2 + asinh(2)/4
    1.478942858
    """
    return polyline_length(expression, [p, q], parameters)


def polyline_length(
    expression: Expression, corners: Any, parameters: Mapping[str, float] | None = None, pieces: int = PIECES
) -> float:
    """The length on the graph of the curve over a polyline with these corners (n, 2), by Gauss's
    rule of two points on each piece; NaN where f ends on it.
    """
    corners = np.asarray(corners, float)
    steps = np.diff(corners, axis=0)
    flat = np.hypot(*steps.T)
    if not flat.any():
        return 0.0
    counts = np.maximum(1, np.ceil(pieces * flat / flat.sum())).astype(int)
    segment = np.repeat(np.arange(len(steps)), counts)
    piece = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    shares = (piece[:, None] + 0.5 + np.array([-0.5, 0.5]) / np.sqrt(3)) / counts[segment][:, None]
    step = steps[segment][:, None]
    points = corners[segment][:, None] + step * shares[..., None]
    _, f_u, f_v, *_ = landscape(expression, parameters).jet(points[..., 0], points[..., 1])
    with np.errstate(all="ignore"):  # infinite where the way is too long for float64
        speeds = np.sqrt(step[..., 0] ** 2 + step[..., 1] ** 2 + (f_u * step[..., 0] + f_v * step[..., 1]) ** 2)
        return float((speeds.mean(axis=1) / counts[segment]).sum())

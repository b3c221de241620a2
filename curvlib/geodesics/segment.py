"""The way that looks straight in the parameter plane, measured on the graph."""

from collections.abc import Mapping, Sequence

import numpy as np

from curvlib.geodesics.landscape import landscape
from curvlib.language.expression import Expression

PIECES = 512


def segment_length(expression: Expression, p: Sequence[float], q: Sequence[float], parameters: Mapping[str, float] | None = None) -> float:
    """The length on the graph of the curve over the straight segment from p to q, by Gauss's rule of two points on each of many pieces; NaN where f ends on it.

    >>> from curvlib import parse
    >>> round(segment_length(parse("u^2"), (0, 0), (1, 0)), 9)  # √5/2 + asinh(2)/4
    1.478942858
    """
    start, step = np.asarray(p, float), np.asarray(q, float) - np.asarray(p, float)
    shares = ((np.arange(PIECES)[:, None] + 0.5 + np.array([-0.5, 0.5]) / np.sqrt(3)) / PIECES).ravel()
    _, f_u, f_v, *_ = landscape(expression, parameters).jet(*(start[:, None] + step[:, None] * shares))
    return float(np.sqrt(step @ step + (f_u * step[0] + f_v * step[1]) ** 2).mean())

"""Optimisers on a loss: gradient descent and its relatives, walked step by step, with the curvature
along the way.

>>> from curvlib import parse
>>> path = descend(parse("u^2 + 4*v^2"), (1, 1), GradientDescent(learning_rate=0.1), steps=500)
>>> path.ending, path.kind
('converged', 'minimum')
"""

from curvlib.optimisers.descent import FAR, GRADIENT_TOLERANCE, MAX_POINTS, STEP_TOLERANCE, descend, descents
from curvlib.optimisers.methods import Adam, GradientDescent, Momentum, Nesterov, Optimiser
from curvlib.optimisers.path import ENDINGS, Path

__all__ = [
    "ENDINGS",
    "FAR",
    "GRADIENT_TOLERANCE",
    "MAX_POINTS",
    "STEP_TOLERANCE",
    "Adam",
    "GradientDescent",
    "Momentum",
    "Nesterov",
    "Optimiser",
    "Path",
    "descend",
    "descents",
]

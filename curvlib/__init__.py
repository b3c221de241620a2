"""Riemannian geometry of loss landscapes: the graph of f(u, v) with the metric g = I + ∇f ∇fᵀ.

>>> import curvlib
>>> loss = curvlib.parse("exp(-c*u) sin(u) sin(v)")
>>> fields = curvlib.evaluate(loss, curvlib.Grid((0, 10), (0, 10)), {"c": 0.1})
>>> fields.scalar_curvature.shape
(256, 256)
"""

from curvlib import curvature
from curvlib.critical import CriticalCurve, CriticalPoint, critical_points
from curvlib.errors import CurvlibError, ExpressionError
from curvlib.fields import Fields, evaluate
from curvlib.geometry import PointGeometry, geometry_at
from curvlib.grid import Grid
from curvlib.jets import Jet, jet
from curvlib.language.expression import Expression
from curvlib.language.grammar import parse
from curvlib.presets import PRESETS, Preset

__all__ = [
    "PRESETS",
    "CriticalCurve",
    "CriticalPoint",
    "CurvlibError",
    "Expression",
    "ExpressionError",
    "Fields",
    "Grid",
    "Jet",
    "PointGeometry",
    "Preset",
    "critical_points",
    "curvature",
    "evaluate",
    "geometry_at",
    "jet",
    "parse",
]

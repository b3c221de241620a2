"""Riemannian geometry of loss landscapes: the graph of f(u, v) with the metric g = I + ∇f ∇fᵀ.

>>> import curvlib
>>> loss = curvlib.parse("exp(-c*u) sin(u) sin(v)")
>>> fields = curvlib.evaluate(loss, curvlib.Grid((0, 10), (0, 10)), {"c": 0.1})
>>> fields.scalar_curvature.shape
(256, 256)
"""

from curvlib import curvature
from curvlib.balls.ball import geodesic_ball
from curvlib.critical import CriticalCurve, CriticalPoint, critical_points
from curvlib.errors import CurvlibError, ExpressionError
from curvlib.evaluation.fields import Fields, evaluate
from curvlib.evaluation.jets import jet
from curvlib.evaluation.point import PointGeometry, geometry_at
from curvlib.geodesics.between import geodesics_between
from curvlib.geodesics.geodesic import geodesic
from curvlib.geodesics.transport import parallel_transport
from curvlib.grid import Grid
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
    "PointGeometry",
    "Preset",
    "critical_points",
    "curvature",
    "evaluate",
    "geodesic",
    "geodesic_ball",
    "geodesics_between",
    "geometry_at",
    "jet",
    "parallel_transport",
    "parse",
]

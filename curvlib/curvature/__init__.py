"""The curvature of the graph of a loss from its derivatives:
the paper's formulas, and the definitions they are compared with.
"""

from curvlib.curvature.formulas import (
    christoffel,
    hessian_square_trace,
    hessian_trace,
    inverse_metric,
    jet_scalar_curvature,
    mean_curvature,
    metric,
    participation_ratio,
    principal_curvatures,
    ricci,
    riemann,
    scalar_curvature,
    scalar_curvature_at_minimum,
    shape_operator,
    volume_element,
)

__all__ = [
    "christoffel",
    "hessian_square_trace",
    "hessian_trace",
    "inverse_metric",
    "jet_scalar_curvature",
    "mean_curvature",
    "metric",
    "participation_ratio",
    "principal_curvatures",
    "ricci",
    "riemann",
    "scalar_curvature",
    "scalar_curvature_at_minimum",
    "shape_operator",
    "volume_element",
]

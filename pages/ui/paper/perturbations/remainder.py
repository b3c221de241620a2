"""Equation (7) held against one loss: the largest rise at each distance from its minimum, and the
remainder that the equation leaves out.
"""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from curvlib import Expression
from curvlib.arrays import Floats
from curvlib.evaluation.jets import jet
from curvlib.paper import perturbations
from pages.ui.charts import plots
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette


@dataclass(frozen=True, eq=False)
class Excess:
    """The largest (Δf)² at each distance ε from a minimum at the origin, and the largest that (7)
    allows; arrays of shape (n,).
    """

    epsilon: Floats
    largest: Floats
    printed: Floats
    tight: Floats

    @property
    def breaks(self) -> bool:
        """True if the loss exceeds equation (7) as printed."""
        return bool((self.largest > self.printed * (1 + 1e-9)).any())


def excess(loss: Expression) -> Excess:
    """Equation (7) held against a loss of two weights in 720 directions."""
    at = jet(loss, 0.0, 0.0)
    H = np.array([[at.f_uu, at.f_uv], [at.f_uv, at.f_vv]], dtype=float)
    epsilon, turn = np.geomspace(0.02, 1.0, 60), np.linspace(0, 2 * np.pi, 720, endpoint=False)
    rises = jet(loss, epsilon[:, None] * np.cos(turn), epsilon[:, None] * np.sin(turn)).f - at.f
    found = [perturbations.bounds(H, each) for each in epsilon]
    return Excess(
        epsilon,
        np.nanmax(rises**2, axis=1),
        np.array([bound.printed for bound in found]),
        np.array([bound.tight for bound in found]),
    )


def is_minimum(loss: Expression) -> bool:
    """True if the loss has a critical point with a semidefinite Hessian at the origin,
    which (7) is about.
    """
    at = jet(loss, 0.0, 0.0)
    H = np.array([[at.f_uu, at.f_uv], [at.f_uv, at.f_vv]], dtype=float)
    return bool(
        np.isfinite(H).all()
        and np.hypot(at.f_u, at.f_v) < 1e-9
        and np.linalg.eigvalsh(H)[0] > -1e-9
        and abs(H).max() > 0
    )


def figure(found: Excess, palette: Palette) -> go.Figure:
    """The largest (Δf)² against the distance, both on logarithmic axes."""
    first, second, *_ = plots.series(palette)
    traces = [
        plots.line(found.epsilon, found.largest, second, "largest (Δ<i>f</i> )²", 3),
        plots.line(found.epsilon, found.printed, palette.text, "(7): ¼ε⁴ tr <i>H</i> ²", 1.8, "dash"),
        plots.line(found.epsilon, found.tight, first, "¼ε⁴ max λ²", 1.8, "dot"),
    ]
    powers = {"type": "log", "exponentformat": "power", "dtick": 2}
    distances = {"type": "log", "tickvals": [0.02, 0.05, 0.1, 0.2, 0.5, 1]}
    return plots.chart(traces, palette, "distance ε from the minimum", "(Δ<i>f</i> )²", xaxis=distances, yaxis=powers)


def about(found: Excess) -> str:
    """The caption of the figure."""
    over = found.epsilon[found.largest > found.printed * (1 + 1e-9)]
    words = "It stays below equation (7) as printed."
    if len(over):
        words = f"It is above equation (7) as printed from ε = {short(over[0], 2)} on."
    return f"The largest (Δf)² over 720 directions at each distance from the minimum, both axes logarithmic. {words}"

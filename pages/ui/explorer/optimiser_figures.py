"""Figures of optimisers: their curves against the step. Values in, figures out."""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import plotly.graph_objects as go

from pages.ui.charts import plots
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette
from pages.ui.landscape.optimiser_paths import DASHES, colours
from pages.ui.results.descents import OPTIMISERS, Descents

MEASURES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "f": ("f", "<i>f</i>", "f"),
        "S": ("scalar_curvature", "<i>S</i>", "S"),
        "trace": ("hessian_trace", "tr <i>H</i>", "tr H"),
        "gradient": ("gradient_norm", "|∇<i>f</i> |", "|∇f|"),
    }
)
"""Curve → its attribute of a `Path`, how a figure and how a sentence writes it."""

MOST_POINTS = 1000
"""The most points of a curve that are sent."""


def curve(done: Descents, measure: str, palette: Palette) -> tuple[go.Figure, str]:
    """One of `MEASURES` against the step for every optimiser; and the caption."""
    attribute, symbol, _ = MEASURES[measure]
    drawn, alone = [], len(done.walks) == 1
    for name, walk in done.walks.items():
        values = getattr(walk.path, attribute)
        k = np.unique(np.linspace(0, len(values) - 1, min(len(values), MOST_POINTS)).round().astype(int))
        hover = f"{OPTIMISERS[name].name}, step %{{x}}: %{{y:.6g}}<extra></extra>"
        drawn.append(
            plots.line(
                k,
                values[k],
                palette.accent if alone else colours(palette)[name],
                "" if alone else OPTIMISERS[name].name,
                2.2,
                DASHES[name],
                hovertemplate=hover,
            )
        )
    log = measure == "gradient" and any((walk.path.gradient_norm > 0).any() for walk in done.walks.values())
    chart = plots.chart(drawn, palette, "step", symbol, yaxis={"type": "log", "exponentformat": "power"} if log else {})
    return chart, about(done, measure)


def about(done: Descents, measure: str) -> str:
    """A curve in words: from what to what, and between which ends."""
    attribute, _, words = MEASURES[measure]
    told = []
    for name, walk in done.walks.items():
        values = getattr(walk.path, attribute)
        finite = values[np.isfinite(values)]
        extent = f", between {short(float(finite.min()))} and {short(float(finite.max()))}" if finite.size else ""
        told.append(f"{OPTIMISERS[name].name} from {short(float(values[0]))} to {short(float(values[-1]))}{extent}")
    return f"{words} at each step. {'; '.join(told)}."

"""Example 3.1: its loss, and S and tr H of it by definition, as printed, and
corrected, as figures and as Python.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import plotly.graph_objects as go

from curvlib import Grid, evaluate, jet, parse
from curvlib.arrays import AnyFloats, Floats
from curvlib.curvature.formulas import jet_scalar_curvature
from curvlib.paper import example31
from curvlib.presets import ParameterRange
from pages.ui.charts import plots, scale
from pages.ui.charts.scale import Scale, short
from pages.ui.charts.theme import Palette

LOSS = parse(example31.TEXT)
SIDE = 160
RANGES: Mapping[str, ParameterRange] = MappingProxyType({"c": ParameterRange(0.1, 0.0, 1.0)})
WAYS = ("corrected", "as printed", "difference")


@dataclass(frozen=True)
class Quantity:
    """The quantities that the example prints a formula for."""

    words: str
    corrected: Callable[..., Floats]
    as_printed: Callable[..., Floats]
    function: str


QUANTITIES: Mapping[str, Quantity] = MappingProxyType(
    {
        "S": Quantity("S", example31.scalar_curvature, example31.scalar_curvature_as_printed, "scalar_curvature"),
        "tr H": Quantity("tr H", example31.hessian_trace, example31.hessian_trace_as_printed, "hessian_trace"),
    }
)


@dataclass(frozen=True, eq=False)
class Compared:
    """S or tr H over Figure 2's window, arrays of shape (n_v, n_u).

    Attributes:
        grid: where.
        values: by the closed form, for each of `WAYS`.
        definition: from exact derivatives, without the closed form.
        colours: one scale for all of them: that of the definition.
    """

    grid: Grid
    values: Mapping[str, Floats]
    definition: AnyFloats
    colours: Scale


def compared(quantity: str, c: float) -> Compared:
    """One quantity everywhere, both ways."""
    grid = Grid(*example31.WINDOW, (SIDE, SIDE))
    fields, chosen = evaluate(LOSS, grid, {"c": c}), QUANTITIES[quantity]
    definition = fields.scalar_curvature if quantity == "S" else fields.hessian_trace
    u, v = grid.u[None, :], grid.v[:, None]
    corrected, printed = chosen.corrected(u, v, c), chosen.as_printed(u, v, c)
    values = dict(zip(WAYS, (corrected, printed, printed - corrected), strict=True))
    return Compared(grid, values, definition, scale.diverging(definition))


def largest_difference(shown: Compared) -> float:
    """The largest difference between the corrected closed form and the definition."""
    return float(np.abs(shown.values["corrected"] - shown.definition).max())


def error(shown: Compared) -> float:
    """The rounding that the closed forms may have, of terms as large as the largest
    value on the map.
    """
    return 1e-12 * float(np.nanmax(np.abs(shown.definition)))


def at_point(quantity: str, point: tuple[float, float], c: float) -> tuple[float, float, float]:
    """The quantity at one point by definition, corrected, and as printed."""
    chosen, at = QUANTITIES[quantity], jet(LOSS, *point, {"c": c})
    definition = (
        jet_scalar_curvature(at.f_u, at.f_v, at.f_uu, at.f_uv, at.f_vv) if quantity == "S" else at.f_uu + at.f_vv
    )
    return float(definition), float(chosen.corrected(*point, c)), float(chosen.as_printed(*point, c))


def map_of(shown: Compared, way: str, point: tuple[float, float], palette: Palette) -> go.Figure:
    """One of the ways as a map."""
    return plots.field_map(
        shown.values[way], shown.grid.u, shown.grid.v, shown.colours, palette, plots.ring(*point, palette)
    )


def about(shown: Compared, quantity: str, way: str) -> str:
    """The caption of a map."""
    values = shown.values[way]
    finite = values[np.isfinite(values)]
    said = {
        "corrected": f"{quantity} of e^(−cu) sin u sin v by the corrected closed form",
        "as printed": f"The formula for {quantity} as printed",
        "difference": f"{quantity} as printed less {quantity} corrected",
    }[way]
    outside = float((np.abs(finite) > shown.colours.limit).mean())
    beyond = f" {100 * outside:.0f} % lies beyond the ends of the colours." if outside > 0.005 else ""
    return (
        f"{said}, on [0, 10]²: from {short(float(finite.min()))} to {short(float(finite.max()))}.{beyond} "
        "The ring is the chosen point."
    )


def python(quantity: str, point: tuple[float, float], c: float) -> str:
    """The numbers at the point, in Python."""
    function, (u, v) = QUANTITIES[quantity].function, point
    return f"""import curvlib
from curvlib.paper import example31

u, v, c = {u!r}, {v!r}, {c!r}
at = curvlib.geometry_at(curvlib.parse(example31.TEXT), (u, v), {{"c": c}})
print("by definition:", at.{function})
print("corrected:    ", float(example31.{function}(u, v, c)))
print("as printed:   ", float(example31.{function}_as_printed(u, v, c)))
"""

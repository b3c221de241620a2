"""Figure 1: two wells and a canyon, and one set of random walks for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import plotly.graph_objects as go

from curvlib import Expression, Grid, geometry_at, parse
from curvlib.arrays import Floats
from curvlib.paper import diffusion
from curvlib.paper.diffusion import WellTrace
from curvlib.presets import ParameterRange
from pages.ui.charts import plots
from pages.ui.charts.picture import Picture
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette
from pages.ui.panel import Overlay, overlays_of
from pages.ui.results import cache

STATEMENTS = (
    ("Figure 1", r"x_t=x_{\min}+\sigma W_t,\qquad \Delta f=f(x_t)-f(x_{\min})"),
    (
        "At a quadratic minimum, after time 1",
        r"\mathbb E\,\Delta f=\tfrac{\sigma^2}2\operatorname{tr}\mathbf H,\qquad S=2\lambda_1\lambda_2",
    ),
)

STEPS = 200
MOST_PATHS = 4000
NAMES = ("sharp well", "flat well", "canyon")
WIDTHS: Mapping[str, float] = MappingProxyType({"s1": 0.4, "s2": 1.2, "s3": 0.4})
LABELS: Mapping[str, str] = MappingProxyType({"s1": "sharp", "s2": "flat", "s3": "canyon"})
CENTRES = ((-2.0, 0.0), (2.0, 0.0), (7.0, 0.0))


@dataclass(frozen=True, eq=False)
class Walks:
    """The walks, and their results.

    Attributes:
        loss: f(u, v), with the widths as parameters.
        widths: their values, by name.
        scale: how far a walk gets in each coordinate, as a standard deviation.
        paths: the walks from 0, shape (n_paths, n_steps + 1, 2).
        wells: what the loss did, by the name of the well.
    """

    loss: Expression
    widths: Mapping[str, float]
    scale: float
    paths: Floats
    wells: Mapping[str, WellTrace]


def ranges(canyon: bool) -> dict[str, ParameterRange]:
    """The widths that can be dragged, with the canyon's or without."""
    return {name: ParameterRange(width, 0.2, 2.0) for name, width in list(WIDTHS.items())[: 2 + canyon]}


def walk(widths: Mapping[str, float], scale: float, n_paths: int, seed: int) -> Walks:
    """The same walks in each well: two of them, or three, as there are widths."""
    loss = parse(diffusion.FIGURE_1_WITH_CANYON if len(widths) > 2 else diffusion.FIGURE_1)
    paths = diffusion.brownian_paths(np.random.default_rng(seed), n_paths, STEPS, scale)
    starts = {
        name: diffusion.well_bottom(loss, centre, widths)
        for name, centre in zip(NAMES, CENTRES[: len(widths)], strict=False)
    }
    wells = {name: diffusion.well_trace(loss, start, paths, widths) for name, start in starts.items()}
    return Walks(loss, widths, scale, paths, wells)


def expected(done: Walks, name: str) -> float:
    """The mean rise over all walks there could be, in closed form."""
    return diffusion.expected_pit_rise(done.wells[name].start, done.scale, tuple(done.widths.values()))


def curvature_by_definition(done: Walks, name: str) -> float:
    """S at the bottom of a well from the metric alone."""
    return geometry_at(done.loss, done.wells[name].start, done.widths).scalar_curvature_by_definition


def picture(done: Walks) -> Picture:
    """The landscape."""
    return cache.picture(
        done.loss, Grid((-4.5, 9.0 if len(done.wells) > 2 else 5.5), (-3.5, 3.5), (112, 192)), done.widths
    )


def over(done: Walks) -> list[Overlay]:
    """The layers over the landscape: its curves and points, and one walk in each well, as far as it
    is in the window.
    """
    window, found = picture(done).grid, []
    for name, well in done.wells.items():
        path = np.asarray(well.start) + done.paths[0]
        inside = (
            abs(path - np.mean([window.u_range, window.v_range], axis=1))
            <= np.ptp([window.u_range, window.v_range], axis=1) / 2
        ).all(axis=1)
        found.append(Overlay(f"a walk in the {name}", np.where(inside[:, None], path, np.nan)))
    return [*overlays_of(picture(done)), *found]


def about_landscape(done: Walks) -> str:
    """The caption of the landscape."""
    wells = ", ".join(f"{short(well.scalar_curvature)} in the {name}" for name, well in done.wells.items())
    return f"The sliders are the widths. In each well the same random walk, started at its bottom, where S is {wells}."


def traces(done: Walks, palette: Palette) -> tuple[go.Figure, str]:
    """The loss along the walks; and the caption."""
    time, drawn = np.linspace(0, 1, STEPS + 1), []
    for colour, (name, well) in zip(plots.series(palette), done.wells.items(), strict=False):
        mean, error = well.rises.mean(axis=0), well.rises.std(axis=0, ddof=1) / np.sqrt(len(well.rises))
        drawn += [
            plots.line(time, well.rises[0], colour, width=1.1, opacity=0.55, hoverinfo="skip"),
            plots.band(time, mean - 2 * error, mean + 2 * error, colour, 0.3),
            plots.line(time, mean, colour, name, 2.6),
        ]
    chart = plots.chart(drawn, palette, "time", "rise of the loss")
    return chart, (
        "The rise of the loss along the walks: "
        "one walk (thin, the same in each well) and the mean of all (bold) with two standard errors about it."
    )


def histograms(done: Walks, palette: Palette) -> tuple[go.Figure, str]:
    """The distribution of the rise at the end; and the caption."""
    top = max(float(np.percentile(well.rises[:, -1], 99.5)) for well in done.wells.values()) or 1.0
    edges = np.linspace(min(0.0, *(float(well.rises[:, -1].min()) for well in done.wells.values())), top, 41)
    drawn = [
        plots.histogram(well.rises[:, -1], edges, colour, name)
        for colour, (name, well) in zip(plots.series(palette), done.wells.items(), strict=False)
    ]
    means = ", ".join(
        f"{short(well.mean_rise, 3)} ± {short(well.mean_rise_error, 2)} ({name})" for name, well in done.wells.items()
    )
    chart = plots.chart(drawn, palette, "rise of the loss at the end", "share of walks")
    return chart, f"The rise at the end of {len(done.paths):,} walks. The means with their standard errors: {means}."


def table(done: Walks) -> dict[str, list[object]]:
    """The wells and what happened in them, by column."""
    wells = done.wells.values()
    return {
        "": list(done.wells),
        "S at the bottom": [well.scalar_curvature for well in wells],
        "tr H at the bottom": [well.hessian_trace for well in wells],
        "mean rise": [well.mean_rise for well in wells],
        "standard error": [well.mean_rise_error for well in wells],
        "expected rise": [expected(done, name) for name in done.wells],
    }


def python(done: Walks, seed: int) -> str:
    """The numbers of the page, in Python."""
    text = "FIGURE_1_WITH_CANYON" if len(done.wells) > 2 else "FIGURE_1"
    return f"""import numpy as np
from curvlib import parse
from curvlib.paper import diffusion

loss, widths = parse(diffusion.{text}), {dict(done.widths)!r}
paths = diffusion.brownian_paths(np.random.default_rng({seed}), {len(done.paths)}, {STEPS}, {done.scale!r})
for near in {list(CENTRES[: len(done.wells)])!r}:
    well = diffusion.well_trace(loss, diffusion.well_bottom(loss, near, widths), paths, widths)
    print("S", well.scalar_curvature, "mean rise", well.mean_rise, "+-", well.mean_rise_error)
"""

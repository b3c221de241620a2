"""Figures of the escaping page: the mean rise in two wells, simulated, exact and to first order;
and the paths themselves.
"""

from functools import partial

import numpy as np
import plotly.graph_objects as go

from curvlib.arrays import Floats
from curvlib.curvature import spectra
from curvlib.paper import diffusion
from pages.ui.charts import plots
from pages.ui.charts.reference_lines import faded, in_legend, level, upright
from pages.ui.charts.theme import Palette

STATEMENTS = (
    ("Equation (9)", r"dx_t=-H\,x_t\,dt+H^{1/2}\,dW_t"),
    (
        "Equation (10) is the first order of",
        r"\mathbb E[f(x_t)-f(x_{\min})]=\tfrac14\operatorname{tr}\!\left(H(I-e^{-2Ht})\right)"
        r"=\tfrac t2\operatorname{tr}(H^2)-\dots",
    ),
)

STEPS = 60
REACH = 2.2
SHOWN = 12
"""Paths that are drawn; the means are taken over all."""

Wells = tuple[tuple[float, ...], tuple[float, ...]]


def normals(seed: int, n_paths: int) -> Floats:
    """The random numbers that drive both wells, shape (n_paths, STEPS, 2)."""
    return np.random.default_rng(seed).standard_normal((n_paths, STEPS, 2))


def race(wells: Wells, end: float, seed: int, n_paths: int) -> tuple[diffusion.Escape, diffusion.Escape]:
    """Both wells from time 0 to the end, driven by the same random numbers."""
    times = np.linspace(0, end, STEPS + 1)
    run = partial(diffusion.escape, times=times, normals=normals(seed, n_paths))
    return run(np.diag(wells[0])), run(np.diag(wells[1]))


def rises(found: tuple[diffusion.Escape, diffusion.Escape], wells: Wells, t: float, palette: Palette) -> go.Figure:
    """The mean rise over time: the simulation with two standard errors, the exact curve, equation
    (10), and where the exact one levels off.
    """
    traces, shapes = [], [upright(t, "t", palette.text, "dot", "start")]
    for name, shade, run, well in zip(("first", "second"), plots.series(palette), found, wells, strict=False):
        traces.append(
            plots.band(
                run.times, run.simulated - 2 * run.standard_error, run.simulated + 2 * run.standard_error, shade, 0.3
            )
        )
        traces.append(plots.line(run.times, run.exact, shade, f"{name}: exact", 2.5))
        traces.append(plots.line(run.times, run.printed, shade, f"{name}: (10)", 1.8, "dash"))
        shapes.append(in_legend(level(diffusion.saturation(np.diag(well)), f"{name}: ¼ tr <i>H</i>", shade, "dot")))
    ceiling = (
        1.25
        * max(
            max(diffusion.saturation(np.diag(well)) for well in wells), max(float(run.simulated.max()) for run in found)
        )
        or 1.0
    )
    return plots.chart(
        traces, palette, "time <i>t</i>", "mean rise E[Δ<i>f</i> ]", shapes=shapes, yaxis={"range": [0, ceiling]}
    )


def paths(wells: Wells, which: int, end: float, seed: int, palette: Palette) -> go.Figure:
    """Some paths of one well over its level lines."""
    H, shade = np.diag(wells[which]), plots.series(palette)[which]
    x = diffusion.ornstein_uhlenbeck_paths(H, np.linspace(0, end, STEPS + 1), normals(seed, SHOWN))
    side = np.linspace(-REACH, REACH, 80)
    f = (H[0, 0] * side[None, :] ** 2 + H[1, 1] * side[:, None] ** 2) / 2
    lines = {"start": 0.25, "end": 20, "size": 0.75, "coloring": "none"}
    levels = {"type": "contour", "x": side, "y": side, "z": f, "contours": lines, "line": {"color": palette.line}}
    joined = np.concatenate([np.vstack([path, [np.nan, np.nan]]) for path in x])
    traces = [
        levels | {"showscale": False, "showlegend": False, "hoverinfo": "skip"},
        plots.line(joined[:, 0], joined[:, 1], faded(shade, 0.6), f"{SHOWN} paths", 1.2, hoverinfo="skip"),
        plots.dots(x[:, -1, 0], x[:, -1, 1], shade, f"where they are at t = {end:g}"),
    ]
    room = {"range": [-REACH, REACH], "constrain": "domain", "showgrid": False}
    return plots.chart(traces, palette, "<i>x</i>₁", "<i>x</i>₂", xaxis=room, yaxis=room | {"scaleanchor": "x"})


def step_of(run: diffusion.Escape, t: float) -> int:
    """The step whose time is nearest to t."""
    return int(np.argmin(abs(run.times - t)))


def at_time(found: tuple[diffusion.Escape, diffusion.Escape], wells: Wells, t: float) -> dict[str, list[str | float]]:
    """Both wells at one time, as columns."""
    rows = [(run, step_of(run, t), spectra.spectrum(well)) for run, well in zip(found, wells, strict=True)]
    return {
        "well": ["first", "second"],
        "S": [well.scalar_curvature for _, _, well in rows],
        "tr H": [well.trace for _, _, well in rows],
        "tr H²": [well.square_trace for _, _, well in rows],
        "simulated": [float(run.simulated[step]) for run, step, _ in rows],
        "standard error": [float(run.standard_error[step]) for run, step, _ in rows],
        "exact": [float(run.exact[step]) for run, step, _ in rows],
        "equation (10)": [float(run.printed[step]) for run, step, _ in rows],
        "(10) is 10 % too high from t =": [diffusion.breakdown_time(np.diag(well)) for well in wells],
    }


def error(run: diffusion.Escape, t: float) -> float:
    """Four standard errors of the simulated mean."""
    return float(4 * run.standard_error[step_of(run, t)])


def about_rises(n_paths: int) -> str:
    """The caption of the first figure."""
    return (
        f"Mean rise of the loss in both wells. Bands: {n_paths:,} simulated paths, ± 2 standard errors. "
        "Solid: exact. Dashed: equation (10), the tangent at 0. "
        "Dotted: ¼ tr H, where the curves level off."
    )


def about_paths(name: str, t: float) -> str:
    """The caption of a figure of paths."""
    return (
        f"{SHOWN} paths in the {name} well from its bottom up to t = {t:g}, "
        "over the level lines of f; both wells get the same random numbers."
    )


def python(wells: Wells, end: float, t: float, seed: int, n_paths: int) -> str:
    """The race as Python."""
    return f"""import numpy as np
from curvlib.curvature import spectra
from curvlib.paper import diffusion

times = np.linspace(0, {end}, {STEPS + 1})
normals = np.random.default_rng({seed}).standard_normal(({n_paths}, {STEPS}, 2))
step = np.argmin(abs(times - {t}))
for well in {[list(well) for well in wells]}:
    race = diffusion.escape(np.diag(well), times, normals)
    print("simulated", race.simulated[step], "±", race.standard_error[step], \
"exact", race.exact[step], "(10)", race.printed[step])
"""

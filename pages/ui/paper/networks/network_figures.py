"""Figure 4 live: two trained networks, their spectra, and what weight noise does to their fits."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from curvlib import nets
from curvlib.curvature import formulas
from curvlib.nets.training_job import Task, Trained
from pages.ui.charts import plots
from pages.ui.charts.reference_lines import faded, upright
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette

STATEMENTS = (
    (
        "Figure 4",
        (
            r"S(\theta)=\operatorname{tr}(H)^2-\operatorname{tr}(H^2)\ "
            r"\text{after training},\qquad\theta\to\theta+\mathcal N(0,\sigma^2I)"
        ),
    ),
    (
        "What small noise does, exactly",
        (
            r"\mathbb E[\Delta f]=\tfrac{\sigma^2}2\operatorname{tr}H,\qquad"
            r"\operatorname{Var}(\Delta f)=\tfrac{\sigma^4}2\operatorname{tr}(H^2)"
        ),
    ),
)

DRAWS = 1000
"""Disturbed networks that are measured."""

DRAWN = 25
"""Disturbed networks whose fits are drawn."""

INPUTS = np.linspace(-1, 1, 121)

WIDTHS: Mapping[str, tuple[int, ...]] = {
    f"1-{'-'.join(map(str, hidden))}-1": (1, *hidden, 1)
    for hidden in ((32,), (1,), (8,), (16,), (64,), (8, 8), (16, 16))
}
"""The networks on offer, by name."""


@dataclass(frozen=True, eq=False)
class MeasuredNets:
    """Trained networks and what was measured of them.

    Attributes:
        task: what they were trained for.
        trained: the networks.
        geometry: of their landscapes, exact.
        fits: under noise, one for each network, on `INPUTS`.
        sigma: of the noise.
    """

    task: Task
    trained: Trained
    geometry: nets.NetGeometry
    fits: tuple[nets.PerturbedFits, ...]
    sigma: float

    @property
    def names(self) -> list[str]:
        return [f"seed {seed}" for seed in self.task.seeds]


def landscape(task: Task, trained: Trained, sigma: float, seed: int) -> MeasuredNets:
    """Measures the networks; the same noise falls on all of them."""
    loss = task.loss
    noise = sigma * np.random.default_rng(seed).standard_normal((DRAWS, loss.network.size))
    fits = tuple(nets.perturbed_fits(loss, theta, noise, INPUTS) for theta in trained.theta)
    return MeasuredNets(task, trained, nets.geometry(loss, trained.theta), fits, sigma)


def curvature_by_differences(found: MeasuredNets, which: int = 0) -> float:
    """S of a network by Proposition 2.3, from a Hessian by differences of the gradient."""
    loss, theta = found.task.loss, found.trained.theta[which]
    return float(formulas.scalar_curvature(loss.gradient(theta), nets.hessian_by_differences(loss, theta)))


def fits(found: MeasuredNets, which: int, palette: Palette) -> go.Figure:
    """The data, the fit of a network, and its fits under noise."""
    loss, shade = found.task.loss, plots.series(palette)[which]
    outputs = found.fits[which].predictions[..., 0]
    across = np.tile(np.append(INPUTS, np.nan), DRAWN)
    shaken = np.concatenate([np.append(curve, np.nan) for curve in outputs[:DRAWN]])
    low, high = np.quantile(outputs, (0.05, 0.95), axis=0)
    traces = [
        plots.band(INPUTS, low, high, shade, 0.18),
        plots.line(across, shaken, faded(shade, 0.35), f"{DRAWN} disturbed fits", 1, hoverinfo="skip"),
        plots.line(INPUTS, loss.network.predict(found.trained.theta[which], INPUTS)[:, 0], palette.ink, "the fit", 2.2),
        plots.dots(loss.x[:, 0], loss.y[:, 0], palette.text, "data", 4),
    ]
    return plots.chart(traces, palette, "input <i>x</i>", "output", yaxis={"range": [-2.4, 2.4]})


def rises(found: MeasuredNets, palette: Palette) -> go.Figure:
    """The distribution of the rises of the loss, network by network."""
    end = max(float(np.quantile(each.rises, 0.98)) for each in found.fits) or 1.0
    low = min(0.0, *(float(each.rises.min()) for each in found.fits))
    edges, colours = np.linspace(low, end, 61), plots.series(palette)
    traces = [
        plots.histogram(each.rises, edges, shade, name)
        for each, shade, name in zip(found.fits, colours, found.names, strict=False)
    ]
    for trace, shade in zip(traces, colours, strict=False):
        trace["fillcolor"] = faded(shade, 0.18)
    lines = zip(found.fits, found.names, colours, ("end", "middle"), strict=False)
    shapes = [upright(each.mean_rise, f"mean, {name}", shade, "solid", at) for each, name, shade, at in lines]
    return plots.chart(
        traces, palette, "rise of the loss Δ<i>f</i>", "share of the draws", shapes=shapes, xaxis={"range": [low, end]}
    )


def spectra(found: MeasuredNets, palette: Palette) -> go.Figure:
    """The eigenvalues of both Hessians by size, negative ones hollow."""
    traces = []
    for values, shade, name in zip(found.geometry.eigenvalues, plots.series(palette), found.names, strict=False):
        ordered = values[np.argsort(-abs(values))]
        symbols = np.where(ordered < 0, "circle-open", "circle")
        marker = {"color": shade, "size": 6, "symbol": symbols.tolist(), "line": {"color": shade, "width": 1}}
        traces.append(
            plots.dots(np.arange(1, len(ordered) + 1), np.maximum(abs(ordered), 1e-16), shade, name, marker=marker)
        )
    powers = {"type": "log", "exponentformat": "power", "dtick": 2}
    return plots.chart(traces, palette, "number of the eigenvalue", "|λ|", yaxis=powers)


def losses(found: MeasuredNets, palette: Palette) -> go.Figure:
    """The loss while Adam worked."""
    curves = zip(found.trained.losses.T, plots.series(palette), found.names, strict=False)
    traces = [plots.line(found.trained.steps, curve, shade, name) for curve, shade, name in curves]
    powers = {"type": "log", "exponentformat": "power", "dtick": 1}
    return plots.chart(traces, palette, "step of Adam", "loss", yaxis=powers)


def table(found: MeasuredNets) -> dict[str, list[str]]:
    """The measurements, a row a quantity and a column a network."""
    at, noise = found.geometry, found.sigma**2 / 2
    rows: dict[str, list[str]] = {
        "loss": [short(value) for value in at.loss],
        "|∇f|": [short(value) for value in at.gradient_norm],
        "S, Proposition 2.3": [short(value, 7) for value in at.scalar_curvature],
        "S, Corollary 2.1": [short(value, 7) for value in at.scalar_curvature_at_minimum],
        "tr H": [short(value, 5) for value in at.hessian_trace],
        "tr H²": [short(value, 5) for value in at.hessian_square_trace],
        "participation ratio": [short(value, 4) for value in at.participation_ratio],
        "smallest eigenvalue": [short(value, 3) for value in at.eigenvalues[:, 0]],
        "mean rise, measured ± s.e.": [
            f"{short(each.mean_rise)} ± {short(each.mean_rise_error, 2)}" for each in found.fits
        ],
        "mean rise, σ²/2 tr H": [short(noise * value) for value in at.hessian_trace],
        "spread, measured": [short(each.spread) for each in found.fits],
        "spread, σ²√(½ tr H²)": [short(2 * noise * float(np.sqrt(value / 2))) for value in at.hessian_square_trace],
    }
    return {"": list(rows)} | {name: [row[which] for row in rows.values()] for which, name in enumerate(found.names)}


def about_fits(found: MeasuredNets, which: int) -> str:
    """The caption of a figure of fits."""
    at, noisy = found.geometry, found.fits[which]
    measured = (
        f"S = {short(float(at.scalar_curvature_at_minimum[which]))}, "
        f"mean rise of the loss {short(noisy.mean_rise)} ± {short(noisy.mean_rise_error, 2)}."
    )
    return (
        f"Seed {found.task.seeds[which]}: {measured} "
        f"The band holds 90 % of the outputs under weight noise N(0, {found.sigma:g}²)."
    )


def about_rises(found: MeasuredNets) -> str:
    """The caption of the histogram."""
    return (
        f"Rises of the loss under {DRAWS:,} draws of weight noise of size σ = {found.sigma:g}, "
        "the same for both networks; lines: the means."
    )


def about_spectra(found: MeasuredNets) -> str:
    """The caption of the figure of spectra."""
    ratios = " and ".join(short(float(value), 3) for value in found.geometry.participation_ratio)
    return (
        f"All {found.geometry.eigenvalues.shape[1]} eigenvalues of each exact Hessian, the largest first; "
        f"hollow: negative. Participation ratios: {ratios}."
    )


def python(task: Task, sigma: float, seed: int) -> str:
    """The experiment as Python."""
    return f"""import numpy as np
from curvlib import nets
from curvlib.nets.training_job import Task, work

task = {task!r}
trained, loss = work(task), task.loss
landscape = nets.geometry(loss, trained.theta)
print("S by Proposition 2.3", landscape.scalar_curvature)
print("S by Corollary 2.1  ", landscape.scalar_curvature_at_minimum)

noise = {sigma!r} * np.random.default_rng({seed}).standard_normal(({DRAWS}, loss.network.size))
for number, theta in zip(task.seeds, trained.theta):
    fits = nets.perturbed_fits(loss, theta, noise)
    print(f"seed {{number}}: mean rise {{fits.mean_rise:.5f}} ± {{fits.mean_rise_error:.5f}}, \
spread {{fits.spread:.5f}}")
"""


def about_losses(found: MeasuredNets) -> str:
    """The caption of the figure of losses."""
    end = " and ".join(short(float(value), 5) for value in found.trained.losses[-1])
    newton = (
        f" Newton's method then {'found' if all(found.trained.converged) else 'did not find'} an isolated minimum."
        if found.trained.converged
        else ""
    )
    return f"The loss of both networks while Adam worked, logarithmic; at the end {end}.{newton}"

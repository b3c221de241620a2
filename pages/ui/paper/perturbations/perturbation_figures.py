"""Figures of the perturbations page: two minima under the same disturbances, and their rises under
Gaussian noise. Equation (7) at one loss is in `remainder`.
"""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from curvlib.arrays import Floats
from curvlib.paper import perturbations
from pages.ui.charts import plots
from pages.ui.charts.reference_lines import faded, in_legend, level, upright
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette

STATEMENTS = (
    (
        "Proposition 3.2, equation (7), with its remainder",
        (
            r"\left(f(x_{\min}+\varepsilon x)-f(x_{\min})\right)^2"
            r"\le\tfrac14\varepsilon^4\operatorname{tr}(H^2)+o(\varepsilon^4),\quad\|x\|=1"
        ),
    ),
    (
        "Equation (8), which does not hold",
        r"0\le S(x_1)\le S(x_2)\ \not\Rightarrow\ \operatorname{tr}(H_1^2)\le\operatorname{tr}(H_2^2)",
    ),
)

NAMES = ("first", "second")
ROOM = 0.2
"""The share of a figure's width that the name of a line takes on a telephone."""


@dataclass(frozen=True, eq=False)
class Clouds:
    """The effects of the same disturbances on two quadratic minima; arrays of shape (2, n).

    Attributes:
        around: Δf at distance ε, in evenly spread directions.
        noisy: Δf under N(0, σ²I).
        bounds: of each minimum, for (Δf)² at distance ε.
        epsilon, sigma: the sizes of the disturbances.
    """

    around: Floats
    noisy: Floats
    bounds: tuple[perturbations.Bounds, perturbations.Bounds]
    epsilon: float
    sigma: float

    @property
    def means(self) -> Floats:
        """The mean rise of each under noise."""
        return self.noisy.mean(axis=1)

    @property
    def mean_errors(self) -> Floats:
        """The standard errors of the means."""
        return self.noisy.std(axis=1, ddof=1) / np.sqrt(self.noisy.shape[1])

    @property
    def spreads(self) -> Floats:
        """The standard deviation of the rise of each."""
        return self.noisy.std(axis=1, ddof=1)


def clouds(first: tuple[float, ...], second: tuple[float, ...], size: float, seed: int, n: int = 2000) -> Clouds:
    """Two minima, given by their eigenvalues, under the same n directions at distance `size` and
    the same n draws of noise of that size.
    """
    rng = np.random.default_rng(seed)
    H = np.stack([np.diag(first), np.diag(second)])
    x, noise = size * perturbations.unit_vectors(rng, n, len(first)), size * rng.standard_normal((n, len(first)))
    both = perturbations.bounds(H[0], size), perturbations.bounds(H[1], size)
    return Clouds(perturbations.rise(H, x), perturbations.rise(H, noise), both, size, size)


def from_losses(eigenvalues: tuple[float, ...], sigma: float, seed: int) -> perturbations.Estimate:
    """S of a quadratic minimum estimated from its losses under noise, as if nothing
    else were known of it.
    """
    H = np.diag(eigenvalues)
    return perturbations.scalar_curvature_from_noise(
        lambda x: perturbations.rise(H, x), np.zeros(len(H)), sigma, np.random.default_rng(seed), 40_000
    )


BY = "from the eigenvalues"


def error(found: perturbations.Estimate) -> float:
    """Four standard errors of an estimate of S."""
    return 4 * found.standard_error


def within(found: Clouds) -> float:
    """The share of the directions in which neither minimum rises beyond its best bound."""
    best = np.sqrt([bound.tight for bound in found.bounds])[:, None]
    return float((found.around <= best * (1 + 1e-12)).all(axis=0).mean())


def directions(found: Clouds, palette: Palette) -> go.Figure:
    """Δf of the second minimum against Δf of the first, for the same disturbances of length ε, with
    the bounds of (7).
    """
    printed, tight = (np.sqrt([getattr(bound, name) for bound in found.bounds]) for name in ("printed", "tight"))
    first, second, third, *_ = plots.series(palette)
    end = 1.4 * float(printed.max()) or 1.0
    traces = [
        plots.line([0, end], [0, end], palette.text, "both rise alike", 1.2, "dot", hoverinfo="skip"),
        plots.dots(
            found.around[0],
            found.around[1],
            faded(third, 0.5),
            "a direction",
            4,
            hovertemplate="first %{x:.4g}, second %{y:.4g}<extra></extra>",
        ),
    ]
    # never larger than (7): its name has the other side to itself
    best = upright(float(tight[0]), "best, first", first, "solid", left=True)
    shapes = [
        upright(float(printed[0]), "(7), first", first),
        level(float(printed[1]), "(7), second", second),
        best if tight[0] > ROOM * end else in_legend(best),
        level(float(tight[1]), "best, second", second, "solid", below=True),
    ]
    room = {"range": [0, end]}
    return plots.chart(
        traces, palette, "Δ<i>f</i>, first minimum", "Δ<i>f</i>, second minimum", shapes=shapes, xaxis=room, yaxis=room
    )


def noise(found: Clouds, palette: Palette) -> go.Figure:
    """The distribution of the rises of both minima under Gaussian noise, with their means."""
    end = float(np.quantile(found.noisy, 0.995)) or 1.0
    edges, colours = np.linspace(0, end, 61), plots.series(palette)
    traces = [
        plots.histogram(values, edges, shade, f"{name} minimum")
        for values, shade, name in zip(found.noisy, colours, NAMES, strict=False)
    ]
    for trace, shade in zip(traces, colours, strict=False):
        trace["fillcolor"] = faded(shade, 0.18)
    shapes = [
        upright(float(found.means[k]), f"mean, {NAMES[k]}", colours[k], ("solid", "dash")[k], ("end", "middle")[k])
        for k in range(2)
    ]
    return plots.chart(traces, palette, "Δ<i>f</i>", "share of the draws", shapes=shapes, xaxis={"range": [0, end]})


def about_directions(found: Clouds, q: int) -> str:
    """The caption of the first figure."""
    above = float(np.mean(found.around[1] > found.around[0]))
    return (
        f"{found.around.shape[1]:,} directions of length ε = {found.epsilon:g} in {q} dimensions, "
        "the same for both minima. "
        f"Above the dotted diagonal the second minimum rises more: {100 * above:.0f} % of the directions. "
        "Dashed: the bounds of (7). Solid: the best ones, ½ε² max λ; no dot lies beyond them."
    )


def about_noise(found: Clouds) -> str:
    """The caption of the second figure."""
    said = (
        f"{name} {short(found.means[k], 4)} ± {short(found.mean_errors[k], 2)}, spread {short(found.spreads[k], 3)}"
        for k, name in enumerate(NAMES)
    )
    draws = f"Rises under the same {found.noisy.shape[1]:,} draws of noise of size σ = {found.sigma:g}."
    return f"{draws} Mean ± standard error, and standard deviation: {'; '.join(said)}."


def table(pair: perturbations.Duel) -> dict[str, list[str | float]]:
    """The duel as columns."""
    both = pair.first, pair.second
    columns = {
        "S": "scalar_curvature",
        "tr H": "trace",
        "tr H²": "square_trace",
        "participation ratio": "participation_ratio",
    }
    return {"minimum": list(NAMES)} | {
        name: [getattr(each, attribute) for each in both] for name, attribute in columns.items()
    }


def verdict(pair: perturbations.Duel) -> str:
    """The verdict of the pair on equation (8), in a sentence."""
    if pair.refutes:
        return "This pair contradicts (8): the first has the smaller S, and the larger tr H²."
    if not pair.premise:
        return "Equation (8) says nothing here: the first has the larger S. Exchange the two to test it."
    return "This pair agrees with (8): the first has the smaller S, and the smaller tr H²."


def python(first: tuple[float, ...], second: tuple[float, ...], size: float, seed: int) -> str:
    """The duel as Python."""
    return f"""import numpy as np
from curvlib.paper import perturbations

first, second = {list(first)}, {list(second)}
duel = perturbations.duel(first, second)
print("S", duel.first.scalar_curvature, duel.second.scalar_curvature)
print("tr H²", duel.first.square_trace, duel.second.square_trace, "contradicts (8):", duel.refutes)

H, rng = np.diag(first), np.random.default_rng({seed})
loss = lambda x: perturbations.rise(H, x)
found = perturbations.scalar_curvature_from_noise(loss, np.zeros(len(H)), {size}, rng, 40_000)
print("S of the first from its losses alone:", found.scalar_curvature, "±", found.standard_error)
"""

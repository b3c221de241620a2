"""The stored study of a hundred seeds: linked scatter plots, rank correlations, the length of
training, the well-posed variant.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
import plotly.graph_objects as go

from curvlib import nets
from pages.ui.charts import plots
from pages.ui.charts.reference_lines import bars, faded
from pages.ui.charts.scale import short
from pages.ui.charts.theme import ASSETS, Palette

STUDIES: Mapping[str, str] = {
    "3,000 steps, σ = 0.1": "sigma 0.1",
    "3,000 steps, σ = 0.01": "sigma 0.01",
    "1,500 steps, σ = 0.1": "1500 steps",
    "6,000 steps, σ = 0.1": "6000 steps",
}
PREDICTORS: Mapping[str, tuple[str, str]] = {
    "S": ("scalar_curvature", "<i>S</i>"),
    "tr H": ("hessian_trace", "tr <i>H</i>"),
    "tr H²": ("hessian_square_trace", "tr <i>H</i> ²"),
}
OUTCOMES: Mapping[str, tuple[str, str]] = {
    "mean rise": ("mean_rise", "mean rise of the loss"),
    "spread": ("spread", "spread of the rise"),
}
LENGTHS = ("1500 steps", "sigma 0.1", "6000 steps")


@cache
def studies() -> Mapping[str, nets.Study]:
    """The stored studies."""
    return nets.read_studies(ASSETS / "seeds.json")


@cache
def minima() -> Sequence[nets.RecurringMinimum]:
    """The stored minima of the well-posed variant."""
    return nets.read_minima(ASSETS / "seeds.json")


def scatter(study: nets.Study, predictor: str, outcome: str, marked: Sequence[int], palette: Palette) -> go.Figure:
    """A dot a seed: a fragility against a predictor, with standard errors of the mean;
    the marked seeds stand out in every figure.
    """
    (x, x_name), (y, y_name) = PREDICTORS[predictor], OUTCOMES[outcome]
    across, up = getattr(study, x), getattr(study, y)
    chosen = np.isin(study.seeds, marked)
    first, second, *_ = plots.series(palette)
    errors = {"type": "data", "array": study.mean_rise_error, "visible": outcome == "mean rise"}
    errors |= {"color": faded(first, 0.35), "thickness": 1, "width": 0}
    words = f"seed %{{customdata}}<br>{predictor} %{{x:.5g}}<br>{outcome} %{{y:.5g}}<extra></extra>"
    names = [f" {seed}" for seed in study.seeds[chosen]]
    traces = [
        plots.dots(across, up, faded(first, 0.75), "", 6, customdata=study.seeds, error_y=errors, hovertemplate=words),
        plots.dots(across[chosen], up[chosen], second, "", 11, hoverinfo="skip")
        | {"mode": "markers+text", "text": names, "textposition": "middle right", "textfont": {"color": palette.ink}},
    ]
    selecting = {"dragmode": "select", "clickmode": "event+select", "uirevision": f"{predictor} {outcome}"}
    return plots.chart(traces, palette, x_name, y_name, **selecting)


def correlations(study: nets.Study) -> dict[str, list[str]]:
    """Spearman's ρ of each predictor with each fragility, with 95 % intervals, as columns."""
    found = nets.rank_correlations(study)
    columns: dict[str, list[str]] = {"rank correlation with": list(OUTCOMES)}
    for name, (predictor, _) in PREDICTORS.items():
        rows = (found[outcome][predictor] for outcome, _ in OUTCOMES.values())
        columns[name] = [f"{row.rho:.3f}  [{row.low:.3f}, {row.high:.3f}]".replace("-", "−") for row in rows]
    return columns


def reading(study: nets.Study) -> str:
    """The meaning of the correlations, in sentences that follow the numbers."""
    found = nets.rank_correlations(study)
    names = {predictor: name for name, (predictor, _) in PREDICTORS.items()}
    best = {outcome: names[max(row, key=lambda predictor: row[predictor].rho)] for outcome, row in found.items()}
    wrong, pairs = len(nets.inversions(study)), len(study.seeds) * (len(study.seeds) - 1) // 2
    orders = " and ".join(
        f"{outcome} with ρ = {found[column]['scalar_curvature'].rho:.2f}" for outcome, (column, _) in OUTCOMES.items()
    )
    return (
        f"The mean rise is best ordered by **{best['mean_rise']}**, "
        f"the spread by **{best['spread']}**; S orders the {orders}. "
        f"Of {pairs:,} pairs of seeds {wrong} contradict “smaller S, more robust” outright: "
        "the one with the smaller S has the larger spread, and a mean rise larger by more than four standard errors."
    )


def counterexample(study: nets.Study) -> dict[str, list[float]]:
    """The pair that contradicts "smaller S, more robust", as columns."""
    rows = np.flatnonzero(np.isin(study.seeds, nets.COUNTEREXAMPLE))
    names = ("scalar_curvature", "hessian_trace", "hessian_square_trace", "mean_rise", "mean_rise_error", "spread")
    labels = ("S", "tr H", "tr H²", "mean rise", "its s.e.", "spread")
    return {"seed": study.seeds[rows].tolist()} | {
        label: getattr(study, name)[rows].tolist() for label, name in zip(labels, names, strict=True)
    }


def about_scatter(study: nets.Study, predictor: str, outcome: str) -> str:
    """The caption of a scatter plot."""
    found = nets.rank_correlations(study)[OUTCOMES[outcome][0]][PREDICTORS[predictor][0]]
    bars_ = " Bars: ± 1 standard error." if outcome == "mean rise" else ""
    return (
        f"{len(study.seeds)} seeds, a dot each: {outcome} against {predictor}; "
        f"ρ = {found.rho:.2f}, 95 % interval {found.low:.2f} to {found.high:.2f}.{bars_}"
    )


def lengths(marked: Sequence[int], palette: Palette) -> go.Figure:
    """S of each seed after 1,500, 3,000 and 6,000 steps, in training runs of that length."""
    steps = np.array([1500, 3000, 6000])
    values = np.stack([studies()[name].scalar_curvature for name in LENGTHS], axis=1)
    seeds, (first, second, *_) = studies()[LENGTHS[0]].seeds, plots.series(palette)
    across = np.tile(np.append(steps, np.nan), len(values))
    up = np.pad(values, ((0, 0), (0, 1)), constant_values=np.nan).ravel()
    traces = [plots.line(across, up, faded(first, 0.3), "a seed", 1, hoverinfo="skip")]
    for seed in seeds[np.isin(seeds, marked)]:
        traces.append(plots.line(steps, values[seeds == seed][0], second, f"seed {seed}", 2.2))
    axis = {"type": "log", "tickvals": steps.tolist(), "ticktext": ["1,500", "3,000", "6,000"], "range": [3.15, 3.8]}
    return plots.chart(traces, palette, "steps of training", "<i>S</i>", xaxis=axis)


def about_lengths() -> str:
    """The caption of the figure of lengths."""
    short_run, middle, long_run = (studies()[name].scalar_curvature for name in LENGTHS)
    rho = nets.rank_correlation(short_run, long_run).rho
    medians = ", ".join(short(float(np.median(values)), 3) for values in (short_run, middle, long_run))
    order = f"Order of the seeds, 1,500 against 6,000 steps: ρ = {rho:.2f}."
    return (
        "S of the same 100 starts after runs of three lengths. "
        f"Medians {medians}: S has not settled when training stops. {order}"
    )


def well_posed(palette: Palette) -> go.Figure:
    """The minima of the well-posed variant by how many seeds lead to them."""
    found = sorted(minima(), key=lambda minimum: minimum.scalar_curvature)
    names = [f"S = {minimum.scalar_curvature:.3f}" for minimum in found]
    counts = [len(minimum.seeds) for minimum in found]
    trace = bars(names, counts, plots.series(palette)[0]) | {
        "customdata": [f"loss {minimum.loss:.6f}" for minimum in found]
    }
    trace |= {"hovertemplate": "%{x}<br>%{y} seeds<br>%{customdata}<extra></extra>"}
    trace |= {"text": counts, "textposition": "outside", "cliponaxis": False}
    return plots.chart([trace], palette, "minimum", "seeds", xaxis={"type": "category"})


def about_well_posed() -> str:
    """The caption of the figure of minima."""
    counted = sum(len(minimum.seeds) for minimum in minima())
    ends = f"{counted} seeds end in {len(minima())} minima, each with its own S to the last digit."
    return f"1-16-1 with weight decay 0.001, finished by Newton's method to |∇f| ≤ 10⁻¹²: {ends}"

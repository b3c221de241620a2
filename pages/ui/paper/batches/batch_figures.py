"""Figures and words of the mini-batches page:
the data in the colours of their batches, and tr H and S batch by batch.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from curvlib import Expression
from curvlib.arrays import Floats, Ints
from curvlib.paper import batches
from pages.ui.charts import plots
from pages.ui.charts.reference_lines import bars, in_legend, level
from pages.ui.charts.scale import short
from pages.ui.charts.theme import Palette

STATEMENTS = (
    (
        "Equation (6), with weights by size",
        (
            r"\operatorname{tr}(H_{\mathcal D})=\sum_i\frac{|\mathcal B_i|}{|\mathcal D|}"
            r"\operatorname{tr}(H_{\mathcal B_i})"
        ),
    ),
    ("Proposition 3.1", r"S(H_{\mathcal D})\ne\mathbb E[S(H_{\mathcal B_i})]"),
    (
        "What is always true",
        (
            r"S_{\mathcal D}-\mathbb E[S_{\mathcal B}]=\mathbb E\|H_{\mathcal B}-H_{\mathcal D}\|_F^2"
            r"-\operatorname{Var}(\operatorname{tr}H_{\mathcal B})"
        ),
    ),
)

COLOURS = ("#2f7fb8", "#cf6a1f", "#2f9470", "#b8659a", "#8f7d22", "#7a6fc0", "#6e7379", "#4aa7c9", "#d3973a", "#a3483f")
"""The colours of the batches, readable on light and on dark; beyond ten they start again."""

SEARCHED, PAINTED = "widest gap, searched", "painted"

RULES = (*batches.SPLITS, "unequal", "random", SEARCHED, PAINTED)
"""The ways to split the data."""

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, eq=False)
class Dataset:
    """Data, a model at a point, and the Hessian of each sample's loss.

    Attributes:
        x, y: the samples.
        model: a formula in u, v and t.
        point: (u, v).
        hessians: shape (n, 2, 2).
    """

    x: Floats
    y: Floats
    model: Expression
    point: tuple[float, float]
    hessians: Floats


def experiment(model: Expression, point: tuple[float, float], half_width: float, n: int) -> Dataset:
    """The samples of Figure 3, n of them on [-half_width, half_width], and a model."""
    x, y = batches.figure3_data(half_width, n)
    return Dataset(x, y, model, point, batches.sample_hessians(model, x, y, point))


def errors(data: Dataset) -> tuple[float, float]:
    """The rounding that means of the samples' tr H may have, and of their squares."""
    size = float(np.sqrt((data.hessians**2).sum(axis=(1, 2)).mean()))
    return 1e-12 * size, 1e-12 * size**2


def labels(data: Dataset, rule: str, k: int, seed: int, painted: str) -> Ints:
    """The batch of each sample, by one of `RULES` but `SEARCHED`, which takes its time:
    see `searching`.
    """
    n = len(data.x)
    if rule == "random":
        return batches.random_split(n, k, np.random.default_rng(seed))
    if rule == "unequal":
        return batches.unequal_split(n, k)
    if rule == PAINTED:
        return read(painted, n, k)
    return batches.SPLITS[rule](data.x, k)


def read(painted: str, n: int, k: int) -> Ints:
    """The batches from a line with a digit or a letter for each sample;
    samples without a character, or with any other, are as in consecutive batches.
    """
    found = batches.SPLITS["consecutive"](np.arange(n), k)
    for sample, letter in enumerate(painted[:n]):
        if letter in LETTERS:
            found[sample] = LETTERS.index(letter)
    return found


def write(found: Ints) -> str:
    """The line that `read` reads."""
    return "".join(LETTERS[label] for label in found)


def data_figure(data: Dataset, found: Ints, palette: Palette) -> go.Figure:
    """The samples in the colours of their batches, and the model;
    a box drawn about samples selects them.
    """
    marker = {
        "color": [_colour(label) for label in found],
        "size": 9,
        "line": {"color": palette.background, "width": 1},
    }
    words = "x = %{x:.4g}, y = %{y:.4g}<br>batch %{customdata}<extra></extra>"
    traces = [
        plots.dots(data.x, data.y, "", marker=marker, customdata=found + 1, hovertemplate=words),
        plots.line(
            data.x,
            batches.predictions(data.model, data.x, data.point),
            palette.text,
            "the model",
            1.6,
            "dash",
            hoverinfo="skip",
        ),
    ]
    return plots.chart(
        traces, palette, "input <i>x</i>", "target <i>y</i>", dragmode="select", clickmode="event+select"
    )


def batch_figure(split: batches.BatchCurvature, quantity: str, palette: Palette) -> go.Figure:
    """tr H or S of each batch, of all the data, and on average."""
    values, full, mean = {
        "tr H": (split.traces, split.full_trace, split.mean_trace),
        "S": (split.curvatures, split.full_curvature, split.mean_curvature),
    }[quantity]
    names = [str(number) for number in range(1, len(values) + 1)]
    sign = "tr <i>H</i>" if quantity == "tr H" else "<i>S</i>"
    shapes = [
        in_legend(level(full, "all data", palette.accent, "solid")),
        in_legend(level(mean, "mean over batches", palette.ink)),
    ]
    together = np.append(values, [full, mean, 0.0])
    room = 0.12 * (np.ptp(together) or 1.0)
    reach = {"range": [together.min() - room, together.max() + room], "zeroline": True, "zerolinecolor": palette.line}
    named = {"showlegend": True, "margin": {"l": 62, "r": 14, "t": 34, "b": 48}}
    traces = [bars(names, values, [_colour(number) for number in range(len(values))])]
    return plots.chart(traces, palette, "batch", sign, shapes=shapes, xaxis={"type": "category"}, yaxis=reach, **named)


def table(split: batches.BatchCurvature) -> Mapping[str, list[str | float]]:
    """The averages with both weights, as columns."""
    return {
        "": ["tr H", "S"],
        "all data": [split.full_trace, split.full_curvature],
        "mean, weights by size": [split.mean_trace, split.mean_curvature],
        "mean, weights 1/k": [split.plain_mean_trace, split.plain_mean_curvature],
    }


def about_data(split: batches.BatchCurvature) -> str:
    """The caption of the first figure."""
    sizes = sorted({int(size) for size in split.sizes})
    size = f"{sizes[0]} to {sizes[-1]}" if len(sizes) > 1 else f"{sizes[0]}"
    return (
        f"{split.sizes.sum()} samples of a sine in {len(split.sizes)} batches of {size}, "
        "a colour each, and the model at the chosen weights."
    )


def about_batches(split: batches.BatchCurvature, quantity: str) -> str:
    """The caption of one of the other figures."""
    if quantity == "tr H":
        return (
            f"tr H of each batch. Over all the data {short(split.full_trace)}; "
            f"the mean over the batches is the same, {short(split.mean_trace)}."
        )
    return (
        f"S of each batch. Over all the data {short(split.full_curvature)}, "
        f"on average {short(split.mean_curvature)}: they differ by {short(split.gap)}."
    )


def regressions(angle: float) -> batches.BatchCurvature:
    """Two batches of one linear regression each, whose inputs are unit vectors at an
    angle in degrees.
    """
    turn = np.deg2rad(angle)
    second = np.round([np.cos(turn), np.sin(turn)], 15)
    return batches.batch_curvature(batches.regression_hessians([[1.0, 0.0], second]), [0, 1])


def half_sine_squared(angle: float) -> float:
    """½ sin² of an angle in degrees: the S of both regressions together."""
    return float(np.sin(np.deg2rad(angle)) ** 2 / 2)


def python(data: Dataset, found: Ints) -> str:
    """The split as Python."""
    return f"""import numpy as np
from curvlib import parse
from curvlib.paper import batches

x, y = batches.figure3_data({float(data.x[-1])!r}, {len(data.x)})
hessians = batches.sample_hessians(parse({data.model.canonical!a}), x, y, {data.point!r})
labels = np.array({found.tolist()})

split = batches.batch_curvature(hessians, labels)
print("S of all the data", split.full_curvature, "mean over batches", split.mean_curvature)
print("gap", split.gap, "=", split.deviation - split.trace_variance)
"""


def _colour(label: int) -> str:
    return COLOURS[label % len(COLOURS)]

"""Many seeds of one experiment: does S, tr H or tr H² predict which trained
networks are fragile?
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from curvlib.arrays import Floats, Ints
from curvlib.nets.figure4 import start
from curvlib.nets.geometry import geometry
from curvlib.nets.loss import Loss
from curvlib.nets.training import Progress, train

PREDICTORS = ("scalar_curvature", "hessian_trace", "hessian_square_trace")
FRAGILITY = ("mean_rise", "spread")
BATCH = 20
"""Seeds trained side by side."""
DRAWS = 500
"""Disturbed networks evaluated at once: what fits in a cache or two."""


@dataclass(frozen=True, eq=False)
class Study:
    """One row a seed; every array has shape (n_seeds,).

    Attributes:
        seeds: of the initial weights.
        loss, gradient_norm: at the end of training.
        scalar_curvature: tr(H)² - tr(H²), what the paper reports.
        hessian_trace, hessian_square_trace, participation_ratio: of the exact Hessian.
        mean_rise: of the loss under weight noise N(0, σ²I), over the same draws for every seed.
        mean_rise_error: its standard error.
        spread: the standard deviation of the rise.
    """

    seeds: Ints
    loss: Floats
    gradient_norm: Floats
    scalar_curvature: Floats
    hessian_trace: Floats
    hessian_square_trace: Floats
    participation_ratio: Floats
    mean_rise: Floats
    mean_rise_error: Floats
    spread: Floats


def study(
    loss: Loss,
    seeds: Iterable[int],
    *,
    steps: int = 3000,
    sigma: float = 0.1,
    n_draws: int = 10_000,
    progress: Progress | None = None,
) -> Study:
    """Train a network for each seed, measure its curvature exactly and its fragility by weight
    noise (seed 1, shared by all).

    Args:
        loss: the task, as `task()`.
        seeds: of the initial weights.
        steps: of Adam with a cosine schedule from 1e-2.
        sigma: the noise on each weight.
        n_draws: how many times the weights are disturbed.
        progress: called with the share that is done; an exception it raises ends the work.
    """
    noise = sigma * np.random.default_rng(1).standard_normal((n_draws, loss.network.size))
    batches = np.array_split(np.array(list(seeds)), max(1, -(-len(list(seeds)) // BATCH)))
    parts = []
    for done, batch in enumerate(batches):
        theta = train(loss, np.stack([start(loss, int(seed)) for seed in batch]), steps=steps).theta
        parts.append(_measured(loss, batch, theta, noise))
        if progress:
            progress((done + 1) / len(batches))
    return Study(
        **{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Study)}
    )


def _measured(loss: Loss, seeds: Ints, theta: Floats, noise: Floats) -> Study:
    landscape = geometry(loss, theta)
    rises = np.stack(
        [
            np.concatenate([loss(each + some) for some in np.array_split(noise, max(1, len(noise) // DRAWS))])
            for each in theta
        ]
    )
    rises -= landscape.loss[:, None]
    return Study(
        seeds=seeds,
        loss=landscape.loss,
        gradient_norm=landscape.gradient_norm,
        scalar_curvature=landscape.scalar_curvature_at_minimum,
        hessian_trace=landscape.hessian_trace,
        hessian_square_trace=landscape.hessian_square_trace,
        participation_ratio=landscape.participation_ratio,
        mean_rise=rises.mean(axis=1),
        mean_rise_error=rises.std(axis=1, ddof=1) / np.sqrt(rises.shape[1]),
        spread=rises.std(axis=1, ddof=1),
    )


@dataclass(frozen=True)
class RankCorrelation:
    """The rank correlation of two numbers of the networks:
    Spearman's ρ with a 95 % interval (Fisher's z).
    """

    rho: float
    low: float
    high: float


def rank_correlation(x: Floats | Ints, y: Floats | Ints) -> RankCorrelation:
    """Spearman's ρ of two arrays of shape (n,) without ties, n > 3.

    >>> rank_correlation(np.array([1, 2, 3, 4, 5]), np.array([2, 1, 3, 4, 5])).rho
    0.9
    """
    n = len(x)
    difference = np.argsort(np.argsort(x)) - np.argsort(np.argsort(y))
    rho = 1 - 6 * float((difference**2).sum()) / (n * (n**2 - 1))
    z, half = np.arctanh(np.clip(rho, -1 + 1e-12, 1 - 1e-12)), 1.96 * 1.03 / np.sqrt(n - 3)
    return RankCorrelation(rho, float(np.tanh(z - half)), float(np.tanh(z + half)))


def rank_correlations(results: Study) -> Mapping[str, Mapping[str, RankCorrelation]]:
    """Fragility measured → predictor → rank correlation over the seeds.

    At σ → 0 the mean rise is σ²/2 tr H and its variance σ⁴/2 tr H²: each has its own perfect
    predictor, and neither is S.
    """
    return {
        outcome: {name: rank_correlation(getattr(results, name), getattr(results, outcome)) for name in PREDICTORS}
        for outcome in FRAGILITY
    }


def inversions(results: Study) -> list[tuple[int, int]]:
    """Pairs of seeds that contradict "smaller S, more robust" in mean and in spread alike, by a
    clear margin; the widest gap of S first.

    (a, b) with S_a < S_b, but a's mean rise larger by more than four standard errors of it, and its
    spread larger too.
    """
    S, mean, spread = results.scalar_curvature, results.mean_rise, results.spread
    margin = 4 * np.hypot(results.mean_rise_error[:, None], results.mean_rise_error)
    wrong = (S[:, None] < S) & (mean[:, None] - mean > margin) & (spread[:, None] > spread)
    pairs = sorted(np.argwhere(wrong), key=lambda pair: S[pair[0]] - S[pair[1]])
    return [(int(results.seeds[a]), int(results.seeds[b])) for a, b in pairs]


def to_json(results: Study) -> dict[str, list[float]]:
    """Columns of plain numbers, eight significant digits."""
    return {
        name: [float(f"{value:.8g}") if name != "seeds" else int(value) for value in column]
        for name, column in asdict(results).items()
    }


def read_studies(path: str | Path) -> dict[str, Study]:
    """The studies stored in a JSON file, by name: `{"studies": {name: {column: [...]}}}`."""
    stored = json.loads(Path(path).read_text(encoding="utf-8"))["studies"]
    return {
        name: Study(**{column: np.array(values) for column, values in columns.items()})
        for name, columns in stored.items()
    }


@dataclass(frozen=True)
class RecurringMinimum:
    """A minimum that several seeds lead to, up to the symmetries of a network.

    Attributes:
        scalar_curvature: S there.
        loss: f there.
        seeds: those that lead to it.
    """

    scalar_curvature: float
    loss: float
    seeds: tuple[int, ...]


def read_minima(path: str | Path) -> list[RecurringMinimum]:
    """The minima of the well-posed variant stored in a JSON file, the most frequent first;
    seeds that did not converge are left out.
    """
    found: dict[tuple[float, float], list[int]] = {}
    for minimum in json.loads(Path(path).read_text(encoding="utf-8"))["minima"]:
        if minimum["converged"]:
            found.setdefault((round(minimum["scalar_curvature"], 3), round(minimum["loss"], 9)), []).append(
                minimum["seed"]
            )
    return [
        RecurringMinimum(S, loss, tuple(seeds))
        for (S, loss), seeds in sorted(found.items(), key=lambda item: -len(item[1]))
    ]

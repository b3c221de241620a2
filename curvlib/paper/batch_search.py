"""The search for the split with the widest gap, also as a job for a process of its own:
`python -m curvlib.paper.batch_search`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.arrays import Ints
from curvlib.jobs import answer
from curvlib.language.grammar import parse
from curvlib.paper.batches import BatchCurvature, batch_curvature, figure3_data, random_split, sample_hessians


def widest_gap(
    hessians: Any,
    k: int,
    rng: np.random.Generator,
    n_tries: int = 2000,
    progress: Callable[[float], None] | None = None,
) -> tuple[Ints, BatchCurvature]:
    """A split into k batches of nearly one size with |S_D - E[S_B]| as large as a random search
    finds it.

    Starts from the widest of some random splits and swaps two samples at a time where that widens
    the gap.

    Args:
        hessians: one a sample, shape (n, q, q).
        k: the number of batches, at most n.
        rng: of the search.
        n_tries: swaps tried, after a tenth as many random splits.
        progress: called with the share that is done; an exception it raises ends the search.

    Returns:
        The labels, shape (n,), and what they do.
    """
    hessians = np.asarray(hessians, dtype=float)
    n = len(hessians)
    best = max(
        (random_split(n, k, rng) for _ in range(max(1, n_tries // 10))),
        key=lambda labels: abs(batch_curvature(hessians, labels).gap),
    )
    widest = abs(batch_curvature(hessians, best).gap)
    for attempt in range(n_tries):
        labels = best.copy()
        i, j = rng.integers(n, size=2)
        labels[i], labels[j] = labels[j], labels[i]
        if best[i] != best[j] and (gap := abs(batch_curvature(hessians, labels).gap)) > widest:
            best, widest = labels, gap
        if progress and attempt % 100 == 0:
            progress(attempt / n_tries)
    return best, batch_curvature(hessians, best)


@dataclass(frozen=True)
class Search:
    """A search: the problem, its start and its length.

    Attributes:
        model: its formula, in u, v and t.
        point: (u, v).
        half_width, n: of the data, as for `figure3_data`.
        k: the number of batches.
        seed: of the search.
        tries: the swaps it tries.
    """

    model: str
    point: tuple[float, float]
    half_width: float
    n: int
    k: int
    seed: int
    tries: int = 2000


def work(search: Search, progress: Callable[[float], None] | None = None) -> Ints:
    """The labels that the search ends with, shape (n,); `progress` is called with the share that is
    done.

    >>> np.bincount(work(Search("u*sin(v*t)", (0.0, 0.0), 3.0, 12, 3, seed=0))).tolist()
    [4, 4, 4]
    """
    x, y = figure3_data(search.half_width, search.n)
    hessians = sample_hessians(parse(search.model), x, y, search.point)
    return widest_gap(hessians, search.k, np.random.default_rng(search.seed), search.tries, progress)[0]


def from_json(columns: Mapping[str, Any]) -> Ints:
    """The labels from their list."""
    return np.array(columns["labels"], dtype=int)


def _answer(asked: Mapping[str, Any], progress: Callable[[float], None]) -> Iterator[Mapping[str, Any]]:
    search = Search(**{**asked, "point": tuple(asked["point"])})
    yield {"labels": work(search, progress).tolist()}


if __name__ == "__main__":
    answer(_answer)

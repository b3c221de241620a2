"""The search for the split with the widest gap as a job for a process of its own:
`python -m curvlib.paper.batch_search`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from curvlib.jobs import answer
from curvlib.language.grammar import parse
from curvlib.paper.batches import figure3_data, sample_hessians, widest_gap


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


def work(search: Search, progress: Callable[[float], None] | None = None) -> np.ndarray:
    """The labels that the search ends with, shape (n,); `progress` is called with the share that is
    done.

    >>> np.bincount(work(Search("u*sin(v*t)", (0.0, 0.0), 3.0, 12, 3, seed=0))).tolist()
    [4, 4, 4]
    """
    x, y = figure3_data(search.half_width, search.n)
    hessians = sample_hessians(parse(search.model), x, y, search.point)
    return widest_gap(hessians, search.k, np.random.default_rng(search.seed), search.tries, progress)[0]


def from_json(columns: Mapping[str, Any]) -> np.ndarray:
    """The labels from their list."""
    return np.array(columns["labels"], dtype=int)


def _answer(asked: Mapping[str, Any], progress: Callable[[float], None]) -> Mapping[str, Any]:
    search = Search(**{**asked, "point": tuple(asked["point"])})
    return {"labels": work(search, progress).tolist()}


if __name__ == "__main__":
    answer(_answer)

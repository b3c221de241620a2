"""The search for the split with the widest gap: how long, its progress, and what it found."""

from typing import Any

import streamlit as st

from curvlib.arrays import Ints
from curvlib.paper.batch_search import Search, from_json
from pages.ui.paper.batches import batch_figures as batching
from pages.ui.results import cache, long_jobs
from pages.ui.state import inputs

TRIES = ("2,000", "20,000", "100,000")


def labels(data: batching.Dataset, rule: str, k: int, seed: int, painted: str) -> Ints:
    """The batch of each sample, by one of `batch_figures.RULES`."""
    if rule == batching.SEARCHED:
        return split(data, k, seed)
    return batching.labels(data, rule, k, seed, painted)


def split(data: batching.Dataset, k: int, seed: int) -> Ints:
    """The labels of the split that was found; while it is searched, those of the split into
    consecutive batches.
    """
    tries = int(inputs.choice("Swaps to try", "tries", TRIES).replace(",", ""))
    search = Search(data.model.canonical, data.point, float(data.x[-1]), len(data.x), k, seed, tries)
    found = _found(search)
    if found is None:
        _seek(search)
        st.text("Consecutive batches until it is found.")
        return batching.labels(data, "consecutive", k, seed, "")
    return found


def _seek(search: Search) -> None:
    """Starts the search, once; shows its progress, or how it ended."""
    job = st.session_state.get("search")
    if job is None or job.task != search:
        if long_jobs.running(job):
            job.cancel()
        job = st.session_state.search = long_jobs.begin("curvlib.paper.batch_search", search, from_json)
    if job is None:
        st.text("Two long computations are already running; try again in a moment.")
    elif long_jobs.running(job):
        return long_jobs.follow(job, f"Searching for the widest gap, {search.tries:,} swaps")
    else:
        st.text(long_jobs.ENDINGS[job.ending or "done"])
    st.button("Search again", key="again", on_click=_forget)


def _found(search: Search) -> Ints | None:
    """The result of a search, by this visitor or by another one."""
    job = st.session_state.get("search")
    done = job.result if job is not None and job.task == search else None
    try:
        return cache.kept(("widest gap", search), 2_000, lambda: _known(done))
    except LookupError:
        return None


def _known(done: Any) -> Ints:
    if done is None:
        raise LookupError
    return done


def _forget() -> None:
    st.session_state.search = None

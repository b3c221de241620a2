"""Training two networks for one visitor: the button, the progress, and what came of it."""

import json
from functools import cache

import streamlit as st

from curvlib.nets.training_job import Task, Trained, from_json
from pages.ui.charts.theme import ASSETS
from pages.ui.results import long_jobs


def begin(task: Task) -> long_jobs.Job | None:
    """Starts to train, if a place is free."""
    return long_jobs.begin("curvlib.nets.training_job", task, from_json)


def finished(task: Task) -> Trained | None:
    """The result of a task: the stored networks for the paper's pair, else what this visitor last
    trained, if it was this.
    """
    job = st.session_state.get("job")
    if job is not None and job.task == task and job.result is not None:
        return job.result
    return stored() if task == Task() else None


def panel(task: Task) -> None:
    """The button that trains, and while it does, its progress and the button that cancels."""
    job = st.session_state.get("job")
    if long_jobs.running(job):
        long_jobs.follow(job, f"Training {len(job.task.seeds)} networks of {job.task.loss.network.size} parameters")
        return
    st.button("Train these networks", key="train", type="primary", on_click=_train, args=(task,))
    if st.session_state.pop("busy", False):
        st.text("Two visitors are already training networks. Try again in a few seconds.")
    elif job is not None and job.ending != "done":
        st.text(long_jobs.ENDINGS[job.ending or "done"])


def _train(task: Task) -> None:
    job = begin(task)
    if job is None:
        st.session_state.busy = True
    else:
        st.session_state.job = job


@cache
def stored() -> Trained:
    return from_json(json.loads((ASSETS / "pair.json").read_text(encoding="utf-8")))

"""Closed forms for the page: each computed in a process of its own that is killed when it takes too
long, at most two at a time.
"""

import threading
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from curvlib import Expression
from curvlib.jobs import DONE
from curvlib.symbolic.closed_forms import ClosedForms
from pages.ui.page.parts import part
from pages.ui.results.worker_process import WorkerProcess

MODULE = "curvlib.symbolic.closed_forms"

WORKERS = 2
"""The number of formulas that are worked on at a time;
a further visitor is told to try again later.
"""

PATIENCE = 10
"""Seconds by the clock after which a worker is killed even if it was not given its
seconds of CPU.
"""

MOST_LATEX = 4000
"""Characters of LaTeX beyond which a formula does not help a reader."""

Ending = Literal["done", "stopped", "busy"]

_free = threading.BoundedSemaphore(WORKERS)
_waiting: list[WorkerProcess] = []
_waiting_lock = threading.Lock()


@dataclass(frozen=True)
class Answer:
    """The result of a worker.

    Attributes:
        forms: the closed forms, None where there was no time for any.
        ending: "done", "stopped" when the time was up, "busy" when all workers were at work.
    """

    forms: ClosedForms | None
    ending: Ending


def work_out(canonical: str) -> Answer:
    """The closed forms of a formula, by a worker."""
    found, ending = by_worker("closed forms", canonical)
    return Answer(ClosedForms(**found[-1]) if found else None, ending)


def by_worker(subject: str, canonical: str) -> tuple[list[dict[str, Any]], Ending]:
    """The result of a worker about a formula before its time is up;
    the subjects are those of `curvlib.symbolic.closed_forms.work`.
    """
    if not _free.acquire(blocking=False):
        return [], "busy"
    try:
        return _ask(_next_worker(), subject, canonical)
    finally:
        _free.release()
        keep_ready()


def keep_ready() -> None:
    """Starts a worker ahead of the next question where none is waiting; it loads sympy meanwhile.
    It ends when its input does, with the server.
    """
    with _waiting_lock:
        if not _waiting:
            _waiting.append(WorkerProcess(MODULE))


@st.fragment
@part()
def show(expression: Expression) -> None:
    """The button, and what came of it."""
    st.text(
        "Formulas of tr H and S in u and v, worked out on request; "
        "short ones take a moment; the search ends after two seconds."
    )
    if st.button("Work out tr H and S", key="work_out"):
        with st.spinner("Differentiating"):
            _tell(work_out(expression.canonical))


def _tell(found: Answer) -> None:
    if found.ending == "busy":
        st.text("Other formulas are already being worked out. Try again in a few seconds.")
    elif found.forms is None:
        st.text(
            "Not found within two seconds. "
            "The numbers on the page do not depend on it: they come from exact derivatives."
        )
    else:
        for name, form in ((r"\operatorname{tr} H", found.forms.hessian_trace), ("S", found.forms.scalar_curvature)):
            if len(form) > MOST_LATEX:
                st.text(f"The formula is too long to be read: {len(form):,} characters of LaTeX.")
            else:
                st.latex(f"{name} = {form}")
        if found.ending == "stopped":
            st.text("As it comes out of differentiation; there was no time to make it shorter.")


def _next_worker() -> WorkerProcess:
    with _waiting_lock:
        while _waiting:
            worker = _waiting.pop()
            if worker.is_alive:
                return worker
            worker.discard()
        return WorkerProcess(MODULE)


def _ask(worker: WorkerProcess, subject: str, canonical: str) -> tuple[list[dict[str, Any]], Ending]:
    killer = threading.Timer(PATIENCE, worker.kill)
    killer.start()
    found: list[dict[str, Any]] = []
    try:
        worker.ask([subject, canonical])
        for message in worker.messages():
            if message == DONE:
                return found, "done"
            found.append(message)
    finally:
        killer.cancel()
        worker.kill()
    return found, "stopped"

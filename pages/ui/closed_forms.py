"""Closed forms for the page: each computed in a process of its own that is killed when it takes too long, at most two at a time."""

import threading
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from typing import Literal

import streamlit as st

from curvlib import Expression
from curvlib.closed_forms import ClosedForms, answer

WORKERS = 2
"""How many formulas are worked on at a time; who comes third is told to come back."""

PATIENCE = 10
"""Seconds by the clock after which a worker is killed even if it was not given its seconds of CPU."""

MOST_LATEX = 4000
"""Characters of LaTeX beyond which a formula is no help to a reader."""

_free = threading.BoundedSemaphore(WORKERS)


@dataclass(frozen=True)
class Answer:
    """What a worker found.

    Attributes:
        forms: the closed forms, None where there was no time for any.
        ending: "done", "stopped" when the time was up, "busy" when all workers were at work.
    """

    forms: ClosedForms | None
    ending: Literal["done", "stopped", "busy"]


def work_out(canonical: str) -> Answer:
    """The closed forms of a formula, by a worker."""
    if not _free.acquire(blocking=False):
        return Answer(None, "busy")
    try:
        return _work_out(canonical)
    finally:
        _free.release()


def start() -> None:
    """Starts the process that the workers are forked from, so that the first visitor does not wait for sympy."""
    from multiprocessing.forkserver import ensure_running

    _context()
    ensure_running()


@st.fragment
def show(expression: Expression) -> None:
    """The button, and what came of it."""
    st.text("Formulas of tr H and S in u and v, worked out on request; short ones take a moment, long ones are given up after two seconds.")
    if st.button("Work out tr H and S", key="work_out"):
        with st.spinner("Differentiating"):
            _tell(work_out(expression.canonical))


def _tell(found: Answer) -> None:
    if found.ending == "busy":
        st.text("Other formulas are being worked out just now. Try again in a few seconds.")
    elif found.forms is None:
        st.text("Not found within two seconds. The numbers on the page do not depend on it: they come from exact derivatives.")
    else:
        for name, form in ((r"\operatorname{tr} H", found.forms.hessian_trace), ("S", found.forms.scalar_curvature)):
            if len(form) > MOST_LATEX:
                st.text(f"The formula is too long to be read: {len(form):,} characters of LaTeX.")
            else:
                st.latex(f"{name} = {form}")
        if found.ending == "stopped":
            st.text("As it comes out of differentiation; there was no time to make it shorter.")


def _context() -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(["sympy", "curvlib.closed_forms"])
    return context


def _work_out(canonical: str) -> Answer:
    context = _context()
    ours, theirs = context.Pipe(duplex=False)
    worker = context.Process(target=answer, args=(theirs, canonical), daemon=True)
    worker.start()
    theirs.close()
    forms = None
    try:
        while ours.poll(PATIENCE):
            message = ours.recv()
            if message is None:
                return Answer(forms, "done")
            forms = ClosedForms(*message)
    except EOFError:
        pass
    finally:
        worker.kill()
        worker.join()
        ours.close()
    return Answer(forms, "stopped")

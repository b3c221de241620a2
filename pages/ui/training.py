"""Training for one visitor in a process of its own: it has progress, can be cancelled, ends when nobody looks, and keeps nobody else waiting."""

import json
import sys
import threading
import time
from dataclasses import asdict
from functools import cache
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Literal

import streamlit as st

import curvlib
from curvlib.nets.worker import Task, Trained, from_json
from pages.ui.theme import ASSETS

JOBS = 2
"""How many networks are trained at a time for all visitors; who comes third is told to come back."""

UNWATCHED = 20
"""Seconds without anybody asking for the progress after which a job is ended: its visitor has gone."""

PATIENCE = 180
"""Seconds by the clock after which a job is ended."""

_free = threading.BoundedSemaphore(JOBS)


class Job:
    """A task being worked on.

    Attributes:
        task: what is trained.
        share: how much of it is done, 0 to 1.
        ending: how it ended, None while it runs.
        result: what came of it, None unless the ending is "done".
    """

    def __init__(self, task: Task) -> None:
        self.task = task
        self.share = 0.0
        self.ending: Literal["done", "cancelled", "stopped"] | None = None
        self.result: Trained | None = None
        self._seen = time.monotonic()
        self._cancelled = threading.Event()
        self._listener = threading.Thread(target=self._run, daemon=True)
        self._listener.start()

    def watch(self) -> float:
        """The share that is done; says that somebody is there."""
        self._seen = time.monotonic()
        return self.share

    def cancel(self) -> None:
        """Ends the work, and waits until it has ended."""
        self._cancelled.set()
        self.wait()

    def wait(self) -> None:
        """Waits for the end of the work."""
        self._listener.join()

    def _run(self) -> None:
        try:
            process = _start(self.task)
            listener = threading.Thread(target=self._listen, args=(process,), daemon=True)
            listener.start()
            give_up = time.monotonic() + PATIENCE
            while listener.is_alive() and not self._cancelled.wait(0.1) and time.monotonic() < min(give_up, self._seen + UNWATCHED):
                pass
            process.kill()
            listener.join()
            process.communicate()
        finally:
            self.ending = "done" if self.result else "cancelled" if self._cancelled.is_set() else "stopped"
            _free.release()

    def _listen(self, process: Popen[str]) -> None:
        for line in process.stdout or ():
            try:
                message = json.loads(line)
            except ValueError:  # cut off in the middle
                return
            if isinstance(message, dict):
                self.result, self.share = from_json(message), 1.0
            else:
                self.share = float(message)


def _start(task: Task) -> Popen[str]:
    root = Path(curvlib.__file__).parent.parent
    process = Popen([sys.executable, "-m", "curvlib.nets.worker"], cwd=root, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True)
    if process.stdin:
        process.stdin.write(json.dumps(asdict(task)) + "\n")
        process.stdin.close()
        process.stdin = None
    return process


def begin(task: Task) -> Job | None:
    """Starts to work on a task, if a place is free."""
    return Job(task) if _free.acquire(blocking=False) else None


def finished(task: Task) -> Trained | None:
    """What came of a task: the stored networks for the paper's pair, else what this visitor last trained, if it was this."""
    job = st.session_state.get("job")
    if job is not None and job.task == task and job.result is not None:
        return job.result
    return stored() if task == Task() else None


def panel(task: Task) -> None:
    """The button that trains, and while it does, its progress and the button that cancels."""
    job = st.session_state.get("job")
    if job is not None and job.ending is None:
        st.fragment(_progress, run_every=0.5)()
        return
    st.button("Train these networks", key="train", type="primary", on_click=_train, args=(task,))
    if st.session_state.pop("busy", False):
        st.text("Two visitors are training just now. Try again in a few seconds.")
    elif job is not None and job.ending != "done":
        st.text("Cancelled." if job.ending == "cancelled" else "Stopped: it took too long. Choose a smaller network or fewer steps.")


def _train(task: Task) -> None:
    job = begin(task)
    if job is None:
        st.session_state.busy = True
    else:
        st.session_state.job = job


def _progress() -> None:
    job = st.session_state.job
    share = job.watch()
    if job.ending is not None:
        st.rerun()
    st.progress(share, f"Training {len(job.task.seeds)} networks of {job.task.loss.network.size} parameters: {100 * share:.0f} %")
    st.button("Cancel", key="cancel", on_click=job.cancel)


@cache
def stored() -> Trained:
    return from_json(json.loads((ASSETS / "pair.json").read_text(encoding="utf-8")))

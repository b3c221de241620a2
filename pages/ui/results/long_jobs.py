"""Long work for one visitor in a process of its own:
it has progress, can be cancelled, ends when nobody looks, and keeps nobody else waiting.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, Literal, TypeGuard

import streamlit as st

from curvlib.jobs import DONE
from pages.ui.page.parts import part
from pages.ui.results.worker_process import WorkerProcess

JOBS = 2
"""The number of jobs for all visitors at a time; a further visitor is told to try again later."""

UNWATCHED = 20
"""Seconds without anybody asking for the progress after which a job is ended: its
visitor has gone.
"""

PATIENCE = 180
"""Seconds by the clock after which a job is ended."""

ENDINGS = {"done": "", "cancelled": "Cancelled.", "stopped": "Stopped: it took too long. Try a smaller one."}

_free = threading.BoundedSemaphore(JOBS)


class Job:
    """A task being worked on.

    Args:
        module: the module that does it when it is run, by `curvlib.jobs`.
        task: the request, a dataclass of plain values.
        read: makes the result of what the process answers.

    Attributes:
        task: as above.
        share: how much of it is done, 0 to 1.
        ending: how it ended, None while it runs.
        result: what came of it, None unless the ending is "done".
    """

    def __init__(self, module: str, task: Any, read: Callable[[Mapping[str, Any]], Any]) -> None:
        self.task = task
        self.share = 0.0
        self.ending: Literal["done", "cancelled", "stopped"] | None = None
        self.result: Any = None
        self._module, self._read = module, read
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
            process = WorkerProcess(self._module)
            process.ask(asdict(self.task))
            listener = threading.Thread(target=self._listen, args=(process,), daemon=True)
            listener.start()
            give_up = time.monotonic() + PATIENCE
            while (
                listener.is_alive()
                and not self._cancelled.wait(0.1)
                and time.monotonic() < min(give_up, self._seen + UNWATCHED)
            ):
                pass
            process.kill()
            listener.join()
        finally:
            self.ending = "done" if self.result is not None else "cancelled" if self._cancelled.is_set() else "stopped"
            _free.release()

    def _listen(self, process: WorkerProcess) -> None:
        for message in process.messages():
            if isinstance(message, dict):
                self.result, self.share = self._read(message), 1.0
            elif message != DONE:
                self.share = float(message)


def begin(module: str, task: Any, read: Callable[[Mapping[str, Any]], Any]) -> Job | None:
    """Starts to work on a task, if a place is free."""
    return Job(module, task, read) if _free.acquire(blocking=False) else None


def running(job: Job | None) -> TypeGuard[Job]:
    """True if there is a job and it has not ended."""
    return job is not None and job.ending is None


def follow(job: Job, words: str) -> None:
    """The progress of a job, after these words, and the button that cancels it;
    when the job has ended the page runs again.
    """
    st.fragment(part()(_progress), run_every=0.5)(job, words)


def _progress(job: Job, words: str) -> None:
    share = job.watch()
    if job.ending is not None:
        st.rerun()
    st.progress(share, f"{words}: {100 * share:.0f} %")
    st.button("Cancel", key="cancel", on_click=job.cancel)

"""The outside of a job: a process that works for a visitor, asked once, heard, and killed."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

import curvlib


class WorkerProcess:
    """A process that answers one request.

    Args:
        module: the module that does the work when it is run, by `curvlib.jobs.answer`.
    """

    def __init__(self, module: str) -> None:
        root = Path(curvlib.__file__).parent.parent
        self._process = Popen(
            [sys.executable, "-m", module], cwd=root, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, text=True
        )

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: Any) -> None:
        """Sends the request; a process that has ended meanwhile has no answer."""
        try:
            self._process.stdin.write(json.dumps(request) + "\n")  # type: ignore[union-attr]
            self._process.stdin.close()  # type: ignore[union-attr]
        except BrokenPipeError:
            pass

    def messages(self) -> Iterator[Any]:
        """Hears it as it speaks, until it ends or is killed; a line cut off in the middle is the
        end.
        """
        with self._process.stdout as said:  # type: ignore[union-attr]
            for line in said:
                try:
                    yield json.loads(line)
                except ValueError:
                    return

    def kill(self) -> None:
        """Ends it, which ends its messages."""
        self._process.kill()
        self._process.wait()

    def discard(self) -> None:
        """Ends one that was never asked."""
        self._process.kill()
        self._process.communicate()

"""The app as a visitor meets it: a server of its own on a free port, with the
settings of the repository.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from tempfile import TemporaryFile
from typing import Self

ROOT = Path(__file__).parent.parent.parent


class AppServer:
    """Runs app.py, or another script of the repository, while the `with` block lasts.

    Attributes:
        url: where the app is, without a slash at the end.
        process: the server's process.
    """

    def __init__(self, port: int | None = None, script: str = "app.py", **environment: str) -> None:
        self.script = script
        self.port = port or free_port()
        self.url = f"http://localhost:{self.port}"
        self.environment = os.environ | {"PYTHONPATH": str(ROOT)} | environment
        self._log = TemporaryFile("w+")

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "streamlit", "run", self.script, "--server.port", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )
        give_up = time.monotonic() + 60
        while not self.healthy():
            if self.process.poll() is not None or time.monotonic() > give_up:
                self.process.kill()
                raise RuntimeError(f"The app did not start:\n{self.log}")
            time.sleep(0.05)
        return self

    def __exit__(self, *exception: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._log.close()

    def healthy(self) -> bool:
        """True if the health check answers what it must, which is `ok` and not a page."""
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5) as answer:
                return answer.read() == b"ok"
        except OSError:
            return False

    @property
    def log(self) -> str:
        """The text that the server has printed so far."""
        self._log.seek(0)
        return self._log.read()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]

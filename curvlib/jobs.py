"""The inside of a job, which is work in a process of its own: it reads its request as a line of
JSON, then writes lines of JSON: a number is the share that is done, anything else is something that
was found, and the text "done" says that this was all.
"""

import json
import math
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

CPU_SECONDS = 90
"""The processor time, in seconds, after which the system kills a job."""

DONE = "done"

Work = Callable[[Any, Callable[[float], None]], Iterable[Any]]
"""A function of a request and of a callback for the share that is done, which returns what it
finds, as it finds it; all of it plain numbers, texts, lists and dictionaries.
"""


def answer(work: Work, cpu_seconds: float = CPU_SECONDS, memory_bytes: int | None = None) -> None:
    """Reads one request from the standard input, does it, and writes what is found to the standard
    output; without a request it ends. The system kills it beyond its processor time, and gives it
    no address space beyond `memory_bytes`.
    """
    line = sys.stdin.readline()
    if not line:
        return
    _limit(cpu_seconds, memory_bytes)
    for found in work(json.loads(line), _say):
        _say(found)
    _say(DONE)


def _say(message: Any) -> None:
    print(json.dumps(message), flush=True)


def _limit(cpu_seconds: float, memory_bytes: int | None) -> None:
    """Sets the limits; time that was used before the request, as for loading, does not count."""
    import resource

    seconds = math.ceil(time.process_time() + cpu_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if memory_bytes:
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))

"""A job in a process of its own: it reads its request as a line of JSON, writes the share that is
done as it grows, and finally its result.
"""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

CPU_SECONDS = 90
"""The processor time, in seconds, after which the system kills a job."""

Work = Callable[[Mapping[str, Any], Callable[[float], None]], Mapping[str, Any]]
"""A function of a request and of a callback for the share that is done, which returns the result;
request and result are plain numbers, texts and lists.
"""


def answer(work: Work) -> None:
    """Reads one task from the standard input and does it;
    a line of JSON on the standard output for each share that is reported, and for the result.
    """
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    asked = json.loads(sys.stdin.readline())
    found = work(asked, lambda share: print(json.dumps(share), flush=True))
    print(json.dumps(found), flush=True)

"""The memory that a call needs at its peak, as the system counts it:
pages that are really there, whoever requested them.
"""

import ctypes
import gc
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def peak_of(call: Callable[[], Any]) -> float:
    """MiB at the peak of the call beyond what was there before; NaN where the system does not say
    (it does on Linux).

    What earlier calls have left in the allocator goes back to the system first, so that it does not
    hide what this one takes.
    """
    if not sys.platform.startswith("linux"):
        return float("nan")
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    CLEAR.write_text("5")  # from here on the peak is counted anew
    before = _kibibytes("VmRSS")
    call()
    return max(0, _kibibytes("VmHWM") - before) / 1024


def _kibibytes(name: str) -> int:
    found = re.search(rf"^{name}:\s+(\d+) kB", STATUS.read_text(), re.MULTILINE)
    assert found
    return int(found.group(1))

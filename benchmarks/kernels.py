"""Every way to the four fields, compared with the time it takes to write them: all formulas, all
sizes and all ways in one run.

Ratios to streaming (non-temporal) writes of four float64 arrays in the same rounds; rounds visit
all ways in random order, so that a slow minute of the machine hits all of them. CPU time of one
thread. A call that would take longer than `--longest` is skipped with a message: the time is
predicted from the size before. Run it from the root of the project:

    python -m benchmarks.kernels --json docs/kernels.json --plot docs/kernels.svg
    python -m benchmarks.tables
    python -m benchmarks.kernels --size 1024 --only native numba --formula Ackley
    python -m benchmarks.kernels --size 1024 --only native --threads

Columns: minimum and median in ns a point, ratio of the minimum to the write limit, CPU milliseconds
from the text to first fields on 64² (the least of three; compiling included, imports not), largest
error of S as a share of its largest value, MiB at the peak on top of the results. A star marks
minima of the two halves of the rounds that are more than 15 % apart.
"""

import argparse
import gc
import json
import os
import platform
import random
import statistics
import sys
import time
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

os.environ.setdefault("NUMEXPR_NUM_THREADS", "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import numpy as np

from benchmarks.first_fields import forget as forget_formulas
from benchmarks.formulas import FORMULAS
from benchmarks.peers import HOLDING, WAYS, Way
from benchmarks.plot import plot
from benchmarks.resident import peak_of
from benchmarks.streaming import streaming_write
from curvlib.curvature import formulas
from curvlib.evaluation.jets import jet
from curvlib.grid import Grid
from curvlib.kernels.native import engine, kernel as native_kernel
from curvlib.language.grammar import parse

Row = dict[str, Any]
SIZES = (256, 512, 1024, 2048, 4096)
SHOWN = 1024
"""The size of the plot, if it was measured."""

BUDGET, FEWEST, MOST = 0.8, 3, 15
"""Seconds for the rounds of one way on one grid, and how many rounds there are at
least and at most.
"""

FIRSTS = 3
"""First calls, of which the least counts."""

NOISY = 0.15


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--size", nargs="+", type=int, default=SIZES)
    words.add_argument("--formula", nargs="+", choices=tuple(FORMULAS), default=list(FORMULAS))
    words.add_argument("--only", nargs="+", choices=tuple(WAYS), default=list(WAYS))
    words.add_argument(
        "--longest", type=float, default=0.6, help="seconds a call may take; up to 1024² three times as much"
    )
    words.add_argument(
        "--threads", action="store_true", help="let the native kernel use all processors, and measure wall time"
    )
    words.add_argument("--json", type=Path)
    words.add_argument("--plot", type=Path, help="an SVG file")
    given = words.parse_args()
    if not given.threads:
        native_kernel.MAX_THREADS = 1
    rows: list[Row] = []
    for name in given.formula:
        before: dict[str, Row] = {way: {} for way in given.only}
        for size in sorted(given.size):
            rows += measured(name, size, given, before)
    if given.json:
        given.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1) + "\n")
    if given.plot:
        given.plot.write_text(plot(rows, SHOWN if SHOWN in given.size else max(given.size)))


def machine() -> Row:
    packages = ("numpy", "numexpr", "sympy", "llvmlite", "symengine", "numba", "jax", "torch")
    installed = {
        name: version(name) for name in packages if name in WAYS or name in ("numpy", "numexpr", "sympy", "llvmlite")
    }
    host = engine.host()
    return {
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "vector": host.width if host else 0,
        "load": os.getloadavg()[0],
        **installed,
    }


def measured(name: str, size: int, given: argparse.Namespace, before: dict[str, Row]) -> list[Row]:
    """One formula on one grid by all ways, printed as it comes;
    `before` has each way's row of the size before, and gets this one.
    """
    text, window = FORMULAS[name]
    grid = Grid(window, window, (size, size))
    print(f"\n{name}, {size}²{'':20}min ns  median   ratio  first ms     error     MiB", flush=True)
    rows, ways = [], {}
    for way in given.only:
        row = {"formula": name, "size": size, "way": way}
        try:
            ways[way], more = prepared(way, text, grid, given.longest * (3 if size <= SHOWN else 1), before[way])
        except Exception as error:  # a peer that cannot do this formula is a result too
            row["skipped"] = (str(error).splitlines() or [type(error).__name__])[0][:80]
            print(f"  {way:28} skipped: {row['skipped']}", flush=True)
        else:
            row |= more
        rows.append(row)
        before[way] = row
    times = interleaved(
        {"": streaming_write(4 * size * size), **ways}, time.perf_counter if given.threads else time.process_time
    )
    for row in rows:
        if row["way"] in ways:
            show(row | summary(row, times[row["way"]], min(times[""]), size))
    limit = min(times[""])
    typical = statistics.median(times[""])
    print(
        f"  {'streaming write':28}{limit / size**2 * 1e9:8.2f}{typical / size**2 * 1e9:8.2f}    1.00",
        flush=True,
    )
    return rows


def summary(row: Row, times: list[float], limit: float, size: int) -> Row:
    halves = [min(times[::2]), min(times[1::2])]
    row |= {
        "min": min(times) / size**2 * 1e9,
        "median": statistics.median(times) / size**2 * 1e9,
        "limit": limit / size**2 * 1e9,
    }
    row |= {"ratio": min(times) / limit, "noisy": max(halves) > (1 + NOISY) * min(halves), "rounds": len(times)}
    return row


def show(row: Row) -> None:
    times = f"{row['min']:8.2f}{row['median']:8.2f}{row['ratio']:8.2f}{'*' if row['noisy'] else ' '}{row['first']:9.1f}"
    print(f"  {row['way']:28}{times}{row['error']:10.0e}{row['memory']:8.1f}", flush=True)


def prepared(way: str, text: str, grid: Grid, longest: float, before: Row) -> tuple[Way, Row]:
    """The way on this grid, with what does not depend on the time of a call.

    Raises:
        TimeoutError: a call would take too long.
    """
    if "skipped" in before:
        raise TimeoutError(before["skipped"])
    cells = grid.shape[0] * grid.shape[1]
    if before and before["min"] * cells > longest * 1e9:
        raise TimeoutError(f"a call would take {before['min'] * cells / 1e9:.1f} s")
    first = before.get("first") or min(first_call(way, text, grid) for _ in range(FIRSTS))
    call = WAYS[way](text, grid)
    start = time.process_time()
    results = call()
    again = time.process_time() - start
    error = error_of(np.asarray(results[3], dtype=float), text, grid)
    del results
    held = 0 if way in HOLDING else 4 * cells * 8 / 2**20
    memory = max(0.0, peak_of(call) - held)
    if again > 3 * longest and time_of(call) > longest:
        raise TimeoutError(f"a call takes more than {longest:.1f} s")
    return call, {"first": first, "error": error, "memory": memory}


def first_call(way: str, text: str, grid: Grid) -> float:
    """CPU milliseconds from the text to fields on 64², with every cache empty;
    what was alive before is none of the garbage collector's work.
    """
    WAYS[way]("u^2 - v^2", Grid((0, 1), (0, 1), (4, 4)))()  # imports are not what is measured
    forget()
    small = Grid(grid.u_range, grid.v_range, (64, 64))
    gc.freeze()
    elapsed = 1e3 * time_of(lambda: WAYS[way](text, small)())
    gc.unfreeze()
    return elapsed


def forget() -> None:
    forget_formulas()
    engine._modules.clear()
    if "jax" in sys.modules:
        sys.modules["jax"].clear_caches()


def time_of(call: Way, clock: Any = time.process_time) -> float:
    start = clock()
    call()
    return clock() - start


def error_of(found: np.ndarray, text: str, grid: Grid) -> float:
    """The largest error of S on a few hundred points, as a share of the largest S among them;
    against extended precision.
    """
    i, j, true = truth(text, grid)
    return float(np.nanmax(np.abs(found[i, j] - true)) / np.nanmax(np.abs(true)))


@cache
def truth(text: str, grid: Grid) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    i, j = (rng.integers(0, n, 400) for n in grid.shape)
    there = jet(parse(text), grid.u[j].astype(np.longdouble), grid.v[i].astype(np.longdouble))
    return i, j, formulas.jet_scalar_curvature(there.f_u, there.f_v, there.f_uu, there.f_uv, there.f_vv)


def interleaved(ways: dict[str, Way], clock: Any) -> dict[str, list[float]]:
    """Seconds of each round of each way, in random order;
    the better of two calls, one for what takes long.
    """
    times: dict[str, list[float]] = {name: [] for name in ways}
    for k in range(MOST):
        for name in random.sample(list(ways), len(ways)):
            if k >= FEWEST and sum(times[name]) > BUDGET / 2:
                continue
            calls = 1 if times[name] and times[name][0] > 0.1 else 2
            times[name].append(min(time_of(ways[name], clock) for _ in range(calls)))
    return times


if __name__ == "__main__":
    main()

"""Every way to the four fields, beside the time it takes to write them.

Ratios to streaming (non-temporal) writes of four float64 arrays in the same rounds; rounds visit all ways in random order, so
that a slow minute of the machine hits all of them. CPU time of one thread. Run it from the root of the project:

    python -m benchmarks.kernels                                  # 1024², what is installed
    python -m benchmarks.kernels --size 256 1024 2048 4096 --json results.json --plot docs/kernels.svg
    python -m benchmarks.kernels --only native numba --formula Ackley --threads

Columns: minimum and median in ns a point, ratio of the minimum to the write limit, CPU milliseconds from the text to first fields
on 64² (compiling included, imports not), largest error of S as a share of its largest value, memory at the peak beside the
results in MiB, as far as Python sees it.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
import tracemalloc
from pathlib import Path
from typing import Any

os.environ.setdefault("NUMEXPR_NUM_THREADS", "1")
os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")

import numpy as np

from benchmarks.formulas import FORMULAS
from benchmarks.peers import WAYS, Way
from benchmarks.plot import plot
from benchmarks.streaming import streaming_write
from curvlib import curvature, fields
from curvlib.derivatives import differentiate
from curvlib.grid import Grid
from curvlib.jets import jet, jet_program
from curvlib.kernels.native import engine
from curvlib.kernels.native import kernel as native_kernel
from curvlib.language.grammar import parse

Row = dict[str, Any]
PATIENCE = 4.0
"""Seconds: a way that is slower on its first call gets three rounds only."""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--size", nargs="+", type=int, default=[1024])
    words.add_argument("--formula", nargs="+", choices=tuple(FORMULAS), default=list(FORMULAS))
    words.add_argument("--only", nargs="+", choices=tuple(WAYS), default=list(WAYS))
    words.add_argument("--rounds", type=int, default=15)
    words.add_argument("--threads", action="store_true", help="let the native kernel use all processors, and measure wall time")
    words.add_argument("--json", type=Path)
    words.add_argument("--plot", type=Path, help="an SVG file")
    given = words.parse_args()
    if not given.threads:
        native_kernel.MAX_THREADS = 1
    rows = [row for name in given.formula for size in given.size for row in measured(name, size, given)]
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1) + "\n")
    if given.plot:
        given.plot.write_text(plot(rows, max(given.size)))


def measured(name: str, size: int, given: argparse.Namespace) -> list[Row]:
    """One formula on one grid by all ways, printed as it comes."""
    text, window = FORMULAS[name]
    grid = Grid(window, window, (size, size))
    clock = time.perf_counter if given.threads else time.process_time
    write, rows, ways = streaming_write(4 * size * size), [], {}
    print(f"\n{name}, {size}²{'':20}min ns  median   ratio  first ms     error     MiB", flush=True)
    for way in given.only:
        try:
            ways[way], row = prepared(way, text, grid)
        except Exception as error:  # a peer that cannot do this formula is a result too
            print(f"  {way:28} fails: {str(error).splitlines()[0][:80] if str(error) else type(error).__name__}", flush=True)
            continue
        rows.append({"formula": name, "size": size, "way": way, **row})
    times = interleaved({"": write, **ways}, given.rounds, clock)
    limit = min(times[""])
    for row in rows:
        row |= {"min": min(times[row["way"]]) / size**2 * 1e9, "median": statistics.median(times[row["way"]]) / size**2 * 1e9}
        row["ratio"] = min(times[row["way"]]) / limit
        show(row)
    print(f"  {'streaming write':28}{limit / size**2 * 1e9:8.2f}{statistics.median(times['']) / size**2 * 1e9:8.2f}    1.00", flush=True)
    return rows


def show(row: Row) -> None:
    times = f"{row['min']:8.2f}{row['median']:8.2f}{row['ratio']:8.2f}{row['first']:10.1f}"
    print(f"  {row['way']:28}{times}{row['error']:10.0e}{row['memory']:8.1f}", flush=True)


def prepared(way: str, text: str, grid: Grid) -> tuple[Way, Row]:
    """The way on this grid, with what does not depend on the time of a call."""
    forget()
    start = time.process_time()
    WAYS[way](text, Grid(grid.u_range, grid.v_range, (64, 64)))()
    first = (time.process_time() - start) * 1e3
    call = WAYS[way](text, grid)
    call()
    tracemalloc.start()
    results = call()
    peak = tracemalloc.get_traced_memory()[1] / 2**20
    tracemalloc.stop()
    held = 0 if way.startswith(("n", "numpy")) else 4 * grid.shape[0] * grid.shape[1] * 8 / 2**20
    return call, {"first": first, "error": error_of(np.asarray(results[3], dtype=float), text, grid), "memory": max(0.0, peak - held)}


def forget() -> None:
    """Empties every cache, so that the next formula is new."""
    for cached in (differentiate, jet_program, fields._kernel, fields._automatic):
        cached.cache_clear()
    engine._modules.clear()
    if "sympy" in sys.modules:
        sys.modules["sympy"].core.cache.clear_cache()


def error_of(found: np.ndarray, text: str, grid: Grid) -> float:
    """The largest error of S on a few hundred points, as a share of the largest S among them; against extended precision."""
    rng = np.random.default_rng(1)
    i, j = (rng.integers(0, n, 400) for n in grid.shape)
    there = jet(parse(text), grid.u[j].astype(np.longdouble), grid.v[i].astype(np.longdouble))
    true = curvature.jet_scalar_curvature(there.f_u, there.f_v, there.f_uu, there.f_uv, there.f_vv)
    return float(np.nanmax(np.abs(found[i, j] - true)) / np.nanmax(np.abs(true)))


def interleaved(ways: dict[str, Way], rounds: int, clock: Any) -> dict[str, list[float]]:
    """Seconds of each round of each way, in random order; the better of two calls, one for what takes long."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for k in range(rounds):
        for name in random.sample(list(ways), len(ways)):
            if k >= 3 and times[name][0] > PATIENCE / rounds:
                continue
            calls = 1 if times[name] and times[name][0] > 0.1 else 2
            times[name].append(min(timed(ways[name], clock) for _ in range(calls)))
    return times


def timed(way: Way, clock: Any) -> float:
    start = clock()
    way()
    return clock() - start


if __name__ == "__main__":
    main()

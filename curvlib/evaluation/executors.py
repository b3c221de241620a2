"""Rows of a grid given to the workers of an executor, a tile at a time."""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait

from curvlib.arrays import AnyFloats

TILE = 2**20
"""Cells of a tile: long work compared with sending it off, short compared with the patience of a
user who cancels.
"""

IN_FLIGHT = 16
"""Tiles that are under way or waiting for a worker; results beyond would pile up."""

Planes = tuple[AnyFloats, ...]
Task = Callable[[int, int], Planes]
"""A picklable function from the first row and the one after
the last to the planes of the rows between.
"""


def spread(executor: Executor, task: Task, out: Planes, progress: Callable[[float], None] | None = None) -> None:
    """Fills the planes by the workers of a process pool, of loky, or of a cluster
    (`dask.distributed.Client.get_executor()`).

    The planes that come back do not depend on who computed them, nor on the tiles.

    Args:
        executor: anything with the interface of `concurrent.futures.Executor`.
        task: computes some rows.
        out: planes of shape (n_v, n_u).
        progress: called with the share that is done; whatever it raises ends the work, and tiles
            that wait are taken back.
    """
    n_v, n_u = out[0].shape
    tiles = _tiles(n_v, max(1, TILE // n_u))
    under_way: dict[Future[Planes], tuple[int, int]] = {}
    done = 0
    try:
        while done < n_v:
            for first, last in tiles:
                under_way[executor.submit(task, first, last)] = first, last
                if len(under_way) >= IN_FLIGHT:
                    break
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                first, last = under_way.pop(future)
                for plane, part in zip(out, future.result(), strict=True):
                    plane[first:last] = part
                done += last - first
                if progress:
                    progress(done / n_v)
    finally:
        for future in under_way:
            future.cancel()


def _tiles(n_v: int, rows: int) -> Iterator[tuple[int, int]]:
    for first in range(0, n_v, rows):
        yield first, min(n_v, first + rows)

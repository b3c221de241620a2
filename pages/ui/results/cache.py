"""The one cache of the app: what was computed for a formula is kept, up to so many bytes for all
visitors together.
"""

import gc
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future
from typing import Any

import curvlib
from curvlib import Expression, Grid, PointGeometry
from curvlib.evaluation.jets import jet_program
from pages.ui.charts import picture as pictures
from pages.ui.charts.picture import Picture
from pages.ui.results import descents as optimising, shown_balls
from pages.ui.results.descents import Descents, Setting
from pages.ui.results.shown_balls import Point, Shown, Size, Ways

MAX_BYTES = 256 * 2**20
"""The most bytes of the results of all visitors together; those not looked at for
longest go first.
"""


class Cache:
    """Keeps results by key, the most recently used ones, up to a number of bytes; one thread
    computes while others wait for its result.

    Args:
        max_bytes: what all results may take together, each counted by the `size` it was stored
            with.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._results: OrderedDict[Hashable, tuple[Future[Any], int]] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, key: Hashable, size: int, compute: Callable[[], Any]) -> Any:
        """The result for the key, computed at the first call;
        an exception of `compute` passes through and is not kept.
        """
        with self._lock:
            known = key in self._results
            if not known:
                self._results[key] = Future(), size
                self.bytes += size
            self._results.move_to_end(key)
            future, _ = self._results[key]
            while self.bytes > self.max_bytes and len(self._results) > 1:
                self.bytes -= self._results.popitem(last=False)[1][1]
        if not known:
            self._compute(key, future, compute)
        return future.result()

    def _compute(self, key: Hashable, future: Future[Any], compute: Callable[[], Any]) -> None:
        try:
            future.set_result(compute())
        except BaseException as error:
            future.set_exception(error)
            with self._lock:
                if self._results.get(key, (None, 0))[0] is future:
                    self.bytes -= self._results.pop(key)[1]


_results = Cache(MAX_BYTES)


def expression(text: str) -> Expression:
    """`curvlib.parse`, remembered; also refuses what is too much to differentiate.

    Raises:
        ExpressionError: the text is not a formula, or is too long.
    """

    def compute() -> Expression:
        parsed = curvlib.parse(text)
        jet_program(parsed)
        return parsed

    return _results(("expression", text), 20_000, compute)


def picture(expression: Expression, grid: Grid, parameters: Mapping[str, float]) -> Picture:
    """The picture of the landscape, remembered."""
    size = 32 * grid.shape[0] * grid.shape[1] + 200_000
    return _results(
        ("picture", *_key(expression, parameters), grid), size, lambda: pictures.picture(expression, grid, parameters)
    )


def geometry(expression: Expression, point: tuple[float, float], parameters: Mapping[str, float]) -> PointGeometry:
    """`curvlib.geometry_at`, remembered."""
    return _results(
        ("point", *_key(expression, parameters), point),
        5_000,
        lambda: curvlib.geometry_at(expression, point, parameters),
    )


def ball(expression: Expression, center: Point, parameters: Mapping[str, float], size: Size | None) -> Shown | None:
    """The ball around a point, remembered for all radii; None where none is requested."""
    if size is None:
        return None
    key = ("ball", *_key(expression, parameters), center, size.reach)
    return shown_balls.shown(
        _results(key, 8_000_000, lambda: shown_balls.measured(expression, center, parameters, size.reach)), size
    )


def ways(expression: Expression, start: Point, parameters: Mapping[str, float], target: Point | None) -> Ways | None:
    """The geodesics to a second point, remembered; None where none are requested."""
    if target is None:
        return None
    return _results(
        ("ways", *_key(expression, parameters), start, target),
        50_000,
        lambda: shown_balls.ways(expression, start, target, parameters),
    )


def descents(
    expression: Expression, start: Point, parameters: Mapping[str, float], setting: Setting | None
) -> Descents | None:
    """The walks of optimisers from a point, remembered; None where none are run."""
    if setting is None:
        return None
    size = 50_000 + 48 * len(setting.optimisers) * setting.steps
    return _results(
        ("descents", *_key(expression, parameters), start, setting),
        size,
        lambda: optimising.descents(expression, start, parameters, setting),
    )


def kept(key: tuple[Hashable, ...], size: int, compute: Callable[[], Any]) -> Any:
    """The result of an experiment, remembered: its key begins with a word of its own."""
    return _results(key, size, compute)


def warm_up() -> None:
    """Once a process: the first formula computed, so that no visitor waits for imports, and what is
    loaded by then kept out of the garbage collector's way.
    """
    _results(("warm up",), 0, _warm_up)


def _warm_up() -> None:
    loss = curvlib.parse("exp(-u)*sin(v)")
    pictures.picture(loss, Grid((-1, 1), (-1, 1), (16, 16)), {})
    shown_balls.measured(loss, (0.0, 0.0), {}, 0.1)
    gc.collect()
    gc.freeze()


def _key(expression: Expression, parameters: Mapping[str, float]) -> tuple[Hashable, ...]:
    return expression.canonical, tuple(sorted(parameters.items()))

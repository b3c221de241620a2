"""Fields by workers and to files: the same bits as in one piece."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from curvlib.errors import ParameterError
from curvlib.evaluation import executors
from curvlib.evaluation.automatic import is_native_here
from curvlib.evaluation.fields import evaluate
from curvlib.evaluation.to_file import evaluate_to_file, read_fields
from curvlib.grid import Grid
from curvlib.language.grammar import parse

KERNELS = ["numpy", "native"] if is_native_here() else ["numpy"]
LOSS = parse("c = 0.3\nexp(-c*u)*sin(u*v) + log(u + v)")
GRID = Grid((-1, 4), (-1.5, 3.5), (96, 131))


@pytest.fixture(autouse=True)
def _small_tiles(monkeypatch):
    monkeypatch.setattr(executors, "TILE", 1000)


@pytest.fixture(scope="module")
def processes():
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool


@pytest.mark.parametrize("kernel", KERNELS)
def test_two_processes_give_the_same_bits_as_one(processes, kernel):
    whole = evaluate(LOSS, GRID, {"c": 0.2}, kernel=kernel)
    shares: list[float] = []
    spread_out = evaluate(LOSS, GRID, {"c": 0.2}, kernel=kernel, executor=processes, progress=shares.append)
    assert spread_out.kernel == kernel
    assert len(shares) > 3
    assert shares == sorted(shares)
    assert shares[-1] == 1
    for a, b in zip(whole.arrays, spread_out.arrays, strict=True):
        assert_array_equal(a, b)
    assert whole.causes == spread_out.causes


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_dask_cluster_of_two_workers_gives_the_same_bits(kernel):
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        spread_out = evaluate(LOSS, GRID, kernel=kernel, executor=client.get_executor())
    for a, b in zip(evaluate(LOSS, GRID, kernel=kernel).arrays, spread_out.arrays, strict=True):
        assert_array_equal(a, b)


def test_loky_gives_the_same_bits():
    loky = pytest.importorskip("loky")
    with loky.ProcessPoolExecutor(2) as pool:
        spread_out = evaluate(LOSS, GRID, kernel=KERNELS[-1], executor=pool)
    for a, b in zip(evaluate(LOSS, GRID, kernel=KERNELS[-1]).arrays, spread_out.arrays, strict=True):
        assert_array_equal(a, b)


def test_a_cancelled_spread_takes_back_the_tiles_that_wait():
    class Enough(Exception):
        pass

    def enough(share: float) -> None:
        raise Enough

    started: list[int] = []

    def task(first: int, last: int):
        started.append(first)
        time.sleep(0.05)
        return tuple(np.zeros((last - first, 131)) for _ in range(4))

    with ThreadPoolExecutor(1) as pool, pytest.raises(Enough):
        executors.spread(pool, task, evaluate(LOSS, GRID).arrays, enough)
    assert len(started) < 14


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("kernel", KERNELS)
def test_a_file_holds_the_same_bits(tmp_path, kernel, dtype):
    path = tmp_path / "fields.npy"
    shares: list[float] = []
    stored = evaluate_to_file(LOSS, GRID, path, dtype=dtype, kernel=kernel, progress=shares.append)
    assert stored.kernel == kernel
    assert shares[-1] == 1
    assert [file.name for file in tmp_path.iterdir()] == ["fields.npy"]
    for a, b, c in zip(
        evaluate(LOSS, GRID, kernel=kernel).arrays, stored.arrays, read_fields(path).arrays, strict=True
    ):
        assert_array_equal(a.astype(dtype), b)
        assert_array_equal(b, c)
        assert isinstance(c, np.memmap)


def test_cancelled_work_leaves_no_file(tmp_path):
    def enough(share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        evaluate_to_file(LOSS, GRID, tmp_path / "fields.npy", progress=enough)
    with pytest.raises(ParameterError, match="has no parameter 'd'"):
        evaluate_to_file(LOSS, GRID, tmp_path / "fields.npy", {"d": 1})
    assert list(tmp_path.iterdir()) == []

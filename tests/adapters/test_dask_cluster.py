"""The same on a cluster of processes, one of which is killed in the middle; interrupts."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import dask
import numba
import numpy as np
import pytest
from distributed import Client, Event, LocalCluster
from distributed.protocol.pickle import dumps

import ntksym
from ntksym.adapters.dask.cluster import results, shared, task

pytestmark = pytest.mark.long

RNG = np.random.default_rng(4)
X, V = RNG.normal(size=(300, 3)), RNG.normal(size=(300, 2))
KERNEL = ntksym.ntk("relu", depth=3, b_std=0.1)


@contextmanager
def cluster() -> Iterator[Client]:
    """Two processes of one thread, which are started again when they die."""
    settings = {"distributed.comm.timeouts.connect": "3s"}  # how long one asks a dead worker
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": ":0"}
    with (
        dask.config.set(settings),
        LocalCluster(**options, processes=True, memory_limit="1GiB") as local,
        Client(local) as found,
    ):
        yield found


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """For the tests that leave the workers alive."""
    with cluster() as found:
        yield found


@pytest.fixture
def killer() -> Iterator[Callable[[str, int, int], None]]:
    """Progress that kills a worker when the second task is done.

    In a cluster of its own: a second worker that dies is not always started again.
    """
    with cluster() as own:
        processes, killed = own.run(os.getpid), []

        def progress(what: str, done: int, total: int) -> None:
            if not killed and done == 2:
                killed.append(process := min(processes.values()))
                os.kill(process, signal.SIGKILL)

        yield progress
        assert killed


def in_threads(function: Callable, *arguments, **options):
    """What it is without a cluster."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ntksym.adapters.dask.cluster.client", lambda: None)
        with dask.config.set(scheduler="threads"):
            return function(*arguments, **options)


def test_a_product_survives_a_worker(killer) -> None:
    found = ntksym.dask.matmul(KERNEL, X, V, chunk=30, progress=killer)
    wanted = in_threads(ntksym.dask.matmul, KERNEL, X, V, chunk=30)
    np.testing.assert_array_equal(found, wanted)


def test_a_factor_survives_a_worker(killer, tmp_path: Path) -> None:
    for name in "ab":
        ntksym.dask.store(KERNEL, X, tmp_path / name, chunk=50)
    factor = ntksym.dask.cholesky(tmp_path / "a", 0.1, progress=killer)
    other = in_threads(ntksym.dask.cholesky, tmp_path / "b", 0.1)
    np.testing.assert_array_equal(factor.solve(V), other.solve(V))


def test_conjugate_gradients_survive_a_worker(killer) -> None:
    """Killed between two products, whose points it held."""
    options = {"chunk": 60, "rank": 0, "rtol": 1e-4}
    found = ntksym.dask.conjugate_gradients(KERNEL, X, V, 1.0, progress=killer, **options)
    wanted = in_threads(ntksym.dask.conjugate_gradients, KERNEL, X, V, 1.0, **options)
    assert found.converged
    assert found.iterations == wanted.iterations > 4
    np.testing.assert_array_equal(found.weights, wanted.weights)


def interrupt(what: str, done: int, total: int) -> None:
    """Progress during which a Ctrl-C comes."""
    assert total > 2
    if done == 2:
        signal.raise_signal(signal.SIGINT)


def tiles(folder: Path) -> dict[Path, int]:
    """When each finished file of the folder was written: a thread may be at another one still."""
    found = (p for p in folder.rglob("c/*/*") if p.is_file() and p.suffix != ".partial")
    return {p: p.stat().st_mtime_ns for p in found}


@pytest.mark.parametrize("place", ["cluster", "threads"])
def test_an_interrupt_leaves_what_is_finished(client: Client, tmp_path: Path, place: str) -> None:
    def run(function: Callable, *arguments, **options):
        there = place == "cluster"
        return (function if there else partial(in_threads, function))(*arguments, **options)

    folder, before = tmp_path / "a", {}
    first, second = partial(ntksym.dask.store, KERNEL, X, chunk=50), ntksym.dask.cholesky
    for stage, arguments in ((first, {"path": folder}), (second, {"path": folder, "ridge": 0.1})):
        with pytest.raises(KeyboardInterrupt):
            run(stage, **arguments, progress=interrupt)
        there = tiles(folder)
        assert len(there) >= len(before) + 2
        done = run(stage, **arguments)
        before = tiles(folder)
        assert there.items() <= before.items()  # none is written twice
    assert len(before) == 2 * 21 + 6
    in_threads(first, path=tmp_path / "b")
    other = in_threads(second, tmp_path / "b", 0.1)
    np.testing.assert_array_equal(done.solve(V), other.solve(V))


def test_an_interrupt_does_not_wait_for_workers(client: Client) -> None:
    hold, begun = Event("hold"), Event("begun")

    def press() -> None:
        assert begun.wait(60)
        os.kill(os.getpid(), signal.SIGINT)

    presser = threading.Thread(target=press)
    presser.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            results([task(_held) for _ in range(6)], "held")
        for _ in range(200):
            if not (running := any(client.processing().values())):
                break
            time.sleep(0.05)
        assert not running
        assert not hold.is_set()
    finally:
        presser.join()
        hold.set()
    assert results([task(len, "left")], "") == [4]


def test_conjugate_gradients_on_the_cluster(client: Client) -> None:
    options = {"chunk": 150, "rtol": 1e-6, "rank": 250}
    found = ntksym.dask.conjugate_gradients(KERNEL, X, V, 1.0, **options)
    wanted = np.linalg.solve(KERNEL(X) + np.eye(300), V)
    np.testing.assert_allclose(found.weights, wanted, atol=1e-5)


def test_an_error_on_a_worker_is_raised_here(client: Client, tmp_path: Path) -> None:
    ntksym.dask.store(KERNEL, X[[*range(99), 0]], tmp_path, chunk=50)
    with pytest.raises(np.linalg.LinAlgError, match="not positive definite"):
        ntksym.dask.cholesky(tmp_path)


def test_tasks_carry_little_and_one_thread_each(client: Client) -> None:
    (points,) = shared(X)
    seen = results([task(_threads, points) for _ in range(3)], "")
    assert seen == [(1, 300)] * 3
    graph = ntksym.dask.gram(KERNEL, X, chunk=100).__dask_graph__()
    assert len(dumps(dict(graph))) < X.nbytes + 30_000


def test_a_store_and_its_factor_survive_a_worker(killer, tmp_path: Path) -> None:
    ntksym.dask.store(KERNEL, X, tmp_path / "a", chunk=50, progress=killer)
    factor = ntksym.dask.cholesky(tmp_path / "a", 0.1)
    in_threads(ntksym.dask.store, KERNEL, X, tmp_path / "b", chunk=50)
    other = in_threads(ntksym.dask.cholesky, tmp_path / "b", 0.1)
    same = [np.asarray(ntksym.dask.from_zarr(tmp_path / name)) for name in "ab"]
    np.testing.assert_array_equal(*same)
    np.testing.assert_array_equal(same[0], ntksym.dask.gram(KERNEL, X, chunk=50).compute())
    np.testing.assert_array_equal(factor.solve(V), other.solve(V))


def _held() -> bool:
    Event("begun").set()
    return Event("hold").wait(60)


def _threads(points: np.ndarray) -> tuple[int, int]:
    return numba.get_num_threads(), len(points)

"""The same on a cluster of processes, one of which is killed in the middle."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import numba
import numpy as np
import pytest
from distributed import Client, LocalCluster
from distributed.protocol.pickle import dumps

import ntksym
from ntksym.adapters.dask.cluster import results, shared, task

RNG = np.random.default_rng(4)
X, V = RNG.normal(size=(300, 3)), RNG.normal(size=(300, 2))
KERNEL = ntksym.ntk("relu", depth=3, b_std=0.1)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Two processes of one thread, which are started again when they die."""
    settings = {"distributed.comm.timeouts.connect": "3s"}  # how long one asks a dead worker
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with (
        dask.config.set(settings),
        LocalCluster(**options, processes=True, memory_limit="1GiB") as cluster,
        Client(cluster) as found,
    ):
        yield found


@pytest.fixture
def killer(client: Client) -> Iterator[Callable[[str, int, int], None]]:
    """Progress that kills a worker when the second task is done; it is started again."""
    client.wait_for_workers(2, timeout=120)
    processes = client.run(os.getpid)
    killed = []

    def progress(what: str, done: int, total: int) -> None:
        if not killed and done == 2:
            killed.append(process := next(iter(processes.values())))
            os.kill(process, signal.SIGKILL)

    yield progress
    assert killed
    assert killed[0] not in client.run(os.getpid).values()


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


def test_a_store_and_its_factor_survive_a_worker(client, killer, tmp_path: Path) -> None:
    ntksym.dask.store(KERNEL, X, tmp_path / "a", chunk=50, progress=killer)
    factor = ntksym.dask.cholesky(tmp_path / "a", 0.1)
    in_threads(ntksym.dask.store, KERNEL, X, tmp_path / "b", chunk=50)
    other = in_threads(ntksym.dask.cholesky, tmp_path / "b", 0.1)
    same = [np.asarray(ntksym.dask.from_zarr(tmp_path / name)) for name in "ab"]
    np.testing.assert_array_equal(*same)
    np.testing.assert_array_equal(same[0], ntksym.dask.gram(KERNEL, X, chunk=50).compute())
    np.testing.assert_array_equal(factor.solve(V), other.solve(V))


def _threads(points: np.ndarray) -> tuple[int, int]:
    return numba.get_num_threads(), len(points)

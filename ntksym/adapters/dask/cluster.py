"""Where tasks run: on the workers of a ``distributed`` client if there is one, else in threads.

A task is one thread: Dask's threads are all the parallelism there is.
"""

from collections.abc import Callable, Sequence
from typing import Any

import dask
import numba
from dask.callbacks import Callback
from dask.delayed import Delayed
from distributed import Client, as_completed, default_client

from ntksym.lowering.threads import alone, count, pool
from ntksym.numerics.regression.factor import Progress

WHOLE = {"distributed.admin.large-graph-warning-threshold": "1 TiB"}
"""The points travel with the graph, once: a worker that is lost takes nothing with it."""


def client() -> Client | None:
    """The one in use in this process."""
    try:
        return default_client()
    except ValueError:
        return None


def task(function: Callable[..., Any], *arguments: Any) -> Delayed:
    """``function(*arguments)``, later, in one thread."""
    return dask.delayed(in_one_thread, pure=False)(function, *arguments)


def in_one_thread(function: Callable[..., Any], *arguments: Any) -> Any:
    """Neither Numba nor BLAS adds threads to those of Dask."""
    before = numba.get_num_threads()
    numba.set_num_threads(1)  # of this thread
    try:
        with alone():
            return function(*arguments)
    finally:
        numba.set_num_threads(before)


def shared(*values: Any) -> tuple[Delayed, ...]:
    """Values that many tasks use: sent once to each worker that needs them."""
    with dask.config.set(WHOLE):
        return dask.persist(*(dask.delayed(_same, pure=False)(value) for value in values))


def _same(value: Any) -> Any:
    return value


def results(tasks: Sequence[Delayed], what: str, progress: Progress | None = None) -> list[Any]:
    """The value of each task; ``progress(what, done, total)`` hears of each that is done."""
    told = progress or (lambda what, done, total: None)
    if (on := client()) is None:
        threads = dask.config.get("num_workers", None) or count()
        with pool(threads) as own, _Told([task.key for task in tasks], what, told):
            return list(dask.compute(*tasks, pool=dask.config.get("pool", None) or own))
    with dask.config.set(WHOLE):
        futures = on.compute(list(tasks))
    try:
        for done, future in enumerate(as_completed(futures), 1):
            if future.status == "error":
                future.result()
            told(what, done, len(futures))
        return list(on.gather(futures))
    finally:
        on.cancel(futures)


class _Told(Callback):
    """Passes on what a local scheduler says."""

    def __init__(self, keys: Sequence[Any], what: str, told: Progress) -> None:
        super().__init__()
        self._left, self._total, self._what, self._told = set(keys), len(keys), what, told

    def _posttask(self, key: Any, *_: Any) -> None:
        if key in self._left:
            self._left.discard(key)
            self._told(self._what, self._total - len(self._left), self._total)

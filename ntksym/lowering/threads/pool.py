"""Threads of a call: none outlives it, and BLAS keeps to one of its own meanwhile."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache
from threading import Thread, current_thread, main_thread
from typing import Any, TypeVar

from threadpoolctl import ThreadpoolController

Item = TypeVar("Item")


@contextmanager
def pool(threads: int) -> Iterator[ThreadPoolExecutor]:
    """As many threads; where the block ends early, what they have not begun is dropped.

    A Ctrl-C is answered when what they have begun is done.
    """
    with alone(), ThreadPoolExecutor(threads) as executor:
        try:
            yield executor
        except BaseException:
            executor.shutdown(cancel_futures=True)
            raise


def share(work: Callable[[Item], object], items: Iterable[Item], threads: int) -> None:
    """``work`` on each item, in this thread and in others that begin beside it.

    This one does not wait for them to begin: what is little is done by then. After an error, or a
    Ctrl-C, what was begun is done, and nothing else begins.
    """
    left, failed = deque(items), []

    def run() -> None:
        with suppress(IndexError):
            while True:
                item = left.popleft()
                try:
                    work(item)
                except BaseException as error:
                    left.clear()
                    failed.append(error)

    with alone() if len(left) > 1 else nullcontext():
        others = [Thread(target=run) for _ in range(min(threads, len(left)) - 1)]
        try:
            for other in others:
                other.start()
            run()
        finally:
            left.clear()
            for other in others:
                if other.ident:
                    other.join()
    if failed:
        raise failed[0]


def alone() -> AbstractContextManager[Any]:
    """One thread of BLAS inside.

    The number belongs to the process, so that calls that overlap would give back each other's; and
    OpenBLAS takes it from the main thread only. Calls in other threads leave it as it is.
    """
    if current_thread() is not main_thread():
        return nullcontext()
    limit: AbstractContextManager[Any] = _libraries().limit(limits=1, user_api="blas")
    return limit


@cache
def _libraries() -> ThreadpoolController:
    """Found once: to look for BLAS takes longer than a small matrix."""
    return ThreadpoolController()

"""Threads of a call: none outlives it, and BLAS keeps to one of its own meanwhile."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from threading import current_thread, main_thread
from typing import Any

from threadpoolctl import ThreadpoolController


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

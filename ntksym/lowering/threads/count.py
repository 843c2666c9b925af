"""How many threads a call starts."""

import os
import sys


def count() -> int:
    """What Numba answers where it is loaded, else what it would: its variable, or the processors.

    >>> count() >= 1
    True
    """
    if asked := getattr(sys.modules.get("numba"), "get_num_threads", None):
        return int(asked())
    if told := os.environ.get("NUMBA_NUM_THREADS"):
        return max(1, int(told))
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

"""Many networks of one kind, in parallel: a seed for each, the same result on any machine load."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import get_num_threads
from threadpoolctl import threadpool_limits

from ntksym.networks import Activation, Network
from ntksym.numerics.finite.draw import child, sequence
from ntksym.numerics.finite.network import FiniteNetwork, drawn, finite_width
from ntksym.numerics.finite.tangents import Progress


def ensemble(
    measure: Callable[[FiniteNetwork], Any],
    network: Network | Activation | str,
    width: int,
    count: int,
    *,
    seed: Any = 0,
    workers: int | None = None,
    progress: Progress | None = None,
    **arguments: Any,
) -> np.ndarray:
    """``measure`` of ``count`` independent networks, stacked: shape (count, ...).

    Network i has the i-th seed that ``numpy.random.SeedSequence(seed).spawn`` gives; the other
    arguments are those of :func:`finite_width`. Networks run in ``workers`` threads (by default
    one for each core), each with one thread of BLAS: the result does not depend on ``workers``.
    ``progress(done, total)`` follows the networks.

    >>> X = np.array([[1.0, 2.0]])
    >>> ensemble(lambda net: net(X), "relu", 64, 5, depth=2).shape
    (5, 1, 1)
    """
    if isinstance(count, bool) or not hasattr(count, "__index__") or int(count) < 1:
        raise ValueError(f"count: expected an integer of at least 1, got {count!r}")
    source = sequence(seed)
    like = finite_width(network, width, seed=child(source, 0), **arguments)

    def one(k: int) -> np.ndarray:
        return np.asarray(measure(drawn(like.plan, child(source, k), like.dtype)))

    found: list[np.ndarray] = []
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(workers or get_num_threads()) as pool:
        for value in pool.map(one, range(int(count))):
            found.append(value)
            if progress:
                progress(len(found), int(count))
    return np.stack(found)

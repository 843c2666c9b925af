"""Many networks of one kind, in parallel: a seed for each, the same result on any machine load."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ntksym.arguments import integer
from ntksym.lowering import threads
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
    count = integer("count", count)
    source = sequence(seed)
    like = finite_width(network, width, seed=child(source, 0), **arguments)

    def one(k: int) -> np.ndarray:
        return np.asarray(measure(drawn(like.plan, child(source, k), like.dtype)))

    found: list[np.ndarray] = []
    with threads.pool(workers or threads.count()) as executor:
        for value in executor.map(one, range(count)):
            found.append(value)
            if progress:
                progress(len(found), count)
    return np.stack(found)

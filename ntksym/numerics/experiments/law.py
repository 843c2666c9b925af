"""The law of the outputs at random parameters."""

from typing import Any

import numpy as np

from ntksym.kernel import Kernel, nngp
from ntksym.lowering.inputs import array
from ntksym.lowering.modules import accepted
from ntksym.networks import Activation, Network
from ntksym.networks.layers import network_of
from ntksym.numerics.experiments.tests import Tests, independent, normal, whitened
from ntksym.numerics.finite import ensemble
from ntksym.numerics.finite.tangents import Progress


def gaussian_outputs(
    network: Network | Activation | str, X: Any, width: int, count: int = 1000, *,
    limit: Kernel | None = None, seed: Any = 0, level: float = 1e-2,
    progress: Progress | None = None, **arguments: Any,
) -> Tests:  # fmt: skip
    """Whether the outputs of ``count`` networks are N(0, Σ(X, X)) [jacot2018, Proposition 1].

    Σ is the covariance :func:`ntksym.nngp` of the network, or ``limit``. A wide network passes
    with probability 1 - ``level``, as long as its distance from the limit, of order 1/width, is
    below what ``count`` samples show. ``progress(done, total)`` follows the networks.

    >>> X = np.eye(3)
    >>> gaussian_outputs("relu", X, 256, 500, depth=2).passes
    True
    >>> gaussian_outputs("relu", X, 2, 500, depth=2).passes  # narrow
    False
    """
    of = network_of(accepted(network), arguments)
    z = _samples(of, X, width, count, 1, limit or nngp(of), seed, progress)[:, :, 0]
    return Tests("outputs Gaussian", z, normal(z), level)


def independent_outputs(
    network: Network | Activation | str, X: Any, width: int, count: int = 1000, *,
    outputs: int = 2, limit: Kernel | None = None, seed: Any = 0, level: float = 1e-2,
    progress: Progress | None = None, **arguments: Any,
) -> Tests:  # fmt: skip
    """Whether the outputs of a network are independent of each other in the limit.

    They are uncorrelated at any width, but share the hidden layers: in a narrow network
    all are large together. Arguments are those of :func:`gaussian_outputs`.

    >>> independent_outputs("relu", np.eye(3), 256, 500, depth=2).passes
    True
    >>> independent_outputs("relu", np.eye(3), 2, 500, depth=2).passes
    False
    """
    if outputs < 2:
        raise ValueError(f"outputs: expected at least 2, got {outputs}")
    of = network_of(accepted(network), arguments)
    z = _samples(of, X, width, count, outputs, limit or nngp(of), seed, progress)
    return Tests("outputs independent", z, independent(z), level)


def _samples(
    of: Network, X: Any, width: int, count: int, outputs: int, limit: Kernel, seed: Any,
    progress: Progress | None,
) -> np.ndarray:  # fmt: skip
    """Whitened outputs (count, m, outputs)."""
    x = array("X", X)
    if count <= 10 * len(x):
        raise ValueError(
            f"count: expected more than ten samples a point, {10 * len(x)}, got {count}"
        )
    found = ensemble(
        lambda net: net(x), of, width, count, seed=seed, outputs=outputs, progress=progress
    )
    return whitened(found, limit(x))

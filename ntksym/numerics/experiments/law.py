"""The law of the outputs, at random parameters and after training."""

from typing import Any

import numpy as np

from ntksym.kernel import Kernel, nngp, ntk
from ntksym.lowering.inputs import array
from ntksym.lowering.modules import accepted
from ntksym.networks import Activation, Network
from ntksym.networks.layers import network_of
from ntksym.numerics.dynamics import gradient_flow
from ntksym.numerics.experiments.tests import Tests, independent, normal, whitened
from ntksym.numerics.finite import FiniteNetwork, ensemble
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


def trained_outputs(
    network: Network | Activation | str, X: Any, y: Any, test: Any, width: int,
    count: int = 1000, *, steps: int = 100, rate: float | None = None,
    limit: Kernel | None = None, seed: Any = 0, level: float = 1e-2,
    progress: Progress | None = None, **arguments: Any,
) -> Tests:  # fmt: skip
    """Whether trained networks have the law of :func:`ntksym.gradient_flow` at the points ``test``.

    Mean and covariance are those of the flow of ``limit``, by default the tangent kernel of the
    network, at the time rate · ``steps``; ``rate`` is by default half of n over the largest
    eigenvalue of the network's own, where a step is off by 0.3/steps of f₀ - y at most.
    A wide network passes with probability 1 - ``level``. Arguments are those of
    :func:`gaussian_outputs`.
    """
    of = network_of(accepted(network), arguments)
    x, there, own = array("X", X), array("test", test), ntk(of)
    enough(count, there)
    speed = rate or len(x) / (2 * float(np.linalg.eigvalsh(own(x))[-1]))
    flow = gradient_flow(limit or own, x, y, [speed * steps], there)

    def after(net: FiniteNetwork) -> np.ndarray:
        done = net.train(x, y, steps, rate=speed, test=there, record=[steps])
        return done.test_outputs[-1, :, 0]

    found = ensemble(after, of, width, count, seed=seed, progress=progress)
    z = whitened(found - flow.mean[0], flow.covariance[0], "test")
    return Tests("trained outputs have the law of the flow", z, normal(z), level)


def enough(count: int, x: np.ndarray) -> None:
    """ValueError unless there are more than ten samples a point."""
    if count <= 10 * len(x):
        raise ValueError(
            f"count: expected more than ten samples a point, {10 * len(x)}, got {count}"
        )


def _samples(
    of: Network, X: Any, width: int, count: int, outputs: int, limit: Kernel, seed: Any,
    progress: Progress | None,
) -> np.ndarray:  # fmt: skip
    """Whitened outputs (count, m, outputs)."""
    x = array("X", X)
    enough(count, x)
    found = ensemble(
        lambda net: net(x), of, width, count, seed=seed, outputs=outputs, progress=progress
    )
    return whitened(found, limit(x))

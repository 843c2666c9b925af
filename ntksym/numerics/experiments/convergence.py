"""The empirical kernel at initialisation and its limit."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ntksym.kernel import Kernel, ntk
from ntksym.lowering.inputs import array
from ntksym.numerics.experiments.rate import TWO_SIDED, Family, Rate, checked, family
from ntksym.numerics.finite import FiniteNetwork, ensemble
from ntksym.numerics.finite.draw import child, sequence
from ntksym.numerics.finite.tangents import Progress


def kernel_convergence(
    network: Family,
    X: Any,
    widths: Sequence[int],
    seeds: int = 32,
    *,
    limit: Kernel | None = None,
    outputs: int = 16,
    seed: Any = 0,
    level: float = 1e-3,
    progress: Progress | None = None,
    **arguments: Any,
) -> Rate:
    r"""Whether the empirical kernel approaches its limit as width^(-1/2) [jacot2018, Theorem 1].

    .. math:: e=\|\hat K(X,X)-K\otimes\mathrm{Id}\|_F\,/\,\|K\otimes\mathrm{Id}\|_F

    for ``seeds`` networks of each width, at random parameters. The claim is a slope between -0.6
    and -0.4, corrections of order 1/width are no failure, and it passes if the whole interval of
    the slope is there. The blocks between different ``outputs`` fluctuate independently: e of 16
    outputs scatters three to six times less than that of one, at about the cost of one, and so
    does the slope; one output is more sensitive to a wrong ``limit``, and needs ten times the
    networks to pass. ``network`` is a network, an activation
    with the arguments of ``mlp``, or a function of the width; ``limit`` is the tangent kernel of
    that network unless given. ``progress(done, total)`` follows all networks.

    >>> X = np.eye(3)
    >>> kernel_convergence("relu", X, (32, 128, 512), depth=2).passes
    True
    >>> wrong = ntk("relu", depth=2, w_std=1.1)
    >>> kernel_convergence("relu", X, (32, 128, 512), limit=wrong, depth=2).passes
    False
    """
    points, of, chosen = array("X", X), family(network, arguments), checked(widths, seeds)
    errors = []
    for k, width in enumerate(chosen):
        kernel = (limit or ntk(of(width)))(points)
        target = kernel if outputs == 1 else np.einsum("ij,kl->ijkl", kernel, np.eye(outputs))

        def error(net: FiniteNetwork, target: np.ndarray = target) -> float:
            return float(np.linalg.norm(net.ntk(points) - target) / np.linalg.norm(target))

        told = after(progress, k * seeds, len(chosen) * seeds)
        source = child(sequence(seed), k)
        errors.append(
            ensemble(error, of(width), width, seeds, seed=source, outputs=outputs, progress=told)
        )
    claim = "empirical kernel → limit"
    return Rate(claim, chosen, np.array(errors), TWO_SIDED, level, strict=True)


def after(progress: Progress | None, done: int, total: int) -> Progress | None:
    """``progress`` of a part that starts after ``done`` of ``total``."""
    return (lambda now, _: progress(done + now, total)) if progress else None

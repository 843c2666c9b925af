"""Training of wide networks: the kernel stays, and the network follows a linear equation."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ntksym.kernel import ntk
from ntksym.lowering.inputs import array
from ntksym.numerics.experiments.convergence import after
from ntksym.numerics.experiments.rate import AT_LEAST, Family, Rate, checked, family
from ntksym.numerics.finite import FiniteNetwork, ensemble
from ntksym.numerics.finite.draw import child, sequence
from ntksym.numerics.finite.job import prepared
from ntksym.numerics.finite.linear import descend
from ntksym.numerics.finite.tangents import Progress

SHARE = 0.5
"""Of the inverse of the largest eigenvalue of K/n: networks have larger ones than the limit."""


def kernel_movement(
    network: Family, X: Any, y: Any, widths: Sequence[int], seeds: int = 16, *,
    steps: int = 100, tolerance: float = 0.1, seed: Any = 0, level: float = 1e-3,
    progress: Progress | None = None, **arguments: Any,
) -> Rate:  # fmt: skip
    r"""Whether the kernel stays constant in training as the width grows [jacot2018, Theorem 2].

    .. math:: e=\max_t\|\hat K_t-\hat K_0\|_F\,/\,\|\hat K_0\|_F

    over ten times of ``steps`` of gradient descent of least squares on (X, y). The claim is a
    slope of -0.4 or less, the theorem bounds the movement by width^(-1/2), and an e of at most
    ``tolerance`` at the largest width. Arguments are those of :func:`kernel_convergence`.
    """
    x = array("X", X)

    def movement(net: FiniteNetwork, rate: float, _: np.ndarray) -> float:
        at = range(0, steps + 1, max(1, steps // 10))
        kernels = net.train(x, y, steps, rate=rate, record=[steps], kernels=at).kernels
        return _largest(kernels - kernels[0]) / float(np.linalg.norm(kernels[0]))

    errors, chosen = _measured(movement, network, x, x, widths, seeds, seed, progress, arguments)
    return Rate("kernel constant in training", chosen, errors, AT_LEAST, level, tolerance)


def linearisation_error(
    network: Family, X: Any, y: Any, widths: Sequence[int], seeds: int = 16, *, test: Any = None,
    steps: int = 100, tolerance: float = 0.1, seed: Any = 0, level: float = 1e-3,
    progress: Progress | None = None, **arguments: Any,
) -> Rate:  # fmt: skip
    r"""Whether training follows that of the linearised network as the width grows [lee2019].

    .. math:: e=\max_t\|f_t-f^{\rm lin}_t\|_2\,/\,\sqrt m

    on the m points of ``X`` and ``test``, both trained from the same parameters. The claim is a
    slope of -0.4 or less, the bound is width^(-1/2), and an e of at most ``tolerance`` at the
    largest width. Arguments are those of :func:`kernel_movement`.
    """
    x = array("X", X)
    others = x[:0] if test is None else array("test", test)

    def error(net: FiniteNetwork, rate: float, _: np.ndarray) -> float:
        both = (kind.train(x, y, steps, rate=rate, test=others) for kind in (net, net.linearised()))
        actual, linear = (np.hstack([done.outputs, done.test_outputs]) for done in both)
        return _largest(actual - linear) / float(np.sqrt(actual.shape[1]))

    errors, chosen = _measured(error, network, x, x, widths, seeds, seed, progress, arguments)
    return Rate("network → linearised network", chosen, errors, AT_LEAST, level, tolerance)


def closed_form_error(
    network: Family, X: Any, y: Any, widths: Sequence[int], seeds: int = 16, *, test: Any = None,
    steps: int = 100, tolerance: float = 0.1, seed: Any = 0, level: float = 1e-3,
    progress: Progress | None = None, **arguments: Any,
) -> Rate:  # fmt: skip
    r"""Whether training follows the linear equation of the limit kernel from the same f₀.

    .. math:: f_{s+1}=f_s-\tfrac{\eta}{n}K(\cdot,X)\,(f_s(X)-y),\qquad
        e=\max_s\|\hat f_s-f_s\|_2/\sqrt m

    with descent in steps as the network has it, so that no error of time enters. The claim and
    the arguments are those of :func:`linearisation_error`.
    """
    x = array("X", X)
    others = x[:0] if test is None else array("test", test)
    both = np.concatenate([x, others])

    def error(net: FiniteNetwork, rate: float, kernel: np.ndarray) -> float:
        done = net.train(x, y, steps, rate=rate, test=others)
        job = prepared(net, x, y, steps, rate, others, None, (), None)
        form = descend(kernel, net(both), job)[0].training(net)
        actual, linear = (np.hstack([kind.outputs, kind.test_outputs]) for kind in (done, form))
        return _largest(actual - linear) / float(np.sqrt(actual.shape[1]))

    errors, chosen = _measured(error, network, x, both, widths, seeds, seed, progress, arguments)
    return Rate("network → equation of the limit", chosen, errors, AT_LEAST, level, tolerance)


def _measured(
    measure: Callable[[FiniteNetwork, float, np.ndarray], float], network: Family, x: np.ndarray,
    points: np.ndarray, widths: Sequence[int], seeds: int, seed: Any, progress: Progress | None,
    arguments: dict[str, Any],
) -> tuple[np.ndarray, tuple[int, ...]]:  # fmt: skip
    """``measure(net, rate, K(points, x))`` of each network, the rate from the limit kernel K."""
    of, chosen, errors = family(network, arguments), checked(widths, seeds), []
    for k, width in enumerate(chosen):
        limit = ntk(of(width))
        kernel = limit(points, x)
        rate = SHARE * len(x) / float(np.linalg.eigvalsh(limit(x))[-1])

        def one(net: FiniteNetwork, rate: float = rate, kernel: np.ndarray = kernel) -> float:
            return measure(net, rate, kernel)

        told = after(progress, k * seeds, len(chosen) * seeds)
        source = child(sequence(seed), k)
        errors.append(ensemble(one, of(width), width, seeds, seed=source, progress=told))
    return np.array(errors), chosen


def _largest(differences: np.ndarray) -> float:
    """The largest norm over the times, which come first."""
    return float(max(np.linalg.norm(difference) for difference in differences))

"""``certify``: a rigorous lower bound of the smallest eigenvalue of a Gram matrix of data."""

from functools import partial
from typing import Any

import numpy as np

from ntksym.arguments import integer
from ntksym.evaluate.balls import precision
from ntksym.kernel import Kernel
from ntksym.theorems.data import cholesky, elimination
from ntksym.theorems.data.certificate import GramCertificate, Progress, entries
from ntksym.theorems.data.rows import blame
from ntksym.theorems.data.rows import points as rows

BITS = 128
"""The first precision of Arb."""


def certify(
    kernel: Kernel,
    X: Any,
    *,
    largest: int = 200,
    bits: int = 1024,
    progress: Progress | None = None,
) -> GramCertificate:
    r"""A rigorous lower bound of the smallest eigenvalue of the exact K(X, X), X of shape (n, d).

    The float64 inputs count as exact numbers, and K is the kernel itself, not the doubles that
    ``kernel(X)`` returns; as a Gram matrix it is never below 0. In this order:

    - **float64**: the proved error of the entries [:mod:`ntksym.lowering.errors`] and a
      Cholesky decomposition whose success is a proof [rump2006]. It takes about two of LAPACK's
      beside the Gram matrix itself, for activations that are positively homogeneous of degree 1
      (relu, leaky relu, abs, the identity, max(z, z/3), ...).
    - **rows**: equal, zero, proportional or opposite rows, and too many rows for a linear kernel,
      where they make the matrix singular.
    - **Arb**: all entries in balls and L D L' of them, at 128 bits and twice as many until
      ``bits``, for at most ``largest`` rows. Slow: ``progress(what, done, total)`` hears of it.

    The certificate says ``"positive definite"``, ``"not positive definite"`` (both proved) or
    ``"unknown"``, and why; ``.verify()`` proves it again. Raises ``TypeError`` for what is no
    kernel, ``ValueError`` for points that ``kernel(X)`` would refuse or for no points.

    >>> from ntksym import ntk
    >>> certify(ntk("relu", depth=2), [[1.0, 0.0], [0.0, 1.0], [2.0, 0.0]]).reason
    'rows 0 and 2 are proportional, and the network is homogeneous: K(tx, y) = t K(x, y)'
    """
    points = rows(kernel, X)
    points.flags.writeable = False
    for name, value, least in (("largest", largest, 0), ("bits", bits, BITS)):
        integer(name, value, least)
    certificate = partial(GramCertificate, kernel, points)
    below, doubt = _by_doubles(kernel, points)
    if below is not None:
        return certificate("positive definite", below, doubt, "float64 Cholesky")
    if found := blame(kernel, points):
        return certificate("not positive definite", 0.0, found.reason, "exact rows", found.rows)
    if len(points) <= largest:
        try:
            below, working = _by_balls(kernel, points, bits, progress)
        except ValueError as error:
            doubt = f"{doubt}; {error}"
        else:
            if below is not None:
                reason = f"L D L' of enclosures of all entries has positive pivots, {working} bits"
                return certificate("positive definite", below, reason, "Arb", (), working)
            doubt = f"{doubt}; Arb cannot tell it from a singular matrix with {bits} bits"
    else:
        doubt = f"{doubt}; Arb is used for at most {largest} rows, here are {len(points)}"
    return certificate("unknown", 0.0, doubt, "none", _closest(kernel(points)))


def _by_doubles(kernel: Kernel, points: np.ndarray) -> tuple[float | None, str]:
    """The bound of doubles, and why it holds, or why there is none."""
    try:
        error = kernel.rounding(points)
    except ValueError as unproved:
        return None, f"the doubles have no proved error ({unproved})"
    below = cholesky.lower_bound(lambda: kernel(points), error)
    if below is None:
        return None, f"doubles cannot tell, their entries being off by up to {error:.1e}"
    return below, f"a Cholesky decomposition in doubles; their entries are off by <= {error:.1e}"


def _by_balls(
    kernel: Kernel, points: np.ndarray, bits: int, progress: Progress | None
) -> tuple[float | None, int]:
    """The bound of balls and their bits; None where ``bits`` are too few."""
    working, count = BITS, len(points)
    while True:
        rows = entries(kernel, points, working, progress)
        with precision(working):
            below = elimination.lower_bound(
                rows, lambda done: progress("pivots", done, count) if progress else None
            )
        if below is not None or 2 * working > bits:
            return below, working
        working *= 2


def _closest(matrix: np.ndarray) -> tuple[int, ...]:
    """The two different rows of the largest correlation."""
    scale = np.sqrt(matrix.diagonal())
    np.divide(matrix, np.outer(scale, scale), out=matrix, where=matrix != 0)
    np.fill_diagonal(matrix, 0)
    place = np.abs(matrix).argmax()
    return tuple(sorted(divmod(int(place), len(matrix)))) if len(matrix) > 1 else ()

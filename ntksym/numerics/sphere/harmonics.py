r"""Zonal harmonics on S^{d-1}: multiplicities, Gegenbauer polynomials, the law of an angle.

:math:`P_k` is the Gegenbauer polynomial of index :math:`(d-2)/2` with :math:`P_k(1)=1`
(Chebyshev's on the circle):
:math:`(k+d-2)P_{k+1}(t)=(2k+d-2)\,t\,P_k(t)-k\,P_{k-1}(t)`. As a function of the angle it is an
average of cosines [atkinson2012], so :math:`|P_k(\cos\varphi)|\le e^{k|\operatorname{Im}\varphi|}`.
"""

from collections.abc import Iterator, Sequence
from math import comb

from flint import arb, fmpq


def multiplicity(dimension: int, k: int) -> int:
    """N(d, k), the number of spherical harmonics of degree k on S^{d-1}.

    >>> [multiplicity(3, k) for k in range(4)], [multiplicity(2, k) for k in range(3)]
    ([1, 3, 5, 7], [1, 2, 2])
    """
    lower = comb(k + dimension - 3, k - 2) if k >= 2 else 0
    return comb(k + dimension - 1, k) - lower


def density(dimension: int) -> arb:
    r"""The constant :math:`|S^{d-2}|/|S^{d-1}|` before :math:`\sin^{d-2}\varphi\,d\varphi`."""
    d = arb(dimension)
    return (d / 2).gamma() / (arb.pi().sqrt() * ((d - 1) / 2).gamma())


def polynomials(dimension: int, points: Sequence[arb]) -> Iterator[list[arb]]:
    """P_0, P_1, ... at the points; the balls widen by at most a factor 1 + sqrt(2) a degree."""
    before, row, k = [arb(1)] * len(points), list(points), 1
    yield before
    while True:
        yield row
        first, second = (arb(fmpq(a, k + dimension - 2)) for a in (2 * k + dimension - 2, k))
        following = [
            first * t * a - second * b for t, a, b in zip(points, row, before, strict=True)
        ]
        before, row, k = row, following, k + 1


GROWTH = 1.28
"""Bits that a degree of the recurrence may cost: log2(1 + sqrt(2)), rounded up."""

r"""The eigenvalues of one power of the correlation.

By Rodrigues' formula :math:`m_{n,k}=\mathbb E[t^nP_k(t)]`, t a coordinate of a point of S^{d-1}, is

.. math:: m_{k,k}=\frac{k!}{d(d+2)\cdots(d+2k-2)},\qquad
    \frac{m_{n+2,k}}{m_{n,k}}=\frac{(n+1)(n+2)}{(n-k+2)(n+k+d)},

and 0 for n < k and where n - k is odd. So no :math:`m_{n,k}` is negative; and as
:math:`1=\sum_kN(d,k)\,m_{n,k}`, none is above :math:`1/N(d,k)`.
"""

from collections.abc import Iterator

from flint import arb, fmpq

from ntksym.numerics.sphere.harmonics import multiplicity


def column(dimension: int, k: int) -> Iterator[arb]:
    """m_{k,k}, m_{k+2,k}, m_{k+4,k}, ... at the precision in force."""
    value, n = arb(1), k
    for j in range(k):
        value *= fmpq(j + 1, dimension + 2 * j)
    while True:
        yield value
        value *= fmpq((n + 1) * (n + 2), (n - k + 2) * (n + k + dimension))
        n += 2


def beyond(dimension: int, k: int, order: int, following: arb) -> arb:
    """A bound of m_{n,k} for all n > ``order``, where the first of them is ``following``.

    From there on they fall if :math:`(d-1)n\\ge2+(k-2)(k+d)`.
    """
    falling = (dimension - 1) * (order + 1) >= 2 + (k - 2) * (k + dimension)
    return following if falling else arb(1) / multiplicity(dimension, k)

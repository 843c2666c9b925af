r"""Which orders stand for all: a sum over k with steps that double as k does.

Of each parity the orders are k = 2i and 2i + 1. All i < B are kept; then, block by block, each
:math:`2^p`-th of :math:`2^pB/2\le i<2^pB`, with weight :math:`2^p`. Where the step doubles, at
``i0``, a few weights beside it are corrected so that

.. math:: \sum_{m\ge0}f(i_0+m)=2\sum_{m\ge0}f(i_0+2m)+\sum_xc_xf(i_0+x)

holds for polynomials of degree below ``2 * BESIDE``, both sums in Ramanujan's sense (the terms of
Euler and Maclaurin at the lower end): the rule is Gregory's for a change of step. The terms
:math:`a_ka_k'\rho^k` are smooth in k, on the scale of k itself, where σ is analytic but for points
beside the imaginary axis. Whether they are is seen from Parseval's sum.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np

from ntksym.lowering.code.options import compiled, fused
from ntksym.lowering.series import kernel
from ntksym.lowering.series.bounds import Rule

BLOCK = 512
BESIDE = 8
"""Points on each side of a change of step whose weights are corrected."""


@dataclass(frozen=True)
class Orders:
    """The kept i, increasing, with their weights; ``base`` is B, a power of 2, at least 32."""

    base: int
    index: np.ndarray
    weight: np.ndarray


def orders(base: int, last: int) -> Orders:
    """Those of at least all i up to ``last``, in whole blocks behind the first B."""
    index, weight = list(range(base)), [1.0] * base
    step = 1
    while step * base <= last:
        first, step = len(index), 2 * step
        index += range(step * base // 2, step * base, step)
        weight += [float(step)] * (base // 2)
        for x, correction in _corrections():
            at = first + (x // 2 if x >= 0 else x)
            weight[at] += step / 2 * correction
    kept = len(index) if step > 1 else min(base, last + 1 + -(last + 1) % 4)
    return Orders(base, np.array(index[:kept]), np.array(weight[:kept]))


def hermite(grid: Rule, of: np.ndarray) -> np.ndarray:
    """h_k(x) φ(x) times the weight at the nodes x (rows) for increasing orders k (columns)."""
    roots = np.sqrt(np.arange(of[-1] + 2.0))
    out = np.empty((of.size, grid.nodes.size))
    first = grid.weights / math.sqrt(2 * math.pi) * np.exp(-grid.nodes * grid.nodes / 2)
    filled(grid.nodes, first, of, roots, np.empty((2, BLOCK)), out)
    return out.T.copy()


@compiled
def filled(
    x: np.ndarray, first: np.ndarray, orders: np.ndarray, roots: np.ndarray, two: np.ndarray,
    out: np.ndarray,
) -> None:  # fmt: skip
    """h_k times ``first`` for increasing k, on as many nodes at once as stay in the first cache."""
    for start in range(0, x.size, BLOCK):
        end, k = min(start + BLOCK, x.size), 0
        for j in range(start, end):
            two[0, j - start], two[1, j - start] = 0.0, first[j]
        for row in range(orders.size):
            while k < orders[row]:
                advance(x[start:end], two[k % 2], two[1 - k % 2], roots[k], 1.0 / roots[k + 1])
                k += 1
            for j in range(start, end):
                out[row, j] = two[1 - k % 2, j - start]


@fused
def advance(x: np.ndarray, before: np.ndarray, at: np.ndarray, root: float, over: float) -> None:
    """h_(k+1) in place of h_(k-1)."""
    for j in range(x.size):
        before[j] = (x[j] * at[j] - root * before[j]) * over


def squares(rows: np.ndarray) -> np.ndarray:
    """The sum of the squares of each row."""
    return products(rows, rows)


def products(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """That of each row with each row."""
    return np.asarray(np.einsum("ik,ik->i", one, other))


def cut(shares: np.ndarray, of: Orders, *tables: np.ndarray) -> Iterator[np.ndarray]:
    """Both parities of each table at one length, with zeros for what does not matter at any point.

    That is an end of the largest ``shares`` with a sum below 2**-54.
    """
    count, largest, kept = of.index.size, shares.max(axis=0), []
    for first in (0, count):
        tails = np.cumsum(largest[first : first + count][::-1])[::-1]
        kept.append(kernel.whole.py_func(int((tails > 2.0**-54).sum()), of.base))
    for table in tables:
        out = np.zeros((len(table), 2, max(kept)))
        for parity, length in enumerate(kept):
            length = min(length, count)
            out[:, parity, :length] = table[:, parity * count : parity * count + length]
        yield out.reshape(len(table), -1)


@cache
def _corrections() -> tuple[tuple[int, float], ...]:
    """(x, c_x) for x = -8, ..., -1 and 0, 2, ..., 14: what makes the rule right for powers x**d.

    The sum of m**d is zeta(-d) = -B(d+1)/(d+1).
    """
    points = [*range(-BESIDE, 0), *range(0, 2 * BESIDE, 2)]
    sums = [-b / (d + 1) for d, b in enumerate(_bernoulli(len(points))[1:])]
    sums[0] += 1
    wanted = [total * (1 - 2 ** (d + 1)) for d, total in enumerate(sums)]
    rows = [[Fraction(x) ** d for x in points] + [wanted[d]] for d in range(len(points))]
    return tuple(zip(points, map(float, _solved(rows)), strict=True))


def _bernoulli(count: int) -> list[Fraction]:
    """B_0, ..., B_count, with B_1 = 1/2."""
    found: list[Fraction] = []
    row: list[Fraction] = []
    for m in range(count + 1):
        row.append(Fraction(1, m + 1))
        for j in range(m, 0, -1):
            row[j - 1] = j * (row[j - 1] - row[j])
        found.append(row[0])
    return found


def _solved(rows: list[list[Fraction]]) -> list[Fraction]:
    """Gauss-Jordan elimination of a square system, its right side the last column."""
    for k in range(len(rows)):
        pivot = next(r for r in range(k, len(rows)) if rows[r][k])
        rows[k], rows[pivot] = rows[pivot], rows[k]
        rows[k] = [value / rows[k][k] for value in rows[k]]
        for r, row in enumerate(rows):
            if r != k and row[k]:
                rows[r] = [a - row[k] * b for a, b in zip(row, rows[k], strict=True)]
    return [row[-1] for row in rows]

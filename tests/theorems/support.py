"""Points with rational coordinates, and the smallest eigenvalue of a matrix of balls."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from flint import arb, arb_mat

from ntksym.evaluate import precision
from ntksym.kernel import Kernel

Point = tuple[Fraction, ...]


def projected(parameters: Sequence[Fraction]) -> Point:
    """The point of the unit sphere above ``parameters``, stereographically: exact and rational."""
    square = sum(p * p for p in parameters)
    return (*(2 * p / (1 + square) for p in parameters), (1 - square) / (1 + square))


def gram(kernel: Kernel, points: Sequence[Point], bits: int = 256) -> arb_mat:
    """The Gram matrix in balls, through ``kernel.enclose``."""
    n = len(points)
    rows: list[list[arb]] = [[arb(0)] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rows[i][j] = rows[j][i] = kernel.enclose(points[i], points[j], bits=bits)
    return arb_mat(rows)


def positive(matrix: arb_mat, shift: arb) -> bool | None:
    """Whether the matrix minus ``shift`` is positive definite, by the signs of its pivots."""
    n = matrix.nrows()
    rows = [[matrix[i, j] - (shift if i == j else 0) for j in range(n)] for i in range(n)]
    for k in range(n):
        pivot = rows[k][k]
        if not pivot > 0:
            return False if pivot <= 0 else None
        for i in range(k + 1, n):
            factor = rows[i][k] / pivot
            for j in range(k, n):
                rows[i][j] = rows[i][j] - factor * rows[k][j]
    return True


def smallest(matrix: arb_mat, bits: int = 256) -> arb:
    """A ball around the smallest eigenvalue, of relative radius 2^-10 or of radius 2^(-bits/4).

    Bisection: a shifted matrix is positive definite exactly below the smallest eigenvalue.
    """
    with precision(bits):
        top = min((matrix[i, i] for i in range(matrix.nrows())), key=float).upper()
        low, high = -top * arb(2) ** (-bits // 4), top
        assert positive(matrix, low)
        while high - low > abs(low) / 1024 and high - low > top * arb(2) ** (-bits // 4):
            near_zero = low <= 0 or high > 16 * low
            middle = (arb(low * high).sqrt() if near_zero and low > 0 else (low + high) / 2).mid()
            if low <= 0 and high > top * arb(2) ** (-bits // 4):
                middle = (high * arb(2) ** -8).mid()
            answer = positive(matrix, middle)
            if answer is None:
                break
            low, high = (middle, high) if answer else (low, middle)
        return arb(low).union(arb(high))


def doubles(points: Sequence[Point]) -> np.ndarray:
    return np.array([[float(x) for x in p] for p in points])

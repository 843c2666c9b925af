r"""A Hermite series on the pairs of a tile, compiled.

With :math:`w_k=\hat a_k\hat a_k'` and :math:`x=\rho^2` the even and the odd orders are polynomials
in x, :math:`P(x)=\sum_iw_ix^i`, and :math:`P(1)-P(x)=(1-x)Q(x)` with

.. math:: Q(x)=\sum_jT_jx^j,\qquad T_j=\sum_{i>j}w_i,\qquad P'=Q-(1-x)Q',

so Horner's scheme for T, Q, Q' from the top subtracts nothing. As :math:`1-x=g_-g_+` and
:math:`P_e(1)+P_o(1)+A=1` with :math:`A=\tfrac12\sum_k(\hat a_k-\hat a_k')^2`, for either sign of ρ

.. math:: 1-\kappa&=A+g_-g_+Q_e+g_-\bigl(P_o(1)+\rho g_+Q_o\bigr)\\
    1+\kappa&=A+P_e(1)+P_e(x)+g_+\bigl(P_o(1)-\rho g_-Q_o\bigr).
"""

import math

import numpy as np

from ntksym.lowering.code.options import compiled, fused

HEAD = 2
"""Columns of a table before the coefficients: t/s, and the derivative's second moment."""
CLOSE = 2.0**-50


@fused
def step(slope, quotient, total, x, w):
    """Q', Q, T after one more order."""
    return slope * x + quotient, quotient * x + total, total + w


@fused
def horner(row, columns, last, high, x, state):
    """T, Q, Q' of the orders last, last - 2, ..., four at a time, at each x.

    Above the order ``high`` T alone: the powers of x are none in doubles.
    """
    state[:] = 0.0
    total, quotient, slope = state[0], state[1], state[2]
    for k in range(last, high, -8):
        a, b, c, d = row[k], row[k - 2], row[k - 4], row[k - 6]
        for j in range(x.size):
            upper = a * columns[k, j] + b * columns[k - 2, j]
            total[j] += upper + (c * columns[k - 4, j] + d * columns[k - 6, j])
    for k in range(min(last, high), 5, -8):
        a, b, c, d = row[k], row[k - 2], row[k - 4], row[k - 6]
        for j in range(x.size):
            p, q, t, y = slope[j], quotient[j], total[j], x[j]
            p, q, t = step(p, q, t, y, a * columns[k, j])
            p, q, t = step(p, q, t, y, b * columns[k - 2, j])
            p, q, t = step(p, q, t, y, c * columns[k - 4, j])
            p, q, t = step(p, q, t, y, d * columns[k - 6, j])
            slope[j], quotient[j], total[j] = p, q, t


@fused
def distance(row, columns, last, apart):
    """Half the squared distance of unit vectors, the orders last, last - 2, ... added."""
    for k in range(last, 5, -8):
        a, b, c, d = row[k], row[k - 2], row[k - 4], row[k - 6]
        for j in range(apart.size):
            e, f = a - columns[k, j], b - columns[k - 2, j]
            g, h = c - columns[k - 4, j], d - columns[k - 6, j]
            apart[j] += 0.5 * (e * e + f * f + g * g + h * h)


@compiled
def highest(columns, parity):
    """The last order that does not vanish at all points, up to a whole group of four; or -1."""
    for k in range(columns.shape[0] - 2 + parity, -1, -2):
        if np.any(columns[k] != 0.0):
            return 8 * (k // 8) + 6 + parity
    return -1


@compiled
def alike(s, others):
    """Whether all are ``s`` up to rounding: their distance is then far below it."""
    return np.abs(others - s).max() <= CLOSE * s


@compiled
def reach(x):
    """The order, a multiple of 8, whose power of x is none in doubles; large where x is 1."""
    largest = min(x.max(), 1.0 - 1e-4)
    return 8 * (1 + int(16.0 / -math.log2(max(largest, 1e-9))))


@compiled
def tile(table1, table2, s1, t1, s2, t2, minus, plus, theta):
    """The gaps of each pair of a row and a column, in place; ``theta`` is multiplied by Σ̇.

    ``table1`` and ``table2`` are rows of one table, those of ``s1`` and ``s2``; it is one call of
    ``Series.features`` that cuts the series for all its points.
    """
    if table1.shape[1] != table2.shape[1]:
        raise ValueError("table1, table2: expected rows of one table")
    columns = np.empty((table2.shape[1] - HEAD, s2.size))
    columns[:] = table2[:, HEAD:].T
    ratios = table2[:, 0].copy()
    last_even, last_odd = highest(columns, 0), highest(columns, 1)
    x, apart, dot = np.empty(s2.size), np.empty(s2.size), np.empty(s2.size)
    even, odd = np.empty((3, s2.size)), np.empty((3, s2.size))
    for i in range(s1.size):
        row, less, more = table1[i, HEAD:], minus[i], plus[i]
        for j in range(x.size):
            rho = 0.5 * (more[j] - less[j])
            x[j] = rho * rho
        high = reach(x)
        horner(row, columns, last_even, high + 6, x, even)
        horner(row, columns, last_odd, high + 7, x, odd)
        apart[:] = 0.0
        if not alike(s1[i], s2):
            distance(row, columns, last_even, apart)
            distance(row, columns, last_odd, apart)
        derivative(less, more, x, even, odd, dot)
        for j in range(x.size):
            dot[j] *= table1[i, 0] * ratios[j]
            theta[i, j] *= table1[i, 1] if less[j] == 0.0 and s1[i] == s2[j] else dot[j]
        gaps(apart, even, odd, less, more, dot)


@compiled
def derivative(less, more, x, even, odd, dot):
    """dκ/dρ."""
    qe, pe, to, qo, po = even[1], even[2], odd[0], odd[1], odd[2]
    for j in range(x.size):
        both, rho = less[j] * more[j], 0.5 * (more[j] - less[j])
        of_odd = (to[j] - both * qo[j]) + 2.0 * (rho * rho) * (qo[j] - both * po[j])
        dot[j] = 2.0 * rho * (qe[j] - both * pe[j]) + of_odd


@compiled
def gaps(apart, even, odd, less, more, spare):
    """1 - κ and 1 + κ, in place of 1 - ρ and 1 + ρ."""
    te, qe, to, qo = even[0], even[1], odd[0], odd[1]
    for j in range(apart.size):
        both, rho = less[j] * more[j], 0.5 * (more[j] - less[j])
        spare[j] = apart[j] + both * qe[j] + less[j] * (to[j] + rho * more[j] * qo[j])
    for j in range(apart.size):
        both, rho = less[j] * more[j], 0.5 * (more[j] - less[j])
        inner = apart[j] + te[j] + (te[j] - both * qe[j])
        more[j] = inner + more[j] * (to[j] - rho * less[j] * qo[j])
    for j in range(apart.size):
        less[j], more[j] = max(spare[j], 0.0), max(more[j], 0.0)

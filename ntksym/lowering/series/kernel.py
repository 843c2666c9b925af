r"""A Hermite series on the pairs of a tile, compiled.

With :math:`w_k=\hat a_k\hat a_k'` and :math:`x=\rho^2` the even and the odd orders are polynomials
in x, :math:`P(x)=\sum_iw_ix^i`, with :math:`P(1)-P(x)=D`. Of the orders in a block
(:mod:`ntksym.lowering.series.orders`), :math:`i=2^p(h+m)`, all are functions of :math:`y=x^{2^p}`,

.. math:: y^hG(y),\quad G(y)=\sum_{m<h}w_my^m,\qquad G(1)-G(y)=(1-y)Q(y),\qquad
    Q=\sum_jT_jy^j,\ T_j=\sum_{m>j}w_m,

so Horner's scheme for T, Q, Q' from the top subtracts nothing, and
:math:`D=T(1-y^h)+y^h(1-y)Q`; the complements follow from :math:`1-x=g_-g_+` by
:math:`1-y^2=(1-y)(1+y)`. As :math:`P_e(1)+P_o(1)+A=1` with
:math:`A=\tfrac12\sum_k(\hat a_k-\hat a_k')^2`, for either sign of ρ

.. math:: 1-\kappa&=A+D_e+g_-P_o(1)+\rho D_o\\
    1+\kappa&=A+P_e(1)+P_e(x)+g_+P_o(1)-\rho D_o.
"""

import numpy as np

from ntksym.lowering.code.options import compiled, fused

HEAD = 3
"""Columns of a table before the coefficients: t/s, the derivative's second moment, the base."""
CLOSE = 2.0**-50
NONE = 2.0**-60
TINY = 1e-290


@compiled
def whole(count, base):
    """``count`` orders of one parity in whole groups of four, behind the base in whole blocks."""
    if count <= base:
        return count + -count % 4
    return count + -count % (base // 2)


@fused
def horner(row, columns, first, end, x, state):
    """T, Q, Q' of the orders from ``first`` to ``end``, four at a time, at each x."""
    state[:] = 0.0
    total, quotient, slope = state[0], state[1], state[2]
    for k in range(end - 1, first, -4):
        a, b, c, d = row[k], row[k - 1], row[k - 2], row[k - 3]
        for j in range(x.size):
            p, q, t, y = slope[j], quotient[j], total[j], x[j]
            p, q, t = p * y + q, q * y + t, t + a * columns[k, j]
            p, q, t = p * y + q, q * y + t, t + b * columns[k - 1, j]
            p, q, t = p * y + q, q * y + t, t + c * columns[k - 2, j]
            p, q, t = p * y + q, q * y + t, t + d * columns[k - 3, j]
            slope[j], quotient[j], total[j] = p, q, t


@fused
def summed(row, columns, first, end, total):
    """Their sum at x = 1, added."""
    for k in range(end - 1, first, -4):
        a, b, c, d = row[k], row[k - 1], row[k - 2], row[k - 3]
        for j in range(total.size):
            upper = a * columns[k, j] + b * columns[k - 1, j]
            total[j] += upper + (c * columns[k - 2, j] + d * columns[k - 3, j])


@fused
def distance(row, columns, end, apart):
    """Half the squared distance of unit vectors."""
    for k in range(end - 1, 0, -4):
        a, b, c, d = row[k], row[k - 1], row[k - 2], row[k - 3]
        for j in range(apart.size):
            e, f = a - columns[k, j], b - columns[k - 1, j]
            g, h = c - columns[k - 2, j], d - columns[k - 3, j]
            apart[j] += 0.5 * (e * e + f * f + g * g + h * h)


@compiled
def none_left(powers):
    """Whether all are too small to matter."""
    largest = 0.0
    for power in powers:
        largest = max(largest, power)
    return largest < NONE


@fused
def polynomial(row, columns, base, powers, rests, state, out):
    """P(1), D and P' of one parity into the three rows of ``out``."""
    h, blocks = base // 2, max(0, 2 * (row.size - base) // base)
    level = 0
    while 1 << level < h:
        level += 1
    x, total, apart, slope = powers[0], out[0], out[1], out[2]
    out[:] = 0.0
    for p in range(blocks, 0, -1):
        first, scale = base + (p - 1) * h, 2.0**p
        if none_left(powers[p + level]):
            summed(row, columns, first, first + h, total)
            for j in range(x.size):
                apart[j] = total[j]
            continue
        y, rest, far, none = powers[p], rests[p], powers[p + level], rests[p + level]
        horner(row, columns, first, first + h, y, state)
        for j in range(x.size):
            t, q, less = state[0, j], state[1, j], rest[j]
            inner, bend = t - less * q, q - less * state[2, j]
            total[j] += t
            apart[j] += t * none[j] + far[j] * (less * q)
            slope[j] += scale * (far[j] / max(x[j], TINY)) * (h * inner + y[j] * bend)
    horner(row, columns, 0, min(base, row.size), x, state)
    for j in range(x.size):
        less, q = rests[0, j], state[1, j]
        total[j] += state[0, j]
        apart[j] += less * q
        slope[j] += q - less * state[2, j]


@compiled
def squarings(less, more, powers, rests):
    """x, x², x⁴, ... and what each is below 1: near 1 the rounding of ρ would grow like 2**p."""
    for j in range(less.size):
        rho, rest = 0.5 * (more[j] - less[j]), less[j] * more[j]
        powers[0, j], rests[0, j] = 1.0 - rest if rest < 0.5 else rho * rho, rest
    for p in range(1, len(powers)):
        for j in range(less.size):
            y = powers[p - 1, j]
            rest = rests[p - 1, j] * (1.0 + y)
            powers[p, j], rests[p, j] = 1.0 - rest if rest < 0.5 else y * y, rest


@compiled
def highest(columns):
    """How many orders there are up to the last that does not vanish at all points."""
    for k in range(columns.shape[0] - 1, -1, -1):
        for j in range(columns.shape[1]):
            if columns[k, j] != 0.0:
                return k + 1
    return 0


@compiled
def alike(s, others):
    """Whether all are ``s`` up to rounding: their distance is then far below it."""
    farthest = 0.0
    for other in others:
        farthest = max(farthest, abs(other - s))
    return farthest <= CLOSE * s


def tile(table1, table2, s1, t1, s2, t2, minus, plus, theta):
    """The gaps of each pair, in place, from rows of one table; ``theta`` is multiplied by Σ̇."""
    if table1.shape[1] != table2.shape[1]:
        raise ValueError("table1, table2: expected rows of one table")
    half, base = (table2.shape[1] - HEAD) // 2, table2[0, 2]
    work = np.empty((2 * int(2 * (half + base) // base + 12) + 11, s2.size))
    pairs(table1, np.ascontiguousarray(table2.T), s1, s2, minus, plus, theta, work)


@compiled
def pairs(table, columns, s1, s2, minus, plus, theta, work):
    """``tile`` where ``columns`` is the other table turned."""
    half, base, count = (table.shape[1] - HEAD) // 2, int(table[0, 2]), (len(work) - 11) // 2
    first, second = columns[HEAD : HEAD + half], columns[HEAD + half :]
    evens, odds = whole(highest(first), base), whole(highest(second), base)
    powers, rests, rows = work[:count], work[count : 2 * count], work[2 * count :]
    state, even, odd, apart, dot = rows[:3], rows[3:6], rows[6:9], rows[9], rows[10]
    for i in range(s1.size):
        less, more = minus[i], plus[i]
        left, right = table[i, HEAD : HEAD + evens], table[i, HEAD + half : HEAD + half + odds]
        squarings(less, more, powers, rests)
        polynomial(left, first, base, powers, rests, state, even)
        polynomial(right, second, base, powers, rests, state, odd)
        apart[:] = 0.0
        if not alike(s1[i], s2):
            distance(left, first, evens, apart)
            distance(right, second, odds, apart)
        derivative(less, more, even, odd, dot)
        for j in range(s2.size):
            dot[j] *= table[i, 0] * columns[0, j]
            theta[i, j] *= table[i, 1] if less[j] == 0.0 and s1[i] == s2[j] else dot[j]
        gaps(apart, even, odd, less, more)


@compiled
def derivative(less, more, even, odd, dot):
    """dκ/dρ."""
    for j in range(less.size):
        rho = 0.5 * (more[j] - less[j])
        of_odd = (odd[0, j] - odd[1, j]) + 2.0 * (rho * rho) * odd[2, j]
        dot[j] = 2.0 * rho * even[2, j] + of_odd


@compiled
def gaps(apart, even, odd, less, more):
    """1 - κ and 1 + κ, in place of 1 - ρ and 1 + ρ."""
    for j in range(apart.size):
        rho, a, te, de = 0.5 * (more[j] - less[j]), apart[j], even[0, j], even[1, j]
        inner = rho * odd[1, j]
        less[j] = max(a + de + (less[j] * odd[0, j] + inner), 0.0)
        more[j] = max(a + te + (te - de) + (more[j] * odd[0, j] - inner), 0.0)

r"""What moves with a Hermite series on the pairs of a tile, compiled.

In the notation of :mod:`ntksym.lowering.series.kernel`, with :math:`P_e, P_o` of the weights
:math:`\hat a_k\hat a_k'` and :math:`x=\rho^2`,

.. math:: \kappa_\rho=2\rho P_e'+P_o+2xP_o',\qquad
    \kappa_{\rho\rho}=2P_e'+4xP_e''+\rho(6P_o'+4xP_o'').

A block :math:`y^hG(y)`, :math:`y=x^m`, is differentiated by :math:`\theta=x\,d/dx`:
:math:`\theta=m\,y\,d/dy`, :math:`x^2P''=\theta(\theta-1)P`. Along :math:`\ln s` of the first
point the weights are :math:`\hat d_k\hat a_k'`, with the polynomials F, their distance D from
F(1), and :math:`A=\sum(\hat a_k-\hat a_k')\hat d_k`. As :math:`\sum\hat a_k\hat d_k=0`, where
:math:`\rho\ge0` and where :math:`\rho<0`, with N the sum over odd k alone,

.. math:: -\partial\kappa&=A_e+A_o+D_e+g_-F_o(1)+\rho D_o\\
    -\partial\kappa&=A_e-A_o+D_e-g_+F_o(1)+\rho D_o+2N;

on coinciding and on opposite points each term is 0.
"""

from ntksym.lowering.code.options import fused, inlined
from ntksym.lowering.series.kernel import TINY, none_left, summed


@fused
def horner(row, columns, first, end, x, state):
    """T, Q, Q', Q''/2 of the orders from ``first`` to ``end``, four at a time, at each x."""
    state[:] = 0.0
    total, quotient, slope, bend = state[0], state[1], state[2], state[3]
    for k in range(end - 1, first, -4):
        a, b, c, d = row[k], row[k - 1], row[k - 2], row[k - 3]
        for j in range(x.size):
            r, p, q, t, y = bend[j], slope[j], quotient[j], total[j], x[j]
            r, p, q, t = r * y + p, p * y + q, q * y + t, t + a * columns[k, j]
            r, p, q, t = r * y + p, p * y + q, q * y + t, t + b * columns[k - 1, j]
            r, p, q, t = r * y + p, p * y + q, q * y + t, t + c * columns[k - 2, j]
            r, p, q, t = r * y + p, p * y + q, q * y + t, t + d * columns[k - 3, j]
            bend[j], slope[j], quotient[j], total[j] = r, p, q, t


@fused
def curved(row, columns, base, powers, rests, state, out):
    """P(1), D, P' and x P'' of one parity into the four rows of ``out``."""
    h, blocks = base // 2, max(0, 2 * (row.size - base) // base)
    level = 0
    while 1 << level < h:
        level += 1
    x, total, apart, slope, bend = powers[0], out[0], out[1], out[2], out[3]
    out[:] = 0.0
    for p in range(blocks, 0, -1):
        first, m = base + (p - 1) * h, 2.0**p
        if none_left(powers[p + level]):
            summed(row, columns, first, first + h, total)
            for j in range(x.size):
                apart[j] = total[j]
            continue
        y, rest, far, none = powers[p], rests[p], powers[p + level], rests[p + level]
        horner(row, columns, first, first + h, y, state)
        for j in range(x.size):
            t, q, z, less = state[0, j], state[1, j], y[j], rest[j]
            g, g1 = t - less * q, q - less * state[2, j]
            g2 = 2.0 * (state[2, j] - less * state[3, j])
            once = h * g + z * g1
            twice = h * once + z * ((h + 1) * g1 + z * g2)
            scale = m * far[j] / max(x[j], TINY)
            total[j] += t
            apart[j] += t * none[j] + far[j] * (less * q)
            slope[j] += scale * once
            bend[j] += scale * (m * twice - once)
    horner(row, columns, 0, min(base, row.size), x, state)
    for j in range(x.size):
        less, q = rests[0, j], state[1, j]
        total[j] += state[0, j]
        apart[j] += less * q
        slope[j] += q - less * state[2, j]
        bend[j] += 2.0 * x[j] * (state[2, j] - less * state[3, j])


@fused
def distance(row, turn, columns, turns, end, out):
    """Half the squared distance of unit vectors, and what it moves by along each ln s."""
    apart, first, second = out[0], out[1], out[2]
    out[:] = 0.0
    for k in range(end - 1, 0, -2):
        a, b, da, db = row[k], row[k - 1], turn[k], turn[k - 1]
        for j in range(apart.size):
            e, f = a - columns[k, j], b - columns[k - 1, j]
            apart[j] += 0.5 * (e * e + f * f)
            first[j] += e * da + f * db
            second[j] -= e * turns[k, j] + f * turns[k - 1, j]


@inlined
def curvature(rho, slope_even, bend_even, total, apart, slope_odd, bend_odd):
    """κ' and κ''."""
    x = rho * rho
    first = 2.0 * rho * slope_even + ((total - apart) + 2.0 * x * slope_odd)
    second = 2.0 * slope_even + 4.0 * bend_even + rho * (6.0 * slope_odd + 4.0 * bend_odd)
    return first, second


@inlined
def along(rho, less, more, of_even, of_odd, apart_even, slope_even, total, apart, slope_odd, lost):
    """-∂κ along ln s of a point, and ∂κ'."""
    side = 1.0 if rho >= 0.0 else -1.0
    gap = less if rho >= 0.0 else -more
    moved = of_even + side * of_odd + (apart_even + (gap * total + rho * apart))
    turned = 2.0 * rho * slope_even + ((total - apart) + 2.0 * (rho * rho) * slope_odd)
    return moved + (1.0 - side) * lost, turned

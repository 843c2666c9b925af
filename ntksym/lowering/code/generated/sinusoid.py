"""One layer of the recursion with sinusoid(a=1, b=1, d=1). Written by ntksym.lowering.code; do not edit.

Σ = -exp(-c - (q_1 + q_2)/2)*cos(2)/2 + exp(c - (q_1 + q_2)/2)/2
Σ̇ = exp(-c - (q_1 + q_2)/2)*cos(2)/2 + exp(c - (q_1 + q_2)/2)/2
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine

COUNT = 7
"""Numbers of a point."""
LOW = COUNT - 1
"""Of these what ``s1`` leaves of the standard deviation: not by ``features``."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = math.sqrt(1.0 / 2.0 - 1.0 / 2.0*vector.exponential(-2.0*(s1 * s1))*math.cos(2.0))
    x0 = math.cos(2.0)
    x1 = (s1 * s1)
    x2 = (1.0 / t1)
    x3 = (1.0 / 2.0)*math.sqrt(2.0)*x2
    return s1, t1, (1.0 / 2.0)*x0*vector.exponential(-2.0*x1) + 1.0 / 2.0, x3, x3*math.sqrt(-x0)*vector.exponential(-x1), x2


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i] = point(s[i])


@ordered
def pair(minus, plus, s1, p0, p1, p2, low1, s2, r0, r1, r2, low2):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    step = (s1 - s2) + (low1 - low2)
    x0 = s1*s2
    x1 = (1.0 / 2.0)*(step * step)
    x2 = (1.0 / 2.0)*vector.exponential_less_one(-minus*x0 - x1)
    x3 = p2*r2*x2
    x4 = vector.exponential(-plus*x0 - x1)*math.cos(2.0)
    x5 = x3*x4 + x3 - 1.0 / 2.0*((p0 - r0) * (p0 - r0)) - 1.0 / 2.0*((p1 - r1) * (p1 - r1))
    less, dot, more = -x5, x2 + (1.0 / 2.0)*x4 + 1.0 / 2.0, x5 + 2.0
    return max(0.0, less), max(0.0, more), dot


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, rows):
    """``pair`` and then ``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            less, more, dot = pair(
                state[k], state[PLANE + k], f1[i], f1[3 * SIDE + i], f1[4 * SIDE + i], f1[5 * SIDE +
                i], f1[6 * SIDE + i], f2[j], f2[3 * SIDE + j], f2[4 * SIDE + j], f2[5 * SIDE + j],
                f2[6 * SIDE + j]
            )
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                less, more, dot * state[2 * PLANE + k],
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )


@compiled
def layers(state, f1, f2, g1, g2, numbers, rows):
    """``tile`` of one layer after another, each with its (w, v, b)."""
    for n in range(len(numbers)):
        w, v, b = numbers[n, 0], numbers[n, 1], numbers[n, 2]
        tile(state, f1[n], f2[n], g1[n], g2[n], w, v, b, rows)

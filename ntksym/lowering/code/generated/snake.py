"""One layer of the recursion with snake(alpha=1). Written by ntksym.lowering.code; do not edit.

Σ = c + exp(-4*c - 2*(q_1 + q_2))/8 + exp(4*c - 2*(q_1 + q_2))/8 + 1/4 - exp(-2*q_2)/4 - exp(-2*q_1)/4
Σ̇ = -exp(-4*c - 2*(q_1 + q_2))/2 + exp(4*c - 2*(q_1 + q_2))/2 + 1
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine

COUNT = 10
"""Numbers of a point."""
LOW = COUNT - 1
"""Of these what ``s1`` leaves of the standard deviation: not by ``features``."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = math.sqrt((s1 * s1) + (1.0 / 8.0)*vector.exponential_less_one(-8.0*(s1 * s1)) - 1.0 / 2.0*vector.exponential_less_one(-2.0*(s1 * s1)))
    x0 = (s1 * s1)
    x1 = -8.0*x0
    x2 = (1.0 / t1)
    x3 = vector.exponential_less_one(-2.0*x0)
    x4 = (-1.0 / 2.0*x3 + (1.0 / 8.0)*vector.exponential_less_one(x1))/(t1 * t1)
    x5 = s1*x2
    return s1, t1, 3.0 / 2.0 - 1.0 / 2.0*vector.exponential(x1), x2, (1.0 / 4.0)*math.sqrt(2.0)*vector.exponential(-4.0*x0), x3, (1.0 / 2.0)*x4, x4/(x5 + 1.0), x5


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i] = point(s[i])


@ordered
def pair(minus, plus, s1, t1, p0, p1, p2, p3, p4, p5, low1, s2, t2, r0, r1, r2, r3, r4, r5, low2):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    step = (s1 - s2) + (low1 - low2)
    x0 = (1.0 / 2.0)*((t1 - t2) * (t1 - t2))
    x1 = p0*r0
    x2 = s1*s2
    x3 = minus*x2
    x4 = (step * step)
    x5 = 2.0*x4
    x6 = vector.exponential_less_one(-4.0*x3 - x5)
    x7 = (1.0 / 8.0)*x6
    x8 = 4.0*x2
    x9 = vector.exponential(-plus*x8 - x5)
    x10 = (1.0 / 4.0)*p2*r2 + (1.0 / 8.0)*vector.exponential(-x5 - x8*min(minus, plus))*((vector.exponential_less_one(-x8*abs(rho))) * (vector.exponential_less_one(-x8*abs(rho))))
    less, dot, more = (x1*(-x0 + x3 + (1.0 / 2.0)*x4 + x7*x9 - x7 + (1.0 / 2.0)*((p1 - r1) * (p1 - r1))) if -x0*x1 + 1.0 / 2.0 > 0.0 else -x1*(rho*x2 + x10) + 1.0), (1.0 / 2.0)*x6 - 1.0 / 2.0*x9 + 3.0 / 2.0, p3 + p5*plus*r5 + r3 + x1*x10 + (1.0 / 2.0)*((p4 - r4) * (p4 - r4))
    same = (minus == 0.0) & (step == 0.0)
    less = 0.0 if same else less
    return max(0.0, less), max(0.0, more), dot


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, rows):
    """``pair`` and then ``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            less, more, dot = pair(
                state[k], state[PLANE + k], f1[i], f1[SIDE + i], f1[3 * SIDE + i], f1[4 * SIDE + i],
                f1[5 * SIDE + i], f1[6 * SIDE + i], f1[7 * SIDE + i], f1[8 * SIDE + i], f1[9 * SIDE
                + i], f2[j], f2[SIDE + j], f2[3 * SIDE + j], f2[4 * SIDE + j], f2[5 * SIDE + j],
                f2[6 * SIDE + j], f2[7 * SIDE + j], f2[8 * SIDE + j], f2[9 * SIDE + j]
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

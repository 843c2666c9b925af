"""One layer of the recursion with rectified_power(n=2). Written by ntksym.lowering.code; do not edit.

Σ = c**2/2 + 3*c*sqrt(-c**2 + q_1*q_2)/(2*pi) + q_1*q_2/4 + (2*c**2 + q_1*q_2)*asin(c/(sqrt(q_1)*sqrt(q_2)))/(2*pi)
Σ̇ = 2*c*asin(c/(sqrt(q_1)*sqrt(q_2)))/pi + c + 2*sqrt(-c**2 + q_1*q_2)/pi
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine

COUNT = 3
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = (1.0 / 2.0)*math.sqrt(6.0)*(s1 * s1)
    return s1, t1, 2.0*(s1 * s1)


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i] = point(s[i])


@ordered
def pair(minus, plus, s1, s2):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    gap = min(minus, plus)
    angle = vector.acute_angle(gap)
    excess = vector.acute_excess(gap)
    x0 = (1.0 / math.pi)
    x1 = excess*x0
    x2 = (2.0 / 3.0)*(gap * gap)
    x3 = angle*x0
    x4 = gap*x3
    x5 = (1.0 / 3.0)*x4
    x6 = gap*x1
    x7 = x2*x3
    x8 = 2.0*s1*s2
    x9 = -x1*x8 + x4*x8
    up = minus <= plus
    less = (4.0 / 3.0)*gap + x1 - x2 - x5 - x6 + x7 if up else -x1 + x5 + x6 - x7 + 1.0
    dot = -gap*x8 + x8 + x9 if up else x9
    return less, 2.0 - less, dot


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, rows):
    """``pair`` and then ``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            less, more, dot = pair(
                state[k], state[PLANE + k], f1[i], f2[j]
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

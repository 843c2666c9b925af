"""One layer of the recursion with gaussian. Written by ntksym.lowering.code; do not edit.

Σ = 1/sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))
Σ̇ = 4*c/(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(3/2)
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.updates import affine

COUNT = 11
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = (4.0*(s1 * s1) + 1.0)**(-1.0 / 4.0)
    x0 = (s1 * s1)
    x1 = 4.0*x0 + 1.0
    x2 = math.sqrt(x1)
    x3 = (1.0 / x2)
    x4 = x1**(1.0 / 4.0)
    x5 = 2.0*x0 + 1.0
    x6 = math.sqrt(x5)
    x7 = (1.0 / x5)
    return s1, t1, 4.0*x3*(((s1 / x2)) * ((s1 / x2))), x4*(1.0 / x6), x6/x4, x7, x0*x7, x3, x2, x0*x3, x7*(s1 / x6)


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i] = point(s[i])


@ordered
def pair(minus, plus, s1, slope1, p0, p1, p2, p3, p4, p5, p6, p7, s2, r0, r1, r2, r3, r4, r5, r6, r7):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    x0 = 4.0*minus*plus
    x1 = math.sqrt(p2*r2 + 2.0*p2*r3 + 2.0*p3*r2 + p3*r3*x0)
    x2 = (1.0 / x1)
    x3 = p0*r0*x2*(-1.0 / 2.0*p4*r4*((p5 - r5) * (p5 - r5)) - p6*r6*x0)/(p1*r1*x1 + 1.0)
    less, dot, more = -x3, 4.0*rho*x2*(p7 / x1)*(r7 / x1), x3 + 2.0
    same = (minus == 0.0) & (s1 == s2)
    dot = slope1 if same else dot
    return max(0.0, less), max(0.0, more), dot


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, rows):
    """``pair`` and then ``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            less, more, dot = pair(
                state[k], state[PLANE + k], f1[i], f1[2 * SIDE + i], f1[3 * SIDE + i], f1[4 * SIDE +
                i], f1[5 * SIDE + i], f1[6 * SIDE + i], f1[7 * SIDE + i], f1[8 * SIDE + i], f1[9 *
                SIDE + i], f1[10 * SIDE + i], f2[j], f2[3 * SIDE + j], f2[4 * SIDE + j], f2[5 * SIDE
                + j], f2[6 * SIDE + j], f2[7 * SIDE + j], f2[8 * SIDE + j], f2[9 * SIDE + j], f2[10
                * SIDE + j]
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

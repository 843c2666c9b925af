"""What moves with cos. Written by ntksym.lowering.derivatives; do not edit."""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.derivatives.updates import affine
from ntksym.lowering.functions import vector

COUNT = 7
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = math.sqrt(1.0 / 2.0 + (1.0 / 2.0)*vector.exponential(-2.0*(s1 * s1)))
    x0 = (s1 * s1)
    x1 = -2.0*x0
    x2 = (1.0 / t1)
    x3 = vector.exponential(x1)
    x4 = s1*x3
    return s1, t1, -1.0 / 2.0*vector.exponential_less_one(x1), -x2*x4, 2.0*x4, x2, x0*x3/(t1 * t1)


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i] = point(s[i])


@ordered
def pair(minus, plus, bend1, s1, s2, slope1, p0, r0, p1, r1):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    x0 = minus*s2
    x1 = s1 - s2
    x2 = (1.0 / 2.0)*(x1 * x1)
    x3 = (1.0 / 2.0)*vector.exponential(-s1*x0 - x2)
    x4 = plus*s2
    x5 = (1.0 / 2.0)*vector.exponential(-s1*x4 - x2)
    x6 = p0*r0
    x7 = x6*(x3 + x5)
    x8 = s1*x6
    x9 = s2*x8
    x10 = x3*(-x0 - x1)
    x11 = x5*(-x1 - x4)
    x12 = -s1 + s2
    x13 = x3*(-minus*s1 - x12)
    x14 = x5*(-plus*s1 - x12)
    x15 = s1*s2
    less, dot, more, less_minus, less_first, less_second, dot_minus, dot_first, dot_second = 1.0 - x7, x3 - x5, x7 + 1.0, x3*x9 - x5*x9, -p1*x7 - x8*(x10 + x11), -r1*x7 - s2*x6*(x13 + x14), -x15*x3 - x15*x5, s1*(x10 - x11), s2*(x13 - x14)
    same = (minus == 0.0) & (s1 == s2)
    less = 0.0 if same else less
    dot = slope1 if same else dot
    less_first = 0.0 if same else less_first
    less_second = 0.0 if same else less_second
    dot_first = 0.5 * bend1 * s1 if same else dot_first
    dot_second = 0.5 * bend1 * s1 if same else dot_second
    return max(0.0, less), max(0.0, more), dot, less_minus, less_first, less_second, dot_minus, dot_first, dot_second


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, dw, db, rows):
    """``pair`` and then ``affine`` on each pair of a tile and on its derivatives, in place."""
    wide()
    for i in range(rows):
        a1, e1, size1 = g1[i], g1[SIDE + i], g1[2 * SIDE + i]
        turn01, grow01, before01 = g1[3 * SIDE + i], g1[4 * SIDE + i], g1[5 * SIDE + i]
        turn11, grow11, before11 = g1[6 * SIDE + i], g1[7 * SIDE + i], g1[8 * SIDE + i]
        bend1 = f1[4 * SIDE + i]
        s1 = f1[0 * SIDE + i]
        slope1 = f1[2 * SIDE + i]
        p0 = f1[5 * SIDE + i]
        p1 = f1[6 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, minus0, minus1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            (
                less, more, dot, less_minus, less_first, less_second, dot_minus, dot_first,
                dot_second
            ) = pair(
                state[k], state[PLANE + k], bend1, s1, f2[0 * SIDE + j], slope1, p0, f2[5 * SIDE +
                j], p1, f2[6 * SIDE + j]
            )
            less0, dot0 = less_minus * minus0 + less_first * before01 + less_second * before02, dot_minus * minus0 + dot_first * before01 + dot_second * before02
            less1, dot1 = less_minus * minus1 + less_first * before11 + less_second * before12, dot_minus * minus1 + dot_first * before11 + dot_second * before12
            (
                state[k], state[PLANE + k], state[2 * PLANE + k], state[3 * PLANE + k],
                state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
            ) = affine(
                less, more, dot * theta, less0, dot0 * theta + dot * state[4 * PLANE + k],
                less1, dot1 * theta + dot * state[6 * PLANE + k],
                a1, e1, size1, turn01, grow01, turn11, grow11,
                g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                g2[3 * SIDE + j], g2[4 * SIDE + j], g2[6 * SIDE + j], g2[7 * SIDE + j],
                w, v, b, dw, db,
            )

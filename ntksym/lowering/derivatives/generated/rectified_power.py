"""What moves with rectified_power(n=2). Written by ntksym.lowering.derivatives; do not edit."""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.derivatives.updates import affine
from ntksym.lowering.functions import vector

COUNT = 6
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = (1.0 / 2.0)*math.sqrt(6.0)*(s1 * s1)
    return s1, t1, 2.0*(s1 * s1), 3.0*(s1 * s1 * s1)/t1, 4.0*s1, 2.0*s1


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i] = point(s[i])


@ordered
def pair(minus, plus, s1, s2, p0, r0):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    gap = min(minus, plus)
    root = max(math.sqrt(minus * plus), 1e-150)
    angle = vector.acute_angle(gap)
    excess = vector.acute_excess(gap)
    x0 = (4.0 / 3.0)*gap
    x1 = (1.0 / math.pi)
    x2 = excess*x1
    x3 = (gap * gap)
    x4 = (2.0 / 3.0)*x3
    x5 = angle*x1
    x6 = (1.0 / 3.0)*x5
    x7 = gap*x6
    x8 = gap*x2
    x9 = x4*x5
    x10 = 2.0*s2
    x11 = s1*x10
    x12 = gap*x11
    x13 = -x11*x2 + x12*x5
    x14 = (1.0 / root)
    x15 = -4.0 / 3.0*angle*gap*x1 - 2.0 / 3.0*gap*x1*x14 + (1.0 / 3.0)*x1*x14*x3 + x2 + x6
    x16 = x11*x5
    x17 = gap*x10
    x18 = -x10*x2 + x17*x5
    x19 = 2.0*s1
    x20 = gap*x19
    x21 = -x19*x2 + x20*x5
    up = minus <= plus
    less = x0 + x2 - x4 - x7 - x8 + x9 if up else -x2 + x7 + x8 - x9 + 1.0
    dot = x11 - x12 + x13 if up else x13
    less_minus = -x0 - x15 + 4.0 / 3.0 if up else -x15
    dot_minus = -x11 + x16 if up else -x16
    dot_first = s1*(r0 - x17 + x18) if up else s1*x18
    dot_second = s2*(p0 - x20 + x21) if up else s2*x21
    return less, 2.0 - less, dot, less_minus, dot_minus, dot_first, dot_second


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, dw, db, rows):
    """``pair`` and then ``affine`` on each pair of a tile and on its derivatives, in place."""
    wide()
    for i in range(rows):
        a1, e1, size1 = g1[i], g1[SIDE + i], g1[2 * SIDE + i]
        turn01, grow01, before01 = g1[3 * SIDE + i], g1[4 * SIDE + i], g1[5 * SIDE + i]
        turn11, grow11, before11 = g1[6 * SIDE + i], g1[7 * SIDE + i], g1[8 * SIDE + i]
        s1 = f1[0 * SIDE + i]
        p0 = f1[5 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, minus0, minus1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            (
                less, more, dot, less_minus, dot_minus, dot_first, dot_second
            ) = pair(
                state[k], state[PLANE + k], s1, f2[0 * SIDE + j], p0, f2[5 * SIDE + j]
            )
            less0, dot0 = less_minus * minus0, dot_minus * minus0 + dot_first * before01 + dot_second * before02
            less1, dot1 = less_minus * minus1, dot_minus * minus1 + dot_first * before11 + dot_second * before12
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

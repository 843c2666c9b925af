"""What moves with power(n=3). Written by ntksym.lowering.derivatives; do not edit."""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.derivatives.updates import affine

COUNT = 6
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = math.sqrt(15.0)*(s1 * s1 * s1)
    return s1, t1, 27.0*(s1 * s1 * s1 * s1), 45.0*(s1 * s1 * s1 * s1 * s1)/t1, 108.0*(s1 * s1 * s1), (s1 * s1)


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i] = point(s[i])


@ordered
def pair(minus, plus, p0, r0):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    rho = 0.5 * (plus - minus)
    gap = min(minus, plus)
    x0 = (6.0 / 5.0)*(gap * gap)
    x1 = (2.0 / 5.0)*(gap * gap * gap) + (9.0 / 5.0)*gap - x0
    x2 = 9.0*r0
    x3 = 18.0*(rho * rho)
    x4 = r0*x3
    x5 = p0*x2 + p0*x4
    x6 = 2.0 - x1
    x7 = -12.0 / 5.0*gap + x0 + 9.0 / 5.0
    x8 = -36.0*p0*r0*rho
    x9 = 2.0*p0*(x2 + x4)
    x10 = 2.0*r0*(p0*x3 + 9.0*p0)
    up = minus <= plus
    less = x1 if up else x6
    dot = x5
    more = x6 if up else x1
    less_minus = x7
    dot_minus = x8
    dot_first = x9
    dot_second = x10
    return max(0.0, less), max(0.0, more), dot, less_minus, dot_minus, dot_first, dot_second


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, dw, db, rows):
    """``pair`` and then ``affine`` on each pair of a tile and on its derivatives, in place."""
    wide()
    for i in range(rows):
        a1, e1, size1 = g1[i], g1[SIDE + i], g1[2 * SIDE + i]
        turn01, grow01, before01 = g1[3 * SIDE + i], g1[4 * SIDE + i], g1[5 * SIDE + i]
        turn11, grow11, before11 = g1[6 * SIDE + i], g1[7 * SIDE + i], g1[8 * SIDE + i]
        p0 = f1[5 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, minus0, minus1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            (
                less, more, dot, less_minus, dot_minus, dot_first, dot_second
            ) = pair(
                state[k], state[PLANE + k], p0, f2[5 * SIDE + j]
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

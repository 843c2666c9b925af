"""What moves with snake(alpha=1). Written by ntksym.lowering.derivatives; do not edit."""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.derivatives.updates import affine
from ntksym.lowering.functions import vector

COUNT = 11
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = math.sqrt((s1 * s1) + 3.0 / 8.0 - 1.0 / 2.0*vector.exponential(-2.0*(s1 * s1)) + (1.0 / 8.0)*vector.exponential(-8.0*(s1 * s1)))
    x0 = (s1 * s1)
    x1 = 8.0*x0
    x2 = vector.exponential(-x1)
    x3 = (1.0 / t1)
    x4 = vector.exponential(6.0*x0) + vector.exponential(x1) - 1.0
    x5 = s1*x2
    x6 = vector.exponential(-2.0*x0)
    return s1, t1, 3.0 / 2.0 - 1.0 / 2.0*x2, x3*x4*x5, 8.0*x5, x3, -1.0 / 4.0*x6, -s1, -4.0*s1, x0*x6, x0*x2*x4/(t1 * t1)


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i] = point(s[i])


@ordered
def pair(minus, plus, bend1, s1, s2, slope1, p0, r0, p1, r1, r2, p3, r3, p4, r4, p5, r5):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    rho = 0.5 * (plus - minus)
    gap = min(minus, plus)
    x0 = rho*s2
    x1 = 4.0*gap
    x2 = s2*x1
    x3 = s1*x2
    x4 = vector.exponential(-x3 - 2.0*((r2 + s1) * (r2 + s1)))
    x5 = (1.0 / 8.0)*x4
    x6 = vector.exponential(x3 - 2.0*((s1 + s2) * (s1 + s2)))
    x7 = (1.0 / 8.0)*x6
    x8 = p1 + r1 + s1*x0 + x5 + x7 + 1.0 / 4.0
    x9 = p0*r0
    x10 = x8*x9
    x11 = 1.0 - x10
    x12 = (1.0 / 2.0)*x4
    x13 = (1.0 / 2.0)*x6
    x14 = x10 + 1.0
    x15 = s1*x9
    x16 = s2*x15
    x17 = p3 + r3
    x18 = x17 + x2
    x19 = 4.0*r2
    x20 = p3 - x19 - x2
    x21 = p0*p5*r0*x8 - p4*x9 - x15*(x0 + x18*x7 + x20*x5)
    x22 = p3 - x19
    x23 = gap*s1
    x24 = s1*x1 + x17
    x25 = p0*r0*r5*x8 + (1.0 / 8.0)*p0*r0*s2*x22*x4 - r4*x9 - s2*x9*(rho*s1 - x12*x23 + x24*x7)
    x26 = 2.0*x4
    x27 = s1*s2
    x28 = -x26*x27 - 2.0*x27*x6
    x29 = x12*x20 - x13*x18
    x30 = s2*x12*x22
    x31 = x13*x24 + x23*x26
    up = minus <= plus
    less = x11
    dot = x12 - x13 + 1.0 if up else -x12 + x13 + 1.0
    more = x14
    less_minus = x12*x16 - x13*x16 + x16 if up else x16 + x9*((1.0 / 2.0)*s1*s2*x6 - x12*x27)
    less_first = x21
    less_second = x25
    dot_minus = x28
    dot_first = s1*x29 if up else -s1*x29
    dot_second = -s2*x31 - x30 if up else s2*x31 + x30
    same = (minus == 0.0) & (s1 == s2)
    less = 0.0 if same else less
    dot = slope1 if same else dot
    less_minus = 0.0 if same else less_minus
    less_first = 0.0 if same else less_first
    less_second = 0.0 if same else less_second
    dot_minus = 0.0 if same else dot_minus
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
        p3 = f1[8 * SIDE + i]
        p4 = f1[9 * SIDE + i]
        p5 = f1[10 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, minus0, minus1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            (
                less, more, dot, less_minus, less_first, less_second, dot_minus, dot_first,
                dot_second
            ) = pair(
                state[k], state[PLANE + k], bend1, s1, f2[0 * SIDE + j], slope1, p0, f2[5 * SIDE +
                j], p1, f2[6 * SIDE + j], f2[7 * SIDE + j], p3, f2[8 * SIDE + j], p4, f2[9 * SIDE +
                j], p5, f2[10 * SIDE + j]
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

"""What moves with rbf(gamma=1). Written by ntksym.lowering.derivatives; do not edit."""

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.derivatives.updates import affine
from ntksym.lowering.functions import vector

COUNT = 8
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = 1.0
    return s1, t1, 2.0, 0.0, 0.0, (1.0 / t1), -s1, -2.0*s1


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i] = point(s[i])


@ordered
def pair(minus, plus, bend1, s1, s2, slope1, p0, r0, r1, p2, r2):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    gap = min(minus, plus)
    x0 = 2.0*gap
    x1 = s2*x0
    x2 = s1*x1
    x3 = vector.exponential(-x2 - ((r1 + s1) * (r1 + s1)))
    x4 = p0*r0
    x5 = x3*x4
    x6 = 2.0*x3
    x7 = s1*s2
    x8 = x4*x7
    x9 = x6*x8
    x10 = 2.0*r1
    x11 = s1*(p2 - x1 - x10)
    x12 = s2*(p2 - x10)
    x13 = 4.0*x7
    x14 = x13*x3
    x15 = vector.exponential(x2 - ((s1 + s2) * (s1 + s2)))
    x16 = x15*x4
    x17 = 2.0*x15
    x18 = p2 + r2
    x19 = s1*(x1 + x18)
    x20 = s2*(s1*x0 + x18)
    up = minus <= plus
    less = 1.0 - x5 if up else 1.0 - x16
    dot = x6 if up else x17
    more = x5 + 1.0 if up else x16 + 1.0
    less_minus = x9 if up else x17*x8
    less_first = -x11*x5 if up else -x16*x19
    less_second = gap*x9 + x12*x5 if up else -x16*x20
    dot_minus = -x14 if up else -x13*x15
    dot_first = x11*x6 if up else x17*x19
    dot_second = -gap*x14 - x12*x6 if up else x17*x20
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
        p2 = f1[7 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, minus0, minus1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            (
                less, more, dot, less_minus, less_first, less_second, dot_minus, dot_first,
                dot_second
            ) = pair(
                state[k], state[PLANE + k], bend1, s1, f2[0 * SIDE + j], slope1, p0, f2[5 * SIDE +
                j], f2[6 * SIDE + j], p2, f2[7 * SIDE + j]
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

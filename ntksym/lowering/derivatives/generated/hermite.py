"""What moves with hermite(n=3). Written by ntksym.lowering.derivatives; do not edit."""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.derivatives.updates import affine

COUNT = 11
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = math.sqrt((5.0 / 2.0)*(s1 * s1 * s1 * s1 * s1 * s1) - 3.0*(s1 * s1 * s1 * s1) + (3.0 / 2.0)*(s1 * s1))
    x0 = (s1 * s1)
    x1 = 3.0*x0
    x2 = (s1 * s1 * s1 * s1)
    x3 = s1/t1
    return s1, t1, -x1 + (9.0 / 2.0)*x2 + 3.0 / 2.0, (3.0 / 2.0)*x3*(-4.0*x0 + 5.0*x2 + 1.0), 6.0*s1*(x1 - 1.0), x3, x0 - 1.0, x0, (3.0 / 2.0)*x0, s1*(15.0*(s1 * s1 * s1 * s1 * s1 * s1) - 2.0*(t1 * t1) + x1 - 12.0*x2)/(t1 * t1 * t1), x1


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i] = point(s[i])


@ordered
def pair(minus, plus, bend1, s1, s2, p0, r0, p1, r1, p2, r2, p3, r3, p4, r4, p5, r5):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    rho = 0.5 * (plus - minus)
    x0 = p0*r0
    x1 = p1*r1
    x2 = (rho * rho)
    x3 = 2.0*p2
    x4 = r2*x3
    x5 = 3.0*x1 + x2*x4
    x6 = (1.0 / 2.0)*rho*x0*x5
    x7 = (3.0 / 2.0)*r2
    x8 = 3.0*x2
    x9 = r2*x8
    x10 = p2*x9
    x11 = p2*rho
    x12 = 3.0*x0
    x13 = (rho * rho * rho)*x0*x4
    less, dot, more, less_minus, less_first, less_second, dot_minus, dot_first, dot_second = 1.0 - x6, p2*x7 - p3 - r3 + x10 + 3.0 / 2.0, x6 + 1.0, (3.0 / 2.0)*x0*x1 + x0*x10, (1.0 / 4.0)*p4*r0*rho*x5 - r1*x11*x12 - x13, (1.0 / 4.0)*p0*r4*rho*x5 - p1*r2*rho*x12 - x13, -6.0*r2*x11, -p5 + x3*(x7 + x9), 2.0*r2*(p2*x8 + (3.0 / 2.0)*p2) - r5
    same = (minus == 0.0) & (s1 == s2)
    less = 0.0 if same else less
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
        p0 = f1[5 * SIDE + i]
        p1 = f1[6 * SIDE + i]
        p2 = f1[7 * SIDE + i]
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
                state[k], state[PLANE + k], bend1, s1, f2[0 * SIDE + j], p0, f2[5 * SIDE + j], p1,
                f2[6 * SIDE + j], p2, f2[7 * SIDE + j], p3, f2[8 * SIDE + j], p4, f2[9 * SIDE + j],
                p5, f2[10 * SIDE + j]
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

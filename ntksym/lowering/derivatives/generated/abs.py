"""What moves with abs. Written by ntksym.lowering.derivatives; do not edit."""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.derivatives.updates import affine
from ntksym.lowering.functions import vector

COUNT = 5
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = s1
    return s1, t1, 1.0, s1/t1, 0.0


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i] = point(s[i])


@ordered
def pair(minus, plus):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    gap = min(minus, plus)
    root = max(math.sqrt(minus * plus), 1e-150)
    angle = vector.acute_angle(gap)
    excess = vector.acute_excess(gap)
    x0 = 2.0*(1.0 / math.pi)
    x1 = angle*x0
    x2 = excess*x0 - gap*x1 + gap
    x3 = x1 - 1.0
    x4 = -x3
    x5 = -x0/root
    up = minus <= plus
    less = x2
    dot = x4 if up else x3
    less_minus = x4 if up else x3
    dot_minus = x5
    return less, 2.0 - less, dot, less_minus, dot_minus


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, dw, db, rows):
    """``pair`` and then ``affine`` on each pair of a tile and on its derivatives, in place."""
    wide()
    for i in range(rows):
        a1, e1, size1 = g1[i], g1[SIDE + i], g1[2 * SIDE + i]
        turn01, grow01, before01 = g1[3 * SIDE + i], g1[4 * SIDE + i], g1[5 * SIDE + i]
        turn11, grow11, before11 = g1[6 * SIDE + i], g1[7 * SIDE + i], g1[8 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, minus0, minus1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            (
                less, more, dot, less_minus, dot_minus
            ) = pair(
                state[k], state[PLANE + k]
            )
            less0, dot0 = less_minus * minus0, dot_minus * minus0
            less1, dot1 = less_minus * minus1, dot_minus * minus1
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

"""One layer of the recursion with gabor. Written by ntksym.lowering.code; do not edit.

Σ = -exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))) + exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1)))
Σ̇ = -(16*c**3 - 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) - (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2)) + (16*c**3 + 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) + (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2))
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine

COUNT = 13
"""Numbers of a point."""


@compiled
def point(s1):
    """The standard deviation behind the activation, Σ̇ at u = v, and what the pairs need."""
    t1 = math.sqrt((1.0 / 2.0)/math.sqrt(4.0*(s1 * s1) + 1.0) - 1.0 / 2.0*vector.exponential(-2.0*(s1 * s1)/(4.0*(s1 * s1) + 1.0))/math.sqrt(4.0*(s1 * s1) + 1.0))
    x0 = (s1 * s1)
    x1 = 4.0*x0 + 1.0
    x2 = (1.0 / (math.sqrt(x1) * math.sqrt(x1) * math.sqrt(x1) * math.sqrt(x1) * math.sqrt(x1)))
    x3 = (1.0 / 2.0)*x2
    x4 = (s1 * s1 * s1 * s1)*x2
    x5 = 2.0*x0
    x6 = vector.exponential(-x5/x1)
    x7 = x5 + 1.0
    x8 = (1.0 / x7)
    x9 = (1.0 / (math.sqrt(x7) * math.sqrt(x7) * math.sqrt(x7) * math.sqrt(x7) * math.sqrt(x7)))
    return t1, 6.0*x0*x2 - x2*x5*x6 + x3*x6 + x3 - 8.0*x4*x6 + 16.0*x4, (1.0 / t1), (1.0 / math.sqrt(x7)), x8, x0*x8, -s1, x0, x9, x0*x9, (s1 * s1 * s1)*x9, s1*x9


@compiled
def features(s, f):
    """``point`` of each point, a row for each number; the first row is ``s``."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i], f[12, i] = s[i], *point(s[i])


@ordered
def pair(minus, plus, s1, t1, slope1, p0, p1, p2, p3, p5, p6, p7, p8, p9, s2, t2, r0, r1, r2, r3,
         r4, r5, r6, r7, r8, r9):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    root = math.sqrt(minus * plus)
    x0 = ((s1 + s2) * (s1 + s2))
    x1 = -4.0*(minus * minus)*p5*r5
    x2 = s1*s2
    x3 = 4.0*x2
    x4 = x3 - 1.0
    x5 = 2.0*x2
    x6 = minus*x5
    x7 = p2*r2
    x8 = 4.0*minus*p3*plus*r3 + 2.0*p2*r3 + 2.0*p3*r2 + x7
    x9 = (1.0 / 2.0)*x7/x8
    x10 = vector.exponential(x9*(-x0 - x1 - x4*x6))
    x11 = (1.0 / math.sqrt(x8))
    x12 = (1.0 / 2.0)*p1*r1*x11
    x13 = ((r4 + s1) * (r4 + s1))
    x14 = x3 + 1.0
    x15 = vector.exponential(x9*(-x1 - x13 - x14*x6))
    x16 = p0*r0
    x17 = x16*((1.0 / 2.0)*p1*r1*x11*x15 - x10*x12)
    x18 = p6*r7
    x19 = (1.0 / (math.sqrt(x8) * math.sqrt(x8) * math.sqrt(x8) * math.sqrt(x8) * math.sqrt(x8)))
    x20 = x10*x19
    x21 = x15*x19
    x22 = p7*r6
    x23 = (1.0 / 2.0)*p6*r6
    x24 = 2.0*p7*r7
    x25 = x20*x24
    x26 = x21*x24
    x27 = rho*x20
    x28 = 8.0*p8*r8
    x29 = x21*x28
    x30 = 6.0*x27
    x31 = p8*r9
    x32 = rho*x21
    x33 = 6.0*x32
    x34 = p9*r8
    x35 = 4.0*p9*r9
    x36 = (rho * rho)
    x37 = (rho * rho * rho)
    x38 = x28*x37
    x39 = -4.0*p5*(plus * plus)*r5
    x40 = plus*x5
    x41 = vector.exponential(x9*(-x0 - x39 - x4*x40))
    x42 = vector.exponential(x9*(-x13 - x14*x40 - x39))
    x43 = x16*(x12*x41 - x12*x42)
    x44 = x18*x19
    x45 = x19*x22
    x46 = x19*x23
    x47 = x19*x24
    x48 = x41*x47
    x49 = x42*x47
    x50 = rho*x19
    x51 = x41*x50
    x52 = x42*x50
    x53 = 6.0*x51
    x54 = 6.0*x52
    x55 = x19*x38
    up = minus <= plus
    less = 1.0 - x17 if up else 1.0 - x43
    more = x17 + 1.0 if up else x43 + 1.0
    dot = rho*x29 + x18*x20 + x18*x21 + x20*x22 + x20*x23 + x20*x38 + x21*x22 + x21*x23 + x25*x36 + x25 + x26*x36 + x26 - x27*x28 - x27*x35 - x29*x37 - x30*x31 - x30*x34 + x31*x33 + x32*x35 + x33*x34 if up else x28*x51 - x28*x52 + x31*x53 - x31*x54 + x34*x53 - x34*x54 + x35*x51 - x35*x52 + x36*x48 + x36*x49 + x41*x44 + x41*x45 + x41*x46 - x41*x55 + x42*x44 + x42*x45 + x42*x46 + x42*x55 + x48 + x49
    same = (minus == 0.0) & (s1 == s2)
    less = 0.0 if same else less
    dot = slope1 if same else dot
    alive = t1 * t2 > 0.0
    less = less if alive else minus
    more = more if alive else plus
    return max(less, 0.0), max(more, 0.0), dot


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, rows):
    """``pair`` and then ``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            less, more, dot = pair(
                state[k], state[PLANE + k], f1[i], f1[SIDE + i], f1[2 * SIDE + i], f1[3 * SIDE + i],
                f1[4 * SIDE + i], f1[5 * SIDE + i], f1[6 * SIDE + i], f1[8 * SIDE + i], f1[9 * SIDE
                + i], f1[10 * SIDE + i], f1[11 * SIDE + i], f1[12 * SIDE + i], f2[j], f2[SIDE + j],
                f2[3 * SIDE + j], f2[4 * SIDE + j], f2[5 * SIDE + j], f2[6 * SIDE + j], f2[7 * SIDE
                + j], f2[8 * SIDE + j], f2[9 * SIDE + j], f2[10 * SIDE + j], f2[11 * SIDE + j],
                f2[12 * SIDE + j]
            )
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                less, more, dot * state[2 * PLANE + k],
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )

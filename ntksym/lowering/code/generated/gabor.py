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
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
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
    return s1, t1, 6.0*x0*x2 - x2*x5*x6 + x3*x6 + x3 - 8.0*x4*x6 + 16.0*x4, (1.0 / t1), (1.0 / math.sqrt(x7)), x8, x0*x8, -s1, x0, x9, x0*x9, (s1 * s1 * s1)*x9, s1*x9


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i], f[12, i] = point(s[i])


@ordered
def pair(minus, plus, s1, slope1, p0, p1, p2, p3, p5, p6, p7, p8, p9, s2, r0, r1, r2, r3, r4, r5,
         r6, r7, r8, r9):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    gap = min(minus, plus)
    x0 = -4.0*(gap * gap)*p5*r5
    x1 = s1*s2
    x2 = 4.0*x1
    x3 = 2.0*gap*x1
    x4 = -x0 - x3*(x2 - 1.0) - ((s1 + s2) * (s1 + s2))
    x5 = 4.0*gap*p3*r3
    x6 = p2*r2
    x7 = 2.0*p2*r3 + 2.0*p3*r2 + x6
    x8 = plus*x5 + x7
    x9 = (1.0 / 2.0)*x6
    x10 = x9/x8
    x11 = vector.exponential(x10*x4)
    x12 = (1.0 / math.sqrt(x8))
    x13 = (1.0 / 2.0)*p1*r1
    x14 = -x0 - x3*(x2 + 1.0) - ((r4 + s1) * (r4 + s1))
    x15 = vector.exponential(x10*x14)
    x16 = p0*r0
    x17 = x16*((1.0 / 2.0)*p1*r1*x12*x15 - x11*x12*x13)
    x18 = p6*r7
    x19 = (1.0 / (math.sqrt(x8) * math.sqrt(x8) * math.sqrt(x8) * math.sqrt(x8) * math.sqrt(x8)))
    x20 = x11*x19
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
    x39 = minus*x5 + x7
    x40 = x9/x39
    x41 = vector.exponential(x4*x40)
    x42 = x13/math.sqrt(x39)
    x43 = vector.exponential(x14*x40)
    x44 = x16*(x41*x42 - x42*x43)
    x45 = (1.0 / (math.sqrt(x39) * math.sqrt(x39) * math.sqrt(x39) * math.sqrt(x39) * math.sqrt(x39)))
    x46 = x18*x45
    x47 = x22*x45
    x48 = x23*x45
    x49 = x24*x45
    x50 = x41*x49
    x51 = x43*x49
    x52 = rho*x45
    x53 = x41*x52
    x54 = x43*x52
    x55 = 6.0*x53
    x56 = 6.0*x54
    x57 = x38*x45
    up = minus <= plus
    less = 1.0 - x17 if up else 1.0 - x44
    dot = rho*x29 + x18*x20 + x18*x21 + x20*x22 + x20*x23 + x20*x38 + x21*x22 + x21*x23 + x25*x36 + x25 + x26*x36 + x26 - x27*x28 - x27*x35 - x29*x37 - x30*x31 - x30*x34 + x31*x33 + x32*x35 + x33*x34 if up else x28*x53 - x28*x54 + x31*x55 - x31*x56 + x34*x55 - x34*x56 + x35*x53 - x35*x54 + x36*x50 + x36*x51 + x41*x46 + x41*x47 + x41*x48 - x41*x57 + x43*x46 + x43*x47 + x43*x48 + x43*x57 + x50 + x51
    more = x17 + 1.0 if up else x44 + 1.0
    same = (minus == 0.0) & (s1 == s2)
    less = 0.0 if same else less
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
                i], f1[5 * SIDE + i], f1[6 * SIDE + i], f1[8 * SIDE + i], f1[9 * SIDE + i], f1[10 *
                SIDE + i], f1[11 * SIDE + i], f1[12 * SIDE + i], f2[j], f2[3 * SIDE + j], f2[4 *
                SIDE + j], f2[5 * SIDE + j], f2[6 * SIDE + j], f2[7 * SIDE + j], f2[8 * SIDE + j],
                f2[9 * SIDE + j], f2[10 * SIDE + j], f2[11 * SIDE + j], f2[12 * SIDE + j]
            )
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                less, more, dot * state[2 * PLANE + k],
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )

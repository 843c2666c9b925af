"""One layer of the recursion with gabor. Written by ntksym.lowering.code; do not edit.

Σ = -exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))) + exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1)))
Σ̇ = -(16*c**3 - 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) - (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2)) + (16*c**3 + 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) + (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2))
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine

COUNT = 23
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = (1.0 / 2.0)*math.sqrt(2.0)*math.sqrt(-vector.exponential_less_one(-2.0*(s1 * s1)/(4.0*(s1 * s1) + 1.0)))/(4.0*(s1 * s1) + 1.0)**(1.0 / 4.0)
    x0 = (s1 * s1)
    x1 = 4.0*x0
    x2 = x1 + 1.0
    x3 = math.sqrt(x2)
    x4 = (1.0 / x3)
    x5 = (x4 * x4 * x4 * x4 * x4)
    x6 = 8.0*(s1 * s1 * s1 * s1)
    x7 = x0/x2
    x8 = x5*vector.exponential_less_one(-2.0*x7)
    x9 = 2.0*x0
    x10 = (1.0 / t1)
    x11 = x2**(-1.0 / 4.0)
    x12 = (1.0 / 2.0)*math.sqrt(2.0)
    x13 = x11*x12
    x14 = vector.exponential_less_one(-x7)
    x15 = x14 + 1.0
    x16 = x10*x11
    x17 = x9 + 1.0
    x18 = (1.0 / x17)
    x19 = math.sqrt(x17)
    x20 = (1.0 / x19)
    x21 = (x20 * x20 * x20 * x20 * x20)
    return s1, t1, x1*x5 + x5*x6 + x5 - x6*x8 - x8*x9 + (1.0 / 2.0)*x8, x10, x10*(x13*x15 + x13), x12*x14*x16, x16, x4, x12*x3, x18, x11*x19, x0*x18, x3, x0, x18*x4, x11*x20, x15*x16, x12*x4, x20, x21, x0*x21, (s1 * s1 * s1)*x21, s1*x21


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i], f[12, i], f[13, i], f[14, i], f[15, i], f[16, i], f[17, i], f[18, i], f[19, i], f[20, i], f[21, i], f[22, i] = point(s[i])


@ordered
def pair(minus, plus, s1, t1, slope1, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13,
         p14, p15, p16, p17, p18, p19, s2, t2, r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11,
         r12, r13, r14, r15, r16, r17, r18, r19):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    gap = min(minus, plus)
    wide = max(minus, plus)
    x0 = p0*r0
    x1 = p6*r6
    x2 = 4.0*gap*wide
    x3 = 2.0*p6*r8 + 2.0*p8*r6 + p8*r8*x2 + x1
    x4 = math.sqrt(x3)
    x5 = (1.0 / x4)
    x6 = p7*r7*x4 + 1.0
    x7 = (1.0 / x6)
    x8 = p10*r10*x2
    x9 = -x8 - 1.0 / 2.0*((p9 - r9) * (p9 - r9))
    x10 = x7*x9
    x11 = p12*r12*x10*x5
    x12 = (1.0 / x3)
    x13 = -x6
    x14 = s1*s2
    x15 = gap*x14
    x16 = ((s1 - s2) * (s1 - s2))
    x17 = 2.0*x15 + x16
    x18 = x1*x12
    x19 = x10*x13
    x20 = p4*r4
    x21 = vector.exponential_less_one(-1.0 / 2.0*x20*(p6*r6*x12*x13*x7*x9 + x17*x18*x19 - x17) - 1.0 / 2.0*((p14 - r14) * (p14 - r14)))
    x22 = x15 + (1.0 / 2.0)*x16 - 1.0 / 2.0*((p5 - r5) * (p5 - r5))
    x23 = (1.0 / 2.0)*x18
    x24 = vector.exponential_less_one(p11*r11*x12*x13*x22*x7*x9 - x19*x23 - x20*x22)
    x25 = vector.exponential(x23*(-x17 - x8))
    x26 = (1.0 / 2.0)*p15*r15*x5
    x27 = vector.exponential(x23*(-2.0*wide*x14 - x16 - x8))
    x28 = (-1.0 / 2.0*p13*r13*(-x11*x21 - x11 - x21) + (1.0 / 2.0)*p3*r3*(-x11*x24 - x11 - x24) + (1.0 / 2.0)*(p1 - r1)*(-p2 + r2) if -1.0 / 2.0*x0*((t1 - t2) * (t1 - t2)) + 1.0 / 2.0 > 0.0 else -x0*(x25*x26 - x26*x27) + 1.0)
    x29 = (x5 * x5 * x5 * x5 * x5)
    x30 = x27*x29
    x31 = rho*x30
    x32 = 8.0*p18*r18
    x33 = x31*x32
    x34 = (rho * rho * rho)
    x35 = x25*x29
    x36 = x32*x35
    x37 = x34*x36
    x38 = 6.0*x31
    x39 = p18*r19
    x40 = x38*x39
    x41 = p19*r18
    x42 = x38*x41
    x43 = 4.0*p19*r19
    x44 = x31*x43
    x45 = rho*x35
    x46 = x43*x45
    x47 = 6.0*x45
    x48 = x39*x47
    x49 = x41*x47
    x50 = rho*x36
    x51 = x30*x32*x34
    x52 = p16*r17
    x53 = p17*r16
    x54 = (1.0 / 2.0)*p16*r16
    x55 = 2.0*p17*r17
    x56 = x35*x55
    x57 = x30*x55
    x58 = (rho * rho)
    x59 = x30*x52 + x30*x53 + x30*x54 + x35*x52 + x35*x53 + x35*x54 + x56*x58 + x56 + x57*x58 + x57
    x60 = 2.0 - x28
    up = minus <= plus
    less = x28 if up else x60
    dot = -x33 - x37 - x40 - x42 - x44 + x46 + x48 + x49 + x50 + x51 + x59 if up else x33 + x37 + x40 + x42 + x44 - x46 - x48 - x49 - x50 - x51 + x59
    more = x60 if up else x28
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
                state[k], state[PLANE + k], f1[i], f1[SIDE + i], f1[2 * SIDE + i], f1[3 * SIDE + i],
                f1[4 * SIDE + i], f1[5 * SIDE + i], f1[6 * SIDE + i], f1[7 * SIDE + i], f1[8 * SIDE
                + i], f1[9 * SIDE + i], f1[10 * SIDE + i], f1[11 * SIDE + i], f1[12 * SIDE + i],
                f1[13 * SIDE + i], f1[14 * SIDE + i], f1[15 * SIDE + i], f1[16 * SIDE + i], f1[17 *
                SIDE + i], f1[18 * SIDE + i], f1[19 * SIDE + i], f1[20 * SIDE + i], f1[21 * SIDE +
                i], f1[22 * SIDE + i], f2[j], f2[SIDE + j], f2[3 * SIDE + j], f2[4 * SIDE + j], f2[5
                * SIDE + j], f2[6 * SIDE + j], f2[7 * SIDE + j], f2[8 * SIDE + j], f2[9 * SIDE + j],
                f2[10 * SIDE + j], f2[11 * SIDE + j], f2[12 * SIDE + j], f2[13 * SIDE + j], f2[14 *
                SIDE + j], f2[15 * SIDE + j], f2[16 * SIDE + j], f2[17 * SIDE + j], f2[18 * SIDE +
                j], f2[19 * SIDE + j], f2[20 * SIDE + j], f2[21 * SIDE + j], f2[22 * SIDE + j]
            )
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                less, more, dot * state[2 * PLANE + k],
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )

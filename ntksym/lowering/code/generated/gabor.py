"""One layer of the recursion with gabor. Written by ntksym.lowering.code; do not edit.

Σ = -exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))) + exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1)))
Σ̇ = -(16*c**3 - 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) - (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2)) + (16*c**3 + 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) + (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2))
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine

COUNT = 21
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = (1.0 / 2.0)*math.sqrt(2.0)*math.sqrt(-vector.exponential_less_one(-2.0*(s1 * s1)/(4.0*(s1 * s1) + 1.0)))/(4.0*(s1 * s1) + 1.0)**(1.0 / 4.0)
    x0 = (s1 * s1)
    x1 = 4.0*x0 + 1.0
    x2 = (1.0 / (math.sqrt(x1) * math.sqrt(x1) * math.sqrt(x1) * math.sqrt(x1) * math.sqrt(x1)))
    x3 = (1.0 / 2.0)*x2
    x4 = (s1 * s1 * s1 * s1)*x2
    x5 = x0/x1
    x6 = vector.exponential(-2.0*x5)
    x7 = 2.0*x0
    x8 = (1.0 / t1)
    x9 = x1**(-1.0 / 4.0)
    x10 = (1.0 / 2.0)*math.sqrt(2.0)
    x11 = x10*x9
    x12 = -x5
    x13 = vector.exponential(x12)
    x14 = x8*x9
    x15 = math.sqrt(x1)
    x16 = (1.0 / x15)
    x17 = x7 + 1.0
    x18 = (1.0 / x17)
    x19 = math.sqrt(x17)
    x20 = (1.0 / (math.sqrt(x17) * math.sqrt(x17) * math.sqrt(x17) * math.sqrt(x17) * math.sqrt(x17)))
    return s1, t1, 6.0*x0*x2 - x2*x6*x7 + x3*x6 + x3 - 8.0*x4*x6 + 16.0*x4, x8*(x11*x13 + x11), x10*x14*vector.exponential_less_one(x12), x14, x16, x10*x15, x18, x19*x9, x0*x18, x15, x0, x16*x18, x9/x19, x13*x14, x10*x16, x20, x0*x20, (s1 * s1 * s1)*x20, s1*x20


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i], f[12, i], f[13, i], f[14, i], f[15, i], f[16, i], f[17, i], f[18, i], f[19, i], f[20, i] = point(s[i])


@ordered
def pair(minus, plus, s1, slope1, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14,
         p15, p16, p17, s2, r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15,
         r16, r17):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    gap = min(minus, plus)
    wide = max(minus, plus)
    x0 = (1.0 / 2.0)*(p0 - r0)*(-p1 + r1)
    x1 = p5*r5
    x2 = 4.0*gap*wide
    x3 = 2.0*p5*r7 + 2.0*p7*r5 + p7*r7*x2 + x1
    x4 = math.sqrt(x3)
    x5 = p6*r6*x4 + 1.0
    x6 = (1.0 / x5)
    x7 = p9*r9*x2
    x8 = -x7 - 1.0 / 2.0*((p8 - r8) * (p8 - r8))
    x9 = x6*x8
    x10 = p11*r11*x9/x4
    x11 = (1.0 / x3)
    x12 = -x5
    x13 = s1*s2
    x14 = gap*x13
    x15 = ((s1 - s2) * (s1 - s2))
    x16 = 2.0*x14 + x15
    x17 = x1*x11
    x18 = x12*x9
    x19 = p3*r3
    x20 = vector.exponential_less_one(-1.0 / 2.0*x19*(p5*r5*x11*x12*x6*x8 + x16*x17*x18 - x16) - 1.0 / 2.0*((p13 - r13) * (p13 - r13)))
    x21 = (1.0 / 2.0)*p12*r12*(-x10*x20 - x10 - x20)
    x22 = x14 + (1.0 / 2.0)*x15 - 1.0 / 2.0*((p4 - r4) * (p4 - r4))
    x23 = (1.0 / 2.0)*x17
    x24 = vector.exponential_less_one(p10*r10*x11*x12*x22*x6*x8 - x18*x23 - x19*x22)
    x25 = (1.0 / 2.0)*p2*r2*(-x10*x24 - x10 - x24)
    x26 = x0 - x21 + x25
    x27 = (1.0 / (math.sqrt(x3) * math.sqrt(x3) * math.sqrt(x3) * math.sqrt(x3) * math.sqrt(x3)))
    x28 = x27*vector.exponential(x23*(-2.0*wide*x13 - x15 - x7))
    x29 = rho*x28
    x30 = 8.0*p16*r16
    x31 = x29*x30
    x32 = (rho * rho * rho)
    x33 = x27*vector.exponential(x23*(-x16 - x7))
    x34 = x30*x33
    x35 = x32*x34
    x36 = 6.0*x29
    x37 = p16*r17
    x38 = x36*x37
    x39 = p17*r16
    x40 = x36*x39
    x41 = 4.0*p17*r17
    x42 = x29*x41
    x43 = rho*x33
    x44 = x41*x43
    x45 = 6.0*x43
    x46 = x37*x45
    x47 = x39*x45
    x48 = rho*x34
    x49 = x28*x30*x32
    x50 = p14*r15
    x51 = p15*r14
    x52 = (1.0 / 2.0)*p14*r14
    x53 = 2.0*p15*r15
    x54 = x33*x53
    x55 = x28*x53
    x56 = (rho * rho)
    x57 = x28*x50 + x28*x51 + x28*x52 + x33*x50 + x33*x51 + x33*x52 + x54*x56 + x54 + x55*x56 + x55
    x58 = -x0 + x21 - x25 + 2.0
    up = minus <= plus
    less = x26 if up else x58
    dot = -x31 - x35 - x38 - x40 - x42 + x44 + x46 + x47 + x48 + x49 + x57 if up else x31 + x35 + x38 + x40 + x42 - x44 - x46 - x47 - x48 - x49 + x57
    more = x58 if up else x26
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
                i], f1[5 * SIDE + i], f1[6 * SIDE + i], f1[7 * SIDE + i], f1[8 * SIDE + i], f1[9 *
                SIDE + i], f1[10 * SIDE + i], f1[11 * SIDE + i], f1[12 * SIDE + i], f1[13 * SIDE +
                i], f1[14 * SIDE + i], f1[15 * SIDE + i], f1[16 * SIDE + i], f1[17 * SIDE + i],
                f1[18 * SIDE + i], f1[19 * SIDE + i], f1[20 * SIDE + i], f2[j], f2[3 * SIDE + j],
                f2[4 * SIDE + j], f2[5 * SIDE + j], f2[6 * SIDE + j], f2[7 * SIDE + j], f2[8 * SIDE
                + j], f2[9 * SIDE + j], f2[10 * SIDE + j], f2[11 * SIDE + j], f2[12 * SIDE + j],
                f2[13 * SIDE + j], f2[14 * SIDE + j], f2[15 * SIDE + j], f2[16 * SIDE + j], f2[17 *
                SIDE + j], f2[18 * SIDE + j], f2[19 * SIDE + j], f2[20 * SIDE + j]
            )
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                less, more, dot * state[2 * PLANE + k],
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )

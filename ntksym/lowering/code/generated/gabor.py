"""One layer of the recursion with gabor. Written by ntksym.lowering.code; do not edit.

Σ = -exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))) + exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1)))
Σ̇ = -(16*c**3 - 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) - (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2)) + (16*c**3 + 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) + (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2))
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine

COUNT = 20
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = (1.0 / 2.0)*math.sqrt(2.0)*math.sqrt(-vector.exponential_less_one(-2.0*(s1 * s1)/(4.0*(s1 * s1) + 1.0)))/(4.0*(s1 * s1) + 1.0)**(1.0 / 4.0)
    x0 = (s1 * s1)
    x1 = 4.0*x0 + 1.0
    x2 = math.sqrt(x1)
    x3 = (1.0 / x2)
    x4 = (x3 * x3 * x3 * x3 * x3)
    x5 = (s1 / x2)
    x6 = 8.0*x3*(x5 * x5 * x5 * x5)
    x7 = (x3 * x3 * x3)*(x5 * x5)
    x8 = x0/x1
    x9 = vector.exponential_less_one(-2.0*x8)
    x10 = (1.0 / t1)
    x11 = x1**(1.0 / 4.0)
    x12 = (1.0 / x11)
    x13 = (1.0 / 2.0)*math.sqrt(2.0)
    x14 = x12*x13
    x15 = vector.exponential_less_one(-x8)
    x16 = x15 + 1.0
    x17 = x10*x12
    x18 = 2.0*x0 + 1.0
    x19 = (1.0 / x18)
    x20 = math.sqrt(x18)
    x21 = (1.0 / x20)
    return s1, t1, (1.0 / 2.0)*x4*x9 + x4 - x6*x9 + x6 - 2.0*x7*x9 + 4.0*x7, x10, x10*(x14*x16 + x14), x13*x15*x17, x17, x0*x19, x19, s1*x3, x3, x19*x2, x12*x20, x2, x0*x3, x11*x21, x16*x17, x10*x21, s1*x19, x21


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i], f[12, i], f[13, i], f[14, i], f[15, i], f[16, i], f[17, i], f[18, i], f[19, i] = point(s[i])


@ordered
def pair(minus, plus, s1, t1, slope1, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13,
         p14, p15, p16, s2, t2, r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14,
         r15, r16):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    gap = min(minus, plus)
    wide = max(minus, plus)
    x0 = -1.0 / 2.0*p0*r0*((t1 - t2) * (t1 - t2)) + 1.0 / 2.0
    x1 = p5*r5
    x2 = p4*r5
    x3 = p5*r4
    x4 = gap*wide
    x5 = p4*r4*x4
    x6 = x1 + 2.0*x2 + 2.0*x3 + 4.0*x5
    x7 = math.sqrt(x6)
    x8 = (1.0 / x7)
    x9 = p9*r9*x7 + 1.0
    x10 = (-4.0*p11*r11*x4 - 1.0 / 2.0*p7*r7*((p10 - r10) * (p10 - r10)))/x9
    x11 = p12*r12*x10*x8
    x12 = (1.0 / 2.0)*((p6 - r6) * (p6 - r6))
    x13 = -x10*x9/x6
    x14 = p8*r8*x13
    x15 = p6*r6*(-gap*x14 + gap + x14)
    x16 = (x5 / x6)
    x17 = (1.0 / 4.0)*x1*x13 + x16 + (1.0 / 8.0)*((p7 - r7) * (p7 - r7))
    x18 = vector.exponential_less_one(x12 + x15 - x17)
    x19 = vector.exponential_less_one(-x12 - x15 - x17)
    x20 = -1.0 / 2.0*p13*r13*(-x11*x18 - x11 - x18) + (1.0 / 2.0)*p3*r3*(-x11*x19 - x11 - x19) + (1.0 / 2.0)*(p1 - r1)*(-p2 + r2)
    x21 = ((p15*r15) / x6)
    x22 = rho*x21
    x23 = vector.hyperbolic_sine(x22)
    x24 = (x2 / x6)
    x25 = (x3 / x6)
    x26 = x8*vector.exponential(-2.0*x16 - 1.0 / 2.0*x24 - 1.0 / 2.0*x25)
    x27 = p14*r14*x23*x26
    x28 = (x20 if x0 > 0.0 else 1.0 - x27)
    x29 = 12.0*x22
    x30 = (x1 / x6)
    x31 = 2.0*x30
    x32 = p16*r16*x26*(-x23*(-16.0*x16*x22 - 8.0*x22*x30 - x24*x29 - x25*x29) + (8.0*(rho * rho)*(x21 * x21) + 4.0*x16*x30 + x24*x31 + x25*x31 + (x30 * x30))*vector.hyperbolic_cosine(x22))
    x33 = (x20 if x0 > 0.0 else x27 + 1.0)
    up = minus <= plus
    less = x28 if up else 2.0 - x33
    dot = x32
    more = 2.0 - x28 if up else x33
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
                SIDE + i], f1[18 * SIDE + i], f1[19 * SIDE + i], f2[j], f2[SIDE + j], f2[3 * SIDE +
                j], f2[4 * SIDE + j], f2[5 * SIDE + j], f2[6 * SIDE + j], f2[7 * SIDE + j], f2[8 *
                SIDE + j], f2[9 * SIDE + j], f2[10 * SIDE + j], f2[11 * SIDE + j], f2[12 * SIDE +
                j], f2[13 * SIDE + j], f2[14 * SIDE + j], f2[15 * SIDE + j], f2[16 * SIDE + j],
                f2[17 * SIDE + j], f2[18 * SIDE + j], f2[19 * SIDE + j]
            )
            state[k], state[PLANE + k], state[2 * PLANE + k] = affine(
                less, more, dot * state[2 * PLANE + k],
                g1[i], g1[SIDE + i], g1[2 * SIDE + i], g2[j], g2[SIDE + j], g2[2 * SIDE + j],
                w, v, b,
            )


@compiled
def layers(state, f1, f2, g1, g2, numbers, rows):
    """``tile`` of one layer after another, each with its (w, v, b)."""
    for n in range(len(numbers)):
        w, v, b = numbers[n, 0], numbers[n, 1], numbers[n, 2]
        tile(state, f1[n], f2[n], g1[n], g2[n], w, v, b, rows)

"""One layer of the recursion with gelu. Written by ntksym.lowering.code; do not edit.

Σ = c*asin(c/(sqrt(q_1 + 1)*sqrt(q_2 + 1)))/(2*pi) + c/4 - (c**2*(q_1*q_2 - 1) - q_1*q_2*(q_1 + 1)*(q_2 + 1))/(2*pi*sqrt(-c**2 + (q_1 + 1)*(q_2 + 1))*(q_1 + 1)*(q_2 + 1))
Σ̇ = c/(2*pi*sqrt(-c**2 + (q_1 + 1)*(q_2 + 1))*(q_2 + 1)) + c/(2*pi*sqrt(-c**2 + (q_1 + 1)*(q_2 + 1))*(q_1 + 1)) + c/(2*pi*(-c**2 + (q_1 + 1)*(q_2 + 1))**(3/2)) + asin(c/(sqrt(q_1 + 1)*sqrt(q_2 + 1)))/(2*pi) + 1/4
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, inlined, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine, covariance

COUNT = 25
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = math.sqrt((1.0 / 2.0)*(s1 * s1)*vector.arctangent2((s1 * s1), math.sqrt(2.0*(s1 * s1) + 1.0))*(1.0 / math.pi) + (1.0 / 4.0)*(s1 * s1) + s1*(((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))))*(s1 / (math.sqrt(2.0*(s1 * s1) + 1.0)))*(1.0 / math.pi) + (((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))))*(1.0 / math.pi)*(1.0 / (math.sqrt(2.0*(s1 * s1) + 1.0))))
    x0 = (s1 * s1)
    x1 = 2.0*x0 + 1.0
    x2 = math.sqrt(x1)
    x3 = (1.0 / x2)
    x4 = (1.0 / math.pi)
    x5 = x3*x4
    x6 = x0 + 1.0
    x7 = (1.0 / x6)
    x8 = x0*x7
    x9 = (1.0 / 2.0)*vector.arctangent2(x0, x2)
    x10 = x4*x9 + 1.0 / 4.0
    x11 = (1.0 / t1)
    x12 = math.sqrt(x10)
    x13 = x1**(1.0 / 4.0)
    x14 = (1.0 / x13)
    x15 = x11*x8
    x16 = x14*x15
    x17 = (1.0 / 2.0)*math.sqrt(2.0)*(1.0 / (math.sqrt(math.pi)))
    x18 = x13*x15
    x19 = x2*x7
    x20 = math.sqrt((1.0 / 2.0)*x19 + 1.0 / 2.0)
    x21 = x8*(1.0 / x20)
    x22 = math.sqrt(x6)
    x23 = (1.0 / x22)
    return s1, t1, x10 + x5*x8 + (1.0 / 2.0)*x5*(((s1 / x2)) * ((s1 / x2))), s1*x11*x12, x16*x17, x17*x18, (1.0 / x12), x12, x7, x8, x19/(x20 + (1.0 / 2.0)*x21), (1.0 / 2.0)*x20 + (1.0 / 4.0)*x21, s1*x23, x21, x16, x13*x23, x14*x22, x3, x2, x0*x3, x18, x9, x7*(s1 / x22), x23, x0*x23


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i], f[12, i], f[13, i], f[14, i], f[15, i], f[16, i], f[17, i], f[18, i], f[19, i], f[20, i], f[21, i], f[22, i], f[23, i], f[24, i] = point(s[i])


@ordered
def pair(minus, plus, s1, slope1, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14,
         p15, p16, p17, p18, p19, s2, r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13,
         r14, r15, r16, r17, r18, r19):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    x0 = (1.0 / math.pi)
    x1 = (1.0 / 2.0)*x0
    x2 = minus*plus
    x3 = math.sqrt(p5*r5 + p5*r6 + p6*r5 + p6*r6*x2)
    x4 = (-1.0 / 2.0*p14*r14*((p15 - r15) * (p15 - r15)) - p16*r16*x2)/(p13*r13*x3 + 1.0)
    x5 = (1.0 / x3)
    x6 = p12*r12*x4*x5
    x7 = (1.0 / 2.0)*p10
    x8 = r7*x7
    x9 = (1.0 / 2.0)*p7*r10
    x10 = p9*r9
    x11 = r10*x7 + x10 + x8 + x9
    x12 = vector.arctangent2(minus*x10*x11 + ((x8 - x9) * (x8 - x9)), x11*(p7*r8 + p8*r7 + x3))
    x13 = -p3*r3*x0*x12 + (1.0 / 2.0)*p3*r3*((p4 - r4) * (p4 - r4))
    x14 = p0*r0*(minus*x13 + minus - x13) + p11*r11*x1*(x2*x6 + x2 - x6) + p17*r17*x1*x4 + (1.0 / 2.0)*((p0 - r0) * (p0 - r0)) + (1.0 / 2.0)*((p1 - r1) * (p1 - r1)) + (1.0 / 2.0)*((p2 - r2) * (p2 - r2))
    x15 = rho*x1*x5
    less, dot, more = x14, p19*r9*x15 + p9*r19*x15 + x1*(p18 + r18 - 2.0*x12) + x15*(p19 / x3)*(r19 / x3) + 1.0 / 4.0, 2.0 - x14
    same = (minus == 0.0) & (s1 == s2)
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
                f1[18 * SIDE + i], f1[19 * SIDE + i], f1[20 * SIDE + i], f1[21 * SIDE + i], f1[22 *
                SIDE + i], f2[j], f2[3 * SIDE + j], f2[4 * SIDE + j], f2[5 * SIDE + j], f2[6 * SIDE
                + j], f2[7 * SIDE + j], f2[8 * SIDE + j], f2[9 * SIDE + j], f2[10 * SIDE + j], f2[11
                * SIDE + j], f2[12 * SIDE + j], f2[13 * SIDE + j], f2[14 * SIDE + j], f2[15 * SIDE +
                j], f2[16 * SIDE + j], f2[17 * SIDE + j], f2[18 * SIDE + j], f2[19 * SIDE + j],
                f2[20 * SIDE + j], f2[21 * SIDE + j], f2[22 * SIDE + j]
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


SINE = 23
"""Of the numbers of a point: p, with sine = c p1 p2."""


@inlined
def direct(c, p5, p20, p21, r5, r20, r21):
    """Σ and Σ̇ from the covariance, where no sine is near 1 or -1."""
    sine = c*p20*r20
    cosine = math.sqrt(1.0 - sine*sine)
    secant = vector.blunt_reciprocal(cosine)
    arc = vector.blunt_arcsine(sine, cosine)
    x0 = ((1.0 / 2.0)*(1.0 / math.pi))
    x1 = arc*x0
    x2 = sine*x0
    x3 = p5*x2
    sigma, dot = c*x1 + (1.0 / 4.0)*c + cosine*p21*r21*x0 + p20*r20*secant*(sine * sine)*x0, r5*(secant * secant * secant)*x3 + secant*(r5*x2 + x3) + x1 + 1.0 / 4.0
    return sigma, dot


@compiled
def direct_tile(state, f1, f2, square, shift, w, v, b, rows):
    """``direct`` and then ``covariance`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            sigma, dot = direct(
                state[k], f1[8 * SIDE + i], f1[23 * SIDE + i], f1[24 * SIDE + i], f2[8 * SIDE + j],
                f2[23 * SIDE + j], f2[24 * SIDE + j]
            )
            state[k], state[2 * PLANE + k] = covariance(
                sigma, dot * state[2 * PLANE + k], square, shift, w, v, b
            )


@inlined
def entry(minus, plus, s1, p5, p20, p21, s2, r5, r20, r21):
    """Σ and Σ̇ from the gaps, where no sine is near 1 or -1."""
    c = 0.5*(plus - minus)*s1*s2
    sine = c*p20*r20
    rest = p5 + r5 - p5*r5
    cosine = math.sqrt(rest + (1.0 - rest)*minus*plus)
    secant = vector.sharp_reciprocal(cosine)
    arc = vector.sharp_arcsine(sine, cosine)
    x0 = ((1.0 / 2.0)*(1.0 / math.pi))
    x1 = arc*x0
    x2 = sine*x0
    x3 = p5*x2
    sigma, dot = c*x1 + (1.0 / 4.0)*c + cosine*p21*r21*x0 + p20*r20*secant*(sine * sine)*x0, r5*(secant * secant * secant)*x3 + secant*(r5*x2 + x3) + x1 + 1.0 / 4.0
    return sigma, dot


@compiled
def entry_tile(state, f1, f2, square, shift, w, v, b, rows):
    """``entry`` and then ``covariance`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            sigma, dot = entry(
                state[k], state[PLANE + k], f1[i], f1[8 * SIDE + i], f1[23 * SIDE + i], f1[24 * SIDE
                + i], f2[j], f2[8 * SIDE + j], f2[23 * SIDE + j], f2[24 * SIDE + j]
            )
            state[k], state[2 * PLANE + k] = covariance(
                sigma, dot * state[2 * PLANE + k], square, shift, w, v, b
            )


@compiled
def direct_layers(state, f1, f2, numbers, rows):
    """``direct_tile`` of one layer after another, each with its (square, shift, w, v, b)."""
    for n in range(len(numbers)):
        square, shift, w, v, b = (
            numbers[n, 0], numbers[n, 1], numbers[n, 2], numbers[n, 3], numbers[n, 4]
        )
        direct_tile(state, f1[n], f2[n], square, shift, w, v, b, rows)

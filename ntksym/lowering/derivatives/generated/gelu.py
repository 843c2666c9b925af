"""What moves with gelu. Written by ntksym.lowering.derivatives; do not edit."""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, inlined, ordered, wide
from ntksym.lowering.derivatives.direct.updates import along, layer_of
from ntksym.lowering.derivatives.updates import affine
from ntksym.lowering.functions import vector

COUNT = 23
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = math.sqrt((1.0 / 2.0)*(s1 * s1)*vector.arctangent2((s1 * s1), math.sqrt(2.0*(s1 * s1) + 1.0))*(1.0 / math.pi) + (1.0 / 4.0)*(s1 * s1) + s1*(((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))))*(s1 / (math.sqrt(2.0*(s1 * s1) + 1.0)))*(1.0 / math.pi) + (((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))) * ((s1 / (math.sqrt((s1 * s1) + 1.0)))))*(1.0 / math.pi)*(1.0 / (math.sqrt(2.0*(s1 * s1) + 1.0))))
    x0 = (s1 * s1)
    x1 = 2.0*x0
    x2 = x1 + 1.0
    x3 = math.sqrt(x2)
    x4 = vector.arctangent2(x0, x3)
    x5 = (1.0 / math.pi)
    x6 = (1.0 / 2.0)*x5
    x7 = (1.0 / x3)
    x8 = x0 + 1.0
    x9 = (1.0 / x8)
    x10 = x0*x9
    x11 = (1.0 / t1)
    x12 = (s1 * s1 * s1 * s1)
    x13 = (s1 * s1 * s1 * s1 * s1 * s1)
    x14 = math.pi*x3
    x15 = x3*x4
    x16 = (x7 * x7 * x7)*(4.0*x0*x14 + 8.0*x0*x15 + 10.0*x0 + 5.0*x12*x14 + 10.0*x12*x15 + 22.0*x12 + 2.0*x13*x14 + 4.0*x13*x15 + 8.0*x13 + x14 + 2.0*x15)
    x17 = math.sqrt(x8)
    x18 = (s1 / x17)
    x19 = (1.0 / x17)
    x20 = (x19 * x19 * x19)
    x21 = x18*x20*x5
    x22 = (s1 * s1 * s1)
    x23 = 3.0*x0 + 2.0
    x24 = (x18 * x18)
    x25 = x24*x9
    return s1, t1, x10*x5*x7 + x4*x6 + x6*x7*(((s1 / x3)) * ((s1 / x3))) + 1.0 / 4.0, (1.0 / 4.0)*x11*x16*x21, -x21*(x7 * x7 * x7 * x7 * x7)*(x22 - x23)*(x22 + x23), x11, s1*x19, x9, x10, x20, x0, x0*x8, x18*x9, x25, x0*x2, x16*x25/(t1 * t1), x19*x24, x18*(x1 - 1.0)/(x8 * x8), x19, x0*x19, x8, x0 + 2.0, x0 + 3.0


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i], f[12, i], f[13, i], f[14, i], f[15, i], f[16, i], f[17, i], f[18, i], f[19, i], f[20, i], f[21, i], f[22, i] = point(s[i])


@ordered
def pair(minus, plus, bend1, s1, s2, slope1, p0, r0, p1, r1, p2, r2, p3, r3, p4, r4, p5, r5, p6, r6,
         p7, r7, p8, r8, p9, r9, p10, r10, p11, r11, p12, r12):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    rho = 0.5 * (plus - minus)
    x0 = (1.0 / 4.0)*s2
    x1 = s1*x0
    x2 = rho*s1
    x3 = r1*rho
    x4 = p1*x3
    x5 = minus*plus
    x6 = p3*r3
    x7 = p2*r2 + p2*r3 + p3*r2 + x5*x6
    x8 = math.sqrt(x7)
    x9 = (1.0 / math.pi)
    x10 = (1.0 / 2.0)*x9
    x11 = x10*vector.arctangent2(x4, x8)
    x12 = s2*x11
    x13 = (1.0 / x8)
    x14 = x10*x13
    x15 = (rho * rho)
    x16 = p5*r5
    x17 = x16 - 1.0
    x18 = x16*x17
    x19 = p4*r4
    x20 = x19*(-p6*r6 + x15*x18)
    x21 = rho*x1 + x12*x2 - x14*x20
    x22 = p0*r0
    x23 = x21*x22
    x24 = p1*r7
    x25 = x14*x24
    x26 = p7*x14
    x27 = (x13 * x13 * x13)
    x28 = x10*x27
    x29 = p7*r7
    x30 = x28*x29
    x31 = x20*x22
    x32 = (1.0 / 4.0)*x9
    x33 = x27*x32
    x34 = minus*x6
    x35 = plus*x6
    x36 = x33*x35
    x37 = (1.0 / ((p1 * p1)*(r1 * r1)*x15 + x7))
    x38 = x10*x37*x8
    x39 = s1*x22
    x40 = s2*x39
    x41 = x13*x9
    x42 = p1*r1
    x43 = x15*x37*x42
    x44 = x1*x22*x41*x43
    x45 = x19*x41
    x46 = x22*x45
    x47 = (3.0 / 2.0)*p3
    x48 = x31*x41
    x49 = p5*x15
    x50 = r5*x15
    x51 = s2*x22
    x52 = x15*x38
    x53 = (1.0 / 2.0)*r2
    x54 = (1.0 / 2.0)*r3
    x55 = x53 + x54
    x56 = -x55
    x57 = x28*x31
    x58 = x14*x40*x43
    x59 = 2.0*p2*p3
    x60 = x5*x54 + x53
    x61 = -x60
    x62 = x28*x61
    x63 = (3.0 / 2.0)*r3
    x64 = (1.0 / 2.0)*p2
    x65 = (1.0 / 2.0)*p3
    x66 = x64 + x65
    x67 = -x66
    x68 = 2.0*r2*r3
    x69 = x5*x65 + x64
    x70 = -x69
    x71 = (x13 * x13 * x13 * x13 * x13)
    x72 = p7*x3
    x73 = rho*x29*x71
    x74 = x37*x4
    x75 = r7*rho
    x76 = rho*x28
    x77 = x24*x76
    x78 = x28*x72
    x79 = (3.0 / 2.0)*r2
    x80 = x10*x73
    x81 = x14*x74
    x82 = p1*rho
    x83 = (3.0 / 2.0)*p2
    less, dot, more, less_minus, less_first, less_second, dot_minus, dot_first, dot_second = 1.0 - x23, rho*x25 + rho*x30 + x11 + x26*x3 + 1.0 / 4.0, x23 + 1.0, x22*(-rho*x18*x45 + s1*x12 + x1) + x31*x33*x34 - x31*x36 - x34*x44 + x35*x44 + x38*x4*x40, (1.0 / 4.0)*p0*p10*r0*x21*x9 + p0*p4*p5*r0*r4*x13*x9*((r5 * r5)*x49 + x17*x50) - p11*r1*x51*x52 + 2.0*p8*(x31*x62 + x58*x60) - p9*r6*x46 - x39*(rho*x0 + rho*x12) - x47*x48 - x59*(x55*x58 + x56*x57), p0*p4*r0*r4*r5*x13*x9*((p5 * p5)*x50 + x17*x49) + (1.0 / 4.0)*p0*r0*r10*x21*x9 - p1*r11*x39*x52 - p6*r9*x46 + 2.0*r8*(x57*x70 + x58*x69) - x48*x63 - x51*(x11*x2 + (1.0 / 4.0)*x2) - x68*(x57*x67 + x58*x66), (1.0 / 4.0)*minus*p1*p3*r1*r3*rho*x13*x37*x9 + (1.0 / 4.0)*minus*p1*p3*r3*r7*rho*x27*x9 + (1.0 / 4.0)*minus*p3*p7*r1*r3*rho*x27*x9 + (3.0 / 4.0)*minus*p3*p7*r3*r7*rho*x71*x9 - r1*x26 - rho*x24*x36 - x13*x32*x35*x74 - x25 - x30 - 3.0 / 4.0*x35*x73*x9 - x36*x72 - x38*x42, -p12*(x14*x3 + x28*x75) + p7*(x14*x75 + x3*x38) + 2.0*p8*(-x60*x81 + x61*x77 + x62*x72 + x80*(-x5*x63 - x79)) - x59*(-x55*x81 + x56*x77 + x56*x78 + x80*(-x63 - x79)), -r12*(p7*x76 + x14*x82) + r7*(rho*x26 + x38*x82) + 2.0*r8*(-x69*x81 + x70*x77 + x70*x78 + x80*(-x47*x5 - x83)) - x68*(-x66*x81 + x67*x77 + x67*x78 + x80*(-x47 - x83))
    same = (minus == 0.0) & (s1 == s2)
    less = 0.0 if same else less
    dot = slope1 if same else dot
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
        slope1 = f1[2 * SIDE + i]
        p0 = f1[5 * SIDE + i]
        p1 = f1[6 * SIDE + i]
        p2 = f1[7 * SIDE + i]
        p3 = f1[8 * SIDE + i]
        p4 = f1[9 * SIDE + i]
        p5 = f1[10 * SIDE + i]
        p6 = f1[11 * SIDE + i]
        p7 = f1[12 * SIDE + i]
        p8 = f1[13 * SIDE + i]
        p9 = f1[14 * SIDE + i]
        p10 = f1[15 * SIDE + i]
        p11 = f1[16 * SIDE + i]
        p12 = f1[17 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, minus0, minus1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            (
                less, more, dot, less_minus, less_first, less_second, dot_minus, dot_first,
                dot_second
            ) = pair(
                state[k], state[PLANE + k], bend1, s1, f2[0 * SIDE + j], slope1, p0, f2[5 * SIDE +
                j], p1, f2[6 * SIDE + j], p2, f2[7 * SIDE + j], p3, f2[8 * SIDE + j], p4, f2[9 *
                SIDE + j], p5, f2[10 * SIDE + j], p6, f2[11 * SIDE + j], p7, f2[12 * SIDE + j], p8,
                f2[13 * SIDE + j], p9, f2[14 * SIDE + j], p10, f2[15 * SIDE + j], p11, f2[16 * SIDE
                + j], p12, f2[17 * SIDE + j]
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


SINE = 18
"""Of the numbers of a point: p, with sine = c p1 p2."""


@inlined
def direct(c, p2, r2, p4, r4, p5, r5, p8, r8, p11, r11, p13, r13, p14, r14, p15, r15, p16, r16, p17,
           r17):
    """Σ and Σ̇ from the covariance, and what moves them, where no sine is near 1 or -1."""
    sine = c*p13*r13
    cosine = math.sqrt(1.0 - sine*sine)
    secant = vector.blunt_reciprocal(cosine)
    arc = vector.blunt_arcsine(sine, cosine)
    x0 = (1.0 / 2.0)*(1.0 / math.pi)
    x1 = (x0)
    x2 = arc*x1
    x3 = cosine*x1
    x4 = (sine * sine)
    x5 = secant*x1
    x6 = sine*x1
    x7 = p2*x6
    x8 = (secant * secant)
    x9 = p5 + r5
    x10 = 3.0*x8 + x9
    x11 = x8*(-x4*x8 + x4*(-x9 - 3.0))
    x12 = x8*(x10 + 2.0)
    x13 = secant*sine*(-x0)
    sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = c*x2 + (1.0 / 4.0)*c + p13*r13*x4*x5 + p14*r14*x3, r2*(secant * secant * secant)*x7 + secant*(r2*x6 + x7) + x2 + 1.0 / 4.0, p4*r4*x5*(p15*r15 + x10*x8), p11*r13*x3*(p16*r5 + x11), p13*r11*x3*(p5*r16 + x11), p8*r2*x13*(p17*r15 + x12), p2*r8*x13*(p15*r17 + x12)
    return sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second


@compiled
def direct_tile(
    state, f1, f2, g1, g2, square, shift, dsquare, dshift, w, v, b, dw, db, rows
):
    """``direct`` and then ``layer_of`` on each pair of a tile and on its derivatives, in place."""
    wide()
    for i in range(rows):
        before01, before11 = g1[5 * SIDE + i], g1[8 * SIDE + i]
        p2 = f1[7 * SIDE + i]
        p4 = f1[9 * SIDE + i]
        p5 = f1[10 * SIDE + i]
        p8 = f1[13 * SIDE + i]
        p11 = f1[16 * SIDE + i]
        p13 = f1[18 * SIDE + i]
        p14 = f1[19 * SIDE + i]
        p15 = f1[20 * SIDE + i]
        p16 = f1[21 * SIDE + i]
        p17 = f1[22 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, c0, c1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = direct(
                state[k], p2, f2[7 * SIDE + j], p4, f2[9 * SIDE + j], p5, f2[10 * SIDE + j], p8,
                f2[13 * SIDE + j], p11, f2[16 * SIDE + j], p13, f2[18 * SIDE + j], p14, f2[19 * SIDE
                + j], p15, f2[20 * SIDE + j], p16, f2[21 * SIDE + j], p17, f2[22 * SIDE + j]
            )
            (
                state[k], state[2 * PLANE + k], state[3 * PLANE + k],
                state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
            ) = layer_of(
                sigma, dot, theta,
                along(dot, sigma_first, sigma_second, c0, before01, before02),
                along(dot_c, dot_first, dot_second, c0, before01, before02),
                state[4 * PLANE + k],
                along(dot, sigma_first, sigma_second, c1, before11, before12),
                along(dot_c, dot_first, dot_second, c1, before11, before12),
                state[6 * PLANE + k],
                square, shift, dsquare, dshift, w, v, b, dw, db,
            )


@inlined
def entry(minus, plus, s1, s2, p2, r2, p4, r4, p5, r5, p8, r8, p11, r11, p13, r13, p14, r14, p15,
          r15, p16, r16, p17, r17):
    """Σ and Σ̇ from the gaps, and what moves them, where no sine is near 1 or -1."""
    c = 0.5*(plus - minus)*s1*s2
    sine = c*p13*r13
    rest = p2 + r2 - p2*r2
    cosine = math.sqrt(rest + (1.0 - rest)*minus*plus)
    secant = vector.sharp_reciprocal(cosine)
    arc = vector.sharp_arcsine(sine, cosine)
    x0 = (1.0 / 2.0)*(1.0 / math.pi)
    x1 = (x0)
    x2 = arc*x1
    x3 = cosine*x1
    x4 = (sine * sine)
    x5 = secant*x1
    x6 = sine*x1
    x7 = p2*x6
    x8 = (secant * secant)
    x9 = p5 + r5
    x10 = 3.0*x8 + x9
    x11 = x8*(-x4*x8 + x4*(-x9 - 3.0))
    x12 = x8*(x10 + 2.0)
    x13 = secant*sine*(-x0)
    sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = c*x2 + (1.0 / 4.0)*c + p13*r13*x4*x5 + p14*r14*x3, r2*(secant * secant * secant)*x7 + secant*(r2*x6 + x7) + x2 + 1.0 / 4.0, p4*r4*x5*(p15*r15 + x10*x8), p11*r13*x3*(p16*r5 + x11), p13*r11*x3*(p5*r16 + x11), p8*r2*x13*(p17*r15 + x12), p2*r8*x13*(p15*r17 + x12)
    return sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second


@compiled
def entry_tile(
    state, f1, f2, g1, g2, square, shift, dsquare, dshift, w, v, b, dw, db, rows
):
    """``entry`` and then ``layer_of`` on each pair of a tile and on its derivatives, in place."""
    wide()
    for i in range(rows):
        before01, before11 = g1[5 * SIDE + i], g1[8 * SIDE + i]
        s1 = f1[0 * SIDE + i]
        p2 = f1[7 * SIDE + i]
        p4 = f1[9 * SIDE + i]
        p5 = f1[10 * SIDE + i]
        p8 = f1[13 * SIDE + i]
        p11 = f1[16 * SIDE + i]
        p13 = f1[18 * SIDE + i]
        p14 = f1[19 * SIDE + i]
        p15 = f1[20 * SIDE + i]
        p16 = f1[21 * SIDE + i]
        p17 = f1[22 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, c0, c1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = entry(
                state[k], state[PLANE + k], s1, f2[0 * SIDE + j], p2, f2[7 * SIDE + j], p4, f2[9 *
                SIDE + j], p5, f2[10 * SIDE + j], p8, f2[13 * SIDE + j], p11, f2[16 * SIDE + j],
                p13, f2[18 * SIDE + j], p14, f2[19 * SIDE + j], p15, f2[20 * SIDE + j], p16, f2[21 *
                SIDE + j], p17, f2[22 * SIDE + j]
            )
            (
                state[k], state[2 * PLANE + k], state[3 * PLANE + k],
                state[4 * PLANE + k], state[5 * PLANE + k], state[6 * PLANE + k],
            ) = layer_of(
                sigma, dot, theta,
                along(dot, sigma_first, sigma_second, c0, before01, before02),
                along(dot_c, dot_first, dot_second, c0, before01, before02),
                state[4 * PLANE + k],
                along(dot, sigma_first, sigma_second, c1, before11, before12),
                along(dot_c, dot_first, dot_second, c1, before11, before12),
                state[6 * PLANE + k],
                square, shift, dsquare, dshift, w, v, b, dw, db,
            )

"""What moves with erf. Written by ntksym.lowering.derivatives; do not edit."""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, inlined, ordered, wide
from ntksym.lowering.derivatives.direct.updates import along, layer_of
from ntksym.lowering.derivatives.updates import affine
from ntksym.lowering.functions import vector

COUNT = 15
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, t, Σ̇ at u = v, the derivatives of both by ``s1``; what the pairs need."""
    t1 = math.sqrt(2.0)*math.sqrt(vector.arctangent2(2.0*(s1 * s1), math.sqrt(4.0*(s1 * s1) + 1.0)))*(1.0 / (math.sqrt(math.pi)))
    x0 = (1.0 / math.pi)
    x1 = (s1 * s1)
    x2 = 4.0*x1 + 1.0
    x3 = math.sqrt(x2)
    x4 = (1.0 / x3)
    x5 = 4.0*x0*x4
    x6 = 2.0*x1
    x7 = x6 + 1.0
    x8 = (1.0 / x7)
    x9 = vector.arctangent2(x6, x3)
    x10 = math.sqrt(x7)
    x11 = (1.0 / x10)
    x12 = x1*x8
    x13 = (s1 / x10)
    x14 = (x13 * x13)
    return s1, t1, x5, s1*x5*x8/t1, -16.0*x0*(s1 / x3)/x2, (1.0 / (math.sqrt(x9))), s1*x11, x8, x12, x11, x12*x4/x9, x13*x8, x14*x8, math.sqrt(2.0)*x11, x11*x14


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i], f[12, i], f[13, i], f[14, i] = point(s[i])


@ordered
def pair(minus, plus, bend1, s1, s2, slope1, p0, r0, p1, r1, p2, r2, p3, r3, p4, r4, p5, r5, p6, r6,
         p7, r7):
    """The gaps 1 - rho and 1 + rho behind the activation, Σ̇, and their partial derivatives."""
    rho = 0.5 * (plus - minus)
    x0 = 2.0*p1*r1
    x1 = 2.0*r3
    x2 = 2.0*p3
    x3 = minus*plus
    x4 = p3*r3
    x5 = 4.0*x4
    x6 = p2*r2 + p2*x1 + r2*x2 + x3*x5
    x7 = math.sqrt(x6)
    x8 = vector.arctangent2(rho*x0, x7)
    x9 = p0*r0
    x10 = x8*x9
    x11 = (1.0 / x7)
    x12 = (1.0 / math.pi)
    x13 = p4*r4*x12
    x14 = (1.0 / (4.0*(p1 * p1)*(r1 * r1)*(rho * rho) + x6))
    x15 = x14*x9
    x16 = x15*x7
    x17 = r1*rho
    x18 = p1*x11*x15*x17
    x19 = x18*x5
    x20 = 2.0*x16
    x21 = (1.0 / 2.0)*r2 + r3
    x22 = p2*p3
    x23 = 8.0*x18
    x24 = r2 + x1*x3
    x25 = (1.0 / 2.0)*p2 + p3
    x26 = r2*r3
    x27 = p2 + x2*x3
    x28 = (x11 * x11 * x11)
    x29 = 8.0*x13
    x30 = x28*x29*x4
    x31 = x11*x29
    x32 = 16.0*x13*x28
    less, dot, more, less_minus, less_first, less_second, dot_minus, dot_first, dot_second = 1.0 - x10, 4.0*x11*x13, x10 + 1.0, -minus*x19 + plus*x19 + x0*x16, 4.0*p0*p1*p7*r0*r1*rho*x11*x14*x24 + 2.0*p0*p5*r0*x8 - p6*x17*x20 - x21*x22*x23, 4.0*p0*p1*r0*r1*r7*rho*x11*x14*x27 + 2.0*p0*r0*r5*x8 - p1*r6*rho*x20 - x23*x25*x26, minus*x30 - plus*x30, -p3*x31 - 8.0*p4*p7*r4*x12*x24*x28 + x21*x22*x32, -8.0*p4*r4*r7*x12*x27*x28 - r3*x31 + x25*x26*x32
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
                SIDE + j], p5, f2[10 * SIDE + j], p6, f2[11 * SIDE + j], p7, f2[12 * SIDE + j]
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


SINE = 13
"""Of the numbers of a point: p, with sine = c p1 p2."""


@inlined
def direct(c, p2, r2, p3, r3, p4, r4, p8, r8, p9, r9):
    """Σ and Σ̇ from the covariance, and what moves them, where no sine is near 1 or -1."""
    sine = c*p8*r8
    cosine = math.sqrt(1.0 - sine*sine)
    secant = vector.blunt_reciprocal(cosine)
    arc = vector.blunt_arcsine(sine, cosine)
    x0 = (1.0 / math.pi)
    x1 = 4.0*x0
    x2 = (secant * secant * secant)
    x3 = 8.0*x0
    x4 = secant*sine*(-x1)
    x5 = x2*(-x3)
    sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = arc*(2.0*x0), p4*r4*secant*(x1), p2*r2*sine*x2*(x3), p3*x4, r3*x4, p9*r4*x5, p4*r9*x5
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
        p3 = f1[8 * SIDE + i]
        p4 = f1[9 * SIDE + i]
        p8 = f1[13 * SIDE + i]
        p9 = f1[14 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, c0, c1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = direct(
                state[k], p2, f2[7 * SIDE + j], p3, f2[8 * SIDE + j], p4, f2[9 * SIDE + j], p8,
                f2[13 * SIDE + j], p9, f2[14 * SIDE + j]
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
def entry(minus, plus, s1, s2, p2, r2, p3, r3, p4, r4, p8, r8, p9, r9):
    """Σ and Σ̇ from the gaps, and what moves them, where no sine is near 1 or -1."""
    c = 0.5*(plus - minus)*s1*s2
    sine = c*p8*r8
    rest = p2 + r2 - p2*r2
    cosine = math.sqrt(rest + (1.0 - rest)*minus*plus)
    secant = vector.sharp_reciprocal(cosine)
    arc = vector.sharp_arcsine(sine, cosine)
    x0 = (1.0 / math.pi)
    x1 = 4.0*x0
    x2 = (secant * secant * secant)
    x3 = 8.0*x0
    x4 = secant*sine*(-x1)
    x5 = x2*(-x3)
    sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = arc*(2.0*x0), p4*r4*secant*(x1), p2*r2*sine*x2*(x3), p3*x4, r3*x4, p9*r4*x5, p4*r9*x5
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
        p3 = f1[8 * SIDE + i]
        p4 = f1[9 * SIDE + i]
        p8 = f1[13 * SIDE + i]
        p9 = f1[14 * SIDE + i]
        for j in range(SIDE):
            k = SIDE * i + j
            before02, before12 = g2[5 * SIDE + j], g2[8 * SIDE + j]
            theta, c0, c1 = state[2 * PLANE + k], state[3 * PLANE + k], state[5 * PLANE + k]
            sigma, dot, dot_c, sigma_first, sigma_second, dot_first, dot_second = entry(
                state[k], state[PLANE + k], s1, f2[0 * SIDE + j], p2, f2[7 * SIDE + j], p3, f2[8 *
                SIDE + j], p4, f2[9 * SIDE + j], p8, f2[13 * SIDE + j], p9, f2[14 * SIDE + j]
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

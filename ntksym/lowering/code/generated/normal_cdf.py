"""One layer of the recursion with normal_cdf. Written by ntksym.lowering.code; do not edit.

Σ = asin(c/(sqrt(q_1 + 1)*sqrt(q_2 + 1)))/(2*pi) + 1/4
Σ̇ = 1/(2*pi*sqrt(-c**2 + (q_1 + 1)*(q_2 + 1)))
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, inlined, ordered, wide
from ntksym.lowering.functions import vector
from ntksym.lowering.updates import affine, covariance

COUNT = 12
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = math.sqrt((1.0 / 2.0)*vector.arctangent2((s1 * s1), math.sqrt(2.0*(s1 * s1) + 1.0))*(1.0 / math.pi) + 1.0 / 4.0)
    x0 = (s1 * s1)
    x1 = math.sqrt(2.0*x0 + 1.0)
    x2 = (1.0 / 2.0)*(1.0 / math.pi)
    x3 = math.sqrt(x2*vector.arctangent2(x0, x1) + 1.0 / 4.0)
    x4 = x0 + 1.0
    x5 = (1.0 / x4)
    x6 = x0*x5
    x7 = x1*x5
    x8 = math.sqrt((1.0 / 2.0)*x7 + 1.0 / 2.0)
    x9 = x6*(1.0 / x8)
    x10 = (1.0 / (math.sqrt(x4)))
    return s1, t1, x2*(1.0 / x1), (1.0 / x3), x3, x5, x6, x7/(x8 + (1.0 / 2.0)*x9), (1.0 / 2.0)*x8 + (1.0 / 4.0)*x9, s1*x10, x9, x10


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i], f[8, i], f[9, i], f[10, i], f[11, i] = point(s[i])


@ordered
def pair(minus, plus, s1, slope1, p0, p1, p2, p3, p4, p5, p6, p7, p8, s2, r0, r1, r2, r3, r4, r5,
         r6, r7, r8):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    x0 = p0*r0
    x1 = (1.0 / 2.0)*p4*r7
    x2 = p6*r6
    x3 = (1.0 / 2.0)*p7
    x4 = r4*x3 + r7*x3 + x1 + x2
    x5 = math.sqrt(minus*p3*plus*r3 + p2*r2 + p2*r3 + p3*r2)
    x6 = (1.0 / math.pi)
    x7 = -x0*x6*vector.arctangent2(minus*x2*x4 + (((1.0 / 2.0)*p7*r4 - x1) * ((1.0 / 2.0)*p7*r4 - x1)), x4*(p4*r5 + p5*r4 + x5)) + (1.0 / 2.0)*x0*((p1 - r1) * (p1 - r1))
    less, dot, more = -x7, (1.0 / 2.0)*p8*r8*x6*(1.0 / x5), x7 + 2.0
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
                SIDE + i], f1[10 * SIDE + i], f1[11 * SIDE + i], f2[j], f2[3 * SIDE + j], f2[4 *
                SIDE + j], f2[5 * SIDE + j], f2[6 * SIDE + j], f2[7 * SIDE + j], f2[8 * SIDE + j],
                f2[9 * SIDE + j], f2[10 * SIDE + j], f2[11 * SIDE + j]
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


SINE = 11
"""Of the numbers of a point: p, with sine = c p1 p2."""


@inlined
def direct(c, p8, r8):
    """Σ and Σ̇ from the covariance, where no sine is near 1 or -1."""
    sine = c*p8*r8
    cosine = math.sqrt(1.0 - sine*sine)
    secant = vector.blunt_reciprocal(cosine)
    arc = vector.blunt_arcsine(sine, cosine)
    x0 = ((1.0 / 2.0)*(1.0 / math.pi))
    sigma, dot = arc*x0 + 1.0 / 4.0, p8*r8*secant*x0
    return sigma, dot


@compiled
def direct_tile(state, f1, f2, square, shift, w, v, b, rows):
    """``direct`` and then ``covariance`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            sigma, dot = direct(
                state[k], f1[11 * SIDE + i], f2[11 * SIDE + j]
            )
            state[k], state[2 * PLANE + k] = covariance(
                sigma, dot * state[2 * PLANE + k], square, shift, w, v, b
            )


@inlined
def entry(minus, plus, s1, p2, p8, s2, r2, r8):
    """Σ and Σ̇ from the gaps, where no sine is near 1 or -1."""
    c = 0.5*(plus - minus)*s1*s2
    sine = c*p8*r8
    rest = p2 + r2 - p2*r2
    cosine = math.sqrt(rest + (1.0 - rest)*minus*plus)
    secant = vector.sharp_reciprocal(cosine)
    arc = vector.sharp_arcsine(sine, cosine)
    x0 = ((1.0 / 2.0)*(1.0 / math.pi))
    sigma, dot = arc*x0 + 1.0 / 4.0, p8*r8*secant*x0
    return sigma, dot


@compiled
def entry_tile(state, f1, f2, square, shift, w, v, b, rows):
    """``entry`` and then ``covariance`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            sigma, dot = entry(
                state[k], state[PLANE + k], f1[i], f1[5 * SIDE + i], f1[11 * SIDE + i], f2[j], f2[5
                * SIDE + j], f2[11 * SIDE + j]
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

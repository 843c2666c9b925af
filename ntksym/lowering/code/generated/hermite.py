"""One layer of the recursion with hermite(n=3). Written by ntksym.lowering.code; do not edit.

Σ = c*(2*c**2 + 3*(q_1 - 1)*(q_2 - 1))/2
Σ̇ = 3*c**2 + 3*(q_1 - 1)*(q_2 - 1)/2
"""

import math

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.updates import affine

COUNT = 8
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = math.sqrt((5.0 / 2.0)*(s1 * s1 * s1 * s1 * s1 * s1) - 3.0*(s1 * s1 * s1 * s1) + (3.0 / 2.0)*(s1 * s1))
    x0 = (s1 * s1)
    x1 = (1.0 / t1)
    x2 = s1*x1*(x0 - 1.0)
    return s1, t1, (9.0 / 2.0)*(s1 * s1 * s1 * s1) - 3.0*x0 + 3.0 / 2.0, (s1 * s1 * s1)*x1, (1.0 / 2.0)*math.sqrt(6.0)*x2, x2, (3.0 / 2.0)*x0, x0


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i], f[3, i], f[4, i], f[5, i], f[6, i], f[7, i] = point(s[i])


@ordered
def pair(minus, plus, p0, p1, p2, p3, p4, r0, r1, r2, r3, r4):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    gap = min(minus, plus)
    wide = max(minus, plus)
    x0 = (3.0 / 2.0)*gap*p2*r2 + p0*r0*(-(gap * gap)*wide + gap*wide + gap) + (1.0 / 2.0)*((p0 - r0) * (p0 - r0)) + (1.0 / 2.0)*((p1 - r1) * (p1 - r1))
    x1 = p4*r4
    x2 = -p3 - r3 + 3.0*(rho * rho)*x1 + (3.0 / 2.0)*x1 + 3.0 / 2.0
    x3 = 2.0 - x0
    up = minus <= plus
    less = x0 if up else x3
    dot = x2
    more = x3 if up else x0
    return max(0.0, less), max(0.0, more), dot


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, rows):
    """``pair`` and then ``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            less, more, dot = pair(
                state[k], state[PLANE + k], f1[3 * SIDE + i], f1[4 * SIDE + i], f1[5 * SIDE + i],
                f1[6 * SIDE + i], f1[7 * SIDE + i], f2[3 * SIDE + j], f2[4 * SIDE + j], f2[5 * SIDE
                + j], f2[6 * SIDE + j], f2[7 * SIDE + j]
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

"""One layer of the recursion with identity. Written by ntksym.lowering.code; do not edit.

Σ = c
Σ̇ = 1
"""

from ntksym.lowering.code.options import PLANE, SIDE, compiled, ordered, wide
from ntksym.lowering.updates import affine

COUNT = 3
"""Numbers of a point."""


@compiled
def point(s1):
    """``s1``, the standard deviation behind the activation, Σ̇ at u = v; what the pairs need."""
    t1 = s1
    return s1, t1, 1.0


@compiled
def features(s, f):
    """``point`` of each point, a row for each number."""
    for i in range(s.size):
        f[0, i], f[1, i], f[2, i] = point(s[i])


@ordered
def pair(minus, plus):
    """The gaps 1 - rho and 1 + rho behind the activation, and Σ̇."""
    gap = min(minus, plus)
    x0 = 2.0 - gap
    up = minus <= plus
    less = gap if up else x0
    dot = 1.0
    more = x0 if up else gap
    return max(0.0, less), max(0.0, more), dot


@compiled
def tile(state, f1, f2, g1, g2, w, v, b, rows):
    """``pair`` and then ``affine`` on each pair of a tile, in place."""
    wide()
    for i in range(rows):
        for j in range(SIDE):
            k = SIDE * i + j
            less, more, dot = pair(
                state[k], state[PLANE + k]
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

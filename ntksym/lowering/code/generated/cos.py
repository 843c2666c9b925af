"""One layer of the recursion with cos. Written by ntksym.lowering.code; do not edit.

Σ = exp(-c - (q_1 + q_2)/2)/2 + exp(c - (q_1 + q_2)/2)/2
Σ̇ = -exp(-c - (q_1 + q_2)/2)/2 + exp(c - (q_1 + q_2)/2)/2
"""

import math

from ntksym.lowering.code.options import compiled


@compiled
def point(s1):
    """The standard deviation after the activation, from the one before it."""
    return math.sqrt(1.0 / 2.0 + (1.0 / 2.0)*math.exp(-2.0*(s1 * s1)))


@compiled
def slope(s1):
    """Σ̇ at u = v."""
    return 1.0 / 2.0 - 1.0 / 2.0*math.exp(-2.0*(s1 * s1))


@compiled
def pair(s1, t1, s2, t2, minus, plus):
    """The gaps 1 - rho and 1 + rho after the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    root = math.sqrt(minus * plus)
    if rho >= 0.0:
        x0 = s1*s2
        x1 = minus*x0
        x2 = ((1.0 / 2.0)*math.exp(-x1 - 1.0 / 2.0*((s1 - s2) * (s1 - s2))) + (1.0 / 2.0)*math.exp(x1 - 1.0 / 2.0*((s1 + s2) * (s1 + s2))))/(t1*t2)
        x3 = (1.0 / 2.0)*math.exp(-1.0 / 2.0*(s1 * s1))*math.exp(-1.0 / 2.0*(s2 * s2))
        return 1.0 - x2, x2 + 1.0, x3*math.exp(x0)*math.exp(-x1) - x3*math.exp(-x0)*math.exp(x1)
    x0 = s1*s2
    x1 = plus*x0
    x2 = ((1.0 / 2.0)*math.exp(-x1 - 1.0 / 2.0*((s1 - s2) * (s1 - s2))) + (1.0 / 2.0)*math.exp(x1 - 1.0 / 2.0*((s1 + s2) * (s1 + s2))))/(t1*t2)
    x3 = math.exp(-1.0 / 2.0*(s1 * s1))
    x4 = math.exp(-1.0 / 2.0*(s2 * s2))
    return 1.0 - x2, x2 + 1.0, -1.0 / 2.0*x3*x4*math.exp(x0)*math.exp(-x1) + (1.0 / 2.0)*x3*x4*math.exp(-x0)*math.exp(x1)


@compiled
def points(s, t):
    """``point`` of each entry."""
    for i in range(s.size):
        t[i] = point(s[i])


@compiled
def tile(s1, t1, s2, t2, minus, plus, theta):
    """``pair`` on each pair of a row and a column, in place; ``theta`` is multiplied by Σ̇."""
    for i in range(minus.shape[0]):
        for j in range(minus.shape[1]):
            less, more, dot = pair(s1[i], t1[i], s2[j], t2[j], minus[i, j], plus[i, j])
            if t1[i] * t2[j] > 0.0:
                same = minus[i, j] == 0.0 and s1[i] == s2[j]
                minus[i, j], plus[i, j] = 0.0 if same else max(less, 0.0), max(more, 0.0)
                dot = slope(s1[i]) if same else dot
            theta[i, j] *= dot


@compiled
def line(s, t, theta):
    """``theta`` times Σ̇ on the diagonal, where rho = 1."""
    for i in range(s.size):
        theta[i] *= slope(s[i])

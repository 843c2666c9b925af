"""One layer of the recursion with erf. Written by ntksym.lowering.code; do not edit.

Σ = 2*asin(2*c/(sqrt(2*q_1 + 1)*sqrt(2*q_2 + 1)))/pi
Σ̇ = 4/(pi*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1)))
"""

import math

from ntksym.lowering.code.options import compiled


@compiled
def point(s1):
    """The standard deviation after the activation, from the one before it."""
    return math.sqrt(2.0*math.atan2(2.0*(s1 * s1), math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0))/math.pi)


@compiled
def pair(s1, t1, s2, t2, minus, plus):
    """The gaps 1 - rho and 1 + rho after the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    root = math.sqrt(minus * plus)
    if rho >= 0.0:
        x0 = 1.0/math.pi
        x1 = 2.0*s1*s2
        x2 = math.hypot(math.sqrt(2.0*(s1 * s1) + 2.0*(s2 * s2) + 1.0), root*x1)
        x3 = 2.0*x0*math.atan2(rho*x1, x2)/(t1*t2)
        return 1.0 - x3, x3 + 1.0, 4.0*x0/x2
    x0 = 1.0/math.pi
    x1 = 2.0*s1*s2
    x2 = math.hypot(math.sqrt(2.0*(s1 * s1) + 2.0*(s2 * s2) + 1.0), root*x1)
    x3 = 2.0*x0*math.atan2(rho*x1, x2)/(t1*t2)
    return 1.0 - x3, x3 + 1.0, 4.0*x0/x2


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
            theta[i, j] *= dot


@compiled
def line(s, t, theta):
    """``theta`` times Σ̇ on the diagonal, where rho = 1."""
    for i in range(s.size):
        theta[i] *= pair(s[i], t[i], s[i], t[i], 0.0, 2.0)[2]

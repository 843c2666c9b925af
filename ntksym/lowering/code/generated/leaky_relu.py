"""One layer of the recursion with leaky_relu(alpha=1/100). Written by ntksym.lowering.code; do not edit.

Σ = 9801*c*asin(c/(sqrt(q_1)*sqrt(q_2)))/(20000*pi) + 10201*c/40000 + 9801*sqrt(-c**2 + q_1*q_2)/(20000*pi)
Σ̇ = 9801*asin(c/(sqrt(q_1)*sqrt(q_2)))/(20000*pi) + 10201/40000
"""

import math

from ntksym.lowering.code.options import compiled


@compiled
def point(s1):
    """The standard deviation after the activation, from the one before it."""
    return math.sqrt((10001.0 / 20000.0)*(s1 * s1))


@compiled
def slope(s1):
    """Σ̇ at u = v."""
    return 10001.0 / 20000.0


@compiled
def pair(s1, t1, s2, t2, minus, plus):
    """The gaps 1 - rho and 1 + rho after the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    root = math.sqrt(minus * plus)
    if rho >= 0.0:
        angle = math.atan2(root, rho)
        x0 = 1.0/math.pi
        x1 = (9801.0 / 10001.0)*x0
        x2 = angle*x1
        x3 = minus*x2 - minus + root*x1 - x2
        return -x3, x3 + 2.0, -9801.0 / 20000.0*angle*x0 + 10001.0 / 20000.0
    angle = math.atan2(root, -rho)
    x0 = 1.0/math.pi
    x1 = (9801.0 / 10001.0)*x0
    x2 = angle*x1
    x3 = plus*x2 + (200.0 / 10001.0)*plus + root*x1 - x2
    return 10201.0 / 10001.0 - x3, x3 + 9801.0 / 10001.0, (9801.0 / 20000.0)*angle*x0 + 1.0 / 100.0


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

"""One layer of the recursion with gabor. Written by ntksym.lowering.code; do not edit.

Σ = -exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))) + exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1)))
Σ̇ = -(16*c**3 - 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) - (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2)) + (16*c**3 + 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) + (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2))
"""

import math

from ntksym.lowering.code.options import compiled


@compiled
def point(s1):
    """The standard deviation after the activation, from the one before it."""
    return math.sqrt((1.0 / 2.0)/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0) - 1.0 / 2.0*math.exp(-4.0*(s1 * s1)/((math.hypot(math.sqrt(2.0)*math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)) * (math.hypot(math.sqrt(2.0)*math.sqrt(4.0*(s1 * s1) + 1.0), 0.0))))/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0))


@compiled
def slope(s1):
    """Σ̇ at u = v."""
    return 16.0*(s1 * s1 * s1 * s1)/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)**5.0 - 8.0*(s1 * s1 * s1 * s1)*math.exp(-4.0*(s1 * s1)/((math.hypot(math.sqrt(2.0)*math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)) * (math.hypot(math.sqrt(2.0)*math.sqrt(4.0*(s1 * s1) + 1.0), 0.0))))/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)**5.0 + 6.0*(s1 * s1)/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)**5.0 - 2.0*(s1 * s1)*math.exp(-4.0*(s1 * s1)/((math.hypot(math.sqrt(2.0)*math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)) * (math.hypot(math.sqrt(2.0)*math.sqrt(4.0*(s1 * s1) + 1.0), 0.0))))/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)**5.0 + (1.0 / 2.0)/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)**5.0 + (1.0 / 2.0)*math.exp(-4.0*(s1 * s1)/((math.hypot(math.sqrt(2.0)*math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)) * (math.hypot(math.sqrt(2.0)*math.sqrt(4.0*(s1 * s1) + 1.0), 0.0))))/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0)**5.0


@compiled
def pair(s1, t1, s2, t2, minus, plus):
    """The gaps 1 - rho and 1 + rho after the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    root = math.sqrt(minus * plus)
    if rho >= 0.0:
        x0 = math.sqrt(2.0)
        x1 = (s1 * s1)
        x2 = 2.0*x1
        x3 = (s2 * s2)
        x4 = math.sqrt(x2 + 2.0*x3 + 1.0)
        x5 = s1*s2
        x6 = 2.0*x5
        x7 = root*x6
        x8 = math.hypot(x0*x4, x0*x7)**(-2.0)
        x9 = (minus * minus)
        x10 = -4.0*x1*x3*x9
        x11 = 4.0*x5
        x12 = minus*x6
        x13 = math.hypot(x4, x7)
        x14 = 1.0/x13
        x15 = (-1.0 / 2.0*x14*math.exp(x8*(-x10 - x12*(x11 - 1.0) - ((s1 + s2) * (s1 + s2)))) + (1.0 / 2.0)*x14*math.exp(x8*(-x10 - x12*(x11 + 1.0) - ((s1 - s2) * (s1 - s2)))))/(t1*t2)
        x16 = x1*x8
        x17 = math.exp(-x16)*math.exp(-x3*x8)*math.exp(-8.0*minus*x16*x3)*math.exp(4.0*x16*x3*x9)/x13**5.0
        x18 = (1.0 / 2.0)*x17
        x19 = x6*x8
        x20 = minus*x19
        x21 = math.exp(-x19)*math.exp(x20)
        x22 = math.exp(x19)*math.exp(-x20)
        x23 = x1*x17
        x24 = x17*x3
        x25 = x21*x24
        x26 = x22*x24
        x27 = rho*x17
        x28 = x21*x27
        x29 = x22*x27
        x30 = 6.0*x28
        x31 = (s2 * s2 * s2)
        x32 = s1*x31
        x33 = 6.0*x29
        x34 = (s1 * s1 * s1)
        x35 = s2*x34
        x36 = x2*x25
        x37 = x2*x26
        x38 = 8.0*x31*x34
        x39 = x22*x38
        x40 = (rho * rho)
        x41 = (rho * rho * rho)*x17
        return 1.0 - x15, x15 + 1.0, -x11*x28 + x11*x29 + x18*x21 + x18*x22 + x21*x23 + x21*x38*x41 + x22*x23 + x25 + x26 + x27*x39 - x28*x38 - x30*x32 - x30*x35 + x32*x33 + x33*x35 + x36*x40 + x36 + x37*x40 + x37 - x39*x41
    x0 = math.sqrt(2.0)
    x1 = (s1 * s1)
    x2 = 2.0*x1
    x3 = (s2 * s2)
    x4 = math.sqrt(x2 + 2.0*x3 + 1.0)
    x5 = s1*s2
    x6 = 2.0*x5
    x7 = root*x6
    x8 = math.hypot(x0*x4, x0*x7)**(-2.0)
    x9 = (plus * plus)
    x10 = -4.0*x1*x3*x9
    x11 = 4.0*x5
    x12 = plus*x6
    x13 = math.hypot(x4, x7)
    x14 = (1.0 / 2.0)/x13
    x15 = (x14*math.exp(x8*(-x10 - x12*(x11 - 1.0) - ((s1 + s2) * (s1 + s2)))) - x14*math.exp(x8*(-x10 - x12*(x11 + 1.0) - ((s1 - s2) * (s1 - s2)))))/(t1*t2)
    x16 = x1*x8
    x17 = math.exp(-x16)*math.exp(-x3*x8)*math.exp(-8.0*plus*x16*x3)*math.exp(4.0*x16*x3*x9)/x13**5.0
    x18 = (1.0 / 2.0)*x17
    x19 = x6*x8
    x20 = plus*x19
    x21 = math.exp(-x19)*math.exp(x20)
    x22 = math.exp(x19)*math.exp(-x20)
    x23 = x1*x17
    x24 = x17*x3
    x25 = x21*x24
    x26 = x22*x24
    x27 = rho*x17
    x28 = x21*x27
    x29 = x22*x27
    x30 = (s2 * s2 * s2)
    x31 = s1*x30
    x32 = 6.0*x28
    x33 = 6.0*x29
    x34 = (s1 * s1 * s1)
    x35 = s2*x34
    x36 = x2*x25
    x37 = x2*x26
    x38 = 8.0*x30*x34
    x39 = x21*x38
    x40 = (rho * rho)
    x41 = (rho * rho * rho)*x17
    return 1.0 - x15, x15 + 1.0, x11*x28 - x11*x29 + x18*x21 + x18*x22 + x21*x23 + x22*x23 + x22*x38*x41 + x25 + x26 + x27*x39 - x29*x38 + x31*x32 - x31*x33 + x32*x35 - x33*x35 + x36*x40 + x36 + x37*x40 + x37 - x39*x41


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

"""One layer of the recursion with gabor. Written by ntksym.lowering.code; do not edit.

Σ = -exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))) + exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*sqrt(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1)))
Σ̇ = -(16*c**3 - 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) - (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 + 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2)) + (16*c**3 + 4*c**2 - 4*c*(4*q_1*q_2 + 3*q_1 + 3*q_2 + 2) + (2*q_1 + 1)*(2*q_2 + 1))*exp((4*c**2 - 2*c - 4*q_1*q_2 - q_1 - q_2)/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))))/(2*(-4*c**2 + (2*q_1 + 1)*(2*q_2 + 1))**(5/2))
"""

import math

from ntksym.lowering.code.options import compiled


@compiled
def point(s1):
    """The standard deviation after the activation, from the one before it."""
    return math.sqrt((1.0 / 2.0)/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0) - 1.0 / 2.0*math.exp(-2.0*(s1 * s1)/(4.0*(s1 * s1) + 1.0))/math.hypot(math.sqrt(4.0*(s1 * s1) + 1.0), 0.0))


@compiled
def pair(s1, t1, s2, t2, minus, plus):
    """The gaps 1 - rho and 1 + rho after the activation, and Σ̇."""
    rho = 0.5 * (plus - minus)
    root = math.sqrt(minus * plus)
    if rho >= 0.0:
        x0 = s1*s2
        x1 = 2.0*x0
        x2 = rho*x1
        x3 = (s1 * s1)
        x4 = (s2 * s2)
        x5 = 4.0*x3
        x6 = x4*x5
        x7 = (rho * rho)
        x8 = x6*x7
        x9 = x3 + x4 + x6 - x8
        x10 = 2.0*x3
        x11 = x10 + 1.0
        x12 = 2.0*x4
        x13 = (1.0 / 2.0)/(x11*(x12 + 1.0) - x8)
        x14 = math.hypot(math.sqrt(x11 + x12), root*x1)
        x15 = 1.0/x14
        x16 = (-1.0 / 2.0*x15*math.exp(x13*(-x2 - x9)) + (1.0 / 2.0)*x15*math.exp(x13*(x2 - x9)))/(t1*t2)
        x17 = 8.0*x3*x4
        x18 = 1.0/(-x17*x7 + x17 + 4.0*x4 + x5 + 2.0)
        x19 = x18*x2
        x20 = math.exp(-x19)
        x21 = x18*x4
        x22 = x21*x5
        x23 = math.exp(-x21)*math.exp(-x22)*math.exp(-x18*x3)*math.exp(x22*x7)/x14**5.0
        x24 = (1.0 / 2.0)*x23
        x25 = math.exp(x19)
        x26 = x23*x3
        x27 = x23*x4
        x28 = x20*x27
        x29 = x25*x27
        x30 = rho*x23
        x31 = x20*x30
        x32 = 4.0*x0
        x33 = x25*x30
        x34 = 6.0*x31
        x35 = (s2 * s2 * s2)
        x36 = s1*x35
        x37 = 6.0*x33
        x38 = (s1 * s1 * s1)
        x39 = s2*x38
        x40 = x10*x28
        x41 = x10*x29
        x42 = 8.0*x35*x38
        x43 = x25*x42
        x44 = (rho * rho * rho)*x23
        return 1.0 - x16, x16 + 1.0, x20*x24 + x20*x26 + x20*x42*x44 + x24*x25 + x25*x26 + x28 + x29 + x30*x43 - x31*x32 - x31*x42 + x32*x33 - x34*x36 - x34*x39 + x36*x37 + x37*x39 + x40*x7 + x40 + x41*x7 + x41 - x43*x44
    x0 = s1*s2
    x1 = 2.0*x0
    x2 = rho*x1
    x3 = (s1 * s1)
    x4 = (s2 * s2)
    x5 = 4.0*x3
    x6 = x4*x5
    x7 = (rho * rho)
    x8 = x6*x7
    x9 = x3 + x4 + x6 - x8
    x10 = 2.0*x3
    x11 = x10 + 1.0
    x12 = 2.0*x4
    x13 = (1.0 / 2.0)/(x11*(x12 + 1.0) - x8)
    x14 = math.hypot(math.sqrt(x11 + x12), root*x1)
    x15 = 1.0/x14
    x16 = (-1.0 / 2.0*x15*math.exp(x13*(-x2 - x9)) + (1.0 / 2.0)*x15*math.exp(x13*(x2 - x9)))/(t1*t2)
    x17 = 8.0*x3*x4
    x18 = 1.0/(-x17*x7 + x17 + 4.0*x4 + x5 + 2.0)
    x19 = x18*x2
    x20 = math.exp(-x19)
    x21 = x18*x4
    x22 = x21*x5
    x23 = math.exp(-x21)*math.exp(-x22)*math.exp(-x18*x3)*math.exp(x22*x7)/x14**5.0
    x24 = (1.0 / 2.0)*x23
    x25 = math.exp(x19)
    x26 = x23*x3
    x27 = x23*x4
    x28 = x20*x27
    x29 = x25*x27
    x30 = rho*x23
    x31 = x20*x30
    x32 = 4.0*x0
    x33 = x25*x30
    x34 = 6.0*x31
    x35 = (s2 * s2 * s2)
    x36 = s1*x35
    x37 = 6.0*x33
    x38 = (s1 * s1 * s1)
    x39 = s2*x38
    x40 = x10*x28
    x41 = x10*x29
    x42 = 8.0*x35*x38
    x43 = x25*x42
    x44 = (rho * rho * rho)*x23
    return 1.0 - x16, x16 + 1.0, x20*x24 + x20*x26 + x20*x42*x44 + x24*x25 + x25*x26 + x28 + x29 + x30*x43 - x31*x32 - x31*x42 + x32*x33 - x34*x36 - x34*x39 + x36*x37 + x37*x39 + x40*x7 + x40 + x41*x7 + x41 - x43*x44


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

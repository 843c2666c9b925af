r"""The rule of an angle: T = arcsin(f) between its values at the two points.

With :math:`\bar T=\tfrac12(T_1+T_2)`, :math:`T'=\tfrac12(T_1-T_2)` and
:math:`X=\sqrt{\sin T_1\sin T_2}`

.. math:: \tan\frac{\bar T-T}2=\frac{\sin\bar T-\sin T}{\cos\bar T+\cos T},\qquad
          \sin\bar T-\sin T=\frac{\sin^2T'}{\sin\bar T+X}+X\gamma_f .
"""

from sympy import Expr, S, atan2, expand, fraction, sqrt, together

from ntksym.language import c, q1, q2
from ntksym.lowering.code.gaps import Either, in_gaps, s1, s2

Two = tuple[Expr, Expr]
"""A function of one point, at both."""


def gap(b: Expr, k: Expr, sine: Expr, whole: Two, x: Two, apart: Expr) -> Expr:
    """γ of b + k arcsin(sine); ``whole`` and ``x``: the roots of both at one point, ``apart`` the
    γ of the sine.

    With b = 0 the mean of two points of unlike size is far above T, which is then itself
    subtracted from ``whole``.
    """
    cosine, (turned, mean) = _cosine(sine), _halves(sine, x[0])
    size, step = x[0] * x[1], (whole[0] - whole[1]) ** 2 / (2 * whole[0] * whole[1])
    below = _cross(turned, mean) + cosine
    if b != 0:
        up = x[0] ** 2 / (2 * _half(sine))
        less, more = _cross(_both(up), _both(_half(sine)), -1), _cross(
            _both(up), _both(_half(sine))
        )
        above = less**2 / (more + size) + size * apart
        return 2 * k * atan2(above, below) / (whole[0] * whole[1]) - step
    up, down = _both(x[0] / (2 * _half(sine))), _both(_half(sine) / x[0])
    above = size * (apart + _cross(up, down, -1) ** 2 / (1 + _cross(up, down)))
    near = S.Half - step
    angle = k * atan2(Either(near, above, size * (1 - apart)), Either(near, below, cosine))
    angle /= whole[0] * whole[1]
    return Either(near, 2 * angle - step, 1 - angle)


def _cosine(sine: Expr) -> Expr:
    above, below = fraction(together(sine))
    return in_gaps(sqrt(expand(below**2 - above**2)), 1) / in_gaps(below, 1)


def _half(sine: Expr) -> Expr:
    """cos(T/2) at one point."""
    return sqrt((1 + _cosine(sine.subs({q2: q1, c: q1}))) / 2)


def _halves(sine: Expr, x: Expr) -> tuple[Two, Two]:
    """Of half the complement of T at one point: sine and cosine, times and over the root of 2."""
    both = _half(sine) + x**2 / (2 * _half(sine))
    return _both(_cosine(sine.subs({q2: q1, c: q1})) / both), _both(both / 2)


def _both(f: Expr) -> Two:
    return f, f.subs(s1, s2)


def _cross(a: Two, b: Two, sign: int = 1) -> Expr:
    return a[0] * b[1] + sign * a[1] * b[0]

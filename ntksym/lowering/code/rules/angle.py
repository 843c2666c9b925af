r"""The rule of an angle: T = arcsin(f) between its values at the two points.

With :math:`\bar T=\tfrac12(T_1+T_2)`, :math:`T'=\tfrac12(T_1-T_2)` and
:math:`X=\sqrt{\sin T_1\sin T_2}`

.. math:: \tan\frac{\bar T-T}2=\frac{\sin\bar T-\sin T}{\cos\bar T+\cos T},\qquad
          \sin\bar T-\sin T=\frac{\sin^2T'}{\sin\bar T+X}+X\gamma_f .

The sine of T' is :math:`a_1b_2-a_2b_1` with :math:`a=\sin\frac T2` and
:math:`b=\cos\frac T2-\sin\frac T2=\cos T/(\cos\frac T2+\sin\frac T2)`: a has all its digits where T
is near 0, b where T is near π/2, so that the difference loses none at either end.
"""

from dataclasses import dataclass

from sympy import Add, Expr, S, asin, atan2, expand, fraction, sqrt, together

from ntksym.language import c, q1, q2
from ntksym.lowering.code.gaps import Either, in_gaps, s1, s2

Two = tuple[Expr, Expr]
"""A function of one point, at both."""


@dataclass(frozen=True)
class Arc:
    """An angle at a pair: what its mean over the two points exceeds it by, and the angle itself."""

    below: Expr
    value: Expr


def arc(sine: Expr, x: Two, apart: Expr, near: Expr | None = None) -> Arc:
    """arcsin(sine); ``x``: the roots of the sine at each point, ``apart``: its γ.

    Where ``near`` is not positive the mean of two points of unlike size is far above the angle,
    which is then computed by itself.
    """
    cosine, size, half = _cosine(sine), x[0] * x[1], _half(sine)
    scale = x[0] if near is not None else S.One
    scales, (down, across) = scale * scale.subs(s1, s2), _complement(sine, x[0])
    of_points = _both(x[0] ** 2 / (2 * half * scale)), _both(down / scale)
    less, size = _cross(*of_points, -1), size / scales
    more = _cross(*of_points) + 2 * of_points[0][0] * of_points[0][1]
    above = (less**2 + size * apart * (more + size)) * scales
    below = (_cross(_both(down), _both(across)) + cosine) * (more + size)
    mean = Add(*_both(_angle(sine))) / 2
    if near is None:
        step = 2 * atan2(above, below)
        return Arc(step, mean - step)
    angle = atan2(Either(near, above, x[0] * x[1] * (1 - apart)), Either(near, below, cosine))
    return Arc(2 * angle, Either(near, mean - 2 * angle, angle))


def gap(b: Expr, k: Expr, sine: Expr, whole: Two, x: Two, apart: Expr) -> Expr:
    """γ of b + k arcsin(sine); ``whole``: its root at each point."""
    norm = whole[0] * whole[1]
    step = (whole[0] - whole[1]) ** 2 / (2 * norm)
    if b != 0:
        return k * arc(sine, x, apart).below / norm - step
    near = S.Half - step
    angle = arc(sine, x, apart, near)
    return Either(near, k * angle.below / norm - step, 1 - k * angle.below / (2 * norm))


def _cosine(sine: Expr) -> Expr:
    above, below = fraction(together(sine))
    return in_gaps(sqrt(expand(below**2 - above**2)), 1) / in_gaps(below, 1)


def _angle(sine: Expr) -> Expr:
    """T at one point."""
    return in_gaps(asin(sine).subs({q2: q1, c: q1}), 1)


def _half(sine: Expr) -> Expr:
    """cos(T/2) at one point."""
    return sqrt((1 + _cosine(sine.subs({q2: q1, c: q1}))) / 2)


def _complement(sine: Expr, x: Expr) -> Two:
    """cos(T/2) - sin(T/2) at one point, and half of cos(T/2) + sin(T/2)."""
    both = _half(sine) + x**2 / (2 * _half(sine))
    return _cosine(sine.subs({q2: q1, c: q1})) / both, both / 2


def _both(f: Expr) -> Two:
    return f, f.subs(s1, s2)


def _cross(a: Two, b: Two, sign: int = 1) -> Expr:
    return a[0] * b[1] + sign * a[1] * b[0]

"""Numbers of a dual: closed forms by mpmath and Arb, series by their rigorous bound."""

import re
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from flint import arb
from mpmath import mpf
from sympy import Expr, Rational, S, sign, sqrt

from ntksym.arguments import shown
from ntksym.calculus import derive
from ntksym.evaluate import converged, narrowed, precision, record, rounded, stable
from ntksym.evaluate.integrals.series import series_dual
from ntksym.language import GaussianExpectation, c, q1, q2, u, z

if TYPE_CHECKING:
    from ntksym.networks.dual import Dual

Law = tuple[Fraction, Fraction, Fraction]


def evaluated(dual: "Dual", a: Any, b: Any, mixed: Any, digits: int) -> tuple[mpf, mpf]:
    """(Σ, Σ̇) to ``digits`` digits."""
    law = _law(a, b, mixed)
    if dual.kind == "series":
        bits = int(3.33 * digits) + 8
        first, second = (rounded(ball, digits) for ball in enclosed(dual, *law, bits))
    else:
        first, second = (converged(_values(e, law), digits) for e in _closed(dual, law))
    return first, second


def enclosed(dual: "Dual", a: Any, b: Any, mixed: Any, bits: int) -> tuple[arb, arb]:
    """(Σ, Σ̇) as balls with ``bits`` right bits."""
    law = _law(a, b, mixed)
    if dual.kind == "series":
        first, second = _summed(dual, law, bits)
    else:
        first, second = (narrowed(_values(e, law), bits) for e in _closed(dual, law))
    return first, second


def _law(a: Any, b: Any, mixed: Any) -> Law:
    law = _exact("q1", a), _exact("q2", b), _exact("c", mixed)
    for name, value in zip(("q1", "q2"), law, strict=False):
        if value < 0:
            raise ValueError(f"{name}: expected a variance of at least 0, got {value}")
    if law[2] ** 2 > law[0] * law[1] * (1 + Fraction(1, 10**15)):
        raise ValueError(f"c: expected c**2 <= q1*q2 = {law[0] * law[1]}, got c = {law[2]}")
    return law


TEXT = re.compile(r"\s*[-+]?\d{1,999}(\.\d{0,999})?([eE][-+]?\d{1,3}|/\d{1,999})?\s*")
"""A number as one writes it; none whose exponent would fill the memory."""


def _exact(name: str, value: Any) -> Fraction:
    try:
        if isinstance(value, str) and not TEXT.fullmatch(value):
            raise TypeError
        return Fraction(value.item() if hasattr(value, "item") else value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name}: expected a finite real number, got {shown(value)}") from None


def _closed(dual: "Dual", law: Law) -> tuple[Expr, Expr]:
    """The closed forms; for Φ₂ those of one variable where u and v are multiples."""
    if dual.kind != "bivariate" or law[2] ** 2 < law[0] * law[1]:
        return dual.sigma, dual.sigma_dot
    sigma = dual.activation
    return _on_line(sigma.expr, law), _on_line(sigma.derivative, law)


def _on_line(f: Expr, law: Law) -> Expr:
    a, b, mixed = (Rational(x.numerator, x.denominator) for x in law)
    variance, (s, t) = (a, (S.One, sign(mixed) * sqrt(b / a))) if a else (b, (S.Zero, S.One))
    if variance == 0:
        return f.subs(z, 0) ** 2
    node = GaussianExpectation(f.subs(z, s * u) * f.subs(z, t * u), variance)
    derivation = derive(node, "u and v on a line")
    if not derivation.complete:
        raise ValueError(f"no closed form on the line: no rule applies to {derivation.stuck_on}")
    return derivation.rhs


def _values(expr: Expr, law: Law) -> Callable[[Any], tuple[Any, Any]]:
    def compute(numbers: Any) -> tuple[Any, Any]:
        (value,) = record([stable(expr)], (q1, q2, c), numbers)(*map(numbers.exact, law))
        return value, abs(value) + 1

    return compute


def _summed(dual: "Dual", law: Law, bits: int) -> tuple[arb, arb]:
    """The tolerance is absolute: once more with a smaller one where a value is small."""
    tolerance = 2.0**-bits
    for _ in range(2):
        balls = series_dual(dual.activation.expr, z, *law, tolerance)
        if all(ball.rel_accuracy_bits() >= bits or ball.is_zero() for ball in balls):
            break
        with precision(bits):
            tolerance *= min(1.0, *(float(ball.abs_lower()) for ball in balls if ball != 0)) / 2
    return balls

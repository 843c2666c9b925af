r"""The dual of an activation in the variables that keep their digits.

A pair of points is carried as its two gaps :math:`g_-=1-\rho` and :math:`g_+=1+\rho`, a point as
its standard deviation s (before the activation) and t (after it). With
:math:`c=s_1s_2\rho` and :math:`\rho^2=1-g_-g_+`

.. math::
    \arcsin\rho = \pm\bigl(\tfrac\pi2-\vartheta\bigr),\qquad
    \vartheta=\operatorname{atan2}\bigl(\sqrt{g_-g_+},\,\pm\rho\bigr),

so that 1 ∓ Σ/(t₁t₂) loses its constant term before any number is put in, and nothing cancels
where two points are close (or opposite). The sign is that of ρ: there is a form for each.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sympy import Dummy, Expr, S, exp, sqrt
from sympy.codegen.cfunctions import expm1

from ntksym.evaluate import Tape, record
from ntksym.lowering.code.gaps import (
    angle,
    excess,
    in_gaps,
    minus,
    multiplied_out,
    near_one,
    plus,
    rho,
    root,
    s1,
    s2,
    split,
    t1,
    t2,
)
from ntksym.lowering.code.rules import layer
from ntksym.lowering.code.rules.terms import NoRule
from ntksym.lowering.code.rules.tilted import hyperbolic
from ntksym.networks.dual import Dual


@dataclass(frozen=True)
class Form:
    """What one activation does to a pair, for one sign of rho, in s1, s2, t1, t2 and the gaps."""

    minus: Expr
    plus: Expr
    dot: Expr
    whole: bool
    """``plus`` is 2 - ``minus`` and is not near 0; rounding leaves neither below 0."""


@dataclass(frozen=True)
class Forms:
    """``diagonal`` and ``slope``: t**2 and Σ̇ at u = v, as functions of s1.

    ``rising``: rho >= 0. ``falling``: rho < 0. ``singular``: these divide by ``root``.
    """

    diagonal: Expr
    slope: Expr
    rising: Form
    falling: Form
    singular: bool


def forms(dual: Dual, tangent: bool = True, doubles: bool = True) -> Forms:
    """The forms of a derived dual. ``dot`` is 0 where only the covariance is wanted.

    Engines that take as many digits as they need are given the shorter forms without ``doubles``:
    there 1 - Σ/(t1 t2) is a subtraction, and a witness for the rules.
    """
    if dual.kind == "series":
        raise ValueError(
            f"{dual.activation.name}: Σ is a series, which has no such forms: kernel(X) computes "
            f"it in doubles, dual(...).evaluate and .enclose to any number of digits"
        )
    dot = dual.sigma_dot if tangent else S.Zero
    at_one_point = dual.diagonal, dual.slope if tangent else S.Zero
    diagonal, slope = (near_one(multiplied_out(in_gaps(e, 1))) for e in at_one_point)
    rising, falling = (_form(dual.sigma, dot, diagonal, sign, doubles) for sign in (1, -1))
    return Forms(diagonal, slope, rising, falling, singular=dual.kind == "bivariate")


def _form(sigma: Expr, sigma_dot: Expr, diagonal: Expr, sign: int, doubles: bool) -> Form:
    """1 - Σ/(t1 t2) and 1 + Σ/(t1 t2): the one that may vanish is expanded, the other follows."""
    gap = minus if sign > 0 else plus
    norm = split(sqrt(diagonal)) * split(sqrt(diagonal.subs(s1, s2)))
    ratio = multiplied_out((in_gaps(sigma, sign) / norm).subs(rho, sign * (1 - gap)))
    dot = multiplied_out(in_gaps(sigma_dot, sign))
    if angle in dot.free_symbols:
        dot = multiplied_out(dot.subs(rho, sign * (1 - gap)))
    ratio, dot = (_by_excess(e) for e in (ratio, dot))
    at_end = ratio.subs({gap: 0, root: 0, angle: 0, excess: 0})
    if at_end == 1:
        less = multiplied_out(1 - ratio)
        return Form(less, 2 - less, dot, True)
    if at_end == -1:
        more = multiplied_out(1 + ratio)
        return Form(2 - more, more, dot, False)
    if not ratio.has(s1, s2):
        return Form(1 - ratio, 1 + ratio, dot, at_end.is_number and bool(at_end > -1))
    if doubles:
        with suppress(NoRule):
            return _by_rules(sigma, layer.less(sigma), sigma_dot, sign)
    return _by_subtraction(in_gaps(sigma, sign), diagonal, dot)


def _by_rules(sigma: Expr, less: Expr, dot: Expr, sign: int) -> Form:
    """A mirrored pair of an even or odd dual is the pair itself."""
    turn, arcs = layer.parity(sigma), layer.arcs(sigma)
    names = {arc: Dummy() for arc in arcs}
    dot = dot.xreplace(names)
    dot = hyperbolic(dot) or multiplied_out(in_gaps(dot, sign))
    dot = dot.xreplace({names[arc]: value for arc, value in arcs.items()})
    if sign < 0 and turn != 0:
        less = less.subs({minus: plus, plus: minus, rho: -rho}, simultaneous=True)
    known = less.atoms(expm1)
    less, dot = (
        e.replace(lambda f: isinstance(f, exp), lambda f: _shared(f, known)) for e in (less, dot)
    )
    less, more = (less, 2 - less) if sign > 0 or turn >= 0 else (2 - less, less)
    if turn == 0:
        with suppress(NoRule):
            more = layer.more(sigma)
    return Form(less, more, dot, False)


def _shared(power: Expr, known: set[Expr]) -> Expr:
    """As 1 + (exp(x) - 1), where the gap has that already."""
    return 1 + expm1(power.exp) if expm1(power.exp) in known else power


def _by_subtraction(sigma: Expr, diagonal: Expr, dot: Expr) -> Form:
    constant, size = diagonal.as_independent(s1, as_Add=False)
    plain = constant == 1 or not constant.is_positive
    norm = t1 * t2 if plain else constant * (sqrt(size) * sqrt(size.subs(s1, s2)))
    return Form(1 - sigma / norm, 1 + sigma / norm, dot, False)


def _by_excess(expr: Expr) -> Expr:
    """The sine of the angle by what the angle exceeds it, where both stand: they may cancel."""
    return multiplied_out(expr.subs(root, angle - excess)) if expr.has(angle) else expr


Tapes = tuple[Tape, dict[int, tuple[Tape, Tape]], bool]
"""Of the diagonal, of the gaps and Σ̇ for each sign of rho; whether they divide by the root."""


def taped(lowered: Forms, numbers: Any) -> Tapes:
    """The forms in a number system, as functions of s1, t1, s2, t2 and what the gaps give."""
    symbols = (s1, t1, s2, t2, minus, plus, root, rho, angle, excess)

    def both(form: Form) -> tuple[Tape, Tape]:
        gaps = record([form.minus, form.plus], symbols, numbers)
        return gaps, record([form.dot], symbols, numbers)

    diagonal = record([lowered.diagonal, lowered.slope], [s1], numbers)
    return diagonal, {1: both(lowered.rising), -1: both(lowered.falling)}, lowered.singular

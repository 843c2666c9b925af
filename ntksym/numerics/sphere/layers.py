r"""A dual on the sphere, where both variances are q, as tapes in the angle :math:`\vartheta`.

.. math:: \rho=\cos\vartheta,\qquad \sqrt{1-\rho^2}=\sin\vartheta,\qquad
    \arcsin\rho=\tfrac\pi2-\vartheta\qquad(0\le\vartheta\le\pi)

hold for complex angles too: on the sphere the dual is analytic where no root, quotient or
logarithm in it is singular.
"""

from dataclasses import dataclass
from typing import Any

from flint import acb, arb
from sympy import DiracDelta, Expr, Pow, Symbol

from ntksym.evaluate import Balls, Tape, record, stable
from ntksym.language import c, q1
from ntksym.lowering.code import gaps
from ntksym.networks.dual import Dual

SYMBOLS = (gaps.s1, gaps.rho, gaps.root, gaps.angle, gaps.minus, gaps.plus)


@dataclass(frozen=True)
class OnSphere:
    """Σ and Σ̇ in (s, ρ, root, angle, 1-ρ, 1+ρ), and Σ at ρ = 1 in q.

    ``sigma`` and ``dot`` are lists: first the function, then its guards, the bases of negative
    whole powers. A quotient is analytic where none of them vanishes.
    """

    sigma: tuple[Expr, ...]
    dot: tuple[Expr, ...]
    diagonal: Expr

    def tapes(self) -> "Tapes":
        """For Arb at the precision in force."""
        system = Balls()
        sigma, dot = (record(exprs, SYMBOLS, system) for exprs in (self.sigma, self.dot))
        return Tapes(sigma, dot, record([stable(self.diagonal)], [q1], system))


@dataclass(frozen=True)
class Tapes:
    """An activation's dual in balls, as functions of s and the angle.

    A function is no number where a quotient may be singular. A guard of positive real part on
    the border of a region has one inside: the border is enough to see that a quotient is analytic.
    """

    pair: Tape
    derivative: Tape
    diagonal: Tape

    def square(self, q: arb) -> arb:
        """E[σ(u)²]."""
        return self.diagonal(q)[0]

    def sigma(self, s: arb, angle: Any) -> Any:
        return _guarded(self.pair, s, angle)

    def dot(self, s: arb, angle: Any) -> Any:
        return _guarded(self.derivative, s, angle)


def _guarded(tape: Tape, s: arb, angle: Any) -> Any:
    rho = angle.cos()
    value, *guards = tape(s, rho, angle.sin(), angle, 1 - rho, 1 + rho)
    safe = not isinstance(angle, acb) or all(_right(guard) for guard in guards)
    return value if safe else acb(arb.nan())


def _right(value: Any) -> bool:
    return bool((value.real if isinstance(value, acb) else value) > 0)


def on_sphere(dual: Dual) -> OnSphere:
    """The dual in the angle; ``ValueError`` unless its closed form is elementary."""
    if dual.kind != "elementary":
        raise ValueError(
            f"kernel: a spectrum needs an elementary closed form of Σ, analytic in the angle; that "
            f"of {dual.activation.name} is {dual.kind}"
        )
    jumps = dual.activation.derivative.has(DiracDelta)
    dot = dual.sigma.diff(c) if jumps else dual.sigma_dot
    sigma, dot = (gaps.in_gaps(e, 1).subs(gaps.s2, gaps.s1) for e in (dual.sigma, dot))
    return OnSphere((sigma, *_guards(sigma)), (dot, *_guards(dot)), dual.diagonal)


def _guards(expr: Expr) -> list[Expr]:
    return sorted({power.base for power in expr.atoms(Pow) if _quotient(power)}, key=str)


def _quotient(power: Pow) -> bool:
    moving: set[Symbol] = set(SYMBOLS) - {gaps.s1}
    whole = power.exp.is_Integer and power.exp.is_negative
    return bool(whole and power.base.free_symbols & moving)

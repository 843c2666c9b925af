r"""Mehler's series of E[f(u)f(v)] and E[f'(u)f'(v)], with Parseval's remainder.

With :math:`h_k(q)=\mathbb E[f(\sqrt q\,Z)He_k(Z)]/\sqrt{k!}` and :math:`\rho=c/\sqrt{q_1q_2}`,

.. math:: \mathbb E[f(u)f(v)]=\sum_kh_k(q_1)h_k(q_2)\rho^k,\qquad
    \mathbb E[f'(u)f'(v)]=\frac1{\sqrt{q_1q_2}}\sum_{k\ge1}k\,h_k(q_1)h_k(q_2)\rho^{k-1}.

What the first leaves after order N is, by Cauchy-Schwarz and Parseval, at most
:math:`|\rho|^{N+1}\prod_i\bigl(\mathbb E[f^2]-\sum_{k\le N}h_k(q_i)^2\bigr)^{1/2}`;
the second, as :math:`\sqrt{k+1}\,h_{k+1}` are the coefficients of :math:`\sqrt q f'(\sqrt q Z)`, at
most :math:`|\rho|^N\prod_i\bigl(\mathbb E[f'^2]-\sum_{k\le N}k\,h_k(q_i)^2/q_i\bigr)^{1/2}`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import arb
from sympy import Expr, Symbol

from ntksym.evaluate.balls import Balls, precision, width
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled

LARGEST_ORDER = 3000
Progress = Callable[[int, float], None]
Number = Any
"""An int, a Fraction or a float, taken as exact; or an arb, for each of the numbers in it."""


@dataclass(frozen=True)
class Problem:
    """f, or f and f', and a law of (u, v) that exists."""

    functions: tuple[Expr, ...]
    x: Symbol
    q1: Number
    q2: Number
    c: Number

    @classmethod
    def of(
        cls, functions: tuple[Expr, ...], x: Symbol, q1: Number, q2: Number, c: Number
    ) -> "Problem":
        numbers: list[Any] = [y if isinstance(y, arb) else Fraction(y) for y in (q1, q2, c)]
        a, b, k = numbers
        for name, value in (("q1", a), ("q2", b)):
            if value < 0:
                raise ValueError(f"{name}: expected a variance of at least 0, got {value}")
        problem = cls(functions, x, a, a if b == a else b, k)
        with precision(256):
            wrong = k * k > a * b if problem.exact else _ball(k) ** 2 > _ball(a) * _ball(b)
        if wrong:
            raise ValueError(f"c: expected c**2 <= q1*q2, got c = {c} with q1 = {q1}, q2 = {q2}")
        return problem

    @property
    def exact(self) -> bool:
        return not any(isinstance(y, arb) for y in (self.q1, self.q2, self.c))

    @property
    def turn(self) -> int:
        """1 or -1 where v is known to be ± sqrt(q2/q1) u, else 0."""
        if self.exact:
            aligned = self.c * self.c == self.q1 * self.q2
            return (1 if self.c > 0 else -1) if aligned else 0
        return 1 if self.c is self.q1 is self.q2 else 0

    def rho(self) -> arb:
        """At the precision in force, cut to [-1, 1]."""
        rho = _ball(self.c) / (_ball(self.q1) * _ball(self.q2)).sqrt()
        return rho.max(arb(-1)).min(arb(1))


def _ball(number: Number) -> arb:
    return Balls().exact(number)


@dataclass(frozen=True)
class Mehler:
    """The series of a problem."""

    problem: Problem
    tolerance: float
    progress: Progress | None

    def sums(self, order: int, fine: float) -> tuple[arb, ...]:
        """The sums up to where the remainders fit, at most ``order``; remainders in the radii."""
        p, count = self.problem, len(self.problem.functions)
        laws = [p.q1] if p.q1 is p.q2 else [p.q1, p.q2]
        squares = tuple((i, i, 1) for i in range(count))
        expansions = [
            expand(
                Integrands(tuple(Scaled(f, p.x, q) for f in p.functions), 1, squares, order),
                fine / order ** (count / 2),
            )
            for q in laws
        ]
        bits = max(e.bits for e in expansions)
        with precision(bits):
            rho, root = p.rho(), (_ball(p.q1) * _ball(p.q2)).sqrt()
        size, before, power = abs(rho).upper(), arb(0), arb(1)
        sums = [arb(0) for _ in p.functions]
        left = [list(e.moments) for e in expansions]
        bounds: list[arb] = []
        for k, rows in enumerate(zip(*(e.coefficients for e in expansions), strict=True)):
            with precision(bits):
                term = rows[0][0] * rows[-1][0]
                weights = (arb(1), k / root)[:count]
                for i, weight in enumerate(weights):
                    sums[i] += term * weight * (before if i else power)
                    for (h,), q, rest in zip(rows, laws, left, strict=True):
                        rest[i] -= h * h * (k / _ball(q) if i else 1)
                before, power = power, power * rho
                if k % 8 == 0 or k == order:
                    bounds = [size ** (k + 1 - i) * _rest(left, i) for i in range(count)]
                    if self._reached(k, bounds, sums):
                        break
        with precision(bits):
            self._fits(order, size, left, bounds, sums)
            return tuple(s + arb(0, b.upper()) for s, b in zip(sums, bounds, strict=True))

    def _reached(self, order: int, bounds: list[arb], sums: list[arb]) -> bool:
        if self.progress:
            self.progress(order, max(float(bound) for bound in bounds))
        inputs = [0.0 if self.problem.exact else width(value) for value in sums]
        return all(b <= max(self.tolerance / 4, w) for b, w in zip(bounds, inputs, strict=True))

    def _fits(
        self, order: int, size: arb, left: list[list[arb]], bounds: list[arb], sums: list[arb]
    ) -> None:
        """``ArithmeticError`` where no finer coefficients can help: the remainder is that large."""
        if order < LARGEST_ORDER:
            return
        sure = [[ball.lower().max(arb(0)) for ball in rest] for rest in left]
        for i, value in enumerate(sums):
            real = (size ** (order + 1 - i) * _rest(sure, i)).lower()
            if real > max(self.tolerance, 0.0 if self.problem.exact else width(value)):
                raise ArithmeticError(
                    f"order {order} of the Hermite series leaves {max(map(float, bounds)):.1e}, "
                    f"more than {self.tolerance:.1e}: a correlation of {float(size):.12g} in size "
                    "is too near 1 for a function of this smoothness"
                )


def _rest(left: list[list[arb]], which: int) -> arb:
    """The product of the two roots of what Parseval leaves."""
    first, last = (rest[which].upper().max(arb(0)) for rest in (left[0], left[-1]))
    return (first * last).sqrt().upper()

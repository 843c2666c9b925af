r"""Eigenvalues as hypergeometric values, where two neighbouring powers of ρ have a rational ratio.

Of :math:`f(\rho)=\sum_nb_n\rho^n` the eigenvalue is :math:`\sum_nb_nm_{n,k}`, m that of ρ^n, and

.. math:: \frac{m_{n+2,k}}{m_{n,k}}=\frac{(n+1)(n+2)}{(n-k+2)(n+k+d)},\qquad
    \mu_k=b_Nm_{N,k}\;{}_pF_q\Bigl(\ldots;\ldots;x\Bigr),

N the first power that counts: the ratio of terms n = N + 2i is a rational function of i. For
:math:`\arcsin(a\rho)` and k odd it is
:math:`b_km_{k,k}\,{}_2F_1(\tfrac k2,\tfrac k2;k+\tfrac d2;a^2)`.
"""

from collections import Counter
from dataclasses import dataclass

from sympy import (
    Add,
    Expr,
    Integer,
    Mul,
    Poly,
    PolynomialError,
    Rational,
    S,
    asin,
    cosh,
    exp,
    expand,
    hyper,
    powsimp,
    sinh,
)  # fmt: skip

from ntksym.language import rho


@dataclass(frozen=True)
class Ratio:
    r"""b_{n+2} / b_n = scale · Π(n + above) / Π(n + below)."""

    scale: Expr
    above: tuple[Expr, ...]
    below: tuple[Expr, ...]

    def at(self, n: int) -> Expr:
        top, bottom = (Mul(*(n + a for a in shifts)) for shifts in (self.above, self.below))
        return self.scale * top / bottom


@dataclass(frozen=True)
class Series:
    """First coefficients {n: b_n}, one of a parity, and the ratio of those two apart."""

    first: dict[int, Expr]
    ratio: Ratio


def eigenvalue(kernel: Expr, dimension: int, k: int) -> Expr | None:
    """``None`` where a term of the kernel has no such series, or it is not seen to converge."""
    total = S.Zero
    for term in Add.make_args(expand(kernel.rewrite((sinh, cosh), exp), multinomial=False)):
        found = _term(term, dimension, k)
        if found is None:
            return None
        total += found
    return total


def _term(term: Expr, dimension: int, k: int) -> Expr | None:
    constant, rest = term.as_independent(rho)
    power, function = 0, S.One
    for factor in Mul.make_args(powsimp(rest)):
        if factor == rho or (factor.is_Pow and factor.base == rho and factor.exp.is_Integer):
            power += int(factor.as_base_exp()[1])
        elif function is S.One:
            function = factor
        else:
            return None
    series = _series(function)
    if power < 0 or series is None:
        return None
    return constant * _value(series, power, dimension, k)


def _series(f: Expr) -> Series | None:
    """The powers of a function of ρ; those beyond exp and arcsin are binomial."""
    if f is S.One:
        return Series({0: S.One}, Ratio(S.Zero, (), ()))
    if isinstance(f, asin) and (a := _slope(f.args[0], 1)) and abs(a) < 1:
        return Series({1: a}, Ratio(a**2, (S.Zero, S.Zero), (S.One, S(2))))
    if isinstance(f, exp):
        if a := _slope(f.args[0], 1):
            return Series({0: S.One, 1: a}, Ratio(a**2, (), (S.One, S(2))))
        if a := _slope(f.args[0], 2):
            return Series({0: S.One}, Ratio(2 * a, (), (S(2),)))
    base, p = f.as_base_exp()
    at_zero = base.subs(rho, 0)
    if not f.is_Pow or p.has(rho) or not at_zero.is_positive:
        return None
    front = at_zero**p
    if (a := _slope(expand(base / at_zero) - 1, 2)) and abs(a) < 1:
        return Series({0: front}, Ratio(-a, (-2 * p,), (S(2),)))
    if (a := _slope(expand(base / at_zero) - 1, 1)) and abs(a) < 1:
        return Series({0: front, 1: front * p * a}, Ratio(a**2, (-p, 1 - p), (S.One, S(2))))
    return None


def _slope(f: Expr, power: int) -> Expr | None:
    """The a of f = a ρ^power; ``None`` for another f."""
    try:
        terms = Poly(expand(f), rho).terms()
    except PolynomialError:
        return None
    (((n,), a),) = terms if len(terms) == 1 else (((0,), S.Zero),)
    return a if n == power and a.is_real and a != 0 else None


def _value(series: Series, power: int, dimension: int, k: int) -> Expr:
    """The eigenvalue of ρ^power times a series."""
    total = S.Zero
    for start, value in series.first.items():
        n, b = start, value
        if (n + power - k) % 2:
            continue
        while n + power < k:
            n, b = n + 2, b * series.ratio.at(n)
        first = b * _monomial(n + power, dimension, k)
        total += first * _sum(series.ratio, n, power, dimension, k)
    return total


def _monomial(n: int, d: int, k: int) -> Rational:
    """m_{n,k}, from m_{k,k} on."""
    value = Mul(*(Rational(j + 1, d + 2 * j) for j in range(k)))
    for m in range(k, n, 2):
        value *= Rational((m + 1) * (m + 2), (m - k + 2) * (m + k + d))
    return value


def _sum(ratio: Ratio, n: int, power: int, d: int, k: int) -> Expr:
    """Σ of the terms over the first one, which belongs to b_n and the power n + power."""
    if ratio.scale == 0:
        return S.One
    m = n + power
    above = [(n + a) / 2 for a in ratio.above] + [Rational(m + 1, 2), Rational(m + 2, 2)]
    below = [(n + b) / 2 for b in ratio.below]
    below += [Rational(m - k + 2, 2), Rational(m + k + d, 2)]
    degree = len(ratio.above) - len(ratio.below)
    top, bottom = Counter(above), Counter(below)
    top[S.One] += 1  # the i! that hyper divides by
    top, bottom = top - bottom, bottom - top
    return hyper(top.elements(), bottom.elements(), ratio.scale * Integer(2) ** degree)

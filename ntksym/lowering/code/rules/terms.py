"""A symmetric function as a sum of terms: a number, a function of each point, what joins them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sympy import Add, Dummy, Expr, Function, Mul, Poly, Pow, S, asin, div, expand, factor_list

from ntksym.language import c, q1, q2


class NoRule(ValueError):
    """The rules do not know an expression."""


class Angle(Function):
    """b + k arcsin(f), k > 0 and b >= 0."""

    nargs = 3

    def doit(self, **hints: Any) -> Expr:
        b, k, f = self.args
        return b + k * asin(f)


@dataclass(frozen=True)
class Term:
    """sign * size * point(q1) * point(q2) * the factors."""

    sign: int
    size: Expr
    point: Expr
    factors: tuple[Expr, ...]


def term(expr: Expr) -> Term:
    """``NoRule`` where the functions of one point differ for the two."""
    number, rest = expr.as_independent(q1, q2, c, as_Add=False)
    by_symbols: dict[frozenset[Any], Expr] = {}
    for part in Mul.make_args(rest):
        key = frozenset(part.free_symbols)
        by_symbols[key] = by_symbols.get(key, S.One) * part
    first, second = (by_symbols.pop(frozenset({q}), S.One) for q in (q1, q2))
    if first.subs(q1, q2) != second:
        raise NoRule(f"{expr}: {first} of one point and {second} of the other")
    factors = (part for parts in by_symbols.values() for part in Mul.make_args(parts))
    return Term(1 if number > 0 else -1, abs(number), first, tuple(factors))


def terms(expr: Expr) -> list[Expr]:
    """The summands, angles with their constants, whole powers of c and of roots apart."""
    return [term for N, rest in _by_functions(_with_angles(expr))
            for n, r in _by_roots(N, rest) for term in _by_powers(n, r)]  # fmt: skip


def _with_angles(expr: Expr) -> Expr:
    for sine in sorted(expr.atoms(asin), key=str):
        angle = Dummy()
        inside = expand(expr.xreplace({sine: angle}), deep=False)
        slope = inside.coeff(angle)
        number, times = slope.as_independent(q1, q2, c, as_Add=False)
        rest = expand(inside - slope * angle, deep=False)
        ratios = [part / times for part in Add.make_args(rest)]
        beside = Add(*(r for r in ratios if r.is_number and r.is_positive))
        if number.is_positive and not rest.has(angle):
            expr = rest - beside * times + times * Angle(beside, number, sine.args[0])
    return expr


def _by_functions(expr: Expr) -> Iterator[tuple[Expr, Expr]]:
    """(N, rest): N a polynomial in q1, q2 and c, rest a product of other functions."""
    parts = sorted(expr.atoms(Pow, Function), key=str)
    whole = {p: Dummy() for p in parts if not (p.is_Pow and p.exp.is_Integer and p.exp > 0)}
    plain = expr.xreplace(whole)
    used = {d: part for part, d in whole.items() if plain.has(d)}
    if not used:
        yield plain, S.One
        return
    for powers, N in Poly(plain, *used).terms():
        pairs = zip(used.values(), powers, strict=True)
        yield N, Mul(*(part**n for part, n in pairs))


def _by_roots(N: Expr, rest: Expr) -> Iterator[tuple[Expr, Expr]]:
    """N/sqrt(R) as Q sqrt(R) + M/sqrt(R), where R = A - k c**2 divides what N is at c = 0."""
    under = [p for p in Mul.make_args(rest) if p.is_Pow and p.base.has(c) and p.exp.is_negative]
    if len(under) != 1 or not N.has(c):
        yield N, rest
        return
    base = under[0].base
    quotient, left = div(N.subs(c, 0), base.subs(c, 0), q1, q2)
    over = expand(N - quotient * base)
    if left != 0:
        quotient, over = div(expand(N), expand(base), c)
    if quotient != 0:
        yield quotient, rest * base
    if over != 0:
        yield over, rest


def _by_powers(N: Expr, rest: Expr) -> list[Expr]:
    """N whole where its powers of c have other coefficients than functions of each point."""
    parts = [part * c**n for (n,), k in Poly(N, c).terms() for part in _coefficient(k)]
    try:
        for part in parts:
            term(part)
    except NoRule:
        parts = [N]
    return [part * rest for part in parts]


def _coefficient(k: Expr) -> tuple[Expr, ...]:
    number, factors = factor_list(k)
    if all(len(f.free_symbols) == 1 for f, _ in factors):
        return (Mul(number, *(f**n for f, n in factors)),)
    return Add.make_args(expand(k))

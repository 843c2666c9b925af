r"""Gaussian expectations under a weight: quotients by :math:`D=(1+kq_1)(1+kq_2)-k^2c^2`.

Under :math:`e^{-k(u^2+v^2)/2}` a pair has other covariances, each a quotient by D. With
:math:`\Delta=q_1q_2-c^2=q_1q_2\,g_-g_+`

.. math:: c'=\frac cD,\qquad q_1'=\frac{q_1+k\Delta}D,\qquad D=1+k(q_1+q_2)+k^2\Delta .

1, q₁, q₂, c and Δ over D are of the order of 1, whatever the variances are, and none is formed by
a subtraction. For b odd in c

.. math:: P_+e^{a+b}+P_-e^{a-b}=e^a\bigl((P_++P_-)\cosh b+(P_+-P_-)\sinh b\bigr),

where the terms of each factor have one sign: a weight makes no covariance larger.
"""

from contextlib import suppress

from sympy import (
    Add,
    Dummy,
    Expr,
    Mul,
    Poly,
    PolynomialError,
    Pow,
    S,
    Symbol,
    cosh,
    exp,
    expand,
    reduced,
    sinh,
    sqrt,
)

from ntksym.language import c, q1, q2
from ntksym.lowering.code.gaps import minus, plus, rho, s1, s2
from ntksym.lowering.code.printer import Quotient
from ntksym.lowering.code.rules.terms import NoRule

D = Symbol("D", positive=True)
between = Symbol("between", nonnegative=True)
"""Δ."""
SIZES = {q1: s1**2, q2: s2**2, c: s1 * s2, between: s1**2 * s2**2 * minus * plus}


def hyperbolic(expr: Expr) -> Expr | None:
    """A sum of exponentials over D in s1, s2, rho and both gaps; ``None`` for anything else."""
    with suppress(NoRule):
        return _hyperbolic(expr)
    return None


def linear(expr: Expr) -> tuple[Expr, Expr, dict[Expr, Expr]]:
    """D, k, and the coefficients of 1/D, c/D and Δ/D in ``expr``; a constant is left out."""
    plain, weight, k = _by_weight(expr)
    found = dict.fromkeys((S.One, q1, q2, c, between), S.Zero)
    for n, x, number in _products(plain):
        if n > 1 or Mul(*x) not in found or n < len(x):
            raise NoRule(f"{expr}: more than a quotient by {weight}")
        found[Mul(*x)] += number if n else S.Zero
    beside = found.pop(q1)
    if found.pop(q2) != beside:
        raise NoRule(f"{expr}: not symmetric")
    found[S.One] -= beside / k
    found[between] -= beside * k
    return weight, k, found


def over(x: Expr, k: Expr) -> Expr:
    """One of 1, q1, q2, c and Δ over D; no part of it is beyond all doubles."""
    return (rho if x == c else 1) * Quotient(x.subs(SIZES) / _norm(k), _inside(k))


def _norm(k: Expr) -> Expr:
    return (1 + k * s1**2) * (1 + k * s2**2)


def _inside(k: Expr) -> Expr:
    """D over the norm."""
    return Add(*(x.subs(SIZES) / _norm(k) for x in (S.One, k * q1, k * q2, k**2 * between)))


def _by_weight(expr: Expr) -> tuple[Expr, Expr, Expr]:
    """With a symbol for the only D, D, k."""
    bases = {e.base for e in expr.atoms(Pow) if _weight(e.base) > 0}
    if len(bases) != 1:
        raise NoRule(f"{expr}: no quotients")
    (base,) = bases
    return expr.xreplace({base: D}), base, _weight(base)


def _weight(base: Expr) -> Expr:
    """k, or 0."""
    if not base.is_Add or not base.is_polynomial(q1, q2, c):
        return S.Zero
    k = Poly(base, q1, q2, c).coeff_monomial(q1)
    same = expand(base - (1 + k * q1) * (1 + k * q2) + k**2 * c**2) == 0
    return k if same and k.is_positive else S.Zero


def _products(plain: Expr) -> list[tuple[Expr, list[Expr], Expr]]:
    """n, the factors among q1, q2, c and Δ, and the coefficient of each product over D**n."""
    found: dict[Expr, Expr] = {}
    for term in Add.make_args(expand(plain)):
        n = -term.as_powers_dict().get(D, S.Zero)
        found[n] = found.get(n, S.Zero) + term * D**n
    generators = q1, q2, c, between
    try:
        rests = {n: reduced(P, [q1 * q2 - c**2 - between], *generators)[1]
                 for n, P in found.items()}  # fmt: skip
        return [
            (n, [x for x, times in zip(generators, powers, strict=True) for _ in range(times)], k)
            for n, rest in rests.items()
            for powers, k in Poly(rest, *generators).terms()
        ]
    except PolynomialError:
        raise NoRule(f"{plain}: no polynomial over D") from None


def _bounded(plain: Expr, k: Expr) -> Expr:
    """Each factor of a product over a D of its own."""
    parts = []
    for n, x, number in _products(plain):
        if not n.is_Integer or (number != 0 and len(x) > n):
            raise NoRule(f"{plain}: more factors than D")
        factors = (over(f, k) for f in (*x, *[S.One] * (n - len(x))))
        parts.append(number * Mul(*factors))
    return Add(*parts)


def _hyperbolic(expr: Expr) -> Expr:
    plain, _, k = _by_weight(expr)
    factors = _factors(expand(sqrt(D) * plain, deep=False))
    parts = []
    while factors:
        exponent, first = factors.popitem()
        if not exponent.has(c) or expand(exponent - exponent.subs(c, -c)) == 0:
            parts.append(exp(_bounded(exponent, k)) * _bounded(first, k))
            continue
        mirrored = next((e for e in factors if expand(e - exponent.subs(c, -c)) == 0), None)
        if mirrored is None:
            raise NoRule(f"{exponent}: not that of -c")
        second = factors.pop(mirrored)
        middle, half = (_bounded((exponent + t * mirrored) / 2, k) for t in (1, -1))
        even, odd = (_bounded(first + t * second, k) for t in (1, -1))
        parts.append(exp(middle) * (even * cosh(half) + odd * sinh(half)))
    return Add(*parts) / (sqrt(_norm(k)) * sqrt(_inside(k)))


def _factors(plain: Expr) -> dict[Expr, Expr]:
    """Of each exponential, by its exponent; that of 1 by 0."""
    names = {e: Dummy() for e in sorted(plain.atoms(exp), key=str)}
    by_name = expand(plain.xreplace(names))
    found = {e.exp: by_name.coeff(name) for e, name in names.items()}
    rest = expand(by_name - Add(*(found[e.exp] * name for e, name in names.items())))
    if not found or rest.has(*names.values()):
        raise NoRule(f"{plain}: no sum of exponentials")
    return found | ({S.Zero: rest} if rest != 0 else {})

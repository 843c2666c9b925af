"""Closed forms in the gaps 1 - rho and 1 + rho: no root, angle or exponent cancels."""

from sympy import (
    Add,
    Dummy,
    Expr,
    Function,
    Mul,
    Poly,
    PolynomialError,
    Pow,
    Symbol,
    asin,
    atan2,
    erf,
    exp,
    expand,
    factor,
    factor_list,
    fraction,
    pi,
    simplify,
    sqrt,
    together,
)
from sympy.codegen.cfunctions import expm1

from ntksym.language import BivariateNormalCDF, c, q1, q2

s1, s2, t1, t2 = (Symbol(name, positive=True) for name in ("s1", "s2", "t1", "t2"))
minus, plus, root, angle, excess = (
    Symbol(name, nonnegative=True) for name in ("minus", "plus", "root", "angle", "excess")
)
rho = Symbol("rho", real=True)
"""1 ∓ rho, sqrt(minus*plus), the angle whose cosine is \\|rho\\|, angle - root, and rho."""


_gap, _both = Symbol("gap"), Symbol("both")

_STEEP = exp, erf, BivariateNormalCDF
"""Of quotients that are 0/0 where two points coincide."""


class Either(Function):
    """Of two numbers the first where the test is positive, else the second."""

    nargs = 3


def multiplied_out(expr: Expr) -> Expr:
    """Products of sums as sums; roots, denominators and functions are left whole."""
    parts = expr.atoms(Pow, Function)
    whole = {p: Dummy() for p in parts if not (p.is_Pow and p.exp.is_Integer and p.exp > 0)}
    back = {dummy: part for part, dummy in whole.items()}
    return expand(expr.xreplace(whole)).xreplace(back)


def near_one(difference: Expr) -> Expr:
    """That of a and a exp(x) by exp(x) - 1, and longer sums whose constants then cancel."""
    if not difference.is_Add:
        return difference
    if len(difference.args) > 2:
        by_less = difference.replace(lambda e: isinstance(e, exp), lambda e: 1 + expm1(e.exp))
        by_less = multiplied_out(by_less)
        constant, _ = by_less.as_independent(s1, s2, as_Add=True)
        return by_less if constant == 0 else difference
    for a, b in (difference.args, difference.args[::-1]):
        ratio = simplify(-b / a)
        if isinstance(ratio, exp):
            return -a * expm1(ratio.exp)
    return difference


def in_gaps(expr: Expr, sign: int) -> Expr:
    """In s1, s2, rho, root and angle; every square root free of cancellation."""
    expr = expr.replace(lambda e: isinstance(e, asin), lambda e: _arcsine(e.args[0], sign))
    expr = expr.replace(lambda e: isinstance(e, _STEEP), lambda e: _near(e, sign))
    expr = expr.subs({q1: s1**2, q2: s2**2})
    expr = expr.replace(_is_root, _root)
    expr = expr.replace(lambda e: isinstance(e, atan2), lambda e: _direction(*e.args))
    return expr.subs(c, s1 * s2 * rho)


def _arcsine(sine: Expr, sign: int) -> Expr:
    n, d = fraction(together(sine))
    squared = expand((d**2).subs({q1: s1**2, q2: s2**2}))
    if squared == s1**2 * s2**2 and n == c:
        return sign * (pi / 2 - angle)
    rest = squared - expand(n**2).subs({q1: s1**2, q2: s2**2})
    return atan2(n, sqrt(rest))


def _near(function: Expr, sign: int) -> Expr:
    """Sums above a fraction by powers of the gap: what does not vanish with it is factored."""
    return function.func(*(_by_gap(x, sign) if x.has(c) else x for x in function.args))


def _by_gap(argument: Expr, sign: int) -> Expr:
    """By 1 - rho**2 and that gap which leaves the sums one sign; if neither does, the small one."""
    above, below = fraction(together(argument))
    if not above.is_polynomial(c):
        return argument
    found = [_powers(above, turn) for turn in (sign, -sign)]
    alike = [x for x in found if _of_one_sign(x)]
    return (alike or found)[0] / below


def _powers(above: Expr, sign: int) -> Expr:
    even, odd = s1**2 * s2**2 * (1 - _both), sign * s1 * s2 * (1 - _gap)
    terms = Poly(above.subs({q1: s1**2, q2: s2**2}), c).terms()
    inside = Poly(Add(*(k * even ** (n // 2) * odd ** (n % 2) for (n,), k in terms)), _gap, _both)
    gap = minus if sign > 0 else plus
    return Add(*(factor(k) * gap**i * (minus * plus) ** j for (i, j), k in inside.terms()))


def _of_one_sign(sum_: Expr) -> bool:
    terms = Add.make_args(sum_)
    return all(x.is_nonnegative for x in terms) or all(x.is_nonpositive for x in terms)


def _is_root(part: Expr) -> bool:
    """A square root, or a denominator: both may vanish where rho is 1 or -1."""
    if not isinstance(part, Pow) or not part.exp.is_Rational:
        return False
    return part.exp.q == 2 or (part.base.is_Add and part.exp.is_negative)


def _root(power: Expr) -> Expr:
    """sqrt(A - k c**2) as the root of A times that of a sum of numbers from 0 to 1.

    rho**2 = 1 - root**2; A is a product of functions of one point, and no square of it is formed.
    """
    radicand, n = expand(power.base), int(2 * power.exp)
    if not radicand.has(c):
        return split(sqrt(radicand)) ** n
    poly = Poly(radicand, c)
    k, whole = -poly.coeff_monomial(c**2), poly.coeff_monomial(1)
    if poly.degree() != 2 or poly.coeff_monomial(c) != 0 or not k.is_positive:
        return power
    across, factors = k * s1**2 * s2**2, factor_list(whole)
    level = expand(whole - across)
    if level == 0:
        return (sqrt(k) * s1 * s2 * root) ** n
    apart = all(len(base.free_symbols) == 1 for base, _ in factors[1])
    if not apart or not all(term.is_positive for term in Add.make_args(level)):
        return power
    norm = factors[0] * Mul(*(base**m for base, m in factors[1]))
    parts = [term / norm for term in Add.make_args(level)]
    return (split(sqrt(whole)) * sqrt(Add(*parts, across / norm * minus * plus))) ** n


def _direction(y: Expr, x: Expr) -> Expr:
    """atan2 without the positive factors that one point gives to both arguments."""
    scale, rest = x.as_independent(minus, plus, root, as_Add=False)
    return atan2(y / scale, rest)


def split(expr: Expr) -> Expr:
    """The square root of a product as a product of roots: no product that overflows is formed."""
    if not (isinstance(expr, Pow) and expr.exp.is_Rational and expr.base.is_polynomial(s1, s2)):
        return expr
    try:
        constant, factors = factor_list(expr.base)
    except PolynomialError:  # coefficients such as 1/sqrt(pi)
        return expr
    return Mul(constant**expr.exp, *(base ** (n * expr.exp) for base, n in factors))

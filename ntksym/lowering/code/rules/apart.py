r"""How far a function of two points is from that of one point with itself, without cancellation.

Let f(q₁,q₂,c) be symmetric, :math:`x^2=f(q,q,q)` its value at one point, and

.. math:: \gamma_f = 1-\frac{f}{x_1x_2},\qquad \delta_f=\tfrac12(x_1^2+x_2^2)-f
          =\tfrac12(x_1-x_2)^2+x_1x_2\gamma_f .

δ is linear, a product of two functions of one point each has γ = 0, c has γ = 1 - ρ, and

.. math:: \gamma_{fg}=\gamma_f+\gamma_g-\gamma_f\gamma_g,\qquad
          \gamma_{\sqrt f}=\frac{\gamma_f}{1+\sqrt{1-\gamma_f}},\qquad
          \gamma_{\exp f}=-\operatorname{expm1}(-\delta_f).

An error ε in a number of one point moves γ by ε times the root of γ only: it enters by a square.
"""

from contextlib import suppress
from functools import reduce

from sympy import Add, Expr, Mul, Poly, Pow, S, Symbol, asin, exp, expand, factor, sqrt
from sympy.codegen.cfunctions import expm1

from ntksym.language import c, q1, q2
from ntksym.lowering.code.gaps import in_gaps, minus, plus, s1, s2, split
from ntksym.lowering.code.rules import angle, tilted
from ntksym.lowering.code.rules.terms import Angle, NoRule, Term, term, terms

_step, _product = Symbol("step"), Symbol("product")


def gap(of: Term) -> Expr:
    """γ of a term."""
    return reduce(lambda a, b: a + b - a * b, map(_gap, of.factors), S.Zero)


def sizes(of: Term) -> tuple[Expr, Expr]:
    """The x at both points, with the sign of the functions of one point."""
    whole = [_sizes(f)[0] for f in of.factors]
    x = sqrt(of.size) * of.point.subs(q1, s1**2) * Mul(*whole)
    return x, x.subs(s1, s2)


def distance(f: Expr) -> Expr:
    """δ. Where Δ vanishes at one point, it is minus what a quotient of it is."""
    with suppress(NoRule):
        weight, k, parts = tilted.linear(f)
        joined = (n * _distance(x / weight) for x, n in parts.items() if x != tilted.between)
        return Add(*joined, -parts[tilted.between] * tilted.over(tilted.between, k))
    return Add(*map(_distance, [f] if f.is_polynomial(q1, q2, c) else terms(f)))


def _distance(f: Expr) -> Expr:
    if f.is_polynomial(q1, q2, c):
        return _of_polynomial(f)
    x1, x2 = sizes(term(f))
    return term(f).sign * ((x1 - x2) ** 2 / 2 + x1 * x2 * gap(term(f)))


def arcs_of(part: Term) -> dict[Expr, Expr]:
    """The value of each arcsine that is one of a sum with a positive constant."""
    found = {}
    for angle_ in (f for f in part.factors if isinstance(f, Angle) and f.args[0] != 0):
        sine = angle_.args[2]
        found[asin(sine)] = angle.arc(sine, sizes(term(sine)), gap(term(sine))).value
    return found


def _sizes(f: Expr) -> tuple[Expr, Expr]:
    at_one = f.doit().subs({q2: q1, c: q1})
    at_one = in_gaps(factor(at_one) if at_one.is_polynomial(q1) else at_one, 1)
    x = split(sqrt(at_one))
    if not (at_one.is_positive or isinstance(f, Angle)):
        raise NoRule(f"{f}: no sign at one point")
    return x, x.subs(s1, s2)


def _gap(f: Expr) -> Expr:
    if f == c:
        return minus
    if isinstance(f, Angle):
        b, k, sine = f.args
        return angle.gap(b, k, sine, _sizes(f), sizes(term(sine)), gap(term(sine)))
    if isinstance(f, exp):
        return _of_exponential(f)
    if isinstance(f, Pow) and (2 * f.exp).is_Integer:
        return _of_power(f.base, int(2 * f.exp))
    if not f.is_polynomial(q1, q2, c):
        raise NoRule(f"{f}: no rule")
    x1, x2 = _sizes(f)
    parts = Add.make_args(_of_polynomial(f))
    return Add(*(part / (x1 * x2) for part in (*parts, -((x1 - x2) ** 2) / 2)))


def _of_exponential(f: Expr) -> Expr:
    """The larger of f and of what it would be where the points meet is taken out."""
    apart = distance(f.exp)
    if all(part.is_nonpositive for part in Add.make_args(apart)):
        x1, x2 = _sizes(f)
        return in_gaps(f, 1) / (x1 * x2) * expm1(apart)
    return -expm1(-apart)


def _of_power(base: Expr, n: int) -> Expr:
    """1 - r**n, r**2 = 1 - γ of the base, by 1 - r = γ/(1 + r)."""
    if base == c:
        even = expand(1 - (1 - minus * plus) ** (n // 4))
        return even if n % 4 == 0 else minus + even - minus * even
    x1, x2 = map(sqrt, _sizes(base))
    r = in_gaps(sqrt(base), 1) / (x1 * x2)
    series = Add(*(r**k for k in range(abs(n))))
    return _gap(base) / (1 + r) * (series if n > 0 else -series / r ** abs(n))


def _of_polynomial(f: Expr) -> Expr:
    """By 1 - rho**2 = minus*plus and by what the mean of q1 and q2 exceeds c by, in factors."""
    mean = (f.subs({q2: q1, c: q1}) + f.subs({q1: q2, c: q2})) / 2
    odd, even = (q1 + q2) / 2 - _step, q1 * q2 * (1 - _product)
    across = (k * even ** (n // 2) * odd ** (n % 2) for (n,), k in Poly(f, c).terms())
    squares = {q1: s1**2, q2: s2**2}
    found = Poly(expand(mean - Add(*across)).subs(squares), _step, _product)
    apart = (s1 - s2) ** 2 / 2 + s1 * s2 * minus
    return Add(*(factor(k) * apart**i * (minus * plus) ** j for (i, j), k in found.terms()))

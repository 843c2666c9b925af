"""Whether an expression is zero, decided by bounded algebra: yes, or don't know."""

from itertools import islice
from math import comb, prod

from sympy import (
    Dummy,
    Expr,
    Function,
    Integral,
    Pow,
    Rational,
    Sum,
    expand,
    fraction,
    preorder_traversal,
    together,
)
from sympy.core.function import AppliedUndef
from sympy.polys.polyerrors import PolynomialError

from ntksym.check.symbolic.terms import terms
from ntksym.evaluate import Balls, precision, record
from ntksym.language import GaussianExpectation

_LARGEST = 4000
"""Beyond so many nodes, or terms after expansion, the answer is "don't know", no long wait."""


def vanishes(expr: Expr) -> bool:
    """True where ``expr`` reduces to zero; False means that it did not, not that it isn't.

    >>> from sympy import Symbol, sqrt
    >>> x = Symbol("x", positive=True)
    >>> vanishes(sqrt(1 - 1 / x**2) - sqrt(x**2 - 1) / x)
    True
    """
    inert = {node: Dummy() for node in expr.atoms(Integral, Sum, GaussianExpectation, AppliedUndef)}
    expr = expr.xreplace(inert)
    if expr == 0:
        return True
    if _large(expr):
        return False
    if expand(expr, power_exp=False) == 0:
        return True
    if _apart(expr):
        return False
    try:
        return not terms(expr) or _below_roots(expr)
    except PolynomialError:
        return False


def _below_roots(expr: Expr) -> bool:
    """Sums of roots in a denominator are brought above first."""
    if not any(p.exp.is_negative and p.base.has(Function, Pow) for p in expr.atoms(Pow)):
        return False
    numerator, _ = fraction(together(expr))
    return not _large(numerator) and not terms(numerator)


def _apart(expr: Expr) -> bool:
    """Whether a ball of the value somewhere excludes 0."""
    symbols = sorted(expr.free_symbols, key=lambda x: x.sort_key())
    values = [
        Rational(2 * k + 3, k + 2) if x.is_positive else Rational(k + 1, 2 * k + 5)
        for k, x in enumerate(symbols)
    ]
    with precision(128):
        numbers = Balls()
        try:
            (value,) = record([expr], symbols, numbers)(*map(numbers.constant, values))
        except (ValueError, TypeError):
            return False
    return value.is_finite() and not value.contains(0)


def _large(expr: Expr) -> bool:
    nodes = sum(1 for _ in islice(preorder_traversal(expr), _LARGEST + 1))
    if nodes > _LARGEST:
        return True
    powers = (Pow(p.base, abs(p.exp)) for p in expr.atoms(Pow) if p.exp.is_Rational)
    return any(_terms(part) > _LARGEST for part in (expr, *powers))


def _terms(expr: Expr) -> int:
    """How many terms an expansion may make, at most."""
    if expr.is_Add:
        return sum(_terms(part) for part in expr.args)
    if expr.is_Mul:
        return prod(_terms(part) for part in expr.args)
    if isinstance(expr, Pow) and expr.exp.is_Rational and expr.exp >= 1:
        count, n = _terms(expr.base), int(expr.exp)
        return comb(count + n - 1, n) if n <= _LARGEST else _LARGEST + 1
    return 1

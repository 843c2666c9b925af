"""Whether an expression is zero, decided by bounded algebra: yes, or don't know."""

from itertools import islice
from math import comb, prod

from sympy import (
    Dummy,
    Expr,
    Integral,
    Pow,
    Rational,
    asin,
    expand,
    fraction,
    preorder_traversal,
    sqrt,
    together,
)
from sympy.core.function import AppliedUndef

from ntksym.evaluate import Balls, precision, record
from ntksym.language import GaussianExpectation

_LARGEST = 4000
"""Beyond so many nodes, or terms after expansion, the answer is "don't know", no long wait."""


def vanishes(expr: Expr) -> bool:
    """True where ``expr`` reduces to zero; False means that it did not, not that it isn't.

    >>> from sympy import Symbol
    >>> x = Symbol("x", positive=True)
    >>> vanishes(sqrt(1 - 1 / x**2) - sqrt(x**2 - 1) / x)
    True
    """
    if expr == 0:
        return True
    if _large(expr):
        return False
    if expand(expr, power_exp=False) == 0:
        return True
    expr = _rooted(expr)
    if expand(expr, power_exp=False) == 0:
        return True
    if _apart(expr):
        return False
    numerator, _ = fraction(together(expr))
    return not _large(numerator) and expand(numerator, power_exp=False) == 0


def _apart(expr: Expr) -> bool:
    """Whether a ball of the value somewhere excludes 0, what has no ball being a free number."""
    inert = {node: Dummy() for node in expr.atoms(Integral, GaussianExpectation, AppliedUndef)}
    expr = expr.xreplace(inert)
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
    return nodes > _LARGEST or _terms(expr) > _LARGEST


def _terms(expr: Expr) -> int:
    """How many terms an expansion may make, at most."""
    if expr.is_Add:
        return sum(_terms(part) for part in expr.args)
    if expr.is_Mul:
        return prod(_terms(part) for part in expr.args)
    if isinstance(expr, Pow) and expr.exp.is_Rational:
        count, n = _terms(expr.base), int(abs(expr.exp))
        return comb(count + n - 1, n) if n <= _LARGEST else _LARGEST + 1
    return max((_terms(part) for part in expr.args), default=1)


def _rooted(expr: Expr) -> Expr:
    """Square roots of polynomials only: positive denominators are taken out."""

    def root(part: Pow) -> Expr:
        numerator, denominator = fraction(together(part.base))
        if not denominator.is_positive:
            return part
        return (sqrt(expand(numerator)) / sqrt(denominator)) ** int(2 * part.exp)

    expr = expr.replace(lambda p: isinstance(p, asin), lambda p: asin(_rooted(p.args[0])))
    return expr.replace(lambda p: isinstance(p, Pow) and p.exp.is_Rational and p.exp.q == 2, root)

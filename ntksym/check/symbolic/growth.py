"""At most exponential growth: the condition of Stein's and Price's lemmas, decided by the heads."""

import sympy
from sympy import Expr, Poly, Symbol

_BOUNDED = (
    sympy.Heaviside, sympy.sign, sympy.erf, sympy.erfc, sympy.sin, sympy.cos, sympy.tanh,
    sympy.atan,
)  # fmt: skip
_CLOSED = sympy.Add, sympy.Mul, sympy.Max, sympy.Min, sympy.Abs
_EXPONENTIAL = sympy.sinh, sympy.cosh


def tempered(expr: Expr, bound: list[Symbol]) -> bool:
    """True where ``expr`` is seen to be at most exponential in ``bound``; Dirac masses count.

    >>> x = Symbol("x", real=True)
    >>> tempered(x**2 * sympy.exp(3 * x), [x]), tempered(sympy.exp(x**2), [x])
    (True, False)
    """
    if not expr.has(*bound) or expr in bound or isinstance(expr, _BOUNDED):
        return True
    if isinstance(expr, sympy.DiracDelta):
        return len(expr.args) == 1
    if isinstance(expr, sympy.exp):
        return _falling(expr.args[0], bound)
    if isinstance(expr, _EXPONENTIAL):
        return expr.args[0].is_polynomial(*bound) and Poly(expr.args[0], *bound).total_degree() <= 1
    if isinstance(expr, sympy.log):
        return _above_zero(expr.args[0]) and tempered(expr.args[0], bound)
    if isinstance(expr, _CLOSED):
        return all(tempered(part, bound) for part in expr.args)
    if isinstance(expr, sympy.Piecewise):
        return all(tempered(part, bound) for part, _ in expr.args)
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        return tempered(expr.base, bound)
    if expr.is_Pow and expr.exp.is_Rational:
        return _above_zero(expr.base) and (expr.exp < 0 or tempered(expr.base, bound))
    return False


def _above_zero(expr: Expr) -> bool:
    """Whether ``expr`` is seen to be at least a positive number: 1/expr and -log are bounded."""
    if expr.is_number:
        return bool(expr.is_positive)
    if isinstance(expr, sympy.cosh):
        return True
    if expr.is_Add:
        return all(part.is_nonnegative for part in expr.args) and any(map(_above_zero, expr.args))
    return bool(expr.is_Pow and expr.exp.is_positive and _above_zero(expr.base))


def _falling(exponent: Expr, bound: list[Symbol]) -> bool:
    """Linear terms, and even monomials with a negative coefficient."""
    if not exponent.is_polynomial(*bound):
        return False
    return all(
        sum(powers) <= 1 or (coefficient.is_negative and not any(k % 2 for k in powers))
        for powers, coefficient in Poly(exponent, *bound).terms()
    )

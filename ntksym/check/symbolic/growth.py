"""At most exponential growth: the condition of Stein's and Price's lemmas, decided by the heads."""

import sympy
from sympy import Expr, Poly, Symbol

_BOUNDED = sympy.Heaviside, sympy.sign, sympy.erf, sympy.sin, sympy.cos, sympy.tanh, sympy.atan
_CLOSED = sympy.Add, sympy.Mul, sympy.Max, sympy.Min, sympy.Abs


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
    if isinstance(expr, _CLOSED):
        return all(tempered(part, bound) for part in expr.args)
    if isinstance(expr, sympy.Piecewise):
        return all(tempered(part, bound) for part, _ in expr.args)
    if expr.is_Pow and expr.exp.is_Integer and expr.exp > 0:
        return tempered(expr.base, bound)
    return False


def _falling(exponent: Expr, bound: list[Symbol]) -> bool:
    """Linear terms, and even monomials with a negative coefficient."""
    if not exponent.is_polynomial(*bound):
        return False
    return all(
        sum(powers) <= 1 or (coefficient.is_negative and not any(k % 2 for k in powers))
        for powers, coefficient in Poly(exponent, *bound).terms()
    )

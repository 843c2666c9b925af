"""Functions in the words of the table of primitives, in forms whose balls stay narrow."""

from sympy import Expr, Integer, Mul, Pow, cos, cosh, erf, erfc, exp, sin, sinh, tan, tanh


def plain(f: Expr) -> Expr:
    """The same function in the functions of the table of primitives.

    >>> from sympy import Symbol
    >>> x = Symbol("x", real=True)
    >>> plain(1 / (1 + exp(-x))) == (1 + tanh(x / 2)) / 2
    True
    """
    f = f.replace(sinh, lambda a: (exp(a) - exp(-a)) / 2)
    f = f.replace(cosh, lambda a: (exp(a) + exp(-a)) / 2)
    f = f.replace(tan, lambda a: sin(a) / cos(a))
    f = f.replace(erfc, lambda a: 1 - erf(a))
    f = f.replace(lambda part: part.is_Mul, _logistic)
    return f.replace(lambda part: part.is_Pow, _logistic)


def _logistic(product: Expr) -> Expr:
    r"""Powers of the logistic function by tanh, whose ball on a wide ball is the narrower one.

    .. math:: \frac{e^{ma}}{(1+e^a)^n}=\frac{(1+s)^m(1-s)^{n-m}}{2^n},\qquad
        s=\tanh\tfrac a2,\quad 0\le m\le n.
    """
    factors = list(Mul.make_args(product))
    for factor in factors:
        a, n = _exponent(factor), -factor.as_base_exp()[1]
        if a is None:
            continue
        m, left = Integer(0), [other for other in factors if other is not factor]
        for other in left:
            ratio = other.args[0] / a if isinstance(other, exp) else Integer(0)
            if ratio.is_Integer and 0 < ratio <= n:
                m, left = ratio, [third for third in left if third is not other]
                break
        s = tanh(a / 2)
        rest = Pow(1 + s, m) * Pow(1 - s, n - m) / 2**n
        return _logistic(Mul(*left)) * rest
    return product


def _exponent(factor: Expr) -> Expr | None:
    """The a of a factor (1 + e^a)^(-n)."""
    base, power = factor.as_base_exp()
    if not (power.is_Integer and power < 0 and base.is_Add and len(base.args) == 2):
        return None
    one, other = base.args
    return other.args[0] if one == 1 and isinstance(other, exp) else None

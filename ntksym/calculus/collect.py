"""The collected form of a closed expression: rational coefficients of what is not rational."""

from collections import defaultdict

from sympy import (
    Add,
    Dummy,
    Expr,
    Function,
    Mul,
    Pow,
    S,
    exp,
    expand,
    factor,
    factor_list,
    fraction,
    sqrt,
    together,
)

from ntksym.language import c

LARGEST = 600
"""A coefficient of more operations than this is not factored: no long wait."""


def collected(expr: Expr) -> Expr:
    """Terms grouped by square roots, exponentials and angles; each coefficient factored.

    Square roots of products split where the factors are positive.

    >>> from ntksym.language import q1, q2
    >>> collected(sqrt(1 - c**2 / (q1 * q2)) * sqrt(q1 * q2) / 2 + sqrt(q1 * q2 - c**2) / 2)
    sqrt(-c**2 + q_1*q_2)
    """
    return _arranged(_collected(expr))


def _collected(expr: Expr) -> Expr:
    expr = expr.replace(lambda part: isinstance(part, Function), _with_short_arguments)
    expr = expr.replace(_is_root, lambda part: _root(part.base) ** int(2 * part.exp))
    expr = expr.replace(_is_irrational_sum, lambda part: _collected(part.base) ** part.exp)
    kept = {part: Dummy() for part in expr.atoms(Pow, Function) if _is_one_piece(part)}
    back = {dummy: part for part, dummy in kept.items()}
    groups: defaultdict[Expr, Expr] = defaultdict(lambda: S.Zero)
    for term in Add.make_args(expand(expr.xreplace(kept), power_exp=False, log=False)):
        kind, coefficient = _split(term.xreplace(back))
        groups[kind] += coefficient
    return Add(*(_product(kind, coefficient) for kind, coefficient in groups.items()))


def _product(kind: Expr, coefficient: Expr) -> Expr:
    """A sum that stays a sum is multiplied out; a number stands before a sum, not in it."""
    short = _short(coefficient)
    if short.is_Add and short == coefficient and kind != S.One and not short.is_polynomial():
        return Add(*(kind * term for term in short.args))
    return Mul(*short.as_content_primitive(), kind)


def _with_short_arguments(part: Function) -> Expr:
    return part.func(*(_collected(argument) for argument in part.args))


def _split(term: Expr) -> tuple[Expr, Expr]:
    """The irrational and the rational part; an odd power of a root is the root times a power."""
    kind, coefficient, exponent = S.One, S.One, S.Zero
    for part in Mul.make_args(term):
        if isinstance(part, exp):
            exponent += part.args[0]
        elif _is_root(part):
            kind *= sqrt(part.base)
            coefficient *= part.base ** (part.exp - S.Half)
        elif (
            part.is_rational_function(*part.free_symbols) and not part.is_number
        ) or part.is_Rational:
            coefficient *= part
        else:
            kind *= part
    return kind * exp(_exponent(exponent)), coefficient


def _exponent(exponent: Expr) -> Expr:
    """A polynomial stays a sum, a quotient is written over one denominator."""
    _, denominator = fraction(together(exponent))
    if not denominator.free_symbols:
        return expand(exponent)
    return _short(exponent)


def _short(coefficient: Expr) -> Expr:
    """Factored where that is shorter, every sum with the sign that it has without correlation."""
    if coefficient.is_Mul and not coefficient.has(Add):
        return coefficient
    if not coefficient.free_symbols or coefficient.count_ops() > LARGEST:
        return coefficient
    short = factor(coefficient)
    short = Mul(*(_oriented(*part.as_base_exp()) for part in Mul.make_args(short)))
    return min(short, coefficient, key=lambda e: e.count_ops())


def _oriented(base: Expr, power: Expr) -> Expr:
    ones = {x: S.One if x.is_positive else S.Zero for x in base.free_symbols}
    if base.is_Add and power.is_Integer and base.subs(ones).is_negative:
        return (-1) ** power * (-base) ** power
    return base**power


def _is_irrational_sum(part: Expr) -> bool:
    """A power of a sum that is no polynomial; the roots and exponentials in it come out first."""
    symbols = part.free_symbols
    return isinstance(part, Pow) and part.base.is_Add and not part.base.is_polynomial(*symbols)


def _is_one_piece(part: Expr) -> bool:
    """What an expansion must leave whole."""
    return isinstance(part, Function) or _is_root(part) or part.exp.is_negative


def _is_root(part: Expr) -> bool:
    return isinstance(part, Pow) and part.exp.is_Rational and part.exp.q == 2


def _root(radicand: Expr) -> Expr:
    """sqrt(a b / d) = sqrt(a) sqrt(b) / sqrt(d), where all but one of them are positive."""
    numerator, denominator = (expand(x) for x in fraction(together(radicand)))
    if not denominator.is_positive or not radicand.free_symbols:
        return sqrt(radicand)
    above, below = factor_list(numerator), factor_list(denominator)
    unknown = [n for part in (above, below) for base, n in part[1] if not base.is_positive]
    if len(unknown) > 1 or any(n % 2 == 0 for n in unknown) or not above[0].is_positive:
        return sqrt(numerator) / sqrt(denominator)
    roots = (sqrt(k) * Mul(*(base ** (S(n) / 2) for base, n in part)) for k, part in (above, below))
    return next(roots) / next(roots)


def _arranged(expr: Expr) -> Expr:
    """Polynomials by powers of c, with factored coefficients."""

    def by_powers(*terms: Expr) -> Expr:
        base = Add(*terms)
        if not base.is_polynomial() or not base.has(c):
            return base
        parts = expand(base).collect(c, evaluate=False)
        return Add(*(power * factor(coefficient) for power, coefficient in parts.items()))

    return expr.replace(lambda part: part.is_Add, by_powers)

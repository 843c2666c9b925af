"""A closed expression over the field of rational functions: what is irrational, times what is not.

Square roots of irreducible polynomials, exponentials of different exponents, and functions of
different arguments are kept apart; so equal terms are found, and sums that vanish are seen.
"""

from collections import defaultdict
from functools import lru_cache
from math import prod

from sympy import (
    QQ,
    Add,
    Dummy,
    Expr,
    Function,
    I,
    Integral,
    Mul,
    Pow,
    S,
    Sum,
    cos,
    cosh,
    exp,
    expand,
    expand_mul,
    factor_list,
    fraction,
    pi,
    sin,
    sinh,
    sqrt,
    together,
)

from ntksym.language import GaussianExpectation

WAVES = sin, cos, sinh, cosh
_CLOSED = Integral, Sum, GaussianExpectation


def terms(expr: Expr) -> dict[Expr, Expr]:
    """Irrational part to rational coefficient, without those that are zero.

    >>> from sympy import Symbol
    >>> x = Symbol("x", positive=True)
    >>> terms(sqrt(x**2 + x) / x - sqrt(x + 1) / sqrt(x))
    {}
    """
    expr = prepared(expr)
    kept = {part: Dummy() for part in expr.atoms(Pow, Function, *_CLOSED) if _whole(part)}
    back = {dummy: part for part, dummy in kept.items()}
    groups: defaultdict[Expr, list[Expr]] = defaultdict(list)
    for term in Add.make_args(expand(expr.xreplace(kept))):
        kind, coefficient = _parted(term.xreplace(back))
        groups[kind].append(coefficient)
    sums = {kind: _sum(parts) for kind, parts in groups.items()}
    return {kind: total for kind, total in sums.items() if total != 0}


@lru_cache(maxsize=10_000)
def rebuilt(expr: Expr) -> Expr:
    """The expression that ``terms`` stands for: the same for equal arguments of a function."""
    if expr.is_Atom or (expr.is_Mul and all(part.is_Atom for part in expr.args)):
        return expr
    return Add(*(kind * coefficient for kind, coefficient in terms(expr).items()))


def prepared(expr: Expr) -> Expr:
    """Waves as exponentials, arguments rebuilt, roots split; no root or function in a sum below."""
    if expr.has(*WAVES):
        expr = expr.replace(lambda e: isinstance(e, WAVES), lambda e: e.rewrite(exp))
    closed = {node: Dummy() for node in expr.atoms(*_CLOSED)}
    expr = expr.xreplace(closed)
    expr = expr.replace(lambda e: isinstance(e, Function), with_rebuilt_arguments)
    expr = expr.replace(_is_root, lambda e: _root(e.base) ** int(2 * e.exp))
    if any(_irrational_sum(power) for power in expr.atoms(Pow)):
        expr = expr.replace(_irrational_sum, lambda e: rebuilt(e.base) ** e.exp)
    return expr.xreplace({dummy: node for node, dummy in closed.items()})


def with_rebuilt_arguments(function: Expr) -> Expr:
    """Arguments as sums, whose sign an odd function sees."""
    return function.func(*(expand_mul(rebuilt(argument)) for argument in function.args))


def _is_root(part: Expr) -> bool:
    return isinstance(part, Pow) and part.exp.is_Rational and part.exp.q == 2


def _irrational_sum(part: Expr) -> bool:
    if not isinstance(part, Pow) or not part.base.is_Add:
        return False
    return not part.base.is_polynomial(*part.base.free_symbols)


def _whole(part: Expr) -> bool:
    if isinstance(part, Pow):
        return _is_root(part) or part.exp.is_negative or not part.exp.is_Integer
    return True


def _parted(term: Expr) -> tuple[Expr, Expr]:
    kind, coefficient, exponent = S.One, S.One, S.Zero
    for part in Mul.make_args(term):
        if isinstance(part, exp):
            exponent += part.args[0]
        elif _is_root(part) and part.base.free_symbols:
            kind *= sqrt(part.base)
            coefficient *= part.base ** (part.exp - S.Half)
        elif part.is_Rational or (
            part.free_symbols
            and not part.has(*_CLOSED)
            and part.is_rational_function(*part.free_symbols)
        ):
            coefficient *= part
        else:
            kind *= part
    if exponent == 0:
        return kind, coefficient
    real, imaginary = expand(exponent).coeff(I, 0), expand(exponent).coeff(I, 1)
    return kind * exp(rebuilt(real) + I * rebuilt(imaginary)), coefficient


def _sum(parts: list[Expr]) -> Expr:
    """In the field of rational functions, where zero is the number zero."""
    symbols = sorted(set().union(*(part.free_symbols for part in parts)), key=str)
    if any(part.has(pi) for part in parts):
        symbols.append(pi)
    if not symbols:
        return Add(*parts)
    field = QQ.frac_field(*symbols)
    return field.to_sympy(sum((field.from_sympy(part) for part in parts), field.zero))


def _root(radicand: Expr) -> Expr:
    """The root of a quotient of polynomials, where the signs allow it as a product of roots."""
    if not radicand.free_symbols:
        return sqrt(radicand)
    above, below = (_roots(expand(part)) for part in fraction(together(radicand)))
    if below is None or above is None:
        return sqrt(radicand)
    return above / below


def _roots(polynomial: Expr) -> Expr | None:
    """One factor may be of unknown sign: it is positive where the root is real."""
    constant, factors = factor_list(polynomial)
    unknown = [base for base, n in factors if n % 2 and not base.is_positive]
    if len(unknown) > 1:
        return None
    flip = -1 if constant.is_negative else 1
    if flip < 0 and not unknown:
        return None
    turned = [(flip * base if base in unknown else base, n) for base, n in factors]
    evens = all(base.is_positive or n % 2 or (n // 2) % 2 == 0 for base, n in factors)
    if not evens:
        return None
    return sqrt(flip * constant) * prod((base ** (S(n) / 2) for base, n in turned), start=S.One)

"""Sums over indices and expectations over inputs in front, everything else behind them."""

from dataclasses import dataclass
from itertools import product
from math import prod

from sympy import Add, Dummy, Expr, Function, Integer, Mul, Pow, S, Sum, Symbol, expand

from ntksym.check.functional.unfold import unfolded
from ntksym.language.functions import (
    Functional,
    InnerProduct,
    InputExpectation,
    Nabla,
    ReproducingKernel,
    here,
)


@dataclass(frozen=True)
class Binder:
    """A sum of ``symbol`` from 1 to ``upper``, or an expectation over an input."""

    symbol: Symbol
    upper: Expr | None = None


@dataclass(frozen=True)
class Term:
    """``binders`` applied to ``body``, which holds none."""

    body: Expr
    binders: tuple[Binder, ...] = ()

    def __mul__(self, other: "Term") -> "Term":
        return Term(self.body * other.body, self.binders + other.binders)


def terms(expr: Expr) -> list[Term]:
    """``expr`` as a sum of terms: linearity of sums, expectations and the inner product, Fubini."""
    expr = _opened(expr)
    if isinstance(expr, Add):
        return [term for part in expr.args for term in terms(part)]
    if isinstance(expr, Mul):
        return [prod(c, start=Term(S.One)) for c in product(*map(terms, expr.args))]
    if isinstance(expr, Pow) and isinstance(expr.exp, Integer) and expr.exp > 1:
        copies = (terms(expr.base) for _ in range(int(expr.exp)))
        return [prod(choice, start=Term(S.One)) for choice in product(*copies)]
    if isinstance(expr, Sum | InputExpectation):
        return _bound(expr)
    if isinstance(expr, InnerProduct):
        return _inner(*expr.args)
    if isinstance(expr, Pow | Function) and expr.args:
        return [Term(expr.func(*map(_closed, expr.args)))]
    return [Term(expr)]


def _opened(expr: Expr) -> Expr:
    while (deeper := unfolded(expr)) != expr:
        expr = deeper
    return expr


def _closed(expr: Expr) -> Expr:
    """An argument of a function: terms again, as one expression."""
    if not expr.has(Sum, InputExpectation, InnerProduct, Functional):
        return expr
    return Add(*(_rebuilt(term) for term in terms(expr)))


def _rebuilt(term: Term) -> Expr:
    result = expand(term.body)
    for n, binder in reversed(list(enumerate(term.binders))):
        name = Symbol(f"b{n}", integer=binder.upper is not None, real=True)
        result = result.xreplace({binder.symbol: name})
        over = binder.upper is None
        result = InputExpectation(result, name) if over else Sum(result, (name, 1, binder.upper))
    return result


def _bound(expr: Expr) -> list[Term]:
    if isinstance(expr, Sum):
        *inner, (symbol, lower, upper) = expr.limits
        body = Sum(expr.function, *inner) if inner else expr.function
        if lower != 1:
            raise ValueError(f"a sum that starts at {lower}: {expr}")
        binder = Binder(Dummy("i", integer=True, positive=True), upper)
    else:
        body, symbol = expr.args
        binder = Binder(Dummy("x", real=True))
    inside = terms(body.xreplace({symbol: binder.symbol}))
    return [Term(term.body, (binder, *term.binders)) for term in inside]


def _inner(first: Expr, second: Expr) -> list[Term]:
    """Bilinear, symmetric, and of a section of the kernel the value at its point."""
    found = []
    for a, b in product(_elements(first), _elements(second)):
        scalar, pair = Term(S.One), []
        for term in (a, b):
            factors = Mul.make_args(term.body)
            moving = [x for x in factors if here in x.free_symbols]
            scalar *= Term(Mul(*(x for x in factors if x not in moving)), term.binders)
            pair.append(Mul(*moving))
        found.append(scalar * Term(_product(*pair)))
    return found


def _elements(element: Expr) -> list[Term]:
    split = []
    for term in terms(element):
        parts = Add.make_args(expand(term.body))
        split += [Term(part, term.binders) for part in parts]
    return [term for term in split if term.body != 0]


def _product(a: Expr, b: Expr) -> Expr:
    for one, other in ((a, b), (b, a)):
        if isinstance(one, ReproducingKernel) and one.args.count(here) == 1:
            point = next(x for x in one.args if x != here)
            return other.subs(here, point)
    for x in (a, b):
        if not isinstance(x, Function | Nabla):
            raise ValueError(f"not an element of the space by what is known of it: {x}")
    return InnerProduct(*sorted((a, b), key=str))

"""Expectations over independent random functions of one law, taken apart."""

from sympy import Add, Dummy, Expr, Integer, Mul, S, expand

from ntksym.check.functional.terms import Binder, terms
from ntksym.language.parameters import DrawExpectation, RandomFunction


def drawn(expr: Expr) -> Expr:
    """Each expectation over the draw as a polynomial in those of one random function."""
    return expr.replace(lambda e: isinstance(e, DrawExpectation), lambda e: _expectation(e.args[0]))


def _expectation(expr: Expr) -> Expr:
    total = S.Zero
    for term in terms(expr):
        for part in Add.make_args(expand(term.body)):
            total += _of_monomial(part, [b for b in term.binders if part.has(b.symbol)])
    return total


def _of_monomial(body: Expr, binders: list[Binder]) -> Expr:
    """Equal indices and different ones apart: P terms and P(P - 1) terms."""
    sizes = {b.upper for b in binders}
    if len(binders) > 2 or None in sizes or len(sizes) > 1:
        raise ValueError(f"no expectation over the draw of a term in {len(binders)} indices")
    fixed = [k for k in _indices(body) if k not in _names(binders)]
    if fixed and binders:
        raise ValueError(f"a fixed and a running index under one expectation: {body}")
    if not binders:
        return _of_one(body)
    first, *rest = _names(binders)
    size = sizes.pop() or S.Zero
    together = _of_one(body.xreplace(dict.fromkeys(rest, first)))
    if not rest:
        return size * together
    return size * together + size * (size - 1) * _of_one(body)


def _indices(expr: Expr) -> set[Expr]:
    """Of the random functions that are not already averaged."""
    known = {node: Dummy() for node in expr.atoms(DrawExpectation)}
    return {a.args[0] for a in expr.xreplace(known).atoms(RandomFunction)}


def _names(binders: list[Binder]) -> list[Dummy]:
    return [binder.symbol for binder in binders]


def _of_one(body: Expr) -> Expr:
    """Factors with different indices are independent, and each has the law of the first."""
    constant, groups = S.One, dict[Expr, Expr]()
    for factor in Mul.make_args(body):
        indices = _indices(factor)
        if len(indices) > 1:
            raise ValueError(f"not a product over the indices: {body}")
        for index in indices:
            groups[index] = groups.get(index, S.One) * factor
        constant = constant if indices else constant * factor
    means = (DrawExpectation(part.xreplace({k: Integer(1)})) for k, part in groups.items())
    return constant * Mul(*means)

"""Small wrong changes of the right side of a line, made systematically."""

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from sympy import Add, Expr, Integral, Rational

from ntksym.language import expectations

NEARLY = Rational(1001, 1000)
FEW = 3
"""Terms, and expectations, that a choice of mutants changes."""

Pick = Callable[[Sequence[Any]], Sequence[Any]]


def mutants(expr: Expr, pick: Pick = tuple) -> Iterator[tuple[str, Expr]]:
    """What was changed, and what came of it; each mutant once, ``expr`` itself not among them.

    ``pick`` chooses among the terms and among the expectations: all of them are changed, or few.
    """
    seen = {expr}
    nodes = pick(list(expectations(expr)))
    made = (_terms(expr, pick), _laws(expr, nodes), _integrands(expr, nodes), _integrals(expr))
    for name, mutant in (pair for kind in made for pair in kind):
        if mutant not in seen:
            seen.add(mutant)
            yield name, mutant


def shuffled(expr: Expr, random: Random) -> list[tuple[str, Expr]]:
    """A few mutants, in any order."""
    made = list(mutants(expr, lambda items: random.sample(items, min(FEW, len(items)))))
    random.shuffle(made)
    return made


def _terms(expr: Expr, pick: Pick) -> Iterator[tuple[str, Expr]]:
    terms = Add.make_args(expr)
    for k in pick(range(len(terms))):
        term = terms[k]
        rest = Add(*terms[:k], *terms[k + 1 :])
        yield f"sign of {term}", rest - term
        yield f"without {term}", rest
        yield f"twice {term}", rest + 2 * term
        yield f"1.001 {term}", rest + NEARLY * term


def _laws(expr: Expr, nodes: Sequence[Any]) -> Iterator[tuple[str, Expr]]:
    for node in nodes:
        for k, entry in enumerate(node.law):
            other = 2 * entry if k < 2 else entry / 2
            law = [*node.law[:k], other, *node.law[k + 1 :]]
            yield f"{other} in the law of {node}", expr.xreplace({node: node.under(*law)})


def _integrands(expr: Expr, nodes: Sequence[Any]) -> Iterator[tuple[str, Expr]]:
    for node in nodes:
        for name, changed in _numbers(node.integrand):
            yield f"{name} in {node}", expr.xreplace({node: node.of(changed)})
        for x in node.bound_symbols:
            scaled = node.of(node.integrand.subs(x, 2 * x))
            yield f"2 {x} in {node}", expr.xreplace({node: scaled})


def _integrals(expr: Expr) -> Iterator[tuple[str, Expr]]:
    for node in expr.atoms(Integral):
        ((t, lower, upper),) = node.limits
        for end in (upper / 2, 1001 * upper / 1000):
            shorter = Integral(node.function, (t, lower, end))
            yield f"upper limit {end}", expr.xreplace({node: shorter})
        later = Integral(node.function, (t, upper / 9, upper))
        yield "lower limit", expr.xreplace({node: later})
        if not list(expectations(node.function)):
            for name, changed in _numbers(node.function):
                yield f"{name} in {node}", expr.xreplace({node: Integral(changed, *node.limits)})


def _numbers(expr: Expr) -> Iterator[tuple[str, Expr]]:
    for number in sorted(expr.atoms(Rational) - {0}, key=str):
        yield f"2 ({number})", expr.xreplace({number: 2 * number})

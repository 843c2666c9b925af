"""Is a claim an instance of a lemma, or of the fundamental theorem of calculus?"""

from itertools import islice, product

from sympy import Expr, Integral, S, Symbol

from ntksym.check.symbolic.canonical import canonical
from ntksym.check.symbolic.lemmas import BASE, Lemma
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language import Claim, GaussianExpectation


def instance_of(claim: Claim) -> Lemma | None:
    """The lemma of which ``claim`` is an instance, or ``None``."""
    gone = [n for n in _nodes(claim.lhs) if n not in _nodes(claim.rhs)]
    for lemma in BASE:
        choices = [list(lemma.instances(node)) for node in gone]
        for choice in islice(product(*choices), 16):
            if _same(claim.lhs.xreplace(dict(zip(gone, choice, strict=True))), claim.rhs):
                return lemma
    return None


def _same(left: Expr, right: Expr) -> bool:
    try:
        return vanishes(canonical(left) - canonical(right))
    except ValueError:
        return False


def _nodes(expr: Expr) -> list[Expr]:
    return sorted(expr.atoms(GaussianExpectation), key=str)


def by_calculus(claim: Claim) -> bool:
    """The fundamental theorem: equal at c = 0, and equal derivatives in c."""
    difference = claim.lhs - claim.rhs
    limits = {integral.limits[0][1:] for integral in difference.atoms(Integral)}
    if len(limits) != 1 or difference.has(GaussianExpectation):
        return False
    ((start, end),) = limits
    if start != 0 or not isinstance(end, Symbol):
        return False
    at_start = difference.replace(Integral, lambda f, limits: S.Zero).subs(end, 0)
    return vanishes(at_start) and vanishes(difference.diff(end))

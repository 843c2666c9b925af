"""Is a claim an instance of a lemma, or of the fundamental theorem of calculus?"""

from itertools import islice, product

from sympy import Add, Expr, Integral, Symbol

from ntksym.check.symbolic.canonical import canonical
from ntksym.check.symbolic.lemmas import BASE, Lemma
from ntksym.check.symbolic.terms import rebuilt, terms
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language import Claim, GaussianExpectation


def instance_of(claim: Claim, known: dict[Expr, Expr] | None = None) -> Lemma | None:
    """The lemma of which ``claim`` is an instance, or ``None``.

    It speaks of every node that it can that is gone on the right; the others must cancel.
    """
    kept = claim.rhs.atoms(GaussianExpectation)
    gone = sorted(claim.lhs.atoms(GaussianExpectation) - kept, key=str)
    if not gone and not kept:
        return None
    for lemma in BASE if gone else BASE[:1]:
        said = [list(lemma.instances(node)) for node in gone]
        if gone and not any(said):
            continue
        choices = [instances or [node] for instances, node in zip(said, gone, strict=True)]
        for choice in islice(product(*choices), 16):
            left = claim.lhs.xreplace(dict(zip(gone, choice, strict=True)))
            if _zero(left - claim.rhs, known):
                return lemma
    return None


def _zero(difference: Expr, known: dict[Expr, Expr] | None) -> bool:
    try:
        return vanishes(canonical(difference, known))
    except ValueError:
        return False


def by_calculus(claim: Claim) -> bool:
    """The fundamental theorem. The claim a I + b = 0 says that I, an integral up to c, is -b/a.

    That is so where -b/a is 0 at c = 0 and has the integrand for its derivative.
    """
    difference = claim.lhs - claim.rhs
    if difference.has(GaussianExpectation) or not difference.has(Integral):
        return False
    by_kind = terms(canonical(difference))
    integrals = {node for kind in by_kind for node in kind.atoms(Integral)}
    if len(integrals) != 1:
        return False
    (integral,) = integrals
    ((t, start, end),) = integral.limits
    if start != 0 or not isinstance(end, Symbol) or integral.function.has(end):
        return False
    factor = Add(*(k * kind / integral for kind, k in by_kind.items() if kind.has(integral)))
    rest = (k * kind for kind, k in by_kind.items() if not kind.has(integral))
    if factor.has(Integral):
        return False
    value = rebuilt(Add(*(-term / factor for term in rest)))
    return vanishes(value.subs(end, 0)) and vanishes(
        value.diff(end) - integral.function.subs(t, end)
    )

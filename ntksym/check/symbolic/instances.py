"""Is a claim an instance of a lemma, or of the fundamental theorem of calculus?"""

from itertools import islice, product

from sympy import Expr, Integral, S, Symbol

from ntksym.check.symbolic.canonical import canonical
from ntksym.check.symbolic.lemmas import BASE, Lemma
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language import Claim, GaussianExpectation


def instance_of(claim: Claim) -> Lemma | None:
    """The lemma of which ``claim`` is an instance, or ``None``."""
    kept = claim.rhs.atoms(GaussianExpectation)
    gone = sorted(claim.lhs.atoms(GaussianExpectation) - kept, key=str)
    if not gone and not kept:
        return None
    for lemma in BASE if gone else BASE[:1]:
        choices = [list(lemma.instances(node)) for node in gone]
        for choice in islice(product(*choices), 16):
            left = claim.lhs.xreplace(dict(zip(gone, choice, strict=True)))
            if _zero(left - claim.rhs):
                return lemma
    return None


def _zero(difference: Expr) -> bool:
    try:
        return vanishes(canonical(difference))
    except ValueError:
        return False


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

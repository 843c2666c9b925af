"""Is a claim an instance of a lemma, or of the fundamental theorem of calculus?"""

from functools import lru_cache
from itertools import islice, product

from sympy import Add, Dummy, Expr, Integral, Pow, Sum, Symbol, Tuple

from ntksym.check.symbolic.canonical import canonical
from ntksym.check.symbolic.lemmas import BASE, Lemma
from ntksym.check.symbolic.terms import rebuilt, terms
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language import Claim, GaussianExpectation, u, v


def generalised(claim: Claim) -> Claim:
    """The claim with a symbol for each sum in a denominator or under a root.

    What holds for every value of the symbol holds for that of the sum.
    """
    both = Tuple(claim.lhs, claim.rhs)
    running = {node.limits[0][0] for node in both.atoms(Integral)} | {u, v}
    names: dict[Expr, Expr] = {}
    for power in both.atoms(Pow):
        base, whole = power.base, power.exp.is_Integer
        if not base.is_Add or (whole and power.exp > 0) or base.free_symbols & running:
            continue
        if not whole or base not in names:
            names[base] = _stand_in(base, base.is_positive if whole else True)
    left, right = both.xreplace(names)
    return Claim(left, right, claim.where)


@lru_cache(maxsize=1000)
def _stand_in(base: Expr, positive: bool | None) -> Dummy:
    """The same from line to line, so that what is known of one line serves the next."""
    return Dummy(real=True, nonzero=True, positive=positive)


def instance_of(claim: Claim, known: dict[Expr, Expr] | None = None) -> Lemma | None:
    """The lemma of which ``claim`` is an instance, or ``None``.

    It speaks of every node that it can, either of those that are gone on the right or of all.
    """
    every = sorted(claim.lhs.atoms(GaussianExpectation), key=str)
    gone = [node for node in every if node not in claim.rhs.atoms(GaussianExpectation)]
    if not every and not claim.rhs.has(GaussianExpectation):
        return None
    for lemma in BASE:
        for nodes in (gone, every) if len(gone) < len(every) else (gone,):
            if _says(lemma, nodes, claim, known):
                return lemma
    return None


def _says(lemma: Lemma, nodes: list[Expr], claim: Claim, known: dict[Expr, Expr] | None) -> bool:
    """Whether the claim follows when the lemma rewrites those of the nodes that it can."""
    said = [list(lemma.instances(node)) for node in nodes]
    if not any(said) and lemma is not BASE[0]:
        return False
    choices = [instances or [node] for instances, node in zip(said, nodes, strict=True)]
    for choice in islice(product(*choices), 16):
        left = claim.lhs.xreplace(dict(zip(nodes, choice, strict=True)))
        brought = {kind for kind in (Integral, Sum) if left.has(kind)}
        if all(claim.rhs.has(kind) for kind in brought) and _zero(left - claim.rhs, known):
            return True
    return False


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

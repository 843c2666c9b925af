"""The decision on R^d, and on its subsets without proportional pairs."""

from math import comb

from ntksym.check import Verdict
from ntksym.networks import Dense
from ntksym.theorems import lines
from ntksym.theorems.activations import Undecided
from ntksym.theorems.case import Case
from ntksym.theorems.decision import Decision
from ntksym.theorems.series.layers import monomials
from ntksym.theorems.space import independence, origin, sentences
from ntksym.theorems.sphere import sphere
from ntksym.theorems.witnesses import witness
from ntksym.theorems.witnesses.rays import exponents, mirrored

OPEN = (
    "the theorems are for networks without residual blocks, with a random bias in the first layer "
    "or a σ whose values along a line are independent; no witness was found on a sphere, on a ray "
    "or at the origin"
)


def euclidean(case: Case) -> Decision:
    """On all of R^d: by a proof, or else by the first witness that is found."""
    if all(shape.is_polynomial for shape in case.order):
        return _finite_rank(case, through_zero=True)
    if case.plain and case.starts_random and _independent(case):
        reason = "σ is no polynomial and the bias makes distinct inputs non-proportional"
        return Decision(Verdict.PROVED, reason, lines.independence(case, biased=True))
    doubts = []
    for way in (_proved, sphere, _on_ray, _on_mirrored_ray, _at_origin):
        try:
            found = way(case)
        except Undecided as doubt:
            doubts.append(str(doubt))
            continue
        if found and (way is not sphere or found.verdict is Verdict.REFUTED):
            return found
    raise Undecided("; ".join(dict.fromkeys(doubts)) or OPEN)


def _proved(case: Case) -> Decision | None:
    """All but the origin by independence; K(0, 0) > 0 or the origin is a witness."""
    proof = independence.proof(case)
    if proof is None or not origin.positive(case):
        return None
    reason = "what σ makes of points on one line is independent, and K(0, 0) > 0"
    return Decision(Verdict.PROVED, reason, (*proof, origin.line(case)))


def _on_ray(case: Case) -> Decision | None:
    powers = exponents(case)
    if powers is None:
        return None
    found = witness.ray(powers, case.d)
    reason = f"σ is positively homogeneous: on a ray the rank is at most {len(powers)}"
    return Decision(Verdict.REFUTED, reason, lines.on_ray(case, found), witness=found)


def _on_mirrored_ray(case: Case) -> Decision | None:
    choices = mirrored(case)
    if not choices:
        return None
    sign = min(choices, key=lambda s: (len(choices[s]), s))
    found = witness.mirrored_ray(choices[sign], sign, case.d)
    half = {1: "even", -1: "odd"}[sign]
    reason = f"for z > 0 the {half} part of σ is a polynomial: σ(tx) are dependent"
    proof = sentences.mirrored(case.order[0], found)
    return Decision(Verdict.REFUTED, reason, proof, witness=found)


def _at_origin(case: Case) -> Decision | None:
    if origin.positive(case):
        return None
    found = witness.origin(case.d, tangent=case.tangent)
    reason = "the kernel is 0 at the origin"
    return Decision(Verdict.REFUTED, reason, (lines.by_witness(found),), witness=found)


def general_position(case: Case) -> Decision:
    """On sets of which no two points are proportional."""
    if case.dimension == 1:
        return _single_points(case)
    if all(shape.is_polynomial for shape in case.order):
        return _finite_rank(case, through_zero=False)
    if case.plain and _independent(case):
        reason = "σ is no polynomial and no two inputs are proportional"
        return Decision(Verdict.PROVED, reason, lines.independence(case, biased=False))
    raise Undecided(
        "the theorem here is for networks without residual blocks whose weights are not 0, whose "
        "first activation is no polynomial and whose others are not constant"
    )


def _independent(case: Case) -> bool:
    """σ no polynomial in the first hidden layer, and nowhere constant after it; Θ at least Σ."""
    first, *others = case.order
    if case.tangent and not isinstance(case.kernel.network.layers[-1], Dense):
        return False
    return case.weighted and not first.is_polynomial and not any(s.is_constant for s in others)


def _single_points(case: Case) -> Decision:
    """On a line any two points are proportional: one point at a time."""
    zero = [s for s in case.order if s.is_polynomial and not s.monomials]
    if zero or not case.weighted:
        raise Undecided("the kernel may be 0")
    reason = "on a line two points are proportional, and K(x, x) > 0 for x ≠ 0"
    return Decision(Verdict.PROVED, reason, (lines.one_point(),))


def _finite_rank(case: Case, *, through_zero: bool) -> Decision:
    support, levels = monomials(case.kernel.network, case.tangent, case.shapes)
    largest = max(support.degrees, default=0)
    if through_zero and 0 < len(support.degrees) <= 6:
        found = witness.ray(support.degrees, case.d)
    else:
        found = witness.line(largest, case.d, through_zero=through_zero)
    reason = f"every σ is a polynomial, K is one of degree {largest}, so that its rank is finite"
    proof = lines.of_monomials(levels, support, case.dimension, found)
    d = case.dimension
    rank = None if d is None else sum(comb(k + d - 1, d - 1) for k in support.degrees)
    return Decision(Verdict.REFUTED, reason, proof, levels, support, found, rank)

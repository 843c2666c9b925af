"""The decision: by the supports on a sphere, by independence of ridge functions off it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import comb

from sympy import Expr

from ntksym.check import Verdict
from ntksym.theorems import lines, taylor
from ntksym.theorems.activations import Undecided
from ntksym.theorems.argument import Line
from ntksym.theorems.case import Case
from ntksym.theorems.series.hermite import Variance
from ntksym.theorems.series.layers import Level, monomials, supports
from ntksym.theorems.series.supports import Support
from ntksym.theorems.witnesses import witness
from ntksym.theorems.witnesses.rays import exponents
from ntksym.theorems.witnesses.witness import Witness


@dataclass(frozen=True)
class Decision:
    """What was found, and all that a certificate says of it."""

    verdict: Verdict
    reason: str
    lines: tuple[Line, ...] = ()
    levels: tuple[Level, ...] = ()
    support: Support | None = None
    witness: Witness | None = None
    rank: int | None = None


def decide(case: Case) -> Decision:
    """PROVED positive definite, REFUTED with a witness, or UNKNOWN with the reason."""
    try:
        _exists(case)
        found = ON[case.domain](case)
    except Undecided as doubt:
        return Decision(Verdict.UNKNOWN, str(doubt))
    if found.verdict is Verdict.REFUTED and case.dimension is None:
        return replace(found, reason=f"{found.reason}, in every dimension d ≥ 2")
    return found


def _exists(case: Case) -> None:
    """A kernel: σ(u) has a variance, and for the tangent kernel σ'(u) too."""
    for shape in case.shapes.values():
        name = shape.activation.name
        if case.tangent and shape.jumps:
            raise Undecided(f"{name} jumps: its derivative has no square, so there is no kernel")
        if not shape.square_integrable:
            raise Undecided(f"{name} is not square integrable under every Gaussian law")


def _series(case: Case) -> tuple[Support, tuple[Level, ...]]:
    variance: Expr = case.square / case.d
    return supports(case.kernel.network, case.tangent, case.shapes, Variance(lambda: variance))


def _sphere(case: Case) -> Decision:
    support, levels = _series(case)
    proof = lines.of_supports(case, levels, support)
    both = all(half is None or (case.dimension == 1 and half) for half in support.halves)
    if both:
        reason = f"its series in the correlation has {support}"
        if case.dimension == 1:
            reason += "; two points see whether each parity occurs"
        last = lines.two_points() if case.dimension == 1 else lines.both_parities()
        return Decision(Verdict.PROVED, reason, (*proof, last), levels, support)
    found = _on_sphere(case, support)
    reason = f"its series in the correlation has {support}; the form vanishes at the {found.name}"
    last = lines.by_witness(found)
    return Decision(
        Verdict.REFUTED, reason, (*proof, last), levels, support, found, _rank(case, support)
    )


def _on_sphere(case: Case, support: Support) -> Witness:
    """The smallest configuration that the series does not see."""
    even, odd = support.halves
    if odd is not None and not odd:
        return witness.polygon(1, case.square, case.d)
    if even is not None and not even:
        return witness.pair(case.square, case.d)
    sizes = [max(half) + 2 for half in (even, odd) if half]
    return witness.polygon(min(sizes), case.square, case.d)


def _half_sphere(case: Case) -> Decision:
    support, levels = _series(case)
    proof = lines.of_supports(case, levels, support)
    if not support.finite or (case.dimension == 1 and not support.is_empty):
        single = case.dimension == 1
        reason = (
            "there is only one point" if single else f"its series in the correlation has {support}"
        )
        last = lines.one_point() if single else lines.one_parity()
        return Decision(Verdict.PROVED, reason, (*proof, last), levels, support)
    largest = max(support.degrees, default=0)
    if case.dimension == 1:
        raise Undecided("the kernel is 0")
    found = witness.odd_polygon(largest, case.square, case.d)
    reason = f"the series is a polynomial of degree {largest}, so that the rank is finite"
    proof = (*proof, lines.by_witness(found))
    return Decision(Verdict.REFUTED, reason, proof, levels, support, found, _rank(case, support))


def _euclidean(case: Case) -> Decision:
    if all(shape.is_polynomial for shape in case.order):
        return _finite_rank(case, through_zero=True)
    if case.plain and case.random_bias(case.dense[0]) and _independent(case):
        reason = "σ is no polynomial and the bias makes distinct inputs non-proportional"
        return Decision(Verdict.PROVED, reason, lines.independence(case, biased=True))
    if proved := taylor.proof(case):
        reason = "at 0 σ has infinitely many even and infinitely many odd powers"
        return Decision(Verdict.PROVED, reason, proved)
    on_sphere = _sphere(case)
    if on_sphere.verdict is Verdict.REFUTED:
        return on_sphere
    powers = exponents(case)
    if powers is not None:
        found = witness.ray(powers, case.d)
        reason = f"σ is positively homogeneous: on a ray the rank is at most {len(powers)}"
        return Decision(Verdict.REFUTED, reason, lines.on_ray(case, found), witness=found)
    if not any(map(case.biased, case.dense)) and all(s.vanishes_at_zero for s in case.order):
        found = witness.origin(case.d)
        reason = "without bias and with σ(0) = 0 the kernel is 0 at the origin"
        return Decision(Verdict.REFUTED, reason, (lines.by_witness(found),), witness=found)
    raise Undecided(
        "the theorems need a Gaussian bias in the first layer, no two points proportional, or all "
        "powers of σ at 0; no witness was found on a sphere, on a ray or at the origin"
    )


def _general_position(case: Case) -> Decision:
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
    """σ no polynomial in the first hidden layer, and nowhere constant after it."""
    first, *others = case.order
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


def _rank(case: Case, support: Support) -> int | None:
    """The dimension of the harmonics that occur: of degree n, n - 2, ... for each power n."""
    d = case.dimension
    if d is None or not support.finite:
        return None
    tops = [max(half) for half in support.halves if half]
    return sum(harmonics(d, k) for top in tops for k in range(top % 2, top + 1, 2))


def harmonics(d: int, k: int) -> int:
    """The dimension of the spherical harmonics of degree k on S^(d-1)."""
    below = comb(k + d - 3, d - 1) if k >= 2 else 0
    return comb(k + d - 1, d - 1) - below


ON: Mapping[str, Callable[[Case], Decision]] = {
    "sphere": _sphere,
    "sphere without antipodes": _half_sphere,
    "R^d": _euclidean,
    "R^d without proportional pairs": _general_position,
}

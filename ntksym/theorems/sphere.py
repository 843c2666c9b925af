"""On a sphere: by the supports of the power series in the correlation."""

from math import comb

from sympy import Expr

from ntksym.check import Verdict
from ntksym.theorems import lines
from ntksym.theorems.activations import Undecided
from ntksym.theorems.case import Case
from ntksym.theorems.decision import Decision
from ntksym.theorems.series.hermite import Variance
from ntksym.theorems.series.layers import Level, supports
from ntksym.theorems.series.supports import Support
from ntksym.theorems.witnesses import witness
from ntksym.theorems.witnesses.witness import Witness


def sphere(case: Case) -> Decision:
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


def half_sphere(case: Case) -> Decision:
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


def _series(case: Case) -> tuple[Support, tuple[Level, ...]]:
    variance: Expr = case.square / case.d
    return supports(case.kernel.network, case.tangent, case.shapes, Variance(lambda: variance))


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

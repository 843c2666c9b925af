"""The decision: by the supports on a sphere, by independence of ridge functions off it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from ntksym.check import Verdict
from ntksym.theorems.activations import Undecided
from ntksym.theorems.case import Case
from ntksym.theorems.decision import Decision
from ntksym.theorems.space import euclidean, general_position
from ntksym.theorems.sphere import half_sphere, sphere


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


ON: Mapping[str, Callable[[Case], Decision]] = {
    "sphere": sphere,
    "sphere without antipodes": half_sphere,
    "R^d": euclidean,
    "R^d without proportional pairs": general_position,
}

"""The two witnesses of a line on functions."""

from collections.abc import Sequence

from sympy import Expr, Indexed
from sympy.core.function import AppliedUndef

from ntksym.check.functional.facts import facts_of
from ntksym.check.functional.model import Model
from ntksym.check.functional.normal import is_zero
from ntksym.check.functional.values import value
from ntksym.check.verdict import Verdict, Witness
from ntksym.language import Claim
from ntksym.language.functions import Inert, InertFunction

BY = "the difference is zero by "
CLOSE = 1e-9
CLEAR = 1e-6


def speaks_of_functions(claim: Claim) -> bool:
    """Whether a side of the claim holds functions, or numbers made of them."""
    return any(
        side.has(Inert, InertFunction, AppliedUndef, Indexed) for side in (claim.lhs, claim.rhs)
    )


def witnesses(claim: Claim, root: Expr, models: Sequence[Model]) -> tuple[Witness, ...]:
    """*normal form*: for all functions and data; *model*: in each of ``models``, by differences."""
    return (_symbolic(claim), _model(Claim(root, claim.rhs), models))


def _symbolic(claim: Claim) -> Witness:
    name = "normal form"
    try:
        if is_zero(claim.lhs - claim.rhs):
            used = ", ".join(fact.name for fact in facts_of(claim)) or "algebra"
            return Witness(name, Verdict.PROVED, f"{BY}{used}")
    except ValueError as error:
        return Witness(name, Verdict.UNKNOWN, str(error))
    return Witness(name, Verdict.UNKNOWN, "not reduced to zero")


def _model(claim: Claim, models: Sequence[Model]) -> Witness:
    name, worst = "model", 0.0
    for number, model in enumerate(models, 1):
        try:
            a, b = (value(side, model) for side in (claim.lhs, claim.rhs))
        except (ValueError, TypeError, LookupError, ArithmeticError) as error:
            return Witness(name, Verdict.UNKNOWN, str(error))
        off = abs(a - b) / max(1.0, abs(a))
        if off > CLEAR:
            return Witness(name, Verdict.REFUTED, f"{a:.12g} against {b:.12g} in model {number}")
        worst = max(worst, off)
    verdict = Verdict.AGREES if worst <= CLOSE else Verdict.UNKNOWN
    return Witness(name, verdict, f"both sides within {worst:.1e} in {len(models)} models")

r"""Are the dilates f(τz), τ > 0, of a function on z > 0 independent, up to polynomials?

A polynomial f has dependent ones: :math:`\sum_\tau c_\tau\tau^k=0` for its powers k is enough. Any
other f that is piecewise analytic has not, if

- it is analytic up to z = 0 and no polynomial there: :math:`\sum_\tau c_\tau\tau^n=0` for
  infinitely many n, and the largest τ outgrows the others; or
- it has a last knot: of the dilates whose weight is not 0 the slowest alone is not analytic at the
  last place where any is not.
"""

from dataclasses import dataclass
from itertools import pairwise

from flint import acb, arb
from sympy import Expr, Poly

from ntksym.evaluate import Balls, precision, record
from ntksym.evaluate.integrals.line.plain import plain
from ntksym.language import z
from ntksym.theorems.activations.cells import Cell
from ntksym.theorems.activations.constants import Undecided, vanishes

NEAR = 2.0**-20
Answers = list[tuple[Cell, Poly | Undecided | None]]
"""The formulas between knots; the polynomial that each is, ``None``, or why it is not known."""


@dataclass(frozen=True)
class Dilates:
    """``powers``: those of a polynomial on z > 0, or ``None`` where the dilates are independent.

    ``knot`` is then the last one; ``None`` where the powers at 0 show it.
    """

    formula: Expr
    powers: frozenset[int] | None
    knot: Expr | None = None

    @property
    def independent(self) -> bool:
        return self.powers is None


def dilates(found: Answers) -> Dilates:
    """Of the even or the odd part of σ on z > 0."""
    first, answer = found[0]
    if answer is None and analytic_at_zero(first.formula):
        return Dilates(first.formula, None)
    last = _last_knot(found)
    if last is not None:
        return Dilates(found[-1][0].formula, None, last)
    if not isinstance(answer, Poly):
        raise answer or Undecided(f"{first.formula} is not seen to be analytic at 0")
    return Dilates(answer.as_expr(), frozenset(k for (k,), a in answer.terms() if a != 0))


def _last_knot(found: Answers) -> Expr | None:
    """The last place where the formula changes from or to a polynomial."""
    for (_, left), (cell, right) in reversed(list(pairwise(found))):
        for doubt in (left, right):
            if isinstance(doubt, Undecided):
                raise doubt
        if left is None and right is None:
            raise Undecided(f"whether the formula changes at {cell.start} is not known")
        if left is None or right is None or not _same(left, right):
            return cell.start
    return None


def _same(left: Poly, right: Poly) -> bool:
    return all(vanishes(a) for a in (left - right).all_coeffs())


def analytic_at_zero(formula: Expr) -> bool:
    """Whether a formula has one finite value on a complex ball around 0."""
    with precision(64):
        tape = record([plain(formula)], [z], Balls())
        return bool(tape(acb(arb(0, NEAR), arb(0, NEAR)))[0].is_finite())

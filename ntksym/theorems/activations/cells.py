"""An activation as formulas on the intervals between its knots."""

from dataclasses import dataclass
from itertools import pairwise

from sympy import Expr, S, oo

from ntksym.evaluate.integrals.pieces import knots, middle, resolved
from ntksym.language import z
from ntksym.theorems.activations.constants import Undecided


@dataclass(frozen=True)
class Cell:
    """An open interval and the formula that holds there."""

    start: Expr
    end: Expr
    formula: Expr

    @property
    def middle(self) -> Expr:
        return middle((self.start, self.end))


def cells(f: Expr) -> tuple[Cell, ...]:
    """Between the knots of ``f``, from -oo to oo."""
    ends = [-oo, *_knots(f), oo]
    return tuple(Cell(a, b, _formula(f, middle((a, b)))) for a, b in pairwise(ends))


def folded(f: Expr) -> tuple[tuple[Cell, Cell], ...]:
    """The even and the odd part of ``f`` between the knots of either on z > 0."""
    ends = [S.Zero, *sorted({abs(knot) for knot in _knots(f)} - {S.Zero}), oo]
    found = []
    for a, b in pairwise(ends):
        at = middle((a, b))
        right, left = _formula(f, at), _formula(f, -at).subs(z, -z)
        found.append((Cell(a, b, (right + left) / 2), Cell(a, b, (right - left) / 2)))
    return tuple(found)


def _knots(f: Expr) -> list[Expr]:
    try:
        return knots(f, z)
    except (ValueError, TypeError) as error:
        raise Undecided(str(error)) from None


def _formula(f: Expr, at: Expr) -> Expr:
    try:
        return resolved(f, {z: at})
    except (ValueError, StopIteration, TypeError) as error:
        raise Undecided(f"the formula of {f} around {at} is not known: {error}") from None

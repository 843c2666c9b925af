"""``Shape``: the facts about one activation, each found when it is first asked for."""

from dataclasses import dataclass
from functools import cached_property

from sympy import Expr, Poly, oo

from ntksym.evaluate.integrals.divergence import diverges_at
from ntksym.language import z
from ntksym.networks import Activation
from ntksym.theorems.activations.cells import Cell, cells, folded
from ntksym.theorems.activations.constants import Undecided, vanishes
from ntksym.theorems.activations.dilates import Answers, Dilates, dilates
from ntksym.theorems.activations.polynomial import polynomial
from ntksym.theorems.activations.regularity import degree, jumps, lipschitz, smooth


@dataclass(frozen=True)
class Shape:
    """Facts decided from the expression; what cannot be decided raises :class:`Undecided`."""

    activation: Activation

    @property
    def expr(self) -> Expr:
        return self.activation.expr

    @cached_property
    def parts(self) -> tuple[Poly | None, Poly | None]:
        """The even and the odd part, ``None`` for one that is no polynomial.

        Almost everywhere, as the Gaussian law sees them.
        """
        even, odd = (_part(found, k) for k, found in enumerate(self._formulas))
        return even, odd

    @cached_property
    def dilates(self) -> tuple[Dilates, Dilates]:
        """What σ(tx) has in common for different t: of the even and of the odd part."""
        even, odd = (dilates(found) for found in self._formulas)
        return even, odd

    @cached_property
    def _formulas(self) -> tuple[Answers, Answers]:
        pairs = folded(self.expr)
        even, odd = ([_answered(pair[k]) for pair in pairs] for k in (0, 1))
        return even, odd

    @property
    def is_polynomial(self) -> bool:
        return None not in self.parts

    @cached_property
    def is_constant(self) -> bool:
        even, odd = self.parts
        return odd is not None and odd.is_zero and even is not None and even.degree() <= 0

    @cached_property
    def monomials(self) -> frozenset[int]:
        """The degrees with a coefficient other than 0, of a polynomial."""
        parts = [part for part in self.parts if part is not None]
        return frozenset(k for part in parts for (k,), a in part.terms() if a != 0)

    @cached_property
    def vanishes_at_zero(self) -> bool:
        """σ(0) = 0, for a σ that is continuous there."""
        if self.jumps:
            raise Undecided(f"{self.activation.name} is not seen to be continuous at 0")
        (at,) = (cell for cell in cells(self.expr) if cell.start <= 0 < cell.end)
        return vanishes(at.formula.subs(z, 0))

    @cached_property
    def degree(self) -> Expr | None:
        """The p of σ(tz) = t^p σ(z), t > 0."""
        return degree(self.expr)

    @cached_property
    def lipschitz(self) -> bool:
        return not self.jumps and lipschitz(self.expr)

    @cached_property
    def smooth(self) -> bool:
        """Twice differentiable with a bounded second derivative."""
        return not self.jumps and smooth(self.expr)

    @property
    def jumps(self) -> bool:
        return jumps(self.activation.derivative)

    @cached_property
    def square_integrable(self) -> bool:
        """Under every Gaussian law, with its derivative."""
        if all(cell.formula.is_polynomial(z) for cell in cells(self.expr)):
            return True
        answers = [diverges_at(f, z) for f in (self.expr, self.activation.derivative)]
        if None in answers and not self.jumps:
            raise Undecided(f"{self.activation.name} is not seen to be square integrable")
        return all(answer in (oo, None) for answer in answers)


def _answered(cell: Cell) -> tuple[Cell, Poly | Undecided | None]:
    try:
        return cell, polynomial(cell.formula, cell.start)
    except Undecided as doubt:
        return cell, doubt


def _part(found: Answers, parity: int) -> Poly | None:
    """One polynomial of the right parity on all of z > 0, or ``None``."""
    answers = [answer for _, answer in found]
    if None in answers:
        return None
    known = [answer for answer in answers if isinstance(answer, Poly)]
    differ = any(not vanishes(a) for other in known[1:] for a in (known[0] - other).all_coeffs())
    if differ or any(
        k % 2 != parity and not vanishes(a) for answer in known for (k,), a in answer.terms()
    ):
        return None
    for answer in answers:
        if isinstance(answer, Undecided):
            raise answer
    return known[0]

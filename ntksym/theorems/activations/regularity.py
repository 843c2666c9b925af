"""How smooth an activation is: jumps, Lipschitz, a bounded second derivative, homogeneity."""

import itertools

from sympy import AccumBounds, DiracDelta, Expr, Poly, PolynomialError, S, expand, limit, simplify

from ntksym.evaluate.integrals.majorants import majorant
from ntksym.language import z
from ntksym.theorems.activations.cells import Cell, cells
from ntksym.theorems.activations.constants import Undecided, vanishes


def lipschitz(f: Expr) -> bool:
    """Continuous, with a bounded derivative between the knots."""
    found = cells(f)
    return continuous(found) and _bounded(tuple(_differentiated(cell) for cell in found))


def smooth(f: Expr) -> bool:
    """Twice differentiable, with a bounded second derivative."""
    found = cells(f)
    first = tuple(_differentiated(cell) for cell in found)
    second = tuple(_differentiated(cell) for cell in first)
    return continuous(found) and continuous(first) and continuous(second) and _bounded(second)


def continuous(found: tuple[Cell, ...]) -> bool:
    """Whether neighbours meet at each knot."""
    for left, right in itertools.pairwise(found):
        knot = left.end
        if not vanishes(expand(left.formula.subs(z, knot) - right.formula.subs(z, knot))):
            return False
    return True


def degree(f: Expr) -> Expr | None:
    """The p of f(tz) = t^p f(z) for all t > 0; ``None`` where there is none, or f = 0."""
    degrees = set()
    for cell in cells(f):
        try:
            monomials = Poly(expand(cell.formula), z).terms()
        except PolynomialError:
            return None
        degrees |= {power for (power,), a in monomials if not vanishes(a)}
    kinked_at_zero = all(cell.start <= 0 <= cell.end for cell in cells(f))
    return S(degrees.pop()) if kinked_at_zero and len(degrees) == 1 else None


def jumps(derivative: Expr) -> bool:
    """Whether the derivative in the sense of distributions has a mass."""
    return bool(derivative.has(DiracDelta))


def _differentiated(cell: Cell) -> Cell:
    return Cell(cell.start, cell.end, cell.formula.diff(z))


def _bounded(found: tuple[Cell, ...]) -> bool:
    answers = [_bounded_on(cell) for cell in found]
    if False in answers:
        return False
    if None in answers:
        at = found[answers.index(None)]
        raise Undecided(f"whether {at.formula} is bounded on ({at.start}, {at.end}) is not known")
    return True


def _bounded_on(cell: Cell) -> bool | None:
    """No pole (some majorant exists), and limits at the ends that are finite or oscillate."""
    formula = cell.formula
    if not formula.has(z):
        return True
    grows = _majorant(formula)
    if grows is not None and not grows:
        return True
    ends = [_end(formula, end, side) for end, side in ((cell.start, "+"), (cell.end, "-"))]
    if any(end is not None and end.is_infinite for end in ends):
        return False
    return True if None not in ends and (grows is not None or _no_pole(cell)) else None


def _majorant(formula: Expr) -> bool | None:
    """Whether the majorant that is known grows; ``None`` where none is known."""
    try:
        bound = majorant(formula, [z])
    except ValueError:
        return None
    return any(bound.powers.values()) or not all(rate == 0 for rate in bound.rates.values())


def _end(formula: Expr, end: Expr, side: str) -> Expr | None:
    """A limit; the larger bound where it oscillates."""
    try:
        value = limit(formula, z, end, side)
    except (NotImplementedError, ValueError, TypeError, RecursionError):
        return None
    if isinstance(value, AccumBounds):
        return max(abs(value.min), abs(value.max))
    return value if value.is_finite or value.is_infinite else None


def _no_pole(cell: Cell) -> bool:
    """A rational function whose denominator has no root in the closed interval."""
    _, below = simplify(cell.formula).as_numer_denom()
    if not below.is_polynomial(z):
        return False
    roots = Poly(below, z).real_roots() if below.has(z) else []
    return not any(cell.start <= root <= cell.end for root in roots)

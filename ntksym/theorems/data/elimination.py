r"""The smallest eigenvalue of a symmetric matrix of balls, by A - σI = L D L' (Sylvester's law).

All pivots positive for certain prove A - σI positive definite, for every matrix in the balls.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nextafter

from flint import arb

Row = Sequence[arb]
STEPS = 4
HALVINGS = 12


@dataclass(frozen=True)
class Decomposition:
    """L without its diagonal of ones, by rows, and D."""

    lower: list[list[arb]]
    pivots: list[arb]

    def solve(self, b: list[arb]) -> list[arb]:
        """About the solution of L D L' x = b, the radii left out."""
        x = list(b)
        for i, row in enumerate(self.lower):
            x[i] = (x[i] - _dot(row, x[:i])).mid()
        x = [value / pivot.mid() for value, pivot in zip(x, self.pivots, strict=True)]
        for i in reversed(range(len(x))):
            for j, entry in enumerate(self.lower[i]):
                x[j] = (x[j] - entry * x[i]).mid()
        return x


def decomposed(
    rows: Sequence[Row], sigma: float, step: Callable[[int], None] = lambda done: None
) -> Decomposition | None:
    """A - σI for the ``rows`` of A up to the diagonal; None where a pivot may be 0.

    ``ArithmeticError`` where one is negative, and A - σI so for certain indefinite.
    """
    lower: list[list[arb]] = []
    pivots: list[arb] = []
    for i, row in enumerate(rows):
        mine: list[arb] = []
        for j in range(i):
            mine.append(row[j] - _dot(mine, lower[j]))
        entries = [value / pivot for value, pivot in zip(mine, pivots, strict=True)]
        pivot = row[i] - sigma - _dot(mine, entries)
        if pivot < 0:
            raise ArithmeticError(f"the pivot of row {i} is negative: {pivot}")
        if not pivot > 0:
            return None
        lower.append(entries)
        pivots.append(pivot)
        step(i + 1)
    return Decomposition(lower, pivots)


def lower_bound(
    rows: Sequence[Row], step: Callable[[int], None] = lambda done: None
) -> float | None:
    """A bound > 0 of the smallest eigenvalue, close to it; None where the balls cannot tell."""
    found = decomposed(rows, 0.0, step)
    if found is None:
        return None
    sigma = 0.97 * _smallest(found)
    for _ in range(HALVINGS):
        if sigma > 0 and proves(rows, sigma):
            return sigma
        sigma /= 2
    return None


def proves(rows: Sequence[Row], sigma: float) -> bool:
    """Whether ``sigma`` is for certain below the smallest eigenvalue."""
    try:
        return decomposed(rows, sigma) is not None
    except ArithmeticError:
        return False


def _smallest(found: Decomposition) -> float:
    """About the smallest eigenvalue, by inverse iteration: it comes from above."""
    x = [arb(1 if (i * i) % 7 % 2 else -1) for i in range(len(found.pivots))]
    estimate = arb(0)
    for _ in range(STEPS):
        y = found.solve(x)
        length = _dot(y, y).sqrt().mid()
        estimate = (_dot(x, x).sqrt() / length).mid()
        x = [(value / length).mid() for value in y]
    return nextafter(float(estimate), 0.0)


def _dot(a: Row, b: Row) -> arb:
    return sum((x * y for x, y in zip(a, b, strict=False)), arb(0))

"""Single entries of the kernel, one or a list: to any number of digits, or in balls."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flint import arb
from mpmath import mpf

from ntksym.evaluate import converged, narrowed, rounded
from ntksym.evaluate.balls import Balls, precision
from ntksym.evaluate.decimals import wanted
from ntksym.lowering import coordinates
from ntksym.lowering.code.forms import Forms, forms
from ntksym.lowering.coordinates import Coordinates
from ntksym.lowering.exact import exact
from ntksym.lowering.program import program
from ntksym.lowering.series.pairs import Summed
from ntksym.networks import Network
from ntksym.networks.dual import Dual

Progress = Callable[[int, int], None]
Entry = Callable[[Coordinates, Coordinates], tuple[Any, Any]]
Compute = Callable[[Any], tuple[Any, Any]]


@dataclass(frozen=True)
class Pairs:
    """``entry(numbers)`` is the kernel of two points, with its scale, in a number system.

    It is made once for each precision that a list of pairs needs.
    """

    entry: Callable[[Any], Entry]
    closed: bool
    """Whether there is a number system beside the balls: a series is summed in balls alone."""

    def evaluate(self, x: Any, y: Any, digits: int, progress: Progress | None) -> Any:
        """One entry by mpmath, two runs of which agree; a list, and what is a series, by Arb."""
        wanted(digits)
        bits = int(3.33 * digits) + 8

        def decimal(compute: Compute) -> mpf:
            return converged(compute, digits)

        def of_ball(compute: Compute) -> mpf:
            return rounded(narrowed(compute, bits), digits)

        found, single = coordinates.pairs(x, y)
        values = self._each(found, decimal if single and self.closed else of_ball, progress)
        return values[0] if single else values

    def enclose(self, x: Any, y: Any, bits: int, progress: Progress | None) -> Any:
        """By Arb: balls, each at a precision that makes it narrow."""

        def ball(compute: Compute) -> arb:
            return narrowed(compute, bits)

        found, single = coordinates.pairs(x, y)
        values = self._each(found, ball, progress)
        return values[0] if single else values

    def balls(self, x: Any, working: int) -> Iterator[list[arb]]:
        """Row i of the Gram matrix of the points ``x`` up to the diagonal, for each i, in balls.

        ``working`` bits are computed with; the balls say how many of them are right.
        """
        points = coordinates.points("X", x)
        with precision(working):
            entry = self.entry(Balls())
        for i, first in enumerate(points):
            with precision(working):
                row = [entry(first, second)[0] for second in points[: i + 1]]
            yield row

    def _each(
        self,
        found: list[coordinates.Pair],
        number: Callable[[Compute], Any],
        progress: Progress | None,
    ) -> list[Any]:
        entries: dict[int, Entry] = {}
        values = []
        for x, y in found:

            def compute(numbers: Any, x: Coordinates = x, y: Coordinates = y) -> tuple[Any, Any]:
                if numbers.bits not in entries:
                    entries[numbers.bits] = self.entry(numbers)
                return entries[numbers.bits](x, y)

            values.append(number(compute))
            if progress:
                progress(len(values), len(found))
        return values


def pairs(network: Network, duals: dict[Any, Dual], tangent: bool) -> Pairs:
    """The exact engine of a network's kernel."""
    operations = program(network)
    lowered: dict[Any, Forms | Summed] = {
        a: Summed(a.expr, tangent) if dual.kind == "series" else forms(dual, tangent, doubles=False)
        for a, dual in duals.items()
    }

    def entry(numbers: Any) -> Entry:
        machine = exact(operations, lowered, numbers)
        return lambda x, y: machine.entry(x, y, tangent)

    return Pairs(entry, not any(isinstance(value, Summed) for value in lowered.values()))

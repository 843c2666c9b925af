"""Single entries of the kernel: to any number of digits, or in a ball."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flint import arb
from mpmath import mpf

from ntksym.evaluate import converged, narrowed
from ntksym.evaluate.balls import Balls, precision
from ntksym.lowering.code.forms import Forms, forms
from ntksym.lowering.exact import run, tapes, vector
from ntksym.lowering.program import Operation, program
from ntksym.networks import Network
from ntksym.networks.dual import Dual


@dataclass(frozen=True)
class Pairs:
    """A program with the forms of its activations, run on one pair of points at a time."""

    operations: tuple[Operation, ...]
    lowered: dict[Any, Forms]
    tangent: bool

    def evaluate(self, x: Any, y: Any, digits: int) -> mpf:
        """The entry by mpmath: two runs at different precision that agree."""
        return converged(self._computation(x, y), digits)

    def enclose(self, x: Any, y: Any, bits: int) -> arb:
        """The entry by Arb: a ball at a precision that makes it narrow."""
        return narrowed(self._computation(x, y), bits)

    def _computation(self, x: Any, y: Any) -> Callable[[Any], tuple[Any, Any]]:
        first, second = vector("x", x), vector("y", y)
        if len(first) != len(second):
            raise ValueError(f"y: expected {len(first)} coordinates as in x, got {len(second)}")

        def compute(numbers: Any) -> tuple[Any, Any]:
            state = run(self.operations, tapes(self.lowered, numbers), first, second, numbers)
            value = state.theta if self.tangent else state.covariance
            return value, state.s1 * state.s2 + abs(value)

        return compute

    def balls(self, x: Any, working: int) -> Iterator[list[arb]]:
        """Row i of the Gram matrix of the points ``x`` up to the diagonal, for each i, in balls.

        ``working`` bits are computed with; the balls say how many of them are right.
        """
        points = [vector("X", row) for row in x]
        with precision(working):
            numbers = Balls()
            prepared = tapes(self.lowered, numbers)
        for i, first in enumerate(points):
            with precision(working):
                states = [
                    run(self.operations, prepared, first, second, numbers)
                    for second in points[: i + 1]
                ]
                row = [s.theta if self.tangent else s.covariance for s in states]
            yield row


def pairs(network: Network, duals: dict[Any, Dual], tangent: bool) -> Pairs:
    """The exact engine of a network's kernel."""
    operations = program(network)
    return Pairs(operations, {a: forms(dual, tangent) for a, dual in duals.items()}, tangent)

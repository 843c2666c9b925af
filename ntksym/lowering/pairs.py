"""Single entries of the kernel: to any number of digits, or in a ball."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb
from mpmath import mpf

from ntksym.evaluate import converged, narrowed
from ntksym.lowering.code.forms import Forms, forms
from ntksym.lowering.exact import run, vector
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
            state = run(self.operations, self.lowered, first, second, numbers)
            value = state.theta if self.tangent else state.covariance
            return value, state.s1 * state.s2 + abs(value)

        return compute


def pairs(network: Network, duals: dict[Any, Dual], tangent: bool) -> Pairs:
    """The exact engine of a network's kernel."""
    operations = program(network)
    return Pairs(
        operations, {a: forms(dual, tangent, doubles=False) for a, dual in duals.items()}, tangent
    )

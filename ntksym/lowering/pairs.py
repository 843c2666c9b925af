"""One entry of the kernel: to any number of digits, or in a ball."""

from typing import Any

from flint import arb
from mpmath import mpf

from ntksym.evaluate import converged, narrowed
from ntksym.lowering.exact import run, vector
from ntksym.lowering.forms import forms
from ntksym.lowering.program import program
from ntksym.networks import Network


def evaluate(
    network: Network, duals: dict[Any, Any], tangent: bool, x: Any, y: Any, digits: int
) -> mpf:
    """The entry by mpmath: two runs at different precision that agree."""
    return converged(_computation(network, duals, tangent, x, y), digits)


def enclose(
    network: Network, duals: dict[Any, Any], tangent: bool, x: Any, y: Any, bits: int
) -> arb:
    """The entry by Arb: a ball at a precision that makes it narrow."""
    return narrowed(_computation(network, duals, tangent, x, y), bits)


def _computation(network: Network, duals: dict[Any, Any], tangent: bool, x: Any, y: Any) -> Any:
    first, second = vector("x", x), vector("y", y)
    if len(first) != len(second):
        raise ValueError(f"y: expected {len(first)} coordinates as in x, got {len(second)}")
    lowered = {activation: forms(dual) for activation, dual in duals.items()}
    operations = program(network)

    def compute(numbers: Any) -> tuple[Any, Any]:
        state = run(operations, lowered, first, second, numbers)
        value = state.theta if tangent else state.covariance
        return value, state.s1 * state.s2 + abs(value)

    return compute



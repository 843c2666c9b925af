"""A network as a line of operations on arrays, each affine layer with its sizes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any

from ntksym.arguments import integer
from ntksym.lowering import program as symbolic
from ntksym.lowering.pointwise import Pointwise, pointwise
from ntksym.lowering.program import Fork, Join
from ntksym.networks import Dense, Network

WIDEST = 10**6
"""A matrix of so many rows and columns fills a machine."""


@dataclass(frozen=True)
class Affine:
    r""":math:`y=\frac{w}{\sqrt n}Wx+\beta b`; ``rows`` is the size of y, n that of x."""

    w: float
    b: float
    random_bias: bool
    rows: int

    def scale(self, columns: int) -> float:
        """w/√n."""
        return self.w / sqrt(columns)


@dataclass(frozen=True)
class Nonlinear:
    """σ on each coordinate."""

    function: Pointwise


Operation = Affine | Nonlinear | Fork | Join


@dataclass(frozen=True)
class Plan:
    """The operations of a finite network: hidden layers of ``width``, then ``outputs``."""

    network: Network
    width: int
    outputs: int

    @cached_property
    def operations(self) -> tuple[Operation, ...]:
        """In the order of the forward pass; activations compiled or loaded."""
        return tuple(self._operations())

    def __reduce__(self) -> Any:
        """Without what was compiled."""
        return Plan, (self.network, self.width, self.outputs)

    def _operations(self) -> Iterator[Operation]:
        line = symbolic.program(self.network)
        for k, operation in enumerate(line):
            match operation:
                case symbolic.Affine(w, b, random_bias):
                    rows = self.outputs if k == len(line) - 1 else self.width
                    yield Affine(float(w), float(b), random_bias, rows)
                case symbolic.Nonlinear(activation):
                    yield Nonlinear(pointwise(activation))
                case _:
                    yield operation


def plan(network: Network, width: int, outputs: int) -> Plan:
    """A plan with checked arguments; ``ValueError`` where the network does not end in a Dense."""
    for name, value in (("width", width), ("outputs", outputs)):
        integer(name, value, 1, WIDEST)
    last = network.layers[-1]
    if not isinstance(last, Dense):
        kind = type(last).__name__
        raise ValueError(f"network: expected a Dense as the last layer, which gives the outputs, "
                         f"got {kind}")  # fmt: skip
    return Plan(network, int(width), int(outputs))

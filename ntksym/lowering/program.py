"""A network as a straight line of operations, for every engine that runs one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ntksym.networks import Activation, Dense, Network, Residual
from ntksym.networks.layers import Layer, exact


@dataclass(frozen=True)
class Affine:
    """The parameters are fractions, or SymPy constants such as sqrt(2)."""

    w_std: Any
    b_std: Any
    random_bias: bool


@dataclass(frozen=True)
class Nonlinear:
    activation: Activation


@dataclass(frozen=True)
class Fork:
    """Keep the state for the ``Join`` that belongs to it."""


@dataclass(frozen=True)
class Join:
    """Add the state that was kept: two uncorrelated parts."""


Operation = Affine | Nonlinear | Fork | Join


def program(network: Network) -> tuple[Operation, ...]:
    """The operations of ``network``; ``ValueError`` where a parameter is still a symbol."""
    return tuple(_operations(network.layers))


def _operations(layers: tuple[Layer, ...]) -> Iterator[Operation]:
    for layer in layers:
        if isinstance(layer, Dense):
            for name, value in (("w_std", layer.w_std), ("b_std", layer.b_std)):
                if getattr(value, "free_symbols", None):
                    raise ValueError(f"{name}: expected a number to compute with, got {value}")
            random_bias = layer.bias_init == "gaussian"
            yield Affine(exact(layer.w_std), exact(layer.b_std), random_bias)
        elif isinstance(layer, Residual):
            yield Fork()
            yield from _operations(layer.layers)
            yield Join()
        else:
            numeric(layer.activation)
            yield Nonlinear(layer.activation)


def numeric(of: Activation) -> None:
    """``ValueError`` where a parameter of an activation is still a symbol."""
    named = getattr(of.definition, "free_symbols", ())
    if free := sorted(symbol.name for symbol in named if symbol.name != "z"):
        raise ValueError(f"{of.name}: expected a number for {free[0]}")

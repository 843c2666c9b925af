"""Activations, their duals, and networks made of layers. Nothing here loads SymPy until it must."""

from ntksym.networks.activation import Activation, activation, catalogue
from ntksym.networks.layers import Dense, Elementwise, Network, Residual, mlp, serial

__all__ = [
    "Activation", "Dense", "Elementwise", "Network", "Residual",
    "activation", "catalogue", "mlp", "serial",
]  # fmt: skip

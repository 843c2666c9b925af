"""The layers of a network in the NTK parametrisation, and how they may follow each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ntksym.arguments import choice, integer, shown, standard_deviation
from ntksym.networks.activation import Activation, activation

BIAS = ("gaussian", "zero")
DEEPEST = 100_000
"""Layers of an ``mlp``, each of which is an object."""


@dataclass(frozen=True)
class Dense:
    r"""An affine layer :math:`y = \frac{w}{\sqrt n} W x + \beta b` with :math:`W\sim N(0,1)`.

    ``bias_init="gaussian"``: b ~ N(0, 1). ``"zero"``: b is trained but starts at 0, so that the
    covariance has no :math:`\beta^2` while the tangent kernel has. Numbers or SymPy expressions.
    """

    w_std: Any = 1
    b_std: Any = 0
    bias_init: str = "gaussian"

    def __post_init__(self) -> None:
        standard_deviation("w_std", self.w_std)
        standard_deviation("b_std", self.b_std)
        choice("bias_init", self.bias_init, BIAS)


@dataclass(frozen=True)
class Elementwise:
    """An activation on each coordinate. Its input must be Gaussian: a Dense stands before it."""

    activation: Activation

    def __init__(self, activation_: "Activation | str") -> None:
        object.__setattr__(self, "activation", activation(activation_))


@dataclass(frozen=True)
class Residual:
    """``x + f(x)`` with f the layers inside; f ends in a Dense: the two parts are uncorrelated."""

    layers: tuple["Layer", ...]

    def __init__(self, *layers: "Layer") -> None:
        object.__setattr__(self, "layers", _flat(layers))
        if not self.layers or not isinstance(self.layers[-1], Dense):
            raise ValueError(
                "Residual: its last layer must be a Dense, so that x and f(x) decorrelate"
            )


Layer = Dense | Elementwise | Residual


@dataclass(frozen=True)
class Network:
    """Layers from the input to the output, checked to have a Gaussian limit."""

    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if not isinstance(self.layers, tuple):
            raise TypeError(f"layers: expected a tuple of layers, got {shown(self.layers)}")
        if not _flat(self.layers) or not isinstance(self.layers[0], Dense):
            raise ValueError("layers: a network starts with a Dense layer")
        _gaussian(self.layers, False)

    @property
    def depth(self) -> int:
        """The number of affine layers, those inside residual blocks included."""
        return sum(isinstance(layer, Dense) for layer in flatten(self.layers))

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The different activations, in the order of first use."""
        used = (
            layer.activation for layer in flatten(self.layers) if isinstance(layer, Elementwise)
        )
        return tuple(dict.fromkeys(used))


def flatten(layers: tuple[Layer, ...]) -> Iterator[Layer]:
    """The layers in order, those inside residual blocks in the place of the block."""
    for layer in layers:
        yield from flatten(layer.layers) if isinstance(layer, Residual) else (layer,)


def serial(*layers: Layer | Network) -> Network:
    """Layers one after the other; networks among them are taken apart.

    >>> serial(Dense(), Elementwise("relu"), Dense()) == mlp("relu", depth=2)
    True
    """
    return Network(_flat(layers))


def mlp(
    activation_: Activation | str,
    depth: int,
    w_std: Any = 1,
    b_std: Any = 0,
    bias_init: str = "gaussian",
) -> Network:
    """A fully connected network with ``depth`` affine layers, ``depth - 1`` of them hidden.

    The convention of Jacot et al. (2018): ``depth=1`` is linear, ``depth=2`` has one hidden layer.
    Raises ``ValueError`` for ``depth < 1``, a negative standard deviation or an unknown name.
    """
    depth = integer("depth", depth, 1, DEEPEST)
    dense, nonlinear = Dense(w_std, b_std, bias_init), Elementwise(activation_)
    return Network((dense, *(layer for _ in range(depth - 1) for layer in (nonlinear, dense))))


def network_of(of: Network | Activation | str, arguments: dict[str, Any]) -> Network:
    """A network as it is, or the ``mlp`` of an activation with these arguments."""
    if isinstance(of, Network):
        if arguments:
            names = ", ".join(arguments)
            raise TypeError(f"a Network has its parameters already, got {names} beside it")
        return of
    if "depth" not in arguments:
        raise TypeError(
            "depth: expected the number of affine layers beside an activation, got none"
        )
    return mlp(of, **arguments)


def exact(parameter: Any) -> Any:
    """A parameter as the number that a reader would write: a float 0.1 is 1/10.

    Every engine reads parameters through this, so that all mean the same network. A SymPy
    constant such as ``sqrt(2)``, or a symbol, stays as it is.

    >>> exact(0.1)
    Fraction(1, 10)
    """
    try:
        return Fraction(str(parameter))
    except ValueError:
        return parameter


def _flat(layers: Any) -> tuple[Layer, ...]:
    flat: list[Layer] = []
    for layer in layers:
        if isinstance(layer, Network):
            flat.extend(layer.layers)
        elif isinstance(layer, Dense | Elementwise | Residual):
            flat.append(layer)
        else:
            kind = type(layer).__name__
            raise TypeError(
                f"layers: expected Dense, Elementwise, Residual or a Network, got {kind}"
            )
    return tuple(flat)


def _gaussian(layers: tuple[Layer, ...], gaussian: bool) -> bool:
    """Whether the output is Gaussian given whether the input is; an error where it must be."""
    for layer in layers:
        if isinstance(layer, Elementwise):
            if not gaussian:
                raise ValueError(
                    "Elementwise: its input is not Gaussian; "
                    "put a Dense layer between two activations"
                )
            gaussian = False
        elif isinstance(layer, Residual):
            _gaussian(layer.layers, gaussian)
        else:
            gaussian = True
    return gaussian

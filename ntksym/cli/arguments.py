"""The arguments that commands share, and how texts become exact numbers."""

import re
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntksym.networks import catalogue

if TYPE_CHECKING:
    from ntksym.kernel import Kernel
    from ntksym.networks import Activation

_DECIMAL = re.compile(r"[+-]?(\d{1,999}(\.\d{0,999})?|\.\d{1,999})([eE][+-]?\d{1,3})?")
_FRACTION = re.compile(r"[+-]?\d{1,999}/0*[1-9]\d{0,998}")


class Kind(StrEnum):
    """Which kernel: the tangent kernel, or the covariance of the outputs."""

    ntk = "ntk"
    nngp = "nngp"


class BiasInit(StrEnum):
    """How biases start."""

    gaussian = "gaussian"
    zero = "zero"


def _completed(incomplete: str) -> list[str]:
    """The names of the catalogue that go on so, for the shell."""
    return [name for name in catalogue() if name.startswith(incomplete)]


Name = Annotated[
    str,
    typer.Argument(
        metavar="ACTIVATION",
        help=f"A name ({', '.join(catalogue())}) or a text in z such as 'max(z, a*z)'.",
        show_default=False,
        autocompletion=_completed,
    ),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--param", metavar="NAME=VALUE", help="A parameter of the activation; may be repeated."
    ),
]
Depth = Annotated[int, typer.Option(help="Affine layers: 1 is linear, 2 has one hidden layer.")]
WStd = Annotated[str, typer.Option("--w-std", metavar="NUMBER", help="Standard deviation w.")]
BStd = Annotated[str, typer.Option("--b-std", metavar="NUMBER", help="Standard deviation β.")]
Bias = Annotated[BiasInit, typer.Option(help="Biases start as Gaussian, or trained from 0.")]
Which = Annotated[Kind, typer.Option("--kind", help="Tangent kernel, or covariance of outputs.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON on standard output.")]


def exact(name: str, text: str) -> Fraction:
    """The number that ``text`` spells, without rounding: 0.1 is one tenth.

    >>> exact("x", "0.1"), exact("x", "-2/3"), exact("x", "1e-3")
    (Fraction(1, 10), Fraction(-2, 3), Fraction(1, 1000))
    """
    text = text.strip()
    if not (_DECIMAL.fullmatch(text) or _FRACTION.fullmatch(text)):
        raise ValueError(f"{name}: expected a number such as 0.1, 2e-3 or 1/3, got {text!r:.60}")
    return Fraction(text)


def point(name: str, text: str) -> list[Fraction]:
    """A point from its coordinates with commas between them."""
    return [exact(name, part) for part in text.split(",")]


def chosen(name: str, parameters: list[str] | None) -> "Activation":
    """The activation of a name or text, with parameters such as ``alpha=0.1``."""
    from ntksym.networks import activation

    values: dict[str, Any] = {}
    for text in parameters or []:
        key, found, value = text.partition("=")
        if not found or not key.strip().isidentifier():
            raise ValueError(f"param: expected NAME=VALUE such as alpha=0.1, got {text!r:.60}")
        values[key.strip()] = exact(key.strip(), value)
    return activation(name, **values)


def kernel(of: "Activation", kind: Kind, depth: int, w: str, b: str, bias: BiasInit) -> "Kernel":
    """The kernel that the options describe."""
    from ntksym.kernel import nngp, ntk

    build = ntk if kind is Kind.ntk else nngp
    numbers = {"w_std": exact("w-std", w), "b_std": exact("b-std", b)}
    return build(of, depth=depth, bias_init=bias.value, **numbers)

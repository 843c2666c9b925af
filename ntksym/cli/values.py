"""``ntksym eval``: one value of a kernel, to many digits and between rigorous bounds."""

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, Annotated

import typer

from ntksym.cli.arguments import (
    AsJson,
    Bias,
    BiasInit,
    BStd,
    Depth,
    Kind,
    Name,
    Parameters,
    Which,
    WStd,
    chosen,
    kernel,
    point,
)
from ntksym.cli.terminal import give_json, output, say, waiting

if TYPE_CHECKING:
    from flint import arb
    from mpmath import mpf

GUARD = 10
"""Bits of the ball beyond the digits asked for."""

Coordinates = typer.Option(metavar="A,B,...", help="A point: exact decimals or fractions.")


def evaluate(
    activation: Name,
    depth: Depth,
    x: Annotated[str, Coordinates],
    y: Annotated[str, Coordinates],
    param: Parameters = None,
    w_std: WStd = "1",
    b_std: BStd = "0",
    bias_init: Bias = BiasInit.gaussian,
    kind: Which = Kind.ntk,
    digits: Annotated[int, typer.Option(help="Significant digits.", min=1, max=100_000)] = 50,
    as_json: AsJson = False,
) -> None:
    """Evaluate a kernel at two points to any number of digits, with a rigorous enclosure.

    Numbers are exact: 0.1 is one tenth. Exit status 1 where the two disagree.
    """
    first, second = point("x", x), point("y", y)
    chosen_kernel = kernel(chosen(activation, param), kind, depth, w_std, b_std, bias_init)
    with waiting(f"Computing {digits} digits"):
        bits = ceil(digits * 3.3219280949) + GUARD
        value = chosen_kernel.evaluate(first, second, digits)
        ball = chosen_kernel.enclose(first, second, bits)
        text, enclosure = _decimal(value, digits), _interval(ball, digits)
        agree = _agree(value, ball, digits)
    if as_json:
        give_json(
            {
                "kind": kind.value, "activation": activation, "depth": depth,
                "w_std": w_std, "b_std": b_std, "bias_init": bias_init.value,
                "x": _texts(first), "y": _texts(second), "digits": digits,
                "value": text, "enclosure": enclosure, "bits": bits, "agree": agree,
            }
        )  # fmt: skip
    else:
        output().print(f"digits  {text}\nArb     {enclosure}", markup=False, soft_wrap=True)
    if not agree:
        say("error: the value is outside the enclosure")
        raise typer.Exit(1)


def _decimal(value: "mpf", digits: int) -> str:
    from mpmath import mp

    return str(mp.nstr(value, digits, strip_zeros=False))


def _interval(ball: "arb", digits: int) -> str:
    return str(ball.str(digits))


def _agree(value: "mpf", ball: "arb", digits: int) -> bool:
    """Whether the value, within a unit of its last digit, meets the ball."""
    from flint import arb, fmpq

    from ntksym.evaluate import precision

    with precision(4 * digits + 64):
        sign, mantissa, exponent, _ = value._mpf_
        exact = Fraction(-int(mantissa) if sign else int(mantissa)) * Fraction(2) ** int(exponent)
        centre = arb(fmpq(exact.numerator, exact.denominator))
        near = arb(centre.mid(), abs(centre) * arb(10) ** (1 - digits))
        return bool(near.overlaps(ball))


def _texts(numbers: list[Fraction]) -> list[str]:
    return [str(number) for number in numbers]

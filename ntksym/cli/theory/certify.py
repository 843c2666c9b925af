"""``ntksym certify``: whether the Gram matrix of the points in a file is positive definite."""

from typing import Annotated

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
)
from ntksym.cli.gram import Data
from ntksym.cli.tables import read
from ntksym.cli.terminal import give_json, output, waiting

FIELDS = "verdict", "lower_bound", "reason", "method", "rows", "bits", "seal"


def certify(
    activation: Name,
    points: Data,
    depth: Depth,
    param: Parameters = None,
    w_std: WStd = "1",
    b_std: BStd = "0",
    bias_init: Bias = BiasInit.gaussian,
    kind: Which = Kind.ntk,
    largest: Annotated[int, typer.Option(help="Rows up to which balls are tried.")] = 200,
    as_json: AsJson = False,
) -> None:
    """Bound the smallest eigenvalue of the Gram matrix of the points in a file, rigorously.

    Exit status 1 unless the matrix is proved positive definite.
    """
    rows = read(points)
    of = kernel(chosen(activation, param), kind, depth, w_std, b_std, bias_init)
    with waiting("Certifying") as working:
        from ntksym.theorems.data.gram import certify as certified

        found = certified(
            of, rows, largest=largest, progress=working
        )  # fmt: skip
    if as_json:
        give_json({name: getattr(found, name) for name in FIELDS})
    else:
        least = f"smallest eigenvalue >= {found.lower_bound:.17g}"
        text = f"{found.verdict}: {least}\n{found.reason}"
        output().print(text, markup=False, soft_wrap=True)
    if found.verdict != "positive definite":
        raise typer.Exit(1)

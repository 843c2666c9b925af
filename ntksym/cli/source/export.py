"""``ntksym export``: a kernel as one file of source code."""

from enum import StrEnum
from pathlib import Path
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
from ntksym.cli.terminal import give_json, say, waiting


class Language(StrEnum):
    """What to write."""

    numpy = "numpy"
    jax = "jax"
    torch = "torch"
    c = "c"
    julia = "julia"


Target = Annotated[Language, typer.Option(help="The language of the file.", show_default=False)]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="A file instead of standard output.", show_default=False),
]


def export(
    activation: Name,
    depth: Depth,
    target: Target,
    output: Output = None,
    param: Parameters = None,
    w_std: WStd = "1",
    b_std: BStd = "0",
    bias_init: Bias = BiasInit.gaussian,
    kind: Which = Kind.ntk,
    as_json: AsJson = False,
) -> None:
    """Write a kernel as source code that runs without ntksym, on a GPU for example.

    The comment at the head of the file has the formula and says how to call it.
    """
    of = kernel(chosen(activation, param), kind, depth, w_std, b_std, bias_init)
    with waiting(f"Deriving the dual of {activation}"):
        from ntksym.lowering.export.source import to_source
        from ntksym.tour.files import write

        text = to_source(of, target.value)
        if output is not None:
            write(output, text)
    if as_json:
        entry = {"source": text} if output is None else {"output": str(output)}
        give_json(
            {
                "kind": kind.value, "activation": activation, "depth": depth,
                "w_std": w_std, "b_std": b_std, "bias_init": bias_init.value,
                "target": target.value, "lines": len(text.splitlines()), **entry,
            }
        )  # fmt: skip
    elif output is None:
        print(text, end="")
    else:
        say(f"{output}: {len(text.splitlines())} lines")

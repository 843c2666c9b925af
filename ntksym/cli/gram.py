"""``ntksym gram``: a Gram matrix from a file to a file."""

import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
from ntksym.cli.tables import checked, mapped, put, read
from ntksym.cli.terminal import give_json, say, waiting

if TYPE_CHECKING:
    import numpy as np

    from ntksym.kernel import Kernel

BLOCK = 1024
"""Rows at a time: a multiple of the tiles of the engine."""


class Precision(StrEnum):
    """The numbers of the matrix."""

    float64 = "float64"
    float32 = "float32"


Data = Annotated[
    Path, typer.Argument(metavar="POINTS", help="A file of points, one a row: .npy, .npz or .csv.")
]
Other = Annotated[
    Path | None,
    typer.Option("--other", metavar="FILE", help="Points of the columns.", show_default="POINTS"),
]
Target = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="A .npy, .npz or .csv file.",
        show_default="CSV on standard output",
    ),
]


def gram(
    activation: Name,
    points: Data,
    depth: Depth,
    output: Target = None,
    other: Other = None,
    param: Parameters = None,
    w_std: WStd = "1",
    b_std: BStd = "0",
    bias_init: Bias = BiasInit.gaussian,
    kind: Which = Kind.ntk,
    dtype: Annotated[Precision, typer.Option(help="Numbers of the matrix.")] = Precision.float64,
    as_json: AsJson = False,
) -> None:
    """Compute the Gram matrix of the points in a file.

    The file of the output appears whole or not at all.
    """
    checked(output)
    start = time.perf_counter()
    rows = read(points)
    columns = None if other is None else read(other)
    of = kernel(chosen(activation, param), kind, depth, w_std, b_std, bias_init)
    of(rows[:1], None if columns is None else columns[:1])  # what is wrong with them shows here
    shape = len(rows), len(rows if columns is None else columns)
    matrix = _computed(of, rows, columns, output, shape, dtype.value)
    seconds = time.perf_counter() - start
    if as_json:
        entries = {"values": matrix.tolist()} if output is None else {"output": str(output)}
        give_json({"shape": shape, "dtype": dtype.value, "seconds": round(seconds, 3), **entries})
    elif output is None:
        put(matrix, None)
    else:
        say(f"{output}: {shape[0]} × {shape[1]} {dtype.value} in {seconds:.1f} s")


def _computed(
    of: "Kernel",
    rows: "np.ndarray",
    columns: "np.ndarray | None",
    output: Path | None,
    shape: tuple[int, int],
    dtype: str,
) -> "np.ndarray":
    """The matrix, in the file too where one is named; a .npy file is never in memory as a whole."""
    import numpy as np

    from ntksym.tour.files import replaced

    if output is None or output.suffix != ".npy" or 0 in shape:
        matrix = _filled(of, rows, columns, np.empty(shape, dtype))
        if output is not None:
            put(matrix, output, "K")
        return matrix
    with replaced(output) as temporary:
        matrix = _filled(of, rows, columns, mapped(temporary, shape, dtype))
        matrix.flush()
        del matrix  # Windows renames no open file
    return np.empty((0, 0))


def _filled(of: "Kernel", rows: Any, columns: Any, matrix: Any) -> Any:
    """The matrix, block by block; a symmetric one is computed once."""
    starts = range(0, len(rows), BLOCK)
    with waiting("Gram matrix") as working:
        for start in starts:
            part = slice(start, start + BLOCK)
            if columns is not None:
                matrix[part] = of(rows[part], columns, dtype=matrix.dtype)
            else:
                matrix[part, part] = of(rows[part], dtype=matrix.dtype)
                matrix[part, start + BLOCK :] = of(
                    rows[part], rows[start + BLOCK :], dtype=matrix.dtype
                )
                matrix[start + BLOCK :, part] = matrix[part, start + BLOCK :].T
            working("Gram matrix", min(start + BLOCK, len(rows)), len(rows))
    return matrix

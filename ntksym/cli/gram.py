"""``ntksym gram``: a Gram matrix from a file to a file."""

import csv
import sys
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
from ntksym.cli.terminal import counting, give_json, say

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
        "--output", "-o", help="A .npy or .csv file.", show_default="CSV on standard output"
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
    if output is not None and output.suffix not in (".npy", ".csv"):
        raise ValueError(f"output: expected a name that ends in .npy or .csv, got {output.name!r}")
    start = time.perf_counter()
    rows = read(points)
    columns = None if other is None else read(other)
    of = kernel(chosen(activation, param), kind, depth, w_std, b_std, bias_init)
    of(rows[:1], None if columns is None else columns[:1])  # what is wrong with them shows here
    shape = len(rows), len(rows if columns is None else columns)
    matrix = _matrix(of, rows, columns, output, shape, dtype.value)
    seconds = time.perf_counter() - start
    if as_json:
        entries = {"values": matrix.tolist()} if output is None else {"output": str(output)}
        give_json({"shape": shape, "dtype": dtype.value, "seconds": round(seconds, 3), **entries})
    elif output is None:
        _csv(matrix, sys.stdout)
    else:
        say(f"{output}: {shape[0]} × {shape[1]} {dtype.value} in {seconds:.1f} s")


def read(path: Path) -> "np.ndarray":
    """The points in a file; ``ValueError`` that names it where there are none."""
    import numpy as np

    if path.suffix == ".csv":
        return _table(path)
    if path.suffix not in (".npy", ".npz"):
        raise ValueError(f"{path}: expected a .npy, .npz or .csv file")
    try:
        found = np.load(path, allow_pickle=False)
        if path.suffix == ".npz":
            with found:
                if len(found.files) != 1 and "X" not in found.files:
                    raise ValueError(f"expected one array or one named X, got {found.files}")
                return np.asarray(found["X" if "X" in found.files else found.files[0]])
    except (ValueError, EOFError) as error:
        raise ValueError(f"{path}: {error}") from None
    return np.asarray(found)


def _table(path: Path) -> "np.ndarray":
    """Numbers with commas between them; a first line that holds no number is a header."""
    import numpy as np

    with path.open(newline="", encoding="utf-8-sig") as file:
        lines = [(number, row) for number, row in enumerate(csv.reader(file), 1) if row]
    if lines and not any(map(_is_number, lines[0][1])):
        lines = lines[1:]
    if not lines:
        raise ValueError(f"{path}: expected rows of numbers, found none")
    width = len(lines[0][1])
    for number, row in lines:
        if len(row) != width or not all(map(_is_number, row)):
            raise ValueError(f"{path}, line {number}: expected {width} numbers, got {row!r:.80}")
    return np.array([[float(entry) for entry in row] for _, row in lines])


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _matrix(
    of: "Kernel",
    rows: "np.ndarray",
    columns: "np.ndarray | None",
    output: Path | None,
    shape: tuple[int, int],
    dtype: str,
) -> "np.ndarray":
    import numpy as np

    from ntksym.tour.files import replaced

    if output is None:
        return _filled(of, rows, columns, np.empty(shape, dtype))
    with replaced(output) as temporary:
        if output.suffix == ".csv":
            matrix = _filled(of, rows, columns, np.empty(shape, dtype))
            with temporary.open("w", newline="", encoding="utf-8") as file:
                _csv(matrix, file)
        elif 0 in shape:
            matrix = np.empty(shape, dtype)
            with temporary.open("wb") as file:
                np.save(file, matrix)
        else:
            matrix = np.lib.format.open_memmap(temporary, "w+", np.dtype(dtype), shape)
            _filled(of, rows, columns, matrix).flush()
        return matrix


def _filled(of: "Kernel", rows: Any, columns: Any, matrix: Any) -> Any:
    """The matrix, block by block; a symmetric one is computed once."""
    starts = range(0, len(rows), BLOCK)
    with counting("Gram matrix", len(rows)) as advance:
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
            advance(len(rows[part]))
    return matrix


def _csv(matrix: "np.ndarray", file: Any) -> None:
    for row in matrix:
        file.write(",".join(row.astype(str)) + "\n")

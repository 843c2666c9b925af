"""Tables of numbers: from .npy, .npz and .csv files, and to them, whole or not at all."""

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

SUFFIXES = ".npy", ".npz", ".csv"


def read(path: Path) -> "np.ndarray":
    """The points in a file; ``ValueError`` that names it where there are none."""
    import numpy as np

    if path.suffix == ".csv":
        return _table(path)
    if path.suffix not in SUFFIXES:
        raise ValueError(f"{path}: expected a .npy, .npz or .csv file")
    with loaded(path) as found:
        if isinstance(found, np.ndarray):
            return found
        if len(found.files) != 1 and "X" not in found.files:
            raise ValueError(f"expected one array or one named X, got {found.files}")
        return np.asarray(found["X" if "X" in found.files else found.files[0]])


@contextmanager
def loaded(path: Path) -> Iterator[Any]:
    """What NumPy reads; ``ValueError`` that names the file where it is damaged."""
    from zipfile import BadZipFile
    from zlib import error as BadCompression

    import numpy as np

    try:
        with path.open("rb") as file:  # which NumPy leaves open where it is damaged
            found = np.load(file, allow_pickle=False)
            if isinstance(found, np.lib.npyio.NpzFile) != (path.suffix == ".npz"):
                raise ValueError(f"its content is not that of a {path.suffix} file")
            yield found
    except (ValueError, EOFError, BadZipFile, BadCompression) as error:
        raise ValueError(f"{path}: {error}") from None


def _table(path: Path) -> "np.ndarray":
    """Numbers with commas between them; a first line that holds no number is a header."""
    import numpy as np

    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            lines = [(number, row) for number, row in enumerate(csv.reader(file), 1) if row]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"{path}: expected a text of numbers: {error}") from None
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


def checked(output: Path | None) -> None:
    """An error, before any work, for a name that no table goes to."""
    from ntksym.tour.files import place

    if output is None:
        return
    if output.suffix not in SUFFIXES:
        raise ValueError(
            f"output: expected a name that ends in .npy, .npz or .csv, got {output.name!r}"
        )
    place(output)


def put(table: "np.ndarray", output: Path | None, name: str = "arr_0") -> None:
    """To a file, in .npz under a name; or as CSV to standard output."""
    import numpy as np

    from ntksym.tour.files import replaced

    if output is None:
        _write_csv(table, sys.stdout)
        return
    with replaced(output) as temporary:
        if output.suffix == ".csv":
            with temporary.open("w", encoding="utf-8", newline="") as file:
                _write_csv(table, file)
            return
        with temporary.open("wb") as binary:
            if output.suffix == ".npy":
                np.save(binary, table)
            else:
                np.savez(binary, allow_pickle=False, **{name: table})


def mapped(path: Path, shape: tuple[int, int], dtype: str) -> "np.memmap[Any, Any]":
    """A .npy file as an array; its place on the disk is taken now.

    A file with holes would end the process, without an error, where the disk is full.
    """
    import numpy as np

    matrix = np.lib.format.open_memmap(path, "w+", np.dtype(dtype), shape)
    if hasattr(os, "posix_fallocate"):
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return matrix


def _write_csv(table: "np.ndarray", file: Any) -> None:
    for row in table:
        file.write(",".join(row.astype(str)) + "\n")

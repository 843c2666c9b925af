"""Points with their targets, from a file; predictions to a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ntksym.cli.gram import read

if TYPE_CHECKING:
    import numpy as np


def learned_from(path: Path, targets: int) -> "tuple[np.ndarray, np.ndarray, np.ndarray | None]":
    """X, y and, where a .npz has it, X_test. In .npy and .csv the last columns are y."""
    import numpy as np

    if path.suffix == ".npz":
        try:
            with np.load(path, allow_pickle=False) as found:
                missing = {"X", "y"} - set(found.files)
                if missing:
                    raise ValueError(f"expected arrays named X and y, got {found.files}")
                return found["X"], found["y"], found["X_test"] if "X_test" in found.files else None
        except (ValueError, EOFError) as error:
            raise ValueError(f"{path}: {error}") from None
    table = read(path)
    if table.ndim != 2 or table.shape[1] <= targets:
        raise ValueError(
            f"{path}: expected more than {targets} columns, the last {targets} of them targets, "
            f"got shape {table.shape}"
        )
    y = table[:, -targets:]
    return table[:, :-targets], y[:, 0] if targets == 1 else y, None


def checked(output: Path | None) -> None:
    """ValueError for a name that no predictions go to."""
    if output is not None and output.suffix not in (".npy", ".csv"):
        raise ValueError(f"output: expected a name that ends in .npy or .csv, got {output.name!r}")


def put(table: "np.ndarray", output: Path | None) -> None:
    """Rows of numbers to a file that appears whole or not at all, or as CSV to standard output."""
    import numpy as np

    from ntksym.tour.files import replaced

    if output is None:
        _csv(table, sys.stdout)
        return
    with replaced(output) as temporary:
        if output.suffix == ".csv":
            with temporary.open("w", encoding="utf-8") as file:
                _csv(table, file)
        else:
            with temporary.open("wb") as file:
                np.save(file, table)


def _csv(table: "np.ndarray", file: Any) -> None:
    for row in table:
        file.write(",".join(row.astype(str)) + "\n")

"""Points with their targets, from a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from ntksym.cli.tables import loaded, read

if TYPE_CHECKING:
    import numpy as np


def learned_from(path: Path, targets: int) -> "tuple[np.ndarray, np.ndarray, np.ndarray | None]":
    """X, y and, where a .npz has it, X_test. In .npy and .csv the last columns are y."""
    if path.suffix == ".npz":
        with loaded(path) as found:
            missing = {"X", "y"} - set(found.files)
            if missing:
                raise ValueError(f"expected arrays named X and y, got {found.files}")
            return found["X"], found["y"], found["X_test"] if "X_test" in found.files else None
    table = read(path)
    if table.ndim != 2 or table.shape[1] <= targets:
        raise ValueError(
            f"{path}: expected more than {targets} columns, the last {targets} of them targets, "
            f"got shape {table.shape}"
        )
    y = table[:, -targets:]
    return table[:, :-targets], y[:, 0] if targets == 1 else y, None

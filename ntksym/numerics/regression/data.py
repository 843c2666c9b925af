"""What users pass as data, checked before any work."""

from typing import Any

import numpy as np

from ntksym.lowering.inputs import array, finite, real
from ntksym.theorems.data.rows import points as points


def others(name: str, value: Any, X: np.ndarray) -> np.ndarray:
    """Rows of as many columns as X."""
    rows = array(name, value).copy()
    if rows.shape[1] != X.shape[1]:
        raise ValueError(f"{name}: expected {X.shape[1]} columns as in X, got shape {rows.shape}")
    return rows


def outputs(name: str, value: Any, count: int) -> np.ndarray:
    """Finite numbers of shape (n,) or (n, k), a copy."""
    numbers = real(name, value, "(n,) or (n, k)").copy()
    if numbers.ndim not in (1, 2) or len(numbers) != count or not numbers.size:
        raise ValueError(
            f"{name}: expected shape ({count},) or ({count}, k), got shape {numbers.shape}"
        )
    finite(name, numbers)
    return numbers

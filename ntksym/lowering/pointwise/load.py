"""σ and σ' as one function of arrays: from a module kept, or written now."""

from collections.abc import Callable
from typing import Any

import numpy as np

from ntksym.lowering.modules import keep, recalled
from ntksym.lowering.program import numeric
from ntksym.networks import Activation

Pointwise = Callable[[np.ndarray], tuple[np.ndarray, np.ndarray]]
"""σ and σ' of an array, in its dtype; computed in float64."""


def pointwise(of: Activation) -> Pointwise:
    """The compiled functions of ``of``, without SymPy where a module of it was kept.

    At a kink σ' is the mean of its two sides. Raises ``ValueError`` where σ jumps, so that σ' is
    no function, and where a parameter is still a symbol.
    """
    if module := recalled(of, "pointwise"):
        return _compiled(module.both)
    from sympy import DiracDelta

    from ntksym.lowering.pointwise.generate import module as written

    numeric(of)
    if of.derivative.has(DiracDelta):
        raise ValueError(f"{of.name}: expected a continuous activation, its derivative is a mass")
    kept = keep(of, "pointwise", written(of))
    return _compiled(kept.both) if kept else _interpreted(of)


def _compiled(both: Any) -> Pointwise:
    def run(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        values, slopes = np.empty(points.shape, points.dtype), np.empty(points.shape, points.dtype)
        both(points.reshape(-1), values.reshape(-1), slopes.reshape(-1))
        return values, slopes

    return run


def _interpreted(of: Activation) -> Pointwise:
    """By NumPy: nothing is compiled that the next process would compile again."""
    from ntksym.check.floats import floats
    from ntksym.evaluate.integrals.line.plain import plain
    from ntksym.language import z

    value, slope = plain(of.expr), plain(of.derivative)

    def run(points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        at = {z: points.astype(np.float64)}
        found = (np.broadcast_to(floats(f, at), points.shape) for f in (value, slope))
        values, slopes = (array.astype(points.dtype) for array in found)
        return values, slopes

    return run

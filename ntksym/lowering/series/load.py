"""The series of an activation: from a module committed, kept, or written now."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np

from ntksym.lowering import updates
from ntksym.lowering.code.options import PLANE, SIDE
from ntksym.lowering.modules import committed, keep, recalled
from ntksym.lowering.program import numeric
from ntksym.lowering.series.bounds import Values
from ntksym.lowering.series.coefficients import Series
from ntksym.lowering.series.kink import Kink
from ntksym.lowering.series.strip import Strip
from ntksym.networks import Activation

HEAD = 3
"""Rows before those of the table: s, t, Σ̇ at u = v."""


def series(of: Activation) -> Series:
    """The compiled series of ``of``.

    Raises ``ValueError`` where σ' is not analytic on the real axis, or not seen to be, but for a
    kink at 0: elsewhere a kink makes the coefficients waves that fall like a power.
    """
    return known(of) or _derived(of)


def known(of: Activation) -> Series | None:
    """That of a committed module or of one kept, both without SymPy, if there is one."""
    module = committed(of, "series") or recalled(of, "series")
    return _of_module(of, module) if module else None


def _of_module(of: Activation, module: ModuleType) -> Series:
    value, slope = _array(module.value), _array(module.slope)
    if hasattr(module, "JUMPS"):
        return Series(of.name, value, slope, None, Kink(module.JUMPS))
    return Series(of.name, value, slope, Strip(module.HEIGHTS, module.BOUNDS))


def _array(function: Callable[[np.ndarray, np.ndarray], None]) -> Values:
    def values(z: np.ndarray) -> np.ndarray:
        out = np.empty(z.size)
        function(z.ravel(), out)
        return out.reshape(z.shape)

    return values


def _derived(of: Activation) -> Series:
    from ntksym.lowering.series.generate import module

    numeric(of)
    try:
        text = module(of)
    except ValueError as error:
        raise ValueError(
            f"{of.name}: {error}; expected a smooth activation; dual({of.name!r}).evaluate has "
            f"single values"
        ) from None
    kept = keep(of, "series", text)
    return _of_module(of, kept) if kept else _in_memory(of)


def _in_memory(of: Activation) -> Series:
    """By NumPy: nothing is compiled that the next process would compile again."""
    from ntksym.check.floats import floats
    from ntksym.evaluate.integrals.line.plain import plain
    from ntksym.language import z
    from ntksym.lowering.series.generate import analytic

    value, slope = plain(of.expr), plain(of.derivative)
    return Series(
        of.name,
        lambda x: np.broadcast_to(floats(value, {z: x}), x.shape),
        lambda x: np.broadcast_to(floats(slope, {z: x}), x.shape),
        *analytic(of),
    )


def features(series: Series, s: np.ndarray) -> np.ndarray:
    """s, t, Σ̇ at u = v, and the columns of the table of ``Series.features``."""
    t, slope, table = series.features(s)
    return np.concatenate([[s, t, slope], table.T])


def layers(series: Series, state: np.ndarray, *each: Any) -> None:
    """What that of a generated module does: each time the activation, then an affine layer."""
    *of_layers, rows = each
    planes = state[: 3 * PLANE].reshape(3, SIDE, SIDE)[:, :rows]
    for f1, f2, g1, g2, numbers in zip(*of_layers, strict=False):  # as many as have numbers
        left, right = f1.reshape(-1, SIDE)[:, :rows], f2.reshape(-1, SIDE)
        table, other = (np.ascontiguousarray(part[HEAD:].T) for part in (left, right))
        series.tile(table, other, left[0], left[1], right[0], right[1], *planes)
        updates.layer(state, g1, g2, *numbers, rows)

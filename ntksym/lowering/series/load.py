"""The series of an activation: from a module committed, kept, or written now."""

from collections.abc import Callable
from types import ModuleType

import numpy as np

from ntksym.lowering.modules import committed, keep, recalled
from ntksym.lowering.program import numeric
from ntksym.lowering.series.coefficients import Series, Values
from ntksym.lowering.series.strip import Strip, strip
from ntksym.networks import Activation


def series(of: Activation) -> Series:
    """The compiled series of ``of``.

    Raises ``ValueError`` where σ' is not analytic on the real axis, or not seen to be: at a kink
    the coefficients fall like a power, and no number of orders is enough.
    """
    return known(of) or _derived(of)


def known(of: Activation) -> Series | None:
    """That of a committed module or of one kept, both without SymPy, if there is one."""
    module = committed(of, "series") or recalled(of, "series")
    return _of_module(of, module) if module else None


def _of_module(of: Activation, module: ModuleType) -> Series:
    found = Strip(module.HEIGHTS, module.BOUNDS)
    return Series(of.name, _array(module.value), _array(module.slope), found)


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

    value, slope = plain(of.expr), plain(of.derivative)
    return Series(
        of.name,
        lambda x: np.broadcast_to(floats(value, {z: x}), x.shape),
        lambda x: np.broadcast_to(floats(slope, {z: x}), x.shape),
        strip(of.derivative, z),
    )

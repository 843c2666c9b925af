"""The series of an activation: from a committed module, or worked out from its expression."""

from collections.abc import Callable

import numpy as np

from ntksym.lowering.modules import committed
from ntksym.lowering.series.coefficients import Series, Values
from ntksym.lowering.series.strip import Strip, strip
from ntksym.networks import Activation


def series(of: Activation) -> Series:
    """The compiled series of ``of``; a catalogue entry loads its committed module, no SymPy.

    Raises ``ValueError`` where σ' is not analytic on the real axis, or not seen to be: at a kink
    the coefficients fall like a power, and no number of orders is enough.
    """
    if module := committed(of, "series"):
        found = Strip(module.HEIGHTS, module.BOUNDS)
        return Series(of.name, _array(module.value), _array(module.slope), found)
    return _derived(of)


def _array(function: Callable[[np.ndarray, np.ndarray], None]) -> Values:
    def values(z: np.ndarray) -> np.ndarray:
        out = np.empty(z.size)
        function(z.ravel(), out)
        return out.reshape(z.shape)

    return values


def _derived(of: Activation) -> Series:
    from ntksym.check.floats import floats
    from ntksym.evaluate.integrals.line.plain import plain
    from ntksym.language import z

    try:
        found = strip(of.derivative, z)
    except ValueError as error:
        raise ValueError(
            f"{of.name}: {error}; expected a smooth activation; dual({of.name!r}).evaluate has "
            f"single values"
        ) from None
    value, slope = plain(of.expr), plain(of.derivative)
    return Series(
        of.name,
        lambda x: np.broadcast_to(floats(value, {z: x}), x.shape),
        lambda x: np.broadcast_to(floats(slope, {z: x}), x.shape),
        found,
    )

"""The compiled functions of an activation: a committed module, or one generated in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ntksym.lowering.modules import committed
from ntksym.lowering.series.code import features, tile
from ntksym.lowering.series.load import series
from ntksym.networks import Activation

if TYPE_CHECKING:
    from ntksym.networks.dual import Dual


@dataclass(frozen=True)
class Code:
    """``features(s)``: a row for s, t, Σ̇ at u = v and what else ``tile`` reads of a point.

    ``tile(state, f1, f2, g1, g2, w, v, b, rows)``: see the modules in ``generated``.
    """

    features: Callable[[np.ndarray], np.ndarray]
    tile: Callable[..., None]
    single: bool = False
    """Whether a tile may be float32: not where it calls functions of one pair, in float64."""


def code(of: Activation, tangent: bool = True) -> Code:
    """The compiled functions of ``of``; a catalogue entry loads its committed module, no SymPy.

    Without ``tangent`` they need no Σ̇: the covariance of a step function has code too.
    """
    if module := committed(of, "code"):
        return _of_namespace(vars(module))
    if committed(of, "series"):
        return _of_series(of)
    from ntksym.networks.dual import dual

    derived = dual(of)
    if derived.kind == "series":
        return _of_series(of)
    return _of_namespace(_generated(derived, tangent))


def _of_series(of: Activation) -> Code:
    found = series(of)
    return Code(partial(features, found), partial(tile, found))


def _of_namespace(namespace: dict[str, Any]) -> Code:
    count, fill = namespace["COUNT"], namespace["features"]

    def filled(s: np.ndarray) -> np.ndarray:
        rows = np.empty((count, len(s)))
        fill(s, rows)
        return rows

    return Code(filled, namespace["tile"], "scalar" not in namespace)


def _generated(derived: "Dual", tangent: bool) -> dict[str, Any]:
    """Run in a namespace of its own: source made from a derived expression, never from text."""
    from ntksym.lowering.code.generate import in_memory, module_of

    namespace: dict[str, Any] = {}
    source = in_memory(module_of(derived, tangent))
    exec(compile(source, f"<generated for {derived.activation.name}>", "exec"), namespace)
    return namespace

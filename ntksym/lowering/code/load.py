"""The compiled functions of an activation: a committed module, or one generated in memory."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from ntksym.lowering.series.code import features, tile
from ntksym.lowering.series.load import committed, series
from ntksym.networks import Activation, activation, catalogue


@dataclass(frozen=True)
class Code:
    """``features(s)``: a row for s, t, Σ̇ at u = v and what else ``tile`` reads of a point.

    ``tile(state, f1, f2, g1, g2, w, v, b, rows)``: see the modules in ``generated``.
    """

    features: Callable[[np.ndarray], np.ndarray]
    tile: Callable[..., None]


def code(of: Activation, tangent: bool = True) -> Code:
    """The compiled functions of ``of``; a catalogue entry loads its committed module, no SymPy.

    Without ``tangent`` they need no Σ̇: the covariance of a step function has code too.
    """
    namespace = _committed(of)
    if namespace is None and _is_series(of):
        found = series(of)
        return Code(partial(features, found), partial(tile, found))
    namespace = namespace or _generated(of, tangent)
    count, fill = namespace["COUNT"], namespace["features"]

    def filled(s: np.ndarray) -> np.ndarray:
        rows = np.empty((count, len(s)))
        fill(s, rows)
        return rows

    return Code(filled, namespace["tile"])


def _is_series(of: Activation) -> bool:
    if committed(of):
        return True
    from ntksym.networks.dual import dual

    return dual(of).kind == "series"


def _committed(of: Activation) -> dict[str, Any] | None:
    """An activation with parameters, ``leaky_relu(alpha=1/100)``, is that of its default ones."""
    entry = of.name.partition("(")[0]
    name = f"ntksym.lowering.code.generated.{entry}"
    if entry not in catalogue() or find_spec(name) is None or activation(entry) != of:
        return None
    return vars(import_module(name))


def _generated(of: Activation, tangent: bool) -> dict[str, Any]:
    """Run in a namespace of its own: source made from a derived expression, never from text."""
    from ntksym.lowering.code.generate import in_memory, module

    namespace: dict[str, Any] = {}
    source = in_memory(module(of, tangent))
    exec(compile(source, f"<generated for {of.name}>", "exec"), namespace)
    return namespace

"""The compiled functions of an activation: a module committed, kept, or derived now."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ntksym.lowering.modules import committed, keep, recalled
from ntksym.lowering.program import numeric
from ntksym.lowering.series.coefficients import Series
from ntksym.lowering.series.load import features, known, layers, series
from ntksym.networks import Activation

if TYPE_CHECKING:
    from ntksym.networks.dual import Dual


@dataclass(frozen=True)
class Code:
    """``features(s, low)``: a row for s, t, Σ̇ at u = v and what else ``tile`` reads of a point,
    whose standard deviation is s + ``low``.

    ``tile(state, f1, f2, g1, g2, numbers, rows)``: ``layers`` of the modules in ``generated``.
    """

    features: Callable[[np.ndarray, np.ndarray], np.ndarray]
    tile: Callable[..., None]
    single: bool = False
    """Whether a tile may be float32: not where it calls functions of one pair, in float64."""
    direct: "Direct | None" = None
    """What does without gaps, if anything."""

    def steepness(self, s: np.ndarray, features: np.ndarray) -> np.ndarray:
        """The sine of each point with itself; inf where gaps are needed anyway."""
        sine = self.direct.sine if self.direct else None
        return np.full_like(s, np.inf) if sine is None else (s * features[sine]) ** 2


@dataclass(frozen=True)
class Direct:
    """``tile(state, f1, f2, numbers, rows)`` on covariances; ``entry``, of one layer, on gaps."""

    tile: Callable[..., None]
    entry: Callable[..., None]
    sine: int
    """The row of p: c p1 p2 is the sine that is to be small."""


def code(of: Activation, tangent: bool = True) -> Code:
    """The compiled functions of ``of``: of a committed module or of one kept, both without SymPy.

    Without ``tangent`` they need no Σ̇: the covariance of a step function has code too.
    """
    module = committed(of, "code")
    if module is None and committed(of, "series") is None:
        module = recalled(of, "code", tangent)
    if module:
        return _of_namespace(vars(module))
    if found := known(of):
        return _of_series(found)
    return _derived(of, tangent)


def _of_series(found: Series) -> Code:
    return Code(lambda s, low: features(found, s), partial(layers, found))


def _of_namespace(namespace: dict[str, Any]) -> Code:
    count, fill, last = namespace["COUNT"], namespace["features"], namespace.get("LOW")

    def filled(s: np.ndarray, low: np.ndarray) -> np.ndarray:
        rows = np.empty((count, len(s)))
        fill(s, rows)
        if last is not None:
            rows[last] = low
        return rows

    direct = direct_of(namespace, "direct_layers")
    return Code(filled, namespace["layers"], "scalar" not in namespace, direct)


def direct_of(namespace: dict[str, Any], tile: str) -> Direct | None:
    """What a module has without gaps, if anything; ``tile`` is its name for a tile."""
    names = tile, "entry_tile", "SINE"
    return Direct(*(namespace[name] for name in names)) if tile in namespace else None


def _derived(of: Activation, tangent: bool) -> Code:
    from ntksym.lowering.code.generate import module_of
    from ntksym.networks.dual import dual

    numeric(of)
    derived = dual(of)
    if derived.kind == "series":
        return _of_series(series(of))
    return _of_namespace(written(derived, "code", module_of, tangent))


def written(
    derived: "Dual", room: str, module_of: Callable[["Dual", bool], str], tangent: bool
) -> dict[str, Any]:
    """The names of a module made now, and kept where there is a folder.

    Source made from a derived expression, never from text: the activation's own is its name.
    """
    of = derived.activation
    text = module_of(replace(derived, activation=Activation(str(of.expr), of.expr)), tangent)
    if module := keep(of, room, text, tangent):
        return vars(module)
    namespace: dict[str, Any] = {}
    exec(compile(text, "<generated>", "exec"), namespace)
    return namespace

"""The compiled derivatives of an activation: a module committed, kept, or derived now."""

from typing import Any

import numpy as np

from ntksym.lowering.code.load import Code, direct_of, written
from ntksym.lowering.derivatives.series.features import features
from ntksym.lowering.derivatives.series.tile import tile
from ntksym.lowering.modules import committed, recalled
from ntksym.lowering.program import numeric
from ntksym.lowering.series.coefficients import Series
from ntksym.lowering.series.load import known, series
from ntksym.networks import Activation


class Refused(ValueError):
    """There are values of the kernels of this activation, but no derivatives."""


def code(of: Activation, tangent: bool = True) -> Code:
    """As :func:`ntksym.lowering.code.load.code`, of the modules in ``generated``.

    ``Refused`` for an activation whose dual has Φ₂: near coinciding points its derivatives would
    need a form of their own.
    """
    if module := committed(of, "derivatives"):
        return _of_namespace(vars(module))
    if found := known(of):
        return _of_series(found)
    if module := recalled(of, "derivatives", tangent):
        return _of_namespace(vars(module))
    return _derived(of, tangent)


def _of_series(found: Series) -> Code:
    return Code(lambda s, _: features(found, s), tile)


def _of_namespace(namespace: dict[str, Any]) -> Code:
    count, fill = namespace["COUNT"], namespace["features"]

    def filled(s: np.ndarray, _: np.ndarray) -> np.ndarray:
        """A point with s or t = 0 does not move: what has no value there is not needed."""
        rows = np.empty((count, len(s)))
        fill(s, rows)
        still = (rows[:2] == 0).any(axis=0)
        rows[:, still] = np.nan_to_num(rows[:, still], nan=0.0, posinf=0.0, neginf=0.0)
        return rows

    return Code(filled, namespace["tile"], direct=direct_of(namespace, "direct_tile"))


def _derived(of: Activation, tangent: bool) -> Code:
    from ntksym.lowering.derivatives.generate import module_of
    from ntksym.networks.dual import dual

    numeric(of)
    derived = dual(of)
    if derived.kind == "series":
        return _of_series(series(of))
    if derived.kind == "bivariate":
        raise _refused(of)
    return _of_namespace(written(derived, "derivatives", module_of, tangent))


def _refused(of: Activation) -> Refused:
    return Refused(
        f"{of.name}: expected an activation with a dual in elementary functions or a series, got "
        f"a bivariate one; its kernels have values only: take differences of kernel.evaluate or "
        f"kernel(X)"
    )

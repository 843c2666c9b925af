"""The compiled derivatives of an activation: a module committed, kept, or derived now."""

from typing import Any

import numpy as np

from ntksym.lowering.code.load import Code, written
from ntksym.lowering.modules import committed, recalled
from ntksym.lowering.program import numeric
from ntksym.networks import Activation


class Refused(ValueError):
    """There are values of the kernels of this activation, but no derivatives."""


def code(of: Activation, tangent: bool = True) -> Code:
    """As :func:`ntksym.lowering.code.load.code`, of the modules in ``generated``.

    ``Refused`` for an activation whose dual is a series or has Φ₂: near coinciding points its
    derivatives would need a form of their own.
    """
    if committed(of, "series"):
        raise _refused(of, "series")
    module = committed(of, "derivatives") or recalled(of, "derivatives", tangent)
    namespace = vars(module) if module else _derived(of, tangent)
    count, fill = namespace["COUNT"], namespace["features"]

    def filled(s: np.ndarray) -> np.ndarray:
        """A point with s or t = 0 does not move: what has no value there is not needed."""
        rows = np.empty((count, len(s)))
        fill(s, rows)
        still = (rows[:2] == 0).any(axis=0)
        rows[:, still] = np.nan_to_num(rows[:, still], nan=0.0, posinf=0.0, neginf=0.0)
        return rows

    return Code(filled, namespace["tile"])


def _derived(of: Activation, tangent: bool) -> dict[str, Any]:
    from ntksym.lowering.derivatives.generate import module_of
    from ntksym.networks.dual import dual

    numeric(of)
    derived = dual(of)
    if derived.kind in ("series", "bivariate"):
        raise _refused(of, derived.kind)
    return written(derived, "derivatives", module_of, tangent)


def _refused(of: Activation, kind: str) -> Refused:
    return Refused(
        f"{of.name}: expected an activation with a dual in elementary functions, got a {kind} "
        f"one; its kernels have values only: take differences of kernel.evaluate or kernel(X)"
    )

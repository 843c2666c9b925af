"""Which orders and nodes a file has: those with which the compiled series is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from sympy import Expr, Max

from ntksym.lowering.code.gaps import Either
from ntksym.lowering.export.routine import Routine, routine
from ntksym.lowering.series.coefficients import Series
from ntksym.lowering.series.generate import stable
from ntksym.lowering.series.orders import orders
from ntksym.networks import Activation

SCALES = np.geomspace(1e-3, 1, 7)
"""Parts of the largest standard deviation at which Parseval's sum is looked at."""


@dataclass(frozen=True)
class Scheme:
    """Orders 2i and 2i + 1 with their weights, the trapezoid rule, the largest s.

    ``index`` is ``blocks`` of ``half`` each: i from 0 on, as many again, and then with steps that
    double.
    """

    half: int
    blocks: int
    index: tuple[int, ...]
    weight: tuple[float, ...]
    step: float
    nodes: int
    largest: float


def scheme(found: Sequence[Series], variance: float) -> Scheme:
    """One that does for all of ``found`` where variances are at most ``variance``.

    ``ValueError`` where there would be too many orders.
    """
    largest = float(np.sqrt(variance))
    scales = largest * SCALES
    each = [one.expanded(scales, scales) for one in found]
    base = max(one.orders.base for one in each)
    kept = orders(base, max(int(one.orders.index[-1]) for one in each))
    step = min(float(2 * one.rule.nodes[-1]) for one in each)
    reach = max(float(one.rule.nodes[0]) for one in each)
    count = len(kept.index)
    half = base // 2 if count > base else count
    return Scheme(
        half, count // half,
        tuple(kept.index.tolist()), tuple(kept.weight.tolist()),
        step, int(np.ceil(reach / step + 0.5)), largest,
    )  # fmt: skip


def values(of: Activation, name: str) -> Routine:
    """σ and σ' at a number: choices instead of maxima, which some arrays have of arrays only."""
    exprs = {"value": of.expr, "slope": of.derivative}
    return routine(
        f"{name}_values", "σ(z) and σ'(z).", ("z",),
        {key: _chosen(stable(expr)) for key, expr in exprs.items()},
    )  # fmt: skip


def _chosen(expr: Expr) -> Expr:
    return expr.replace(Max, lambda *args: reduce(lambda a, b: Either(a - b, a, b), args))

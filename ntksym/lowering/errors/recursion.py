r"""How far the entries of a Gram matrix are from those of the exact kernel: a proved bound.

With u = 2**-53, exact inputs and exact parameters, three numbers bound every pair of points behind
every stage, whatever the order in which sums are formed and with or without fused operations:

.. math:: |\tilde s-s|\le\eta u\,s,\qquad
          |\sqrt{\tilde g_\pm}-\sqrt{g_\pm}|\le\alpha u,\qquad
          |\tilde\Theta_{ij}-\Theta_{ij}|\le\tau u\sqrt{\Theta_{ii}\Theta_{jj}}.

**Rows.** Squares are summed with a relative error of d units; a unit row is off by ν = d/2 + 2
along itself and 2 in each coordinate. A product of rows with \|ρ\| <= 0.95 is off by 2ν + 4 + d,
its gap by 1 more, and the root of a gap above 0.05 by that over 0.447. Closer pairs are computed
from differences: their roots are off by :math:`(4+2.32ν)/\sqrt2` and 0.12 (d + 2), which is less.

**Affine layers.** :math:`\sqrt{g'}` is the length of the vector of :math:`\sqrt{a_1a_2g}`,
:math:`\sqrt{2e_1e_2}` and :math:`\sqrt B`. A relative error ψ of t w/β turns the unit vector (a, e)
by ψae <= ψ/2 and moves each of a, e by at most 0.4ψ; to form it costs 5 (the C library's hypot is
trusted to 4, the division takes 1). The five or six roundings of the sum of non-negative terms make
3 units of a root below 1.4143. Without bias a = 1, e = B = 0, and nothing is rounded.

**Activations** of degree 1 (:mod:`.local`). κ has coefficients >= 0, so for ρ >= 0
:math:`1\pm\kappa(\pm\rho)\ge(1-\rho)\kappa'(\rho)`: both roots have in :math:`m=\sqrt{1-|\rho|}`
the derivative :math:`|\kappa'(\rho)|m/\sqrt{1\pm\kappa}\le\sqrt{\kappa'(1)}`, for either sign of ρ.

**Θ' = w²Σ̇Θ + Σ + β².** :math:`|\Theta_{ij}|^2\le\Theta_{ii}\Theta_{jj}` and the inequality of
Cauchy and Schwarz for the three terms make τ' the largest of their relative errors: Σ̇ is off by
:math:`(\text{steep}\,\alpha+\text{dot})\dot\Sigma(1)`, ρ by 2α.

Products of errors are covered by ``SECOND``; ranges in which no term underflows are required.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ntksym.lowering.code.options import SIDE
from ntksym.lowering.errors.local import UNIT, Local, local
from ntksym.lowering.errors.source import Unproved
from ntksym.lowering.inputs import pair_of_arrays
from ntksym.lowering.memory.sheets import Sheet
from ntksym.lowering.stages import Stage
from ntksym.lowering.tiles import Engine

HYPOT = 4.0
"""Two units in the last place; the C libraries in use stay below one."""
PARAMETERS = 2.0
"""w and β as doubles; their squares are off by twice that and 1."""
ROOT = 1.4143
"""Above the root of a gap."""
APART = 0.447
"""Below the sum of two roots of gaps above 0.05."""
MOVED, TURNED = 0.4, 0.5
"""How far a relative error of the ratio a/e moves a root of a product, and turns (a, e)."""
SECOND = 1 + 2.0**-10
LARGEST = 2.0**28
"""Beyond it products of errors would count."""
WIDE, WIDEST = 2.0**100, 2.0**300
"""For w and β, and for s, with their inverses, where they are not 0."""


@dataclass(frozen=True)
class Growth:
    """η, α, τ, as above."""

    deviation: float
    gap: float
    kernel: float

    def affine(self, stage: Stage) -> "Growth":
        """Behind an affine layer; ``kernel`` holds the error of Σ̇Θ."""
        s, gap, kernel = self.deviation + PARAMETERS + 1, self.gap, self.kernel + 7
        if stage.b != 0:
            s, gap = max(s, PARAMETERS) + HYPOT, gap + _turned(s + PARAMETERS)
        return Growth(s, gap, max(kernel if stage.numbers[0] else 0, 2 * s + 2 * gap + 5, 7))

    def activation(self, of: Local) -> "Growth":
        """Behind an activation, the kernel multiplied by Σ̇."""
        return Growth(
            self.deviation + of.point,
            of.growth * self.gap + of.gap,
            self.kernel + of.steep * self.gap + max(of.dot, of.point) + 1,
        )

    def join(self, kept: "Growth") -> "Growth":
        """The sum of two uncorrelated parts."""
        both = self.deviation + kept.deviation
        return Growth(
            max(self.deviation, kept.deviation) + HYPOT,
            max(self.gap, kept.gap) + _turned(both),
            max(self.kernel, kept.kernel) + 1,
        )


def _turned(ratio: float) -> float:
    """What the error ``ratio`` of a/e, and the roundings, add to the root of a gap."""
    moved, turned = MOVED * ratio + HYPOT + 1, TURNED * ratio + HYPOT + 1
    return ROOT * (2 * moved + turned + 3)


def start(width: int) -> Growth:
    """Rows of ``width`` coordinates."""
    norm = width / 2 + 2
    return Growth(norm + 3, (2 * norm + 5 + width) / APART, 0)


def rounding(engine: Engine, x: Any, tangent: bool) -> float:
    r"""τu: each float64 entry is within τu :math:`\sqrt{K(x,x)K(y,y)}` of the exact kernel.

    ``Unproved`` where an activation is not positively homogeneous, a number is out of the range in
    which nothing underflows, or the bound is beyond 2**28 units.
    """
    first, _ = pair_of_arrays(x, None)
    if not first.size:
        return 0.0
    _check_ranges(engine.stages, engine.sheets(first, None)[0])
    return bound(engine.stages, first.shape[1], tangent) * UNIT


def bound(stages: tuple[Stage, ...], width: int, tangent: bool) -> float:
    """τ, for rows of ``width`` coordinates."""
    proved = {s.activation: local(s.activation, tangent) for s in stages if s.activation}
    growth, kept = start(width), []
    for stage in stages:
        if stage.kind == "fork":
            kept.append(growth)
        elif stage.kind == "join":
            growth = growth.join(kept.pop())
        else:
            if stage.kind == "layer":
                growth = growth.activation(proved[stage.activation])
            growth = growth.affine(stage)
    if not max(vars(growth).values()) < LARGEST:
        raise Unproved(f"the bound of the rounding errors is too large: {growth.kernel:.3g} units")
    return growth.kernel * SECOND


def _check_ranges(stages: tuple[Stage, ...], sheet: Sheet) -> None:
    numbers = np.array([x for stage in stages for x in (stage.w, stage.b, stage.numbers[2] ** 0.5)])
    if not _moderate(numbers, WIDE):
        raise Unproved("a parameter is out of range: there may be underflow")
    for block in sheet.block:
        spreads = (part[2 * SIDE : 3 * SIDE] for part in block.affine)
        if not all(_moderate(spread, WIDEST) for spread in spreads):
            raise Unproved("a standard deviation is out of range: there may be underflow")


def _moderate(numbers: np.ndarray, largest: float) -> bool:
    sizes = np.abs(numbers)
    return bool(((sizes == 0) | ((sizes <= largest) & (sizes >= 1 / largest))).all())

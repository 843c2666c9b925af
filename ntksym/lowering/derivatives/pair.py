"""The body of ``pair``: the formulas of the kernel's own module with their partial derivatives."""

from dataclasses import dataclass

from ntksym.lowering.code.forms import Forms
from ntksym.lowering.code.gaps import minus, plus
from ntksym.lowering.code.hoist import Features
from ntksym.lowering.code.pair import assigned, block, coincident, expressions, gap, preamble
from ntksym.lowering.derivatives.partials import growth, partials

SAME = {"less_first": "0.0", "less_second": "0.0"} | dict.fromkeys(
    ("dot_first", "dot_second"), "0.5 * bend1 * s1"
)
"""At one point with itself Σ̇ grows with each ln s alike, and 1 - rho is least.

What 1 - rho moves them by stays: of points that rounding has made one, it may move.
"""


@dataclass(frozen=True)
class Pair:
    """Lines, indented, and the names of the partial derivatives that are not 0."""

    body: str
    partials: list[str]


def pair_of(lowered: Forms, features: Features) -> Pair:
    """What depends on one point goes to ``features``. The root is floored: all divide by it.

    1 - rho moves no faster than the root, so that at coinciding points the product is 0: the mean
    of the limits from both sides.
    """
    rising, falling = lowered.rising, lowered.falling
    alike, whole = rising == falling, rising.whole and falling.whole
    up = expressions(rising, features, {} if alike else {minus: gap}, whole)
    down = expressions(falling, features, {} if alike else {plus: gap}, whole)
    grown = growth(lowered)
    up_by = partials(up, 1, features, grown)
    down_by = partials(down, -1, features, grown)
    names = [name for name in up_by if up_by[name] != 0 or down_by[name] != 0]
    up |= {name: up_by[name] for name in names}
    down |= {name: down_by[name] for name in names}
    forms = [up] if up == down else [up, down]
    body = preamble([e for form in forms for e in form.values()], True) + assigned(*forms)
    end = coincident(lowered)
    if end:
        end += [f"{n} = {SAME[n]} if same else {n}" for n in names if n in SAME]
    values = "less, 2.0 - less, dot" if whole else "max(0.0, less), max(0.0, more), dot"
    return Pair(block(1, *body, *end, f"return {', '.join([values, *names])}"), names)

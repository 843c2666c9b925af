r"""Rigorous integrals over boxes: Gauss-Legendre with an error bound from Bernstein ellipses.

If f is analytic and bounded by M in the ellipse with foci -1, 1 and semi-axis sum r, the N-point
rule on [-1, 1] errs by at most :math:`\tfrac{64}{15}\,M\,r^{-2(N-1)}/(1-r^{-2})` (Trefethen,
Approximation Theory and Approximation Practice, 2013, theorem 19.3). Its weights are positive, so
in several variables the bounds of the single variables add up.
"""

from collections.abc import Callable, Sequence
from itertools import product
from math import prod
from typing import Any

from flint import acb, arb

NODES = 14
ELLIPSES = (4, 2, 8)
Box = tuple[tuple[arb, arb], ...]


def integral(f: Callable[..., Any], box: Box, tolerance: float, pieces: int = 4096) -> arb:
    """The integral of ``f`` over ``box`` as a ball, by bisection where the bound is too wide.

    ``f`` takes balls, one per variable, and is real where all are real; on complex balls it
    must be analytic or return a non-finite ball. When ``pieces`` boxes are not enough the answer
    is a wide ball, never a wrong one.
    """
    total, waiting, used = arb(0), [(box, tolerance)], 0
    while waiting:
        part, allowed = waiting.pop()
        used += 1
        if (small := _volume(part) * _size(f(*(a.union(b) for a, b in part)))) <= allowed:
            total += arb(0, small)
            continue
        errors = [_error(f, part, k, allowed / len(part)) for k in range(len(part))]
        if sum(errors) <= allowed or used + len(waiting) >= pieces:
            total += _rule(f, part) + arb(0, sum(errors))
        else:
            waiting += [(half, allowed / 2) for half in _halves(part, errors)]
    return total


def _volume(box: Box) -> float:
    return prod(float((b - a).upper()) for a, b in box)


def _size(value: Any) -> float:
    return float(value.abs_upper()) if value.is_finite() else float("inf")


def _rule(f: Callable[..., Any], box: Box) -> arb:
    axes = [_nodes(*interval) for interval in box]
    total = arb(0)
    for points in product(*axes):
        total += prod((w for _, w in points), start=f(*[x for x, _ in points]))
    return total


def _nodes(lower: arb, upper: arb) -> list[tuple[arb, arb]]:
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    roots = (arb.legendre_p_root(NODES, k, weight=True) for k in range(NODES))
    return [(middle + half * x, half * w) for x, w in roots]


def _error(f: Callable[..., Any], box: Box, axis: int, enough: float) -> float:
    """The bound for the rule in one variable, times the size of the box in the others.

    The ellipses are tried until the bound is ``enough``.
    """
    lower, upper = box[axis]
    half = float(((upper - lower) / 2).upper())
    others = [_split(*interval, 3) for k, interval in enumerate(box) if k != axis]
    size = _volume(box[:axis] + box[axis + 1 :])
    best = float("inf")
    for r in ELLIPSES:
        shrink = 64 / 15 * r ** (-2 * (NODES - 1)) / (1 - r**-2)
        best = min(best, 1.0001 * half * size * shrink * _bound(f, box[axis], axis, others, r))
        if best <= enough:
            break
    return best


def _bound(f: Callable[..., Any], interval: Any, axis: int, others: list[Any], r: int) -> float:
    """An upper bound of \\|f\\| on the ellipse (upper half: f is real on the reals) times the box."""
    (lower, upper), largest = interval, 0.0
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    wide, high = half * (r + arb(1) / r) / 2, half * (r - arb(1) / r) / 2
    cells = product(_split(middle - wide, middle + wide, 6), _split(arb(0), high, 4))
    complex_cells = [acb(x, y) for x, y in cells]
    for z in complex_cells:
        for rest in product(*others):
            largest = max(largest, _size(f(*rest[:axis], z, *rest[axis:])))
            if largest == float("inf"):
                return largest
    return largest


def _split(lower: arb, upper: arb, parts: int) -> list[arb]:
    edges = [lower + (upper - lower) * k / parts for k in range(parts + 1)]
    return [a.union(b) for a, b in zip(edges, edges[1:], strict=False)]


def _halves(box: Box, errors: Sequence[float]) -> list[Box]:
    """Across the worst axis; the longest, where some bound is infinite and says nothing."""
    worst = errors if max(errors) < float("inf") else [float((b - a).mid()) for a, b in box]
    axis = worst.index(max(worst))
    lower, upper = box[axis]
    middle = ((lower + upper) / 2).mid()
    return [(*box[:axis], side, *box[axis + 1 :]) for side in ((lower, middle), (middle, upper))]

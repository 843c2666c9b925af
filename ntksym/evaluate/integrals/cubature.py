r"""Rigorous integrals over boxes: Gauss-Legendre with an error bound from Bernstein ellipses.

If f is analytic and bounded by M in the ellipse with foci -1, 1 and semi-axis sum r, the N-point
rule on [-1, 1] errs by at most :math:`\tfrac{64}{15}\,M\,r^{-2(N-1)}/(1-r^{-2})` (Trefethen,
Approximation Theory and Approximation Practice, 2013, theorem 19.3). Its weights are positive, so
in several variables the bounds of the single variables add up.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise, product
from math import prod
from typing import Any

from flint import acb, arb

NODES = 24
ELLIPSES = (4, 2, 8)
Box = tuple[tuple[arb, arb], ...]


def integral(f: Callable[..., Any], box: Box, tolerance: float, pieces: int = 4096) -> arb:
    """The integral of ``f`` over ``box`` as a ball, by bisection where the bound is too wide.

    ``f`` takes balls, one per variable, and is real where all are real; on complex balls it
    must be analytic or return a non-finite ball. When ``pieces`` boxes are not enough the answer
    is a wide ball, never a wrong one.
    """
    if not box:
        return f()
    total, waiting, used = arb(0), [(box, tolerance)], 0
    while waiting:
        part, allowed = waiting.pop()
        used += 1
        whole = 1.0001 * _volume(part) * _size(f(*(a.union(b) for a, b in part)))
        if whole <= allowed:
            total += arb(0, whole)
            continue
        last = used + len(waiting) >= pieces
        share = float("inf") if last else allowed / len(part)
        errors = [_error(f, part, k, share) for k in range(len(part))]
        if last or max(errors) <= share:
            total += _rule(f, part) + arb(0, min(sum(errors), 2 * whole))
        else:
            failed = [error > share for error in errors]
            waiting += [(half, allowed / 2) for half in _halves(part, failed)]
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

    The ellipses are tried until the bound is ``enough``; infinity where none gives it.
    """
    lower, upper = box[axis]
    half = float(((upper - lower) / 2).upper())
    others = [_split(*interval, 3) for k, interval in enumerate(box) if k != axis]
    size = _volume(box[:axis] + box[axis + 1 :])
    best = float("inf")
    for r in ELLIPSES:
        scale = 1.0001 * half * size * 64 / 15 * r ** (-2 * (NODES - 1)) / (1 - r**-2)
        limit = enough / scale if scale > 0 else float("inf")
        best = min(best, scale * _bound(f, box[axis], axis, others, r, limit))
        if best <= enough < float("inf"):
            break
    return best


def _bound(
    f: Callable[..., Any], interval: Any, axis: int, others: list[Any], r: int, limit: float
) -> float:
    """An upper bound of \\|f\\| on the ellipse times the box, infinity where it exceeds ``limit``.

    The upper half is enough: f is real on the reals. Its highest cells come first, because there f
    is largest as a rule, and the search can end.
    """
    (lower, upper), largest = interval, 0.0
    middle, half = (lower + upper) / 2, (upper - lower) / 2
    wide, high = half * (r + arb(1) / r) / 2, half * (r - arb(1) / r) / 2
    rows, columns = _split(arb(0), high, 4), _split(middle - wide, middle + wide, 6)
    for z in [acb(x, y) for y in reversed(rows) for x in columns]:
        for rest in product(*others):
            largest = max(largest, _size(f(*rest[:axis], z, *rest[axis:])))
            if largest > limit or largest == float("inf"):
                return float("inf")
    return largest


def _split(lower: arb, upper: arb, parts: int) -> list[arb]:
    edges = [lower + (upper - lower) * k / parts for k in range(parts + 1)]
    return [a.union(b) for a, b in pairwise(edges)]


def _halves(box: Box, failed: Sequence[bool]) -> list[Box]:
    """Across the longest axis, where one whose bound failed counts four times its length."""
    weights = [4 if bad else 1 for bad in failed]
    lengths = [float((b - a).mid()) * k for (a, b), k in zip(box, weights, strict=True)]
    axis = lengths.index(max(lengths))
    lower, upper = box[axis]
    middle = ((lower + upper) / 2).mid()
    return [(*box[:axis], side, *box[axis + 1 :]) for side in ((lower, middle), (middle, upper))]

"""Coefficients of the polynomials: the exchange of Remez, then doubles one after another."""

from collections.abc import Callable, Sequence

from mpmath import mp, mpf

Target = Callable[[mpf], mpf]

DIGITS = 60
POINTS = 16
"""Grid points for each point of the reference; a finer grid moves the error by less than 0.1 %."""


def minimax(
    f: Target, low: mpf, high: mpf, degree: int, relative: bool = True
) -> tuple[float, ...]:
    r"""Doubles :math:`c_0,\dots,c_n` that make :math:`\max|\sum c_jx^j-f(x)|/w(x)` small.

    w is \|f\|, or 1 without ``relative``. Each coefficient is rounded and the ones after it are
    fitted again where powers of x from some :math:`x^i` on are a Haar system, ``low`` >= 0; the
    result is kept where it is better than rounding them all. ValueError for an empty interval.

    >>> [round(c, 3) for c in minimax(mp.exp, mpf(0), mpf(1), 2, relative=False)]
    [1.009, 0.855, 0.846]
    """
    if not low < high:
        raise ValueError(f"low, high: expected low < high, got {low}, {high}")
    with mp.workdps(DIGITS):
        grid = _grid(low, high, degree)
        values = [f(x) for x in grid]
        weights = [abs(v) if relative else mpf(1) for v in values]
        best = _exchange(grid, values, weights, degree, [])
        plain = [mpf(float(c)) for c in best]
        found = plain
        if low >= 0:
            fixed: list[mpf] = []
            while len(fixed) <= degree:
                fixed.append(mpf(float(best[len(fixed)])))
                if len(fixed) <= degree:
                    best = _exchange(grid, values, weights, degree, fixed)
            found = min((plain, fixed), key=lambda c: max(_errors(grid, values, weights, c)))
        return tuple(float(c) for c in found)


def _grid(low: mpf, high: mpf, degree: int) -> list[mpf]:
    count = POINTS * (degree + 2)
    angles = (mp.pi * (2 * k + 1) / (2 * count) for k in range(count))
    return [(low + high) / 2 - (high - low) / 2 * mp.cos(a) for a in angles]


def _exchange(
    grid: Sequence[mpf],
    values: Sequence[mpf],
    weights: Sequence[mpf],
    degree: int,
    fixed: Sequence[mpf],
) -> list[mpf]:
    """The best polynomial on the grid whose first coefficients are ``fixed``."""
    first, count = len(fixed), degree + 2 - len(fixed)
    rest = [v - mp.polyval(fixed[::-1] or [0], x) for x, v in zip(grid, values, strict=True)]
    reference = [round((k + 0.5) * (len(grid) - 1) / count) for k in range(count)]
    coefficients: list[mpf] = []
    for _ in range(30):
        rows = [
            [grid[i] ** j for j in range(first, degree + 1)] + [(-1) ** k * weights[i]]
            for k, i in enumerate(reference)
        ]
        *free, level = mp.lu_solve(mp.matrix(rows), mp.matrix([rest[i] for i in reference]))
        coefficients = [*fixed, *free]
        errors = _signed(grid, values, weights, coefficients)
        reference = _extrema(errors, count)
        if len(reference) < count or max(map(abs, errors)) < 1.001 * abs(level):
            break
    return coefficients


def _signed(
    grid: Sequence[mpf], values: Sequence[mpf], weights: Sequence[mpf], c: Sequence[mpf]
) -> list[mpf]:
    together = zip(grid, values, weights, strict=True)
    return [(mp.polyval(c[::-1], x) - v) / w for x, v, w in together]


def _errors(
    grid: Sequence[mpf], values: Sequence[mpf], weights: Sequence[mpf], c: Sequence[mpf]
) -> list[mpf]:
    return [abs(e) for e in _signed(grid, values, weights, c)]


def _extrema(errors: Sequence[mpf], count: int) -> list[int]:
    """The largest error of each run of one sign; the smaller end goes while they are too many."""
    runs: list[int] = []
    for i, e in enumerate(errors):
        if runs and (e > 0) == (errors[runs[-1]] > 0):
            runs[-1] = max(runs[-1], i, key=lambda k: abs(errors[k]))
        else:
            runs.append(i)
    while len(runs) > count:
        runs.pop(0 if abs(errors[runs[0]]) < abs(errors[runs[-1]]) else -1)
    return runs

"""Coefficients of the polynomials: the exchange of Remez, then doubles one after another."""

from collections.abc import Callable, Sequence

from flint import arb, arb_mat, arb_poly, fmpq

from ntksym.evaluate.balls import precision

Target = Callable[[arb], arb]
Rounding = Callable[[arb], float]

BITS = 200
LEAST = 1e-25
"""What errors differ by, relatively, if not by rounding."""
POINTS = 16
"""Grid points for each point of the reference; a finer grid moves the error by less than 0.1 %."""


def minimax(
    f: Target, low: fmpq, high: fmpq, degree: int, relative: bool = True, to: Rounding = float
) -> tuple[float, ...]:
    r"""Doubles :math:`c_0,\dots,c_n` that make :math:`\max|\sum c_jx^j-f(x)|/w(x)` small.

    w is \|f\|, or 1 without ``relative``. Each coefficient is rounded, by ``to``, and the ones
    after it are fitted again where powers of x from some :math:`x^i` on are a Haar system,
    ``low`` >= 0; the result is kept where it is better than rounding them all. ValueError for an
    empty interval.

    >>> [round(c, 3) for c in minimax(arb.exp, fmpq(0), fmpq(1), 2, relative=False)]
    [1.009, 0.855, 0.846]
    """
    if not low < high:
        raise ValueError(f"low, high: expected low < high, got {low}, {high}")
    with precision(BITS):
        grid = _grid(low, high, degree)
        values = [f(x).mid() for x in grid]
        weights = [abs(v) if relative else arb(1) for v in values]
        best = _exchange(grid, values, weights, degree, [])
        plain = [arb(to(c)) for c in best]
        found = plain
        if low >= 0:
            fixed: list[arb] = []
            while len(fixed) <= degree:
                fixed.append(arb(to(best[len(fixed)])))
                if len(fixed) <= degree:
                    best = _exchange(grid, values, weights, degree, fixed)
            found = min((plain, fixed), key=lambda c: max(_errors(grid, values, weights, c)))
        return tuple(float(c) for c in found)


def _grid(low: fmpq, high: fmpq, degree: int) -> list[arb]:
    count = POINTS * (degree + 2)
    turns = (arb.cos_pi_fmpq(fmpq(2 * k + 1, 2 * count)) for k in range(count))
    return [((low + high) / 2 - (high - low) / 2 * turn).mid() for turn in turns]


def _exchange(
    grid: Sequence[arb],
    values: Sequence[arb],
    weights: Sequence[arb],
    degree: int,
    fixed: Sequence[arb],
) -> list[arb]:
    """The best polynomial on the grid whose first coefficients are ``fixed``."""
    first, count = len(fixed), degree + 2 - len(fixed)
    known = arb_poly([*fixed])
    rest = [(v - known(x)).mid() for x, v in zip(grid, values, strict=True)]
    reference = [round((k + 0.5) * (len(grid) - 1) / count) for k in range(count)]
    coefficients: list[arb] = []
    for _ in range(30):
        rows = [
            [grid[i] ** j for j in range(first, degree + 1)] + [(-1) ** k * weights[i]]
            for k, i in enumerate(reference)
        ]
        solution = arb_mat(rows).solve(arb_mat([[rest[i]] for i in reference]))
        *free, level = (entry.mid() for entry in solution.entries())
        coefficients = [*fixed, *free]
        errors = _signed(grid, values, weights, coefficients)
        reference = _extrema(errors, count)
        if len(reference) < count or max(map(abs, errors)) < 1.001 * abs(level):
            break
    return coefficients


def _signed(
    grid: Sequence[arb], values: Sequence[arb], weights: Sequence[arb], c: Sequence[arb]
) -> list[arb]:
    together, polynomial = zip(grid, values, weights, strict=True), arb_poly([*c])
    return [((polynomial(x) - v) / w).mid() for x, v, w in together]


def _errors(
    grid: Sequence[arb], values: Sequence[arb], weights: Sequence[arb], c: Sequence[arb]
) -> list[arb]:
    return [abs(e) for e in _signed(grid, values, weights, c)]


def _extrema(errors: Sequence[arb], count: int) -> list[int]:
    """The largest error of each run of one sign; the smaller end goes while they are too many.

    Both may be points of the last reference, with one error but for rounding: then the first goes.
    """
    runs: list[int] = []
    for i, e in enumerate(errors):
        if runs and (e > 0) == (errors[runs[-1]] > 0):
            runs[-1] = max(runs[-1], i, key=lambda k: abs(errors[k]))
        else:
            runs.append(i)
    while len(runs) > count:
        first, last = abs(errors[runs[0]]), abs(errors[runs[-1]])
        runs.pop(0 if first < last + LEAST * last else -1)
    return runs

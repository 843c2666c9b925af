"""E[f(u)f(v)] and E[f'(u)f'(v)] as balls, narrower than a tolerance.

By Mehler's series; where the powers of the correlation alone would take it beyond
``LARGEST_ORDER``, by the sum over what u and v share, for which knots of f do not matter; where u
and v are multiples of each other, or one is 0, by one integral.
"""

import math
from fractions import Fraction

from flint import arb
from sympy import Expr, S, Symbol

from ntksym.evaluate.balls import precision, width
from ntksym.evaluate.integrals.hermite import expand
from ntksym.evaluate.integrals.line.halfline import Integrands, Scaled
from ntksym.evaluate.integrals.mehler import LARGEST_ORDER, Mehler, Number, Problem, Progress
from ntksym.evaluate.integrals.pieces import derivative, knots, value_at_zero
from ntksym.evaluate.integrals.smoothing import smoothed

TRIALS = 5


def series_pair(
    f: Expr, x: Symbol, q1: Number, q2: Number, c: Number, tolerance: float,
    progress: Progress | None = None,
) -> arb:  # fmt: skip
    """E[f(u)f(v)] as a ball of a radius of at most ``tolerance``.

    f is analytic in x between finitely many fixed knots; (u, v) is centred Gaussian with variances
    q1, q2 and covariance c. Balls among these add to the radius what their width does.
    ``progress`` hears of orders and of the bound of the remainder.

    Raises ``ValueError`` where the law is none, or f is not seen to be square integrable, and
    ``ArithmeticError`` where the correlation is too near 1 for the smoothness of f (for a kink
    within about 1e-5), or no error bound is found.

    >>> from sympy import sin
    >>> x = Symbol("x", real=True)
    >>> ball = series_pair(sin(x), x, 1, 1, Fraction(1, 2), 1e-20)
    >>> with precision(80): ball.overlaps((-arb(1)).exp() * arb(0.5).sinh()), width(ball) <= 1e-20
    (True, True)
    """
    return _solve(Problem.of((f,), x, q1, q2, c), tolerance, progress)[0]


def series_dual(
    f: Expr, x: Symbol, q1: Number, q2: Number, c: Number, tolerance: float,
    progress: Progress | None = None,
) -> tuple[arb, arb]:  # fmt: skip
    """(E[f(u)f(v)], E[f'(u)f'(v)]) from the same coefficients, as :func:`series_pair` has it.

    Raises ``ValueError`` also where f has a jump: then f' is no function.
    """
    first, second = _solve(Problem.of((f, derivative(f, x)), x, q1, q2, c), tolerance, progress)
    return first, second


def _solve(problem: Problem, tolerance: float, progress: Progress | None) -> tuple[arb, ...]:
    """With finer coefficients and more of them until the balls are narrow enough."""
    if not 1e-290 < tolerance < 1:
        raise ValueError(f"tolerance: expected a number between 1e-290 and 1, got {tolerance}")
    fine, order, widest = tolerance / 64, _order(problem, tolerance), math.inf
    for _ in range(TRIALS):
        found = _attempt(problem, tolerance, progress, order, fine)
        widest = max(width(ball) for ball in found)
        if widest <= tolerance or not problem.exact:
            return found
        fine *= max(1e-30, min(0.01, tolerance / widest / 8))
        order = min(2 * order, LARGEST_ORDER)
    raise ArithmeticError(f"the radius is {widest:.1e} where {tolerance:.1e} was asked for")


def _attempt(
    problem: Problem, tolerance: float, progress: Progress | None, order: int, fine: float
) -> tuple[arb, ...]:
    if problem.q1 == 0 or problem.q2 == 0:
        return tuple(_point_mass(problem, f, fine) for f in problem.functions)
    if problem.turn:
        return tuple(_aligned(problem, f, fine) for f in problem.functions)
    series = Mehler(problem, tolerance, progress)
    if order < LARGEST_ORDER:
        return series.sums(order, fine)
    routes = [lambda: tuple(_smoothed(problem, f, fine) for f in problem.functions)]
    routes.insert(0 if _nearly_aligned(problem) else 1, lambda: series.sums(order, fine))
    try:
        return routes[0]()
    except ArithmeticError:
        return routes[1]()


def _nearly_aligned(problem: Problem) -> bool:
    """Where a function without knots has the shorter series."""
    smooth = not any(knots(f, problem.x) for f in problem.functions)
    return smooth and bool(abs(problem.rho()) > 0.99)


def _smoothed(problem: Problem, f: Expr, fine: float) -> arb:
    with precision(64 + math.ceil(-2 * math.log2(fine))):
        rho = problem.rho()
    laws = [problem.q1] if problem.q1 is problem.q2 else [problem.q1, problem.q2]
    return smoothed([Scaled(f, problem.x, q) for q in laws], rho, fine)


def _order(problem: Problem, tolerance: float) -> int:
    """Where the powers of the correlation alone are small enough."""
    if problem.q1 == 0 or problem.q2 == 0 or problem.c == 0:
        return 1
    size = float(abs(problem.rho()).upper())
    powers = math.log(tolerance / 1e6) / math.log(size) if size < 1 else math.inf
    return int(min(powers + 8, LARGEST_ORDER))


def _moment(g: Scaled, h: Scaled, turn: int, fine: float) -> arb:
    return expand(Integrands((g, h), 0, ((0, 1, turn),), 0), fine).moments[0]


def _point_mass(problem: Problem, f: Expr, fine: float) -> arb:
    """A variance is 0: f(0) E[f(v)]."""
    bits = 40 + math.ceil(-math.log2(fine))
    with precision(bits):
        value = value_at_zero(f, problem.x)
    other = problem.q2 if problem.q1 == 0 else problem.q1
    if other == 0:
        mean = value
    else:
        one = Scaled(S.One, problem.x, Fraction(1))
        mean = _moment(Scaled(f, problem.x, other), one, 1, fine)
    with precision(bits):
        return value * mean


def _aligned(problem: Problem, f: Expr, fine: float) -> arb:
    g, h = (Scaled(f, problem.x, q) for q in (problem.q1, problem.q2))
    return _moment(g, h, problem.turn, fine)

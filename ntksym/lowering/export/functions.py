r"""What every exported kernel is made of beside its activations, in the gaps of the engine.

The updates are those of :mod:`ntksym.lowering.updates`. Each choice is made by a test from which
no derivative is taken, and no root is differentiated at 0: gradients are finite everywhere.
"""

from functools import reduce

from sympy import Abs, Expr, Float, Integer, Max, Min, Rational, S, Symbol, asin, sqrt

from ntksym.evaluate import Hypot
from ntksym.lowering.code.gaps import Either
from ntksym.lowering.export.routine import Assign, Call, Routine, routine
from ntksym.lowering.functions.polynomials import EXCESS_CORE

EPSILON, TINY = Symbol("EPSILON", positive=True), Symbol("TINY", positive=True)
"""Of the numbers that a program runs in: the distance from 1 to the next, and what stands for 0."""
HALF = Rational(1, 2)


def symbols(names: str) -> list[Symbol]:
    return [Symbol(name, real=True) for name in names.split()]


minus, plus, theta, w, b, gap, angle = symbols("minus plus theta w b gap angle")
s1, s2, t1, t2, a1, a2, e1, e2 = symbols("s1 s2 t1 t2 a1 a2 e1 e2")
near, way, x, y, s = symbols("near way x y s")
less, more = symbols("less more")

ANGLE = routine(
    "acute_angle", "arccos(1 - gap), 0 <= gap <= 1.",
    ("gap",), {"angle": 2 * asin(sqrt(gap / 2))},
)  # fmt: skip


def _excess() -> Routine:
    """With h = sin(angle/2), by a polynomial of asin(h)/h - sqrt(1 - h*h) where they cancel."""
    z, h = symbols("z h")
    lines = [Assign("z", gap / 2), Assign("h", sqrt(z))]
    start, core = S.Zero, EXCESS_CORE[::-1]
    for n in range(0, len(core), 4):
        start = reduce(lambda p, k: p * z + Float(k, 17), core[n : n + 4], start)
        lines.append(Assign(f"p{n // 4}", start))
        start = Symbol(f"p{n // 4}", real=True)
    return routine(
        "acute_excess", "What angle = acute_angle(gap) exceeds its sine by.", ("gap", "angle"),
        {"excess": Either(HALF - gap, 2 * h * (z * start), angle - sqrt(gap * (2 - gap)))}, lines,
    )  # fmt: skip


EXCESS = _excess()

START = routine(
    "start_gaps", "1 - rho and 1 + rho of two points; near is that on the side of way = 1 or -1.",
    ("near", "way", "s1", "s2"),
    {
        name: Either(Min(s1, s2), Either(sign * way, close, 2 - close), Either(Max(s1, s2), 1, end))
        for name, sign, end in (("minus", 1, 0), ("plus", -1, 2))
        for close in [Symbol("close", real=True)]
    },
    before=[Assign("close", Either(near - 8 * EPSILON**2, near, Integer(0)))],
)  # fmt: skip

_whole, _size = symbols("whole size")
TOGETHER = routine(
    "together", "s of a sum of two parts, and their shares of it.",
    ("x", "y"), {"a": Either(s, x / _size, 1), "e": y / _size},
    before=[
        Assign("whole", Abs(x) + Abs(y)),
        Assign("s", Either(_whole, Hypot(Either(_whole, x, 1), y), 0)),
        Assign("size", Either(s, s, 1)),
    ],
    beside=["s"],
)  # fmt: skip


def _mixed(mine: Expr, other: Expr) -> Expr:
    apart = ((a1 - a2) ** 2 + (e1 - e2) ** 2) / 2
    return a1 * a2 * mine + (e1 * e2 * other + apart)


def _both(size: str, first: tuple[Expr, Expr], second: tuple[Expr, Expr]) -> list[Call]:
    given = zip(("1", "2"), (first, second), strict=True)
    return [
        TOGETHER.call((f"a{n}", f"e{n}", f"{size}{n}"), {"x": part, "y": other})
        for n, (part, other) in given
    ]


def covariance(less: Expr, more: Expr) -> Expr:
    return HALF * s1 * s2 * (more - less)


def affine(random_bias: bool, tangent: bool) -> Routine:
    """Behind an affine layer; a bias that starts at 0 moves the tangent kernel only."""
    arguments, says = ("minus", "plus", "theta", "t1", "t2", "w", "b"), "Behind an affine layer."
    grown, apart = w**2 * theta + covariance(less, more), b**2
    if random_bias:
        values = {"less": _mixed(minus, S.Zero), "more": _mixed(plus, Integer(2))}
        gaps = {less: values["less"], more: values["more"]}
        values |= {"kernel": grown.subs(gaps)} if tangent else {}
        before = _both("s", (w * t1, b), (w * t2, b))
        beside = ["s1", "s2"]
        return routine("affine", says, arguments, values, before, [TOGETHER], beside)
    sizes = {"s1": Abs(w) * t1, "s2": Abs(w) * t2}
    known = {less: minus, more: plus, s1: sizes["s1"], s2: sizes["s2"]}
    kernel = {"kernel": grown.subs(known) + apart} if tangent else {}
    return routine("scaled", f"{says} Its bias starts at 0.", arguments, kernel | sizes)


KEPT = "minus", "plus", "theta", "s1", "s2"
"""What a fork keeps."""


def join() -> Routine:
    """The gaps and sizes of the sum of two uncorrelated parts."""
    first, second, *others = symbols("kept_s1 kept_s2 kept_minus kept_plus")
    names = ("minus", "plus", "s1", "s2")
    gaps = {"less": _mixed(minus, others[0]), "more": _mixed(plus, others[1])}
    return routine(
        "added", "The sum of two uncorrelated parts.",
        (*names, *(f"kept_{name}" for name in names)), gaps,
        _both("after", (s1, first), (s2, second)), [TOGETHER], ["after1", "after2"],
    )  # fmt: skip

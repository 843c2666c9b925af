"""The routines of an activation, from the forms that the compiled modules are made of."""

from sympy import Expr, Min, S, Symbol, simplify, sqrt

from ntksym.lowering.code.forms import Form, Forms
from ntksym.lowering.code.gaps import (
    Either,
    angle,
    excess,
    minus,
    plus,
    rho,
    root,
    s1,
    t1,
)
from ntksym.lowering.code.hoist import Features, slope1, slope2
from ntksym.lowering.code.pair import coincident, expressions, gap, wide
from ntksym.lowering.export.functions import ANGLE, EXCESS, TINY
from ntksym.lowering.export.routine import Assign, Call, Line, Routine, routine

BEFORE = Symbol("s", nonnegative=True), *(Symbol(f"size{n}", nonnegative=True) for n in (1, 2))
"""The standard deviation of a point as it comes: of the point itself, of the first, the second."""


def layer(name: str, lowered: Forms, tangent: bool) -> Routine:
    """What an activation does to a pair: the gaps behind it, Σ̇ times theta, the sizes."""
    features = Features()
    values = _values(lowered, features, tangent)
    used = set().union(*(value.free_symbols for value in values.values()))
    columns = [pair for pair in features.names.values() if used & {*pair}]
    still = not lowered.diagonal.subs(s1, 0)
    point = _point(name, lowered, features, columns, still)
    before: list[Line] = [_called(point, columns, n) for n in (0, 1)]
    values |= {f"after{n}": Symbol(f"t{n}", positive=True) for n in (1, 2)}
    if still:
        near = Min(*BEFORE[1:])
        values["less"] = Either(near, values["less"], minus)
        values["more"] = Either(near, values["more"], plus)
        values |= {f"after{n}": Either(BEFORE[n], values[f"after{n}"], S.Zero) for n in (1, 2)}
    if tangent:
        values["kernel"] = values.pop("dot") * Symbol("theta", real=True)
        values = {key: values[key] for key in ("less", "more", "kernel", "after1", "after2")}
    calls = [point]
    for symbol, of in ((angle, ANGLE), (excess, EXCESS)):
        if symbol in used or (of is ANGLE and excess in used):
            before.append(of.call([symbol.name]))
            calls.append(of)
    before = [*_preamble(used), *before]
    arguments = ("minus", "plus", "theta", "size1", "size2")
    return routine(f"{name}_layer", "Behind the activation.", arguments, values, before, calls)


def _values(lowered: Forms, features: Features, tangent: bool) -> dict[str, Expr]:
    """The gaps and Σ̇, for either sign of rho, in the symbols of the points and of the pair."""
    rising, falling = lowered.rising, lowered.falling
    alike, whole = rising == falling, rising.whole and falling.whole

    def written(form: Form, near: Symbol, far: Symbol) -> dict[str, Expr]:
        return expressions(form, features, {} if alike else {near: gap, far: wide}, whole)

    up, down = written(rising, minus, plus), written(falling, plus, minus)
    both = {k: up[k] if up[k] == down[k] else Either(plus - minus, up[k], down[k]) for k in up}
    for key in ("less", "more"):
        if key in both and not whole:
            both[key] = Either(both[key], both[key], S.Zero)
    known = " ".join(coincident(lowered))
    apart = minus + abs(BEFORE[1] - BEFORE[2])
    if "less =" in known:
        both["less"] = Either(apart, both["less"], S.Zero)
    if "dot =" in known and tangent:
        both["dot"] = Either(apart, both["dot"], (slope1 + slope2) / 2)
    both.setdefault("more", 2 - both["less"])
    return {key: both[key] for key in ("less", "more", "dot")[: 3 if tangent else 2]}


def _point(
    name: str, lowered: Forms, features: Features, columns: list[tuple[Symbol, Symbol]], still: bool
) -> Routine:
    """T and the numbers of a point that a pair needs; a number near 0 stands for s = 0."""
    numbers = {pair[0]: expr for expr, pair in features.names.items() if pair in columns}
    numbers |= {slope1: lowered.slope} if slope1 in numbers else {}
    numbers.pop(t1, None)
    exprs = {t1: sqrt(lowered.diagonal)} | numbers
    floored = still and (bool(numbers) or simplify(exprs[t1] / s1).has(s1))
    before: list[Line] = [Assign("t1", exprs.pop(t1))]
    if floored:
        before.insert(0, Assign("s1", Either(BEFORE[0], BEFORE[0], TINY)))
    argument = "s" if floored else "s1"
    values = {symbol.name: expr for symbol, expr in exprs.items() if symbol != s1}
    beside = ["t1", *(["s1"] if s1 in numbers else [])]
    return routine(f"{name}_point", "Of one point.", (argument,), values, before, beside=beside)


def _called(point: Routine, columns: list[tuple[Symbol, Symbol]], n: int) -> Call:
    names = {pair[0].name: pair[n].name for pair in columns} | {"t1": f"t{n + 1}"}
    return point.call(
        [names[result] for result in point.results], dict.fromkeys(("s", "s1"), BEFORE[n + 1])
    )


def _preamble(used: set[Symbol]) -> list[Line]:
    values = {
        rho: (plus - minus) / 2,
        gap: Either(plus - minus, minus, plus),
        wide: Either(plus - minus, plus, minus),
        root: sqrt(minus * plus),
    }
    used = used | ({gap} if used & {angle, excess} else set())
    return [Assign(symbol.name, value) for symbol, value in values.items() if symbol in used]

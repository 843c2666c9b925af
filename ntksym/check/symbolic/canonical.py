"""The canonical form of an expression in expectations: equal forms prove equality.

Each expectation becomes a sum of atoms (function, knots, law), one for each product of a smooth
function and rising steps. That uses nothing but the definition of the expectation: linearity,
equality almost everywhere, total mass 1, the symmetry of the law, its marginals, independence at
c = 0, and that a Dirac mass leaves the density at its point times the law given that point.
"""

from collections import defaultdict

from sympy import (
    Add,
    DiracDelta,
    Expr,
    Function,
    Heaviside,
    Integral,
    Mul,
    Rational,
    S,
    Symbol,
    Tuple,
    default_sort_key,
    exp,
    expand,
    pi,
    sqrt,
)

from ntksym.check.density import point
from ntksym.check.symbolic.steps import parts, stepped
from ntksym.check.symbolic.terms import rebuilt, with_rebuilt_arguments
from ntksym.language import GaussianExpectation, u, v

Atom = Function("atom")
Law = tuple[Expr, ...]


def canonical(expr: Expr, known: dict[Expr, Expr] | None = None) -> Expr:
    """``expr`` with each expectation as a sum of atoms, those under integrals included.

    ``known`` remembers expectations from line to line of a chain.
    """
    memory = {} if known is None else known

    def form(node: GaussianExpectation) -> Expr:
        if node not in memory:
            memory[node] = _expectation(*node.args)
        return memory[node]

    expr = expr.replace(
        lambda part: isinstance(part, Integral),
        lambda part: _integral(canonical(part.function, memory), *part.limits),
    )
    return expr.replace(lambda part: isinstance(part, GaussianExpectation), form)


def _integral(function: Expr, limits: Tuple) -> Expr:
    """Linear, with the name of the running variable forgotten."""
    t, *ends = limits
    name = Symbol("running", real=True)
    terms = Add.make_args(expand(rebuilt(function.subs(t, name)), power_exp=False))
    split = (term.as_independent(name, as_Add=False) for term in terms)
    return Add(*(k * Integral(f, (name, *ends)) if f != 0 else S.Zero for k, f in split))


def _expectation(integrand: Expr, *law: Expr) -> Expr:
    bound = [u, v][: 1 if len(law) == 1 else 2]
    law = tuple(rebuilt(entry) for entry in law)
    if integrand.has(DiracDelta):
        terms = Add.make_args(expand(integrand, power_exp=False))
        return Add(*(_mass(term, law) for term in terms))
    return Add(*(_term(term, law) for term in Add.make_args(stepped(integrand, bound))))


def _mass(term: Expr, law: Law) -> Expr:
    """E[delta(x - a) f(x, y)]: the density of x at a times the mean of f(a, y) given that."""
    delta = next((f for f in Mul.make_args(term) if isinstance(f, DiracDelta)), None)
    if delta is None:
        return _expectation(term, *law)
    x, a, scale = point(delta)
    rest = (term / delta).subs(x, a) / scale
    if len(law) == 1:
        return rest * _density(a, law[0])
    first, second, mixed = law if x == u else (law[1], law[0], law[2])
    other = v if x == u else u
    given = rest.subs(other, u + mixed * a / first)
    return _density(a, first) * _expectation(given, second - mixed**2 / first)


def _density(a: Expr, variance: Expr) -> Expr:
    return exp(-(a**2) / (2 * variance)) / sqrt(2 * pi * variance)


def _term(term: Expr, law: Law) -> Expr:
    """A constant times steps times a function, which is brought to one form by symmetry."""
    constant, rest = term.as_independent(u, v, as_Add=False)
    if constant == 0:
        return S.Zero
    steps = dict(parts(f) for f in Mul.make_args(rest) if isinstance(f, Heaviside))
    function = Mul(*(f for f in Mul.make_args(rest) if not isinstance(f, Heaviside)))
    scale, function = _tidied(function)
    return constant * scale * _symmetric(function, steps, law)


def _tidied(function: Expr) -> tuple[Expr, Expr]:
    """One exponential with collected coefficients, its constant part outside."""
    if not function.has(Function):
        return S.One, function
    exponent = expand(Add(*(f.args[0] for f in Mul.make_args(function) if isinstance(f, exp))))
    rest = Mul(*(f for f in Mul.make_args(function) if not isinstance(f, exp)))
    rest = rest.replace(lambda e: isinstance(e, Function), with_rebuilt_arguments)
    if exponent == 0:
        return S.One, rest
    level, slopes = exponent.as_independent(u, v, as_Add=True)
    rates: defaultdict[Expr, Expr] = defaultdict(lambda: S.Zero)
    for term in Add.make_args(slopes):
        rate, monomial = term.as_independent(u, v, as_Add=False)
        rates[monomial] += rate
    return exp(level), rest * exp(Add(*(rebuilt(rate) * x for x, rate in rates.items())))


def _symmetric(function: Expr, steps: dict[Symbol, Expr], law: Law) -> Expr:
    marginal = _marginal(function, steps, law)
    if marginal is not None:
        return marginal
    scale, turned = _tidied(function.xreplace({u: -u, v: -v}))
    centred = all(shift == 0 for shift in steps.values())
    odd, even = expand(turned + function) == 0, expand(turned - function) == 0
    if not steps and odd:
        return S.Zero
    if centred and len(steps) == 1 and even:
        return _symmetric(function, {}, law) / 2
    if centred and len(steps) == 2 and odd:
        return Add(*(_symmetric(function, {x: S.Zero}, law) for x in steps)) / 2
    first = next((s for _, s in sorted(steps.items(), key=str) if s != 0), None)
    if first is not None:
        against = _negative(first)
    else:
        mirror = turned.as_independent(u, v, as_Add=False)[1]
        against = not odd and not even and default_sort_key(mirror) < default_sort_key(function)
    return _reflected(scale * turned, steps, law) if against else _atom(function, steps, law)


def _negative(shift: Expr) -> bool:
    """Of a number and its opposite exactly one is negative: here the one at a sample point."""
    symbols = sorted(shift.free_symbols, key=str)
    value = shift.subs({x: Rational(2 * k + 3, 2 * k + 7) for k, x in enumerate(symbols)})
    return bool(value.is_negative) or (value == 0 and shift.could_extract_minus_sign())


def _marginal(function: Expr, steps: dict[Symbol, Expr], law: Law) -> Expr | None:
    """A part of one variable under the law of that variable; a product where c = 0."""
    if len(law) == 1:
        return None
    one = {x: s for x, s in steps.items() if x == u}
    two = {u: steps[v]} if v in steps else {}
    if not function.has(v) and len(one) == len(steps):
        return _term(Mul(function, *(Heaviside(u + s) for s in one.values())), law[:1])
    if not function.has(u) and len(two) == len(steps):
        other = Mul(function.subs(v, u), *(Heaviside(u + s) for s in two.values()))
        return _term(other, law[1:2])
    factors = Mul.make_args(function.expand(power_exp=True, deep=False))
    if law[2] != 0 or any(f.has(u) and f.has(v) for f in factors):
        return None
    of_u = Mul(*(f for f in factors if not f.has(v)), *(Heaviside(u + s) for s in one.values()))
    of_v = Mul(*(f for f in factors if f.has(v)), *(Heaviside(v + s) for s in two.values()))
    return _term(of_u, law[:1]) * _term(of_v.subs(v, u), law[1:2])


def _reflected(turned: Expr, steps: dict[Symbol, Expr], law: Law) -> Expr:
    """E[f(-x) prod theta(-x + s)] with theta(-x + s) = 1 - theta(x - s)."""
    product = Mul(turned, *(1 - Heaviside(x - s) for x, s in steps.items()))
    expanded = expand(product, power_exp=False)
    return Add(*(_term(term, law) for term in Add.make_args(expanded)))


def _atom(function: Expr, steps: dict[Symbol, Expr], law: Law) -> Expr:
    if function == 1 and not steps:
        return S.One
    knots = [x - steps[x] if x in steps else x for x in (u, v)[: 1 if len(law) == 1 else 2]]
    return Atom(function, *knots, *law, *(S.One if x in steps else S.Zero for x in (u, v)))

"""Is an expression in functions zero, whatever the functions, the data and their number?"""

from collections import defaultdict
from itertools import permutations

from sympy import Add, Dummy, Expr, Function, Indexed, KroneckerDelta, Mul, S, Symbol, expand

from ntksym.check.functional.draws import drawn
from ntksym.check.functional.terms import Binder, terms
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language.functions import Inert, InnerProduct, ReproducingKernel
from ntksym.language.parameters import Eigenfunction, Eigenvalue

Signature = tuple[str, ...]


def is_zero(expr: Expr) -> bool:
    """True where the normal form is empty; ValueError where something has none."""
    groups: defaultdict[Signature, list[Expr]] = defaultdict(list)
    for term in terms(drawn(expr)):
        for part in Add.make_args(expand(term.body, power_exp=False)):
            signature, body = _named(*_reduced(part, list(term.binders)))
            groups[signature].append(body)
    return all(vanishes(_closed(Add(*bodies))) for bodies in groups.values())


def _closed(expr: Expr) -> Expr:
    """Values of functions and inner products are numbers of which nothing else is known."""
    names: dict[Expr, Expr] = {}

    def name(part: Expr) -> Expr:
        return names.setdefault(part, Dummy(real=True))

    known = Function("f").__class__, Inert, Indexed, Eigenfunction, Eigenvalue, ReproducingKernel
    return expr.replace(lambda e: isinstance(e, known[1:]) or isinstance(type(e), known[0]), name)


def _reduced(body: Expr, binders: list[Binder]) -> tuple[Expr, list[Binder]]:
    """Deltas contracted, eigenfunctions recognised, binders of nothing counted."""
    changed = True
    while changed:
        changed = False
        for rule in (_delta, _eigen, _orthonormal, _idle):
            found = rule(body, binders)
            if found is not None:
                body, binders = found
                changed = True
    return body, binders


Reduced = tuple[Expr, list[Binder]] | None


def _delta(body: Expr, binders: list[Binder]) -> Reduced:
    for factor in Mul.make_args(body):
        for binder in binders:
            if isinstance(factor, KroneckerDelta) and binder.symbol in factor.args:
                other = next(a for a in factor.args if a != binder.symbol)
                left = [b for b in binders if b != binder]
                return (body / factor).xreplace({binder.symbol: other}), left
    return None


def _eigen(body: Expr, binders: list[Binder]) -> Reduced:
    """E_x[K(a, x) u_i(x)] = λ_i u_i(a)."""
    for binder in binders:
        x, factors = binder.symbol, Mul.make_args(body)
        about = [part for part in factors if part.has(x)]
        kernel = next((part for part in about if isinstance(part, ReproducingKernel)), None)
        wave = next((part for part in about if isinstance(part, Eigenfunction)), None)
        if binder.upper is None and len(about) == 2 and kernel is not None and wave is not None:
            (a,) = (part for part in kernel.args if part != x)
            rest = Mul(*(part for part in factors if not part.has(x)))
            index = wave.args[0]
            left = [b for b in binders if b != binder]
            return rest * Eigenvalue(index) * Eigenfunction(index, a), left
    return None


def _orthonormal(body: Expr, binders: list[Binder]) -> Reduced:
    """E_x[u_i(x) u_j(x)] = δ_ij."""
    for binder in binders:
        about = [part for part in Mul.make_args(body) if part.has(binder.symbol)]
        waves = [w for part in about for w in _factors(part)]
        if binder.upper is None and len(waves) == 2 and all(map(_is_wave, waves)):
            rest = Mul(*(part for part in Mul.make_args(body) if not part.has(binder.symbol)))
            left = [b for b in binders if b != binder]
            return rest * KroneckerDelta(waves[0].args[0], waves[1].args[0]), left
    return None


def _is_wave(part: Expr) -> bool:
    return isinstance(part, Eigenfunction)


def _factors(part: Expr) -> list[Expr]:
    base, power = part.as_base_exp()
    return [base] * int(power) if power.is_Integer and power > 0 else [part]


def _idle(body: Expr, binders: list[Binder]) -> Reduced:
    """What does not depend on the index is summed N times; a law has total mass 1."""
    for binder in binders:
        if not body.has(binder.symbol):
            times = S.One if binder.upper is None else binder.upper
            return body * times, [b for b in binders if b != binder]
    return None


def _named(body: Expr, binders: list[Binder]) -> tuple[Signature, Expr]:
    """Of all orders of the bound names the first, the kernel and the product being symmetric."""
    kinds = sorted(binders, key=lambda b: str(b.upper))
    signature = tuple(str(b.upper) for b in kinds)
    found = []
    for order in permutations(kinds):
        if tuple(str(b.upper) for b in order) == signature:
            names = {b.symbol: Symbol(f"_{n}", real=True) for n, b in enumerate(order)}
            found.append(_symmetric(body.xreplace(names)))
    return signature, min(found, key=str)


def _symmetric(body: Expr) -> Expr:
    return body.replace(
        lambda e: isinstance(e, ReproducingKernel | InnerProduct),
        lambda e: e.func(*sorted(e.args, key=str)),
    )

r"""The partial derivatives of a dual as it stands, by the covariance and by ln s of each point.

With :math:`s_{12}=c\,p_1p_2`, C its cosine and a its arcsine, along ln s of the first point

.. math:: \dot s_{12}=\frac{s_1p_1'}{p_1}s_{12},\qquad \dot C=-\frac{s_{12}}C\dot s_{12},\qquad
          \dot a=\frac{\dot s_{12}}C ,

and Σ̇ is the derivative of Σ by c. What the chain rule leaves is gathered by

.. math:: s_{12}^{m}C^{n}+s_{12}^{m+2}C^{n-2}=s_{12}^{m}C^{n-2}

between terms of one sign, so that no term is a difference that was not one before.
"""

from collections import defaultdict

from sympy import Add, Dummy, Expr, Poly, Rational, S, cancel, factor, gcd_list, together

from ntksym.language import c
from ntksym.lowering.code.gaps import multiplied_out, s1, s2
from ntksym.lowering.code.rules.direct import Direct, arc, cosine, secant, sine

Powers = tuple[int, int]
"""Of the sine and of the cosine."""


def partials(of: Direct) -> dict[str, Expr]:
    """``sigma_first``, ``dot_c`` and so on; Σ and Σ̇ are symmetric in both points."""
    across = of.scale * of.scale.subs(s1, s2)
    turned = factor(s1 * of.scale.diff(s1) / of.scale) * sine
    found = {"dot_c": _moved(of.dot, of.dot.diff(c), across)}
    for name, expr in {"sigma": of.sigma, "dot": of.dot}.items():
        found[f"{name}_first"] = _moved(expr, s1 * expr.diff(s1), turned)
    found = {name: gathered(expr, across) for name, expr in found.items()}
    swapped = {s1: s2, s2: s1}
    mirrored = {
        name.replace("first", "second"): expr.subs(swapped, simultaneous=True)
        for name, expr in found.items()
        if name.endswith("first")
    }
    return found | mirrored


def _moved(expr: Expr, itself: Expr, turned: Expr) -> Expr:
    """``itself``, and what the sine moves by ``turned``."""
    rates = {sine: S.One, cosine: -sine * secant, secant: sine * secant**3, arc: secant}
    return itself + turned * Add(*(expr.diff(of) * rate for of, rate in rates.items()))


def gathered(expr: Expr, across: Expr) -> Expr:
    """A sum of terms in the sine and cosine, one for each power of the arc and parity."""
    expr = multiplied_out(expr.subs({c: sine / across, secant: 1 / cosine}))
    groups: dict[tuple[int, ...], dict[Powers, Expr]] = {}
    for term in Add.make_args(expr):
        factors = term.as_powers_dict()
        k, m, n = (int(factors[of]) for of in (arc, sine, cosine))
        group = groups.setdefault((k, m % 2, n % 2), defaultdict(lambda: S.Zero))
        group[m, n] += term / (arc**k * sine**m * cosine**n)
    return Add(*(arc**k * _sum(group) for (k, *_), group in groups.items()))


def _sum(group: dict[Powers, Expr]) -> Expr:
    """What all coefficients have in common, times a sum of the rest by powers of the secant."""
    common, rests = _apart(group)
    rests = _merged(rests)
    low, top = min(m for m, _ in rests), max(n for _, n in rests)
    by_secant: dict[int, Expr] = defaultdict(lambda: S.Zero)
    for (m, n), rest in rests.items():
        by_secant[(top - n) // 2] += factor(rest) * sine ** (m - low)
    total = S.Zero
    for k in range(max(by_secant), -1, -1):
        total = by_secant[k] + secant**2 * total
    power = cosine**top if top >= 0 else secant**-top
    return common * sine**low * power * total


def _apart(group: dict[Powers, Expr]) -> tuple[Expr, dict[Powers, Expr]]:
    """The coefficients as one factor times polynomials in s1 and s2, where they are that."""
    first = next(iter(group.values()))
    names = {at: Dummy() for at in group}
    ratios = (names[at] * cancel(together(k / first)) for at, k in group.items())
    above, below = together(Add(*ratios)).as_numer_denom()
    rests = {at: Poly(above, name).coeff_monomial(name) for at, name in names.items()}
    if not all(rest.is_polynomial(s1, s2) for rest in rests.values()):
        return S.One, dict(group)
    shared = gcd_list(list(rests.values()))
    return factor(first * shared / below), {at: cancel(r / shared) for at, r in rests.items()}


def _merged(rests: dict[Powers, Expr]) -> dict[Powers, Expr]:
    """By the identity above, monomial by monomial in s1 and s2."""
    by_monomial: dict[Expr, dict[Powers, Rational]] = {}
    for at, rest in rests.items():
        for term in Add.make_args(multiplied_out(rest)):
            number, monomial = term.as_coeff_Mul()
            by_monomial.setdefault(monomial, defaultdict(lambda: S.Zero))[at] += number
    found: dict[Powers, Expr] = defaultdict(lambda: S.Zero)
    for monomial, numbers in by_monomial.items():
        while pair := _alike(numbers):
            (m, n), (below, above) = pair
            share = min(numbers[m, n], numbers[below, above], key=abs)
            numbers[m, n] -= share
            numbers[below, above] -= share
            numbers[below, n] += share
        for at, number in numbers.items():
            found[at] += number * monomial
    return {at: rest for at, rest in found.items() if rest != 0}


def _alike(numbers: dict[Powers, Rational]) -> tuple[Powers, Powers] | None:
    """A term and that with less sine and more cosine, of one sign."""
    for m, n in numbers:
        if numbers.get((m - 2, n + 2), S.Zero) * numbers[m, n] > 0:
            return (m, n), (m - 2, n + 2)
    return None

r"""The dual as it stands, for pairs that are far from where its arcsine is singular.

One arcsine, of :math:`s_{12}=c\,p_1p_2`, and square roots that are multiples of
:math:`\sqrt{1-s_{12}^2}`. As :math:`s_{12}^2\le s_{11}s_{22}` a bound on points is one on pairs:
where it holds no gap is needed, and the covariance itself is carried. From gaps, as the first of
such layers has them,

.. math:: 1-s_{12}^2=(1-s_{11})+(1-s_{22})-(1-s_{11})(1-s_{22})+s_{11}s_{22}\,g_-g_+ .
"""

from dataclasses import dataclass

from sympy import Add, Expr, Poly, Pow, Symbol, asin, div, expand, factor, simplify, sqrt, together

from ntksym.language import c, q1, q2
from ntksym.lowering.code.gaps import multiplied_out, s1, s2, split

sine, secant, arc = (Symbol(name, real=True) for name in ("sine", "secant", "arc"))
cosine = Symbol("cosine", positive=True)


@dataclass(frozen=True)
class Direct:
    """Σ and Σ̇ in s1, s2, c, and ``sine``, ``cosine``, ``secant``, ``arc`` of the arcsine.

    ``scale``: p of one point. ``rest``: 1 - s of one point, as a quotient.
    """

    sigma: Expr
    dot: Expr
    scale: Expr
    rest: Expr


def direct(sigma: Expr, dot: Expr) -> Direct | None:
    """``None`` without such an arcsine, or with one whose ends are where points coincide."""
    arcs = sigma.atoms(asin) | dot.atoms(asin)
    if len(arcs) != 1:
        return None
    (found,) = arcs
    ratio = (found.args[0] / c).subs({q1: s1**2, q2: s2**2})
    square = factor(ratio.subs(s2, s1))
    p = split(sqrt(square))
    if ratio.has(c) or simplify(ratio**2 - square * square.subs(s1, s2)) != 0:
        return None
    if simplify(square * s1**2) == 1:
        return None
    over = 1 / (p * p.subs(s1, s2))
    try:
        sigma, dot = (_by_sine(e.xreplace({found: arc}), over) for e in (sigma, dot))
    except NotImplementedError:
        return None
    return Direct(sigma, dot, p, factor(1 - s1**2 * square))


def _by_sine(expr: Expr, over: Expr) -> Expr:
    """C = ``over`` * sine wherever a root stands, so that what cancels under it is gone."""
    whole, across = expand(over**2), c**2

    def root(power: Expr) -> Expr:
        radicand = expand(power.base)
        level = radicand.subs(c, 0)
        if expand(radicand * whole - level * (whole - across)) != 0:
            raise NotImplementedError
        return (split(sqrt(factor(level))) * cosine) ** (2 * power.exp)

    expr = expr.subs({q1: s1**2, q2: s2**2}).replace(_is_root, root)
    terms = Add.make_args(multiplied_out(expr))
    rooted = (_collected(multiplied_out(t.subs(c, over * sine))) for t in _together(terms))
    return Add(*(t for t in terms if not t.has(cosine)), *rooted)


def _is_root(part: Expr) -> bool:
    return isinstance(part, Pow) and part.exp.is_Rational and part.exp.q == 2 and part.base.has(c)


def _together(terms: tuple[Expr, ...]) -> list[Expr]:
    """Those with the same power of the cosine as one."""
    by_power: dict[Expr, list[Expr]] = {}
    for term in terms:
        if term.has(cosine):
            by_power.setdefault(term.as_coeff_exponent(cosine)[1], []).append(term)
    return [Add(*same) for same in by_power.values()]


def _collected(term: Expr) -> Expr:
    """1 - sine**2 as the square of the cosine, in each coefficient of what depends on points."""
    power = Add.make_args(term)[0].as_coeff_exponent(cosine)[1]
    rest = multiplied_out(term / cosine**power)
    by_sine = Add(*(factor(k) * sine**n for (n,), k in Poly(rest, sine).terms()))
    above, below = together(by_sine).as_numer_denom()
    inside = [(s1**i * s2**j / below, k) for (i, j), k in Poly(above, s1, s2).terms()]
    divided = [(at, k, *div(k, 1 - sine**2, sine)) for at, k in inside]
    if all(left != 0 for *_, left in divided):
        return rest * _power(power)
    return Add(*(at * (quotient * _power(power + 2) if left == 0 else k * _power(power))
                 for at, k, quotient, left in divided))  # fmt: skip


def _power(n: Expr) -> Expr:
    return cosine**n if n >= 0 else secant**-n

r"""1 - Σ/(t₁t₂) of a whole dual, as a function of both gaps that is right for every rho.

With :math:`\Sigma=\sum_i\pm f_i` a point is the vector of :math:`y_i=x_i/t`, with
:math:`\sum\pm y_i^2=1`, and as in :mod:`ntksym.lowering.updates`

.. math:: 1-\frac\Sigma{t_1t_2}
          =\sum_i\pm\Bigl(\tfrac12(y_{i1}-y_{i2})^2+y_{i1}y_{i2}\,\gamma_i\Bigr).
"""

from sympy import Add, Expr, S, expand

from ntksym.language import c, q1, q2
from ntksym.lowering.code.gaps import (
    Either,
    in_gaps,
    minus,
    multiplied_out,
    near_one,
    plus,
    s1,
    s2,
    t1,
    t2,
)
from ntksym.lowering.code.rules.apart import arcs_of, gap, sizes
from ntksym.lowering.code.rules.means import by_means
from ntksym.lowering.code.rules.terms import NoRule, Term, term, terms
from ntksym.lowering.code.rules.tilted import hyperbolic


def less(sigma: Expr) -> Expr:
    """``NoRule`` where a part of Σ has none."""
    parts = terms(sigma)
    of_points = [part for part in parts if part.free_symbols in ({q1}, {q2})]
    joined = [term(part) for part in parts if part not in of_points]
    if of_points:
        return _by_means(sigma, joined, Add(*of_points))
    if len(joined) == 1:
        return gap(joined[0])
    if sorted(part.sign for part in joined) == [-1, 1]:
        return _alike(sigma, _difference(*sorted(joined, key=lambda part: -part.sign)))
    return Add(*(_share(part, t1, t2) for part in joined))


def more(sigma: Expr) -> Expr:
    r"""1 + Σ/(t1 t2) of an odd part that is a power, of y² at one point, and an even one, of z².

    .. math:: \tfrac12(z_1^2+z_2^2)+\frac{\Sigma_{\rm even}}{t_1t_2}
              +\tfrac12(y_1-y_2)^2+y_1y_2\,(1+\rho_{\rm odd}),\qquad 1-y=\frac{z^2}{1+y} .
    """
    odd = multiplied_out((sigma - sigma.subs(c, -c)) / 2)
    if odd == 0 or not odd.is_polynomial(q1, q2, c):
        raise NoRule(f"{odd}: no polynomial")
    even, part = sigma - odd, term(odd)
    y, z = sizes(part)[0] / t1, near_one(in_gaps(even.subs({q2: q1, c: q1}), 1)) / t1**2
    second = {s1: s2, t1: t2}
    below = z / (1 + y)
    opposite = gap(part).subs({minus: plus, plus: minus}, simultaneous=True)
    return Add(
        (z + z.subs(second)) / 2,
        by_means(even) / (t1 * t2),
        (below - below.subs(second)) ** 2 / 2,
        y * y.subs(second) * opposite,
    )


def arcs(sigma: Expr) -> dict[Expr, Expr]:
    """Arcsines whose value follows from what ``less`` computes."""
    found: dict[Expr, Expr] = {}
    for part in terms(sigma):
        if c in part.free_symbols:
            found |= arcs_of(term(part))
    return found


def parity(sigma: Expr) -> int:
    """1 for an even function of c, -1 for an odd one, 0 for others."""
    mirrored = sigma.subs(c, -c)
    return next((turn for turn in (1, -1) if expand(sigma - turn * mirrored) == 0), 0)


def _share(part: Term, over1: Expr, over2: Expr) -> Expr:
    x1, x2 = sizes(part)
    y1, y2 = x1 / over1, x2 / over2
    return part.sign * ((y1 - y2) ** 2 / 2 + y1 * y2 * gap(part))


def _difference(more: Term, less: Term) -> Expr:
    """Both y and z may be far above 1, close to each other: y - z is taken for each point."""
    (y1, y2), (z1, z2) = sizes(more), sizes(less)
    down = near_one(y1 - z1) / t1 - near_one(y2 - z2) / t2
    up = (y1 + z1) / t1 - (y2 + z2) / t2
    norm = t1 * t2
    return down * up / 2 + y1 * y2 / norm * gap(more) - z1 * z2 / norm * gap(less)


def _by_means(sigma: Expr, joined: list[Term], of_points: Expr) -> Expr:
    """A function of one point plus that of the other has no x; it is its own mean."""
    if of_points.subs({q1: q2, q2: q1}, simultaneous=True) != of_points:
        raise NoRule(f"{of_points}: not symmetric")
    apart = Add(*(_share(part, S.One, S.One) for part in joined)) - (t1 - t2) ** 2 / 2
    return Either(_near(), apart / (t1 * t2), 1 - by_means(sigma) / (t1 * t2))


def _alike(sigma: Expr, less: Expr) -> Expr:
    """For points of like size; for others, whose terms are far above Σ, Σ is subtracted."""
    return Either(_near(), less, 1 - near_one(hyperbolic(sigma) or in_gaps(sigma, 1)) / (t1 * t2))


def _near() -> Expr:
    """Positive for points of like size."""
    return S.Half - (t1 - t2) ** 2 / (2 * t1 * t2)

r"""The partial derivatives of a form, by the chain rule, in what the form is computed from.

With ± the sign of ρ, :math:`\partial_{g_-}` of the gaps, of ρ, of the root :math:`\sqrt{g_-g_+}`,
of the angle ϑ with :math:`\cos\vartheta=|\rho|` and of its excess :math:`\vartheta-\sqrt{g_-g_+}`
is

.. math:: 1,\ -1;\quad -1;\quad \rho/\sqrt{g_-g_+};\quad \pm1/\sqrt{g_-g_+};\quad
          \pm\min(g_-,g_+)/\sqrt{g_-g_+}.

A number p of one point is a function of s and t(s), and :math:`2tt'=(t^2)'`. Its derivative is by
ln s, which is of the size of p; that of a negative power is p times a quotient: nothing overflows.
"""

from dataclasses import dataclass

from sympy import (
    Add,
    Dummy,
    Expr,
    Integer,
    S,
    Symbol,
    atan,
    factor,
    fraction,
    preorder_traversal,
)

from ntksym.lowering.code.forms import Forms
from ntksym.lowering.code.gaps import (
    angle,
    excess,
    minus,
    multiplied_out,
    plus,
    rho,
    root,
    s1,
    s2,
    t1,
    t2,
)
from ntksym.lowering.code.hoist import Features
from ntksym.lowering.code.pair import gap

VALUES = "less", "dot"
BY = "minus", "first", "second"
"""What the partial derivatives are by: 1 - rho, ln s of each point."""


@dataclass(frozen=True)
class Growth:
    """t' and the derivative of Σ̇ at u = v, as functions of s1 and t1."""

    t: Expr
    slope: Expr

    def of(self, expr: Expr) -> Expr:
        """The derivative by ln s1 of a function of s1 and t1, factored: large terms cancel."""
        return factor(s1 * (derivative(expr, s1) + derivative(expr, t1) * self.t))

    def number(self, expr: Expr, name: Symbol) -> Expr:
        """``of`` a number of a point, which stands under its name."""
        if expr.is_Pow and expr.exp.is_negative:
            return name * (expr.exp * self.of(expr.base) / expr.base)
        return self.of(expr)


def growth(lowered: Forms) -> Growth:
    """That of an activation, from t**2 = ``diagonal``."""
    square, slope = (factor(derivative(e, s1)) for e in (lowered.diagonal, lowered.slope))
    return Growth(square / (2 * t1), slope)


def derivative(expr: Expr, by: Symbol) -> Expr:
    """That of an angle atan(y/x) is (x y' - y x')/(x**2 + y**2), with no power that overflows."""
    angles = {angle: Dummy() for angle in expr.atoms(atan)}
    inside = expr.xreplace(angles)
    total = inside.diff(by)
    for of, name in angles.items():
        y, x = fraction(of.args[0])
        total += inside.diff(name) * (x * y.diff(by) - y * x.diff(by)) / (x**2 + y**2)
    return total.xreplace({name: of for of, name in angles.items()})


def partials(
    forms: dict[str, Expr], sign: int, features: Features, growth: Growth
) -> dict[str, Expr]:
    """``less_minus``, ``less_first`` and so on; ``forms`` are hoisted, ``sign`` is that of rho."""
    points = [(growth.number(p, at[0]), *at) for p, at in features.names.items()]
    found = {}
    for name in VALUES:
        expr = forms[name]
        found[f"{name}_minus"] = _by_minus(expr, sign)
        found[f"{name}_first"] = Add(*(derivative(expr, at) * rate for rate, at, _ in points))
        found[f"{name}_second"] = Add(
            *(
                derivative(expr, at) * rate.xreplace({s1: s2, t1: t2, one: at})
                for rate, one, at in points
            )
        )
    return {name: features.hoisted(expr) for name, expr in found.items()}


def _by_minus(expr: Expr, sign: int) -> Expr:
    """Multiplied out where roots may cancel: they are divided by."""
    by: dict[Symbol, Expr] = {
        minus: S.One, plus: S.NegativeOne, gap: Integer(sign), rho: S.NegativeOne,
        root: rho / root, angle: sign / root, excess: sign * gap / root,
    }  # fmt: skip
    total = Add(*(derivative(expr, symbol) * rate for symbol, rate in by.items()))
    return multiplied_out(total) if expr.has(root, angle, excess) else _smaller(total)


def _smaller(expr: Expr) -> Expr:
    """As it is, or multiplied out."""
    return min(expr, multiplied_out(expr), key=lambda e: sum(1 for _ in preorder_traversal(e)))

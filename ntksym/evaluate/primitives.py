"""The table of primitives: a row per function, a column per number system.

A new special function is one row here; scalar code, mpmath and Arb all read it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sympy
from flint import acb, arb
from sympy.codegen.cfunctions import expm1

from ntksym.evaluate.bivariate import ball_bivariate_normal, mp_bivariate_normal
from ntksym.language import BivariateNormalCDF


class Hypot(sympy.Function):
    """sqrt(x**2 + y**2) as one function: no square of it overflows."""

    nargs = 2

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        return self.args[argindex - 1] / self


@dataclass(frozen=True)
class Primitive:
    """One function in every number system.

    ``code`` is scalar Python that Numba compiles, of ``math`` and of the functions in
    :mod:`ntksym.evaluate.scalar` (as ``scalar.name``), ``mp`` takes an mpmath context first,
    ``ball`` takes ``arb`` or ``acb`` (``atan2`` and the order functions: ``arb`` only).
    """

    head: type[sympy.Basic]
    code: str
    mp: Callable[..., Any]
    ball: Callable[..., Any]


def ball_sqrt(x: Any) -> Any:
    """A real ball that straddles 0 is cut there: the radicand of a real root is not negative."""
    if isinstance(x, acb):
        return _off_cut(x, not x.real > 0).sqrt()
    return x.nonnegative_part().sqrt() if x.contains(0) else x.sqrt()


def _off_cut(x: Any, near: bool) -> Any:
    """A complex ball, or no number where it may touch the branch cut on the real axis.

    Error bounds of integrals need functions that are analytic on the whole ball.
    """
    return acb(arb.nan()) if isinstance(x, acb) and near and x.imag.contains(0) else x


def _ball_asin(x: Any) -> Any:
    return _off_cut(x, isinstance(x, acb) and not abs(x.real) < 1).asin()


def _ball_atan(x: Any) -> Any:
    if not isinstance(x, acb):
        return x.atan()
    turned = x * acb(0, 1)
    return (x if _off_cut(turned, not abs(turned.real) < 1).is_finite() else acb(arb.nan())).atan()


def _ball_log(x: Any) -> Any:
    return _off_cut(x, isinstance(x, acb) and not x.real > 0).log()


def _ball_abs(x: Any) -> Any:
    """On complex balls the analytic branches x and -x, where the ball is in one half plane."""
    if not isinstance(x, acb):
        return abs(x)
    return x if x.real > 0 else -x if x.real < 0 else acb(arb.nan())


def ball_power(x: Any, y: Any) -> Any:
    return _off_cut(x, isinstance(x, acb) and not x.real > 0) ** y


def mp_sqrt(ctx: Any, x: Any) -> Any:
    """Rounding may leave a zero radicand slightly negative."""
    return ctx.sqrt(max(x, 0))


TABLE = {
    row.head: row
    for row in (
        Primitive(sympy.exp, "math.exp({})", lambda ctx, x: ctx.exp(x), lambda x: x.exp()),
        Primitive(expm1, "math.expm1({})", lambda ctx, x: ctx.expm1(x), lambda x: x.expm1()),
        Primitive(sympy.log, "math.log({})", lambda ctx, x: ctx.log(x), _ball_log),
        Primitive(sympy.sin, "math.sin({})", lambda ctx, x: ctx.sin(x), lambda x: x.sin()),
        Primitive(sympy.cos, "math.cos({})", lambda ctx, x: ctx.cos(x), lambda x: x.cos()),
        Primitive(sympy.tanh, "math.tanh({})", lambda ctx, x: ctx.tanh(x), lambda x: x.tanh()),
        Primitive(sympy.sinh, "math.sinh({})", lambda ctx, x: ctx.sinh(x), lambda x: x.sinh()),
        Primitive(sympy.cosh, "math.cosh({})", lambda ctx, x: ctx.cosh(x), lambda x: x.cosh()),
        Primitive(sympy.asin, "math.asin({})", lambda ctx, x: ctx.asin(x), _ball_asin),
        Primitive(sympy.atan, "math.atan({})", lambda ctx, x: ctx.atan(x), _ball_atan),
        Primitive(sympy.erf, "math.erf({})", lambda ctx, x: ctx.erf(x), lambda x: x.erf()),
        Primitive(sympy.erfc, "math.erfc({})", lambda ctx, x: ctx.erfc(x), lambda x: x.erfc()),
        Primitive(sympy.Abs, "abs({})", lambda ctx, x: abs(x), _ball_abs),
        Primitive(
            sympy.atan2,
            "math.atan2({}, {})",
            lambda ctx, y, x: ctx.atan2(y, x) if (y, x) != (0, 0) else ctx.zero,
            lambda y, x: arb.atan2(y, x) if not (y == 0 and x == 0) else arb(0),
        ),
        Primitive(
            Hypot,
            "math.hypot({}, {})",
            lambda ctx, x, y: ctx.hypot(x, y),
            lambda x, y: ball_sqrt(x * x + y * y),
        ),
        Primitive(
            BivariateNormalCDF,
            "scalar.bivariate_normal({}, {}, {})",
            mp_bivariate_normal,
            ball_bivariate_normal,
        ),
        Primitive(sympy.Max, "max({}, {})", lambda ctx, x, y: max(x, y), lambda x, y: x.max(y)),
        Primitive(sympy.Min, "min({}, {})", lambda ctx, x, y: min(x, y), lambda x, y: x.min(y)),
    )
}

SQRT = Primitive(sympy.Pow, "math.sqrt({})", mp_sqrt, ball_sqrt)
POWER = Primitive(sympy.Pow, "({}) ** ({})", lambda ctx, x, y: x**y, ball_power)


def primitive(expr: sympy.Expr) -> Primitive:
    """The row of ``expr``'s head; ``ValueError`` where the table has none."""
    try:
        return TABLE[type(expr)]
    except KeyError:
        known = ", ".join(sorted(head.__name__ for head in TABLE))
        raise ValueError(
            f"no numbers for {type(expr).__name__} in {expr}; the table of primitives has {known}"
        ) from None

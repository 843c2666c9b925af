"""SymPy expressions as LaTeX, in the conventions of the project."""

from typing import Any

from sympy import Expr, Integral, Mul, Pow, Rational, Symbol
from sympy.logic.boolalg import Boolean
from sympy.printing.latex import LatexPrinter

from ntksym.language.functions import eps, here
from ntksym.render.mathematics.text import escaped, is_mathematics

SETTINGS = {"inv_trig_style": "full", "ln_notation": True, "long_frac_ratio": 2}


def latex(expr: Expr | Boolean) -> str:
    r"""``expr`` as LaTeX without dollars, the same at each call.

    Inverse functions in full (``\arccos``), natural logarithm ``\ln``, Heaviside ``\theta``, Dirac
    ``\delta``; a sum starts with a positive term, roots of positive factors share one radical.

    >>> from sympy import sqrt
    >>> from ntksym.language import c, q1, q2
    >>> print(latex(sqrt(q1 * q2 - c**2) / sqrt(q1 * q2)))
    \frac{\sqrt{q_{1} q_{2} - c^{2}}}{\sqrt{q_{1} q_{2}}}
    """
    return str(_Printer(SETTINGS).doprint(expr))


class _Printer(LatexPrinter):
    def _as_ordered_terms(self, expr: Expr, order: str | None = None) -> list[Expr]:
        terms = list(super()._as_ordered_terms(expr, order=order))
        if expr.has(eps):  # f + εφ, by powers of what is small
            return sorted(terms, key=lambda term: int(term.as_coeff_exponent(eps)[1]))
        return leading_positive(terms)

    def _print_Mul(self, expr: Expr) -> str:
        return str(super()._print_Mul(_common_radicals(expr)))

    def _print_Function(self, expr: Expr, exp: str | None = None) -> str:
        """A function by itself, without the dot for its argument."""
        printed = str(super()._print_Function(expr, exp))
        return printed.split(r"{\left(")[0] if expr.args == (here,) else _bare(printed, exp)

    def _print_log(self, expr: Expr, exp: str | None = None) -> str:
        return _bare(str(super()._print_log(expr, exp)), exp)

    def _print_ExpBase(self, expr: Expr, exp: str | None = None) -> str:
        """A fraction in an exponent is too small to read."""
        printed = str(super()._print_ExpBase(expr, exp))
        if r"\frac" not in printed:
            return printed
        numerator, denominator = expr.args[0].as_numer_denom()
        if denominator.is_Integer and not numerator.is_Add:
            short = f"e^{{{self._print(numerator)}/{denominator}}}"
            return str(self._do_exponent(short, exp))
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\exp{power}\left({self._print(expr.args[0])}\right)"

    def _print_Integral(self, expr: Integral) -> str:
        return str(super()._print_Integral(expr)).replace(r"\int\limits", r"\int")

    def _print_Symbol(self, expr: Symbol, style: str = "plain") -> str:
        printed = str(super()._print_Symbol(expr, style))
        if len(printed) > 1 and printed.isalpha():
            return rf"\mathit{{{printed}}}"
        return printed if is_mathematics(printed) else rf"\text{{{escaped(expr.name)}}}"

    _print_Dummy = _print_Symbol


def _bare(printed: str, exp: str | None) -> str:
    r"""``\ln{\left(x \right)}`` -> ``\ln\left(x \right)``: the braces would put a space before."""
    name, found, rest = printed.partition(r"{\left(")
    bare = found and exp is None and rest.endswith(r"\right)}")
    return rf"{name}\left({rest[:-1]}" if bare else printed


def leading_positive(terms: list[Expr]) -> list[Expr]:
    """The terms of a sum, the first one without a minus sign moved to the front."""
    positive = (k for k, term in enumerate(terms) if not term.as_coeff_Mul()[0].is_negative)
    lead = next(positive, 0)
    return [terms[lead], *terms[:lead], *terms[lead + 1 :]]


def ordered_terms(expr: Expr) -> list[Expr]:
    """The terms of ``expr`` in the order in which :func:`latex` prints them."""
    return leading_positive(list(expr.as_ordered_terms()))


def _common_radicals(expr: Expr) -> Expr:
    """sqrt(a)*sqrt(b) -> sqrt(a*b), for printing only: SymPy splits it again when it evaluates."""
    if not isinstance(expr, Mul):
        return expr
    factors: list[Any] = list(expr.args)
    for exponent in (Rational(1, 2), Rational(-1, 2)):
        roots = [f for f in factors if f.is_Pow and f.exp == exponent and f.base.is_nonnegative]
        if len(roots) > 1:
            radicand = Mul(*(root.base for root in roots))
            factors = [f for f in factors if f not in roots]
            factors.append(Pow(_Radicand(radicand), exponent))
    return Mul(*factors) if len(factors) < len(expr.args) else expr


class _Radicand(Expr):
    """A product that stays together under a root."""

    is_commutative = True

    def _latex(self, printer: LatexPrinter, **_: Any) -> str:
        return str(printer._print(self.args[0]))

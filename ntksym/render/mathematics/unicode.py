"""Mathematics for a terminal: SymPy's two-dimensional printer in the notation of the articles."""

import re
from typing import Any

from sympy import Dummy, Expr, Mul, Rational
from sympy.logic.boolalg import Boolean
from sympy.printing.pretty.pretty import PrettyPrinter
from sympy.printing.pretty.stringpict import prettyForm, stringPict

from ntksym.language import q1, q2
from ntksym.render.mathematics.plain import plain, raised
from ntksym.render.mathematics.printer import leading_positive

NAMES = {
    "Heaviside": "θ", "DiracDelta": "δ", "asin": "arcsin", "acos": "arccos", "atan": "arctan",
    "BivariateNormalCDF": "Φ₂", "HermitePolynomial": "h",
}  # fmt: skip


def picture(expr: Expr | Boolean, columns: int) -> list[str]:
    """``expr`` in lines of at most ``columns`` characters, as far as its terms allow.

    >>> from sympy import Rational
    >>> from ntksym.language import q1
    >>> print(*picture(q1 * Rational(1, 2), 80), sep="\\n")
    q₁
    ──
    2
    """
    whole = _cut(_Printer()._print(expr))
    if max(map(len, whole)) <= columns or not getattr(expr, "is_Add", False):
        return whole
    rows: list[list[Expr]] = [[]]
    for term in leading_positive(list(expr.as_ordered_terms())):
        longer = [*rows[-1], term]
        if rows[-1] and max(map(len, _cut(_Printer().sum_of(longer, len(rows) > 1)))) > columns:
            rows.append([term])
        else:
            rows[-1] = longer
    blocks = [_cut(_Printer().sum_of(row, k > 0)) for k, row in enumerate(rows)]
    return [line for block in blocks for line in block]


def baseline(expr: Expr | Boolean) -> int:
    """The line of its picture on which an equals sign before it would stand."""
    return int(_Printer()._print(expr).baseline)


def _cut(form: Any) -> list[str]:
    return [line.rstrip() for line in str(form).split("\n")]


class _Printer(PrettyPrinter):
    def __init__(self) -> None:
        super().__init__({"use_unicode": True, "wrap_line": False, "use_unicode_sqrt_char": False})
        self.products: dict[Dummy, Expr] = {}

    def sum_of(self, terms: list[Expr], goes_on: bool) -> prettyForm:
        parts: list[Any] = []
        for k, term in enumerate(terms):
            negative = bool(term.as_coeff_Mul()[0].is_negative)
            sign = (
                ("- " if negative else "+ ") if goes_on and k == 0 else " - " if negative else " + "
            )
            body = self._print(-term if negative else term)
            if k == 0 and not goes_on:
                sign = "-" if negative else ""
            if (-term if negative else term).is_Add:
                body = prettyForm(*body.parens())
            parts += [sign, body] if sign else [body]
        return prettyForm(*stringPict.next(*parts))

    def _print_Add(self, expr: Expr, order: Any = None) -> prettyForm:
        form = self.sum_of(leading_positive(list(expr.as_ordered_terms())), False)
        form.binding = prettyForm.ADD
        return form

    def _print_Mul(self, expr: Expr) -> Any:
        factors = list(expr.args)
        for exponent in (Rational(1, 2), Rational(-1, 2)):
            roots = [f for f in factors if f.is_Pow and f.exp == exponent and f.base.is_positive]
            if len(roots) > 1:
                name = Dummy(positive=True)
                self.products[name] = Mul(*(root.base for root in roots))
                factors = [f for f in factors if f not in roots] + [name**exponent]
        product = Mul(*factors)
        return super()._print_Mul(product) if product.is_Mul else self._print(product)

    def _print_Dummy(self, symbol: Dummy) -> Any:
        known = self.products.get(symbol)
        return self._print_Symbol(symbol) if known is None else self._print(known)

    def _print_Function(self, expr: Expr, *_: Any, **__: Any) -> Any:
        name = NAMES.get(type(expr).__name__, type(expr).__name__)
        inside = self._print_seq(expr.args[:1] if name in "θδ" else expr.args, delimiter=", ")
        arguments = prettyForm(*inside.parens())
        form = prettyForm(*stringPict.next(name, arguments))
        form.binding = prettyForm.FUNC
        form.prettyFunc, form.prettyArgs = prettyForm(name), arguments  # a power stands between
        return form

    _print_Heaviside = _print_DiracDelta = _print_Function

    def _print_GaussianExpectation(self, expr: Any) -> prettyForm:
        law = expr.law[2:] if expr.law[:2] == (q1, q2) else expr.law
        index = self._print_seq(law, delimiter=",")
        inside = prettyForm(*self._print(expr.integrand).parens("[", "]"))
        letter = prettyForm(*stringPict.next("E", " " * index.width()))
        index = prettyForm(*stringPict.next(" ", index))
        form = prettyForm(*stringPict.next(prettyForm(*letter.below(index)), inside))
        form.baseline = max(form.baseline, 0)
        form.binding = prettyForm.ATOM
        return form

    def emptyPrinter(self, expr: Any) -> prettyForm:
        return prettyForm(str(expr))


def flat(condition: Boolean | str) -> str:
    """A condition on one line.

    >>> from ntksym.language import c, q1, q2
    >>> flat(c**2 < q1 * q2)
    'c² < q₁q₂'
    """
    if isinstance(condition, str):
        return plain(condition)
    text = re.sub(r"\*\*(\d)", r"^\1", str(condition)).replace("*", "")
    return raised(text)

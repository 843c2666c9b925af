"""``HermitePolynomial``: the orthonormal polynomials of the standard normal law, kept inert."""

from typing import Any

from sympy import Expr, Function, factorial, hermite_prob, sqrt
from sympy.printing.printer import Printer


class HermitePolynomial(Function):
    r"""h_k(x), the probabilists' Hermite polynomial of degree k over the root of k!.

    .. math:: h_k(x)=\frac{\mathrm{He}_k(x)}{\sqrt{k!}},\qquad
        \mathbb E_1[h_j(u)h_k(u)]=\delta_{jk}.

    It stays as it is, so that a degree of 60 is not written out; ``doit`` writes it out.

    >>> from sympy import Symbol
    >>> HermitePolynomial(2, Symbol("x")).doit()
    sqrt(2)*(x**2 - 1)/2
    """

    nargs = 2

    def doit(self, **_: Any) -> Expr:
        k, x = self.args
        return hermite_prob(k, x) / sqrt(factorial(k)) if k.is_Integer else self

    def fdiff(self, argindex: int = 2) -> Expr:
        k, x = self.args
        return sqrt(k) * HermitePolynomial(k - 1, x)

    def _eval_is_real(self) -> bool | None:
        return self.args[1].is_real

    def _latex(self, printer: Printer, **_: Any) -> str:
        k, x = map(printer.doprint, self.args)
        return rf"h_{{{k}}}\left({x}\right)"

    def _sympystr(self, printer: Printer) -> str:
        k, x = map(printer.doprint, self.args)
        return f"h({k}, {x})"

"""``BivariateNormalCDF``: the probability of a quadrant under a correlated Gaussian pair."""

from typing import Any

from sympy import Expr, Function, S, erf, exp, pi, sqrt
from sympy.core.logic import fuzzy_and
from sympy.core.sorting import default_sort_key
from sympy.printing.printer import Printer


class BivariateNormalCDF(Function):
    r"""P(X <= h, Y <= k) for a standard Gaussian pair of correlation r.

    .. math:: \Phi_2(h,k;r) = \int_{-\infty}^{h}\int_{-\infty}^{k}
        \frac{1}{2\pi\sqrt{1-r^2}}\exp\Bigl(-\frac{x^2-2rxy+y^2}{2(1-r^2)}\Bigr)\,dy\,dx,
        \qquad \partial_r\Phi_2 = \partial_h\partial_k\Phi_2,

    for real h, k (infinite ones included) and \|r\| <= 1; at r = 1 and r = -1 by continuity,
    :math:`\Phi(\min(h,k))` and :math:`\max(0,\Phi(h)+\Phi(k)-1)`. The arguments h and k are kept
    in one order, infinite ones are taken out, and nothing else evaluates itself.
    References: plackett1954 (the derivative by r), owen1956, genz2004 (numbers).

    >>> from sympy import oo, symbols
    >>> h, k, r = symbols("h k r", real=True)
    >>> BivariateNormalCDF(k, h, r) - BivariateNormalCDF(h, k, r)
    0
    >>> BivariateNormalCDF(h, oo, r).diff(h)
    sqrt(2)*exp(-h**2/2)/(2*sqrt(pi))
    >>> f = BivariateNormalCDF(h, k, r)
    >>> (f.diff(r) - f.diff(h, k)).subs({h: 1, k: 2, r: S.Half}).equals(0)
    True
    """

    nargs = 3

    @classmethod
    def eval(cls, h: Expr, k: Expr, r: Expr) -> Expr | None:
        for one, other in ((h, k), (k, h)):
            if one is S.NegativeInfinity:
                return S.Zero
            if one is S.Infinity:
                return _normal(other)
        return cls(k, h, r) if default_sort_key(k) < default_sort_key(h) else None

    def fdiff(self, argindex: int = 1) -> Expr:
        h, k, r = self.args
        if argindex == 3:
            form = (h**2 - 2 * r * h * k + k**2) / (2 * (1 - r**2))
            return exp(-form) / (2 * pi * sqrt(1 - r**2))
        x, y = (h, k) if argindex == 1 else (k, h)
        return exp(-(x**2) / 2) / sqrt(2 * pi) * _normal((y - r * x) / sqrt(1 - r**2))

    def _eval_is_real(self) -> bool | None:
        return True if fuzzy_and(x.is_extended_real for x in self.args) else None

    _eval_is_nonnegative = _eval_is_real

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        h, k, r = map(printer.doprint, self.args)
        power = "" if exp is None else f"^{{{exp}}}"
        return rf"\Phi_2{power}\left({h},\,{k};\,{r}\right)"

    def _sympystr(self, printer: Printer) -> str:
        h, k, r = map(printer.doprint, self.args)
        return f"Phi2({h}, {k}; {r})"


def _normal(x: Any) -> Expr:
    return (1 + erf(x / sqrt(2))) / 2

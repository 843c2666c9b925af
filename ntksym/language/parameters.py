"""A function f(·; θ) with parameters θ_1, ..., θ_P, moved by the gradient flow of a cost."""

from typing import Any

from sympy.printing.printer import Printer

from ntksym.language.functions import Inert, InertFunction, enclosed, here, power


class Partial(Inert):
    r""":math:`\partial_{\theta_p}` of an expression: ``Partial(expr, p)``."""

    def _latex(self, printer: Printer) -> str:
        expr, index = self.args
        return rf"\partial_{{{printer.doprint(index)}}}{enclosed(expr, printer)}"


class Velocity(Inert):
    r""":math:`\dot\theta_p=-\partial_{\theta_p}C`: ``Velocity(p, C)``."""

    def _latex(self, printer: Printer) -> str:
        return rf"\dot{{\theta}}_{{{printer.doprint(self.args[0])}}}"


class Rate(Inert):
    r""":math:`\frac{d}{dt}` of an expression along the gradient flow of C: ``Rate(expr, C)``."""

    def _latex(self, printer: Printer) -> str:
        return rf"\frac{{d}}{{dt}}{enclosed(self.args[0], printer)}"


class TangentKernel(Inert):
    r""":math:`\Theta(x,x')=\sum_{p=1}^P\partial_{\theta_p}f(x)\,\partial_{\theta_p}f(x')`."""

    def _latex(self, printer: Printer) -> str:
        first, second = map(printer.doprint, self.args)
        return rf"\Theta\left({first},{second}\right)"


class TangentNorm(Inert):
    r""":math:`\|d\|_\Theta^2=\mathbb E_{x,x'\sim p}[d(x)\,\Theta(x,x')\,d(x')]` of an element d."""

    @property
    def bound(self) -> frozenset[Any]:
        return frozenset({here})

    def _latex(self, printer: Printer) -> str:
        return rf"\left\lVert {printer.doprint(self.args[0])}\right\rVert^2_{{\Theta}}"


class RandomFunction(InertFunction):
    r"""The value at x of the p-th of independent random functions of one law: ``(p, x)``."""

    nargs = 2

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        index, at = map(printer.doprint, self.args)
        shown = "" if self.args[1] == here else rf"\left({at}\right)"
        return rf"f^{{({index})}}{shown}" if exp is None else rf"f^{{({index})}}{shown}^{{{exp}}}"


class DrawExpectation(Inert):
    r""":math:`\mathbb E` over the draw of the random functions."""

    def _latex(self, printer: Printer) -> str:
        return rf"\mathbb{{E}}\left[{printer.doprint(self.args[0])}\right]"


class Eigenfunction(InertFunction):
    r""":math:`u_i(x)`, orthonormal; :math:`\mathbb E_{x'}[K(x,x')u_i(x')]=\lambda_iu_i`."""

    nargs = 2

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        index, at = map(printer.doprint, self.args)
        shown = "" if self.args[1] == here else rf"\left({at}\right)"
        return rf"u_{{{index}}}{power(exp)}{shown}"


class Eigenvalue(InertFunction):
    r""":math:`\lambda_i\ge0`."""

    nargs = 1
    is_real = True

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        return rf"\lambda_{{{printer.doprint(self.args[0])}}}" + power(exp)

"""Functions, and numbers made of functions: inert nodes that say only what they mean.

An element of a space of functions is an expression in the argument ``here``, printed as a dot:
``f(here)`` is f, ``ReproducingKernel(x, here)`` the section K(x, ·).
"""

from typing import Any

from sympy import Expr, Function, Indexed, IndexedBase, Symbol, sympify
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.printer import Printer


class _Dot(Symbol):
    """The place of an argument."""

    def _latex(self, printer: Printer) -> str:
        return r"{\cdot}"


class Entry(Indexed):
    """An entry of a table of numbers; it is written before functions in a product."""

    @classmethod
    def class_key(cls) -> tuple[int, int, str]:
        return 2, 1, cls.__name__


class Data(IndexedBase):
    """A table of numbers, one for each index: ``Data("y")[i]``."""

    def __getitem__(self, index: Any, **options: Any) -> Entry:
        return Entry(self, index, **options)


here = _Dot("·", real=True)
eps = Symbol("varepsilon", real=True)
i, j, p, N, P, M = (Symbol(name, integer=True, positive=True) for name in "ijpNPM")
f, varphi = Function("f"), Function("varphi")
"""The function that moves, and a direction in which it moves."""
inputs, targets, theta = Data("x"), Data("y"), Data("theta")


class Inert(Expr):
    """A node that never evaluates itself; ``bound`` are the symbols that it binds."""

    is_commutative = True
    is_real = True
    precedence = PRECEDENCE["Mul"]

    def __new__(cls, *args: Any) -> "Inert":
        return Expr.__new__(cls, *map(sympify, args))

    @property
    def bound(self) -> frozenset[Symbol]:
        return frozenset()

    @property
    def free_symbols(self) -> set[Any]:
        return set().union(*(part.free_symbols for part in self.args)) - self.bound

    def _eval_subs(self, old: Expr, new: Expr) -> Expr | None:
        return self if old in self.bound else None

    def _eval_derivative(self, by: Symbol) -> Expr:
        raise ValueError(f"{type(self).__name__}: no derivative by {by} is defined")

    def _linear(self, part: Expr, place: int, by: Symbol) -> Expr:
        args = list(self.args)
        args[place] = part.diff(by)
        return self.func(*args) if args[place] != 0 else sympify(0)


class InnerProduct(Inert):
    r""":math:`\langle F,G\rangle_{\mathcal H}` of two elements, in the space of the kernel."""

    @property
    def bound(self) -> frozenset[Symbol]:
        return frozenset({here})

    def _eval_derivative(self, by: Symbol) -> Expr:
        return self._linear(self.args[0], 0, by) + self._linear(self.args[1], 1, by)

    def _latex(self, printer: Printer) -> str:
        first, second = map(printer.doprint, self.args)
        if first == second:
            return rf"\left\lVert {first}\right\rVert^2_{{\mathcal{{H}}}}"
        return rf"\left\langle {first},\,{second}\right\rangle_{{\mathcal{{H}}}}"


class InputExpectation(Inert):
    r""":math:`\mathbb E_{x\sim p}[F(x)]` over the law p of the inputs; binds x."""

    @property
    def bound(self) -> frozenset[Symbol]:
        return frozenset({self.args[1]})

    def _eval_derivative(self, by: Symbol) -> Expr:
        return self._linear(self.args[0], 0, by)

    def _latex(self, printer: Printer) -> str:
        body, at = map(printer.doprint, self.args)
        return rf"\mathbb{{E}}_{{{at}}}\left[{body}\right]"


class Functional(Inert):
    """E[F]: some functional of an element, with a gradient."""

    @property
    def bound(self) -> frozenset[Symbol]:
        return frozenset({here})

    def _eval_derivative(self, by: Symbol) -> Expr:
        return InnerProduct(Nabla(self.args[0], here), self.args[0].diff(by))

    def _latex(self, printer: Printer) -> str:
        return rf"E\left[{printer.doprint(self.args[0])}\right]"


class Nabla(Inert):
    r"""The value at a point of :math:`\nabla E[F]`, which represents the derivative of E at F."""

    @property
    def free_symbols(self) -> set[Any]:
        return (self.args[0].free_symbols - {here}) | self.args[1].free_symbols

    def _eval_subs(self, old: Expr, new: Expr) -> Expr | None:
        return Nabla(self.args[0], self.args[1].subs(old, new)) if old == here else None

    def _latex(self, printer: Printer) -> str:
        element, at = map(printer.doprint, self.args)
        shown = "" if self.args[1] == here else rf"\left({at}\right)"
        return rf"\nabla E\left[{element}\right]" + shown


class Variation(Inert):
    r""":math:`\frac{d}{d\varepsilon}` of an expression at :math:`\varepsilon=0`."""

    @property
    def bound(self) -> frozenset[Symbol]:
        return frozenset({eps})

    def _latex(self, printer: Printer) -> str:
        inside = enclosed(self.args[0], printer)
        return rf"\frac{{d}}{{d\varepsilon}}{inside}\Big\vert_{{\varepsilon=0}}"


class InertFunction(Function):
    """A function that evaluates nothing by itself."""


class ReproducingKernel(InertFunction):
    """K(x, x'), symmetric and positive semidefinite."""

    nargs = 2

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        first, second = map(printer.doprint, self.args)
        return rf"K{power(exp)}\left({first},{second}\right)"


class _Smooth(InertFunction):
    """A differentiable function of a number, and its derivatives: ``(order, u, ...)``."""

    letter = "g"

    def fdiff(self, argindex: int = 2) -> Expr:
        order, *rest = self.args
        return self.func(order + 1, *rest)

    def _latex(self, printer: Printer, exp: str | None = None) -> str:
        order, *rest = self.args
        name = self.letter + "'" * int(order)
        shown = ",".join(map(printer.doprint, rest))
        return rf"{name}\left({shown}\right)" + power(exp)


class Outer(_Smooth):
    """g(u), what a functional is composed with."""


class Loss(_Smooth):
    """ℓ(u, y), the loss of the output u where y is meant; derivatives by u."""

    letter = r"\ell"


def enclosed(expr: Expr, printer: Printer) -> str:
    shown = printer.doprint(expr)
    atomic = expr.is_Function or isinstance(expr, Inert | Indexed)
    return rf"\,{shown}" if atomic else rf"\left[{shown}\right]"


def power(exp: str | None) -> str:
    return "" if exp is None else f"^{{{exp}}}"

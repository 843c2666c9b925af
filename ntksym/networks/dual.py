"""``dual``: the pair E[σ(u)σ(v)], E[σ'(u)σ'(v)] of an activation, derived."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mpmath import mpf
from sympy import Derivative, DiracDelta, Expr

from ntksym.calculus import Derivation, Rule, Step, derive
from ntksym.evaluate import Decimals, converged, record, stable
from ntksym.language import Claim, GaussianExpectation, c, q1, q2, u, v, z
from ntksym.networks.activation import Activation, activation
from ntksym.render import Document

CONSISTENT = Rule(
    name="Price, as a check",
    statement=r"\frac{\partial}{\partial c}\mathbb E[\sigma(u)\sigma(v)]="
    r"\mathbb E[\sigma'(u)\sigma'(v)]",
    where=r"$\sigma$ weakly differentiable, $c^2<q_1q_2$; the two sides were derived separately",
    reference="price1958",
    rewrite=lambda node: None,
)


@dataclass(frozen=True)
class Dual:
    r"""The dual pair of an activation, as functions of the covariance of its input.

    .. math:: \Sigma(q_1,q_2,c)=\mathbb E[\sigma(u)\sigma(v)],\qquad
        \dot\Sigma(q_1,q_2,c)=\mathbb E[\sigma'(u)\sigma'(v)]

    with (u, v) centred Gaussian of variances q1, q2 and covariance c. ``derivation`` holds the
    chain for Σ, beside it the chain for Σ̇ and the line that Σ̇ = ∂Σ/∂c.
    """

    activation: Activation
    derivation: Derivation

    @property
    def kind(self) -> str:
        """``"elementary"``, or ``"unknown"`` where no rule took the derivation to its end."""
        return "elementary" if all(p.complete for p in self.derivation.parts()) else "unknown"

    @property
    def sigma(self) -> Expr:
        """Σ as an expression in q1, q2, c; ``ValueError`` where none was derived."""
        return _closed(self.derivation, self.activation)

    @property
    def sigma_dot(self) -> Expr:
        """Σ̇ as an expression in q1, q2, c; ``ValueError`` where there is none, with the reason."""
        if self.activation.derivative.has(DiracDelta):
            raise ValueError(
                f"{self.activation.name}: no Σ̇, and so no tangent kernel: the derivative "
                f"{self.activation.derivative} is no function, and its square has no expectation"
            )
        return _closed(self.derivation.companions[0], self.activation)

    def evaluate(self, q1: Any, q2: Any, c: Any, digits: int = 30) -> tuple[mpf, mpf]:
        """(Σ, Σ̇) at numbers that are taken as exact, to ``digits`` digits.

        Raises ``ValueError`` unless q1, q2 >= 0 and c² <= q1 q2.
        """
        for name, value in (("q1", q1), ("q2", q2)):
            if not value >= 0:
                raise ValueError(f"{name}: expected a variance of at least 0, got {value}")
        if not c * c <= q1 * q2 * (1 + 1e-15):
            raise ValueError(f"c: expected c**2 <= q1*q2 = {q1 * q2}, got c = {c}")
        return tuple(_number(e, (q1, q2, c), digits) for e in (self.sigma, self.sigma_dot))

    @cached_property
    def report(self) -> Any:
        """What :func:`ntksym.check` says of the derivation."""
        from ntksym.check import check

        return check(self.derivation)

    def document(self) -> Document:
        """The article: statement, derivation, rules, references."""
        from ntksym.networks.article import article

        return article(self)

    def _repr_latex_(self) -> str | None:
        from ntksym.render import latex

        if self.kind == "unknown":
            return None
        smooth = not self.activation.derivative.has(DiracDelta)
        dot = rf",\quad \dot\Sigma = {latex(self.sigma_dot)}" if smooth else ""
        return rf"$\displaystyle \Sigma = {latex(self.sigma)}{dot}$"


def dual(activation_: Activation | str, **parameters: Any) -> Dual:
    """Derive the dual pair of an activation: an :class:`Activation`, a name, or a text in ``z``.

    >>> dual("relu").sigma_dot
    asin(c/(sqrt(q_1)*sqrt(q_2)))/(2*pi) + 1/4
    """
    sigma = activation(activation_, **parameters)
    if not sigma.expr.has(z):
        raise ValueError(f"activation: expected a function of z, got the constant {sigma.expr}")
    main = derive(_pair(sigma.expr), rf"$\Sigma$ of {sigma.name}")
    if sigma.derivative.has(DiracDelta):
        return Dual(sigma, main)
    dot = derive(_pair(sigma.derivative), rf"$\dot\Sigma$ of {sigma.name}")
    beside = [dot]
    if main.complete and dot.complete:
        claim = Claim(Derivative(main.rhs, c, evaluate=False), dot.rhs, (c**2 < q1 * q2,))
        title = rf"$\dot\Sigma=\partial\Sigma/\partial c$ for {sigma.name}"
        beside.append(Derivation((Step(claim, CONSISTENT),), title))
    return Dual(sigma, Derivation(main.steps, main.title, tuple(beside), main.stuck_on))


def _pair(f: Expr) -> Expr:
    return GaussianExpectation(f.subs(z, u) * f.subs(z, v), q1, q2, c)


def _closed(derivation: Derivation, of: Activation) -> Expr:
    if not derivation.complete:
        raise ValueError(f"{of.name}: no closed form: no rule applies to {derivation.stuck_on}")
    return derivation.rhs


def _number(expr: Expr, at: tuple[Any, ...], digits: int) -> mpf:
    def compute(numbers: Decimals) -> tuple[Any, Any]:
        (value,) = record([stable(expr)], (q1, q2, c), numbers)(*map(numbers.exact, at))
        return value, abs(value) + 1

    return converged(compute, digits)

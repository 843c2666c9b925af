"""``dual``: the pair E[σ(u)σ(v)], E[σ'(u)σ'(v)] of an activation, derived."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import arb
from mpmath import mpf
from sympy import Derivative, DiracDelta, Expr, oo

from ntksym.calculus import Derivation, Rule, Step, derive, series
from ntksym.evaluate.integrals.divergence import diverges_at
from ntksym.language import BivariateNormalCDF, Claim, GaussianExpectation, c, q1, q2, u, v, z
from ntksym.networks.activation import Activation, activation
from ntksym.networks.values import enclosed, evaluated
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
    chain for Σ, beside it the chain for Σ̇ and, for closed forms, the line that Σ̇ = ∂Σ/∂c.
    ``stuck_on`` is the expectation that has no closed form by these rules, if there is one.
    """

    activation: Activation
    derivation: Derivation
    stuck_on: Expr | None = None

    def __reduce__(self) -> Any:
        """Pickled by its definition, and derived again: rules are functions."""
        return dual, (self.activation,)

    @property
    def kind(self) -> str:
        """What Σ and Σ̇ are made of.

        ``"elementary"``; ``"bivariate"`` with the bivariate normal distribution function;
        ``"series"`` for a Hermite series; ``"unknown"`` where not even that is known to converge.
        """
        parts = list(self.derivation.parts())
        if not all(part.complete for part in parts):
            return "unknown"
        if self.stuck_on is not None:
            return "series"
        return "bivariate" if any(p.rhs.has(BivariateNormalCDF) for p in parts) else "elementary"

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

    @cached_property
    def diagonal(self) -> Expr:
        """E[σ(u)²] in q1."""
        return self._at_one_point(self.sigma, self.activation.expr)

    @cached_property
    def slope(self) -> Expr:
        """E[σ'(u)²] in q1."""
        return self._at_one_point(self.sigma_dot, self.activation.derivative)

    def _at_one_point(self, derived: Expr, f: Expr) -> Expr:
        """With Φ₂ from one variable: at c = q1 = q2 the arguments of Φ₂ and erf are 0/0."""
        if self.kind != "bivariate":
            return derived.subs({q2: q1, c: q1})
        square = GaussianExpectation(f.subs(z, u) ** 2, q1)
        return _closed(derive(square, "the diagonal"), self.activation)

    def evaluate(self, q1: Any, q2: Any, c: Any, digits: int = 30) -> tuple[mpf, mpf]:
        """(Σ, Σ̇) at numbers that are taken as exact, to ``digits`` digits.

        Raises ``ValueError`` unless q1, q2 >= 0 and c² <= q1 q2. A series is summed until its
        bound is below the last digit; ``enclose`` gives the bound itself.
        """
        return evaluated(self, q1, q2, c, digits)

    def enclose(self, q1: Any, q2: Any, c: Any, bits: int = 128) -> tuple[arb, arb]:
        """(Σ, Σ̇) as balls that hold the values, with ``bits`` right bits.

        For a series the radius holds the bound of what was left out. Errors as in ``evaluate``.
        """
        return enclosed(self, q1, q2, c, bits)

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

    Where no closed form is found, Σ and Σ̇ are Hermite series. Raises ``ValueError`` where the
    expectations diverge, with the variance from which they do.

    >>> dual("relu").sigma_dot
    asin(c/(sqrt(q_1)*sqrt(q_2)))/(2*pi) + 1/4
    >>> dual("tanh").kind
    'series'
    """
    sigma = activation(activation_, **parameters)
    if not sigma.expr.has(z):
        raise ValueError(f"activation: expected a function of z, got the constant {sigma.expr}")
    critical = diverges_at(sigma.expr, z)
    if critical not in (None, oo):
        raise ValueError(
            f"{sigma.name}: E[σ(u)²] is infinite for variances above {critical}, so there is no "
            f"kernel: the variance of a layer is not bounded"
        )
    chains = _chains(sigma, derive)
    stuck = next((chain.stuck_on for chain in chains if not chain.complete), None)
    if stuck is not None and critical is oo:
        chains = _chains(sigma, series)
    elif stuck is None and len(chains) == 2:
        claim = Claim(
            Derivative(chains[0].rhs, c, evaluate=False), chains[1].rhs, (c**2 < q1 * q2,)
        )
        title = rf"$\dot\Sigma=\partial\Sigma/\partial c$ for {sigma.name}"
        chains.append(Derivation((Step(claim, CONSISTENT),), title))
    main, *beside = chains
    return Dual(sigma, Derivation(main.steps, main.title, tuple(beside), main.stuck_on), stuck)


def _chains(sigma: Activation, how: Callable[[Expr, str], Derivation]) -> list[Derivation]:
    """Σ, and Σ̇ where σ' is a function."""
    main = how(pair_of(sigma.expr), rf"$\Sigma$ of {sigma.name}")
    if sigma.derivative.has(DiracDelta):
        return [main]
    return [main, how(pair_of(sigma.derivative), rf"$\dot\Sigma$ of {sigma.name}")]


def pair_of(f: Expr) -> Expr:
    """E[f(u) f(v)]."""
    return GaussianExpectation(f.subs(z, u) * f.subs(z, v), q1, q2, c)


def _closed(derivation: Derivation, of: Activation) -> Expr:
    if not derivation.complete:
        raise ValueError(f"{of.name}: no closed form: no rule applies to {derivation.stuck_on}")
    return derivation.rhs

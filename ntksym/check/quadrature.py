"""The witness that knows no rule: floating quadrature of the defining integral.

Two resolutions must agree before the value counts. Nothing here is shared with the balls: other
coordinates, other nodes, NumPy instead of Arb.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import sympy
from scipy import special
from sympy import Add, Derivative, Dummy, Expr, Integral, expand, lambdify

from ntksym.check.density import density
from ntksym.check.sample import Point
from ntksym.evaluate.integrals.pieces import knots, without_masses
from ntksym.language import GaussianExpectation, u, v

REACH = 9.5
RESOLUTIONS = (40, 56)
MODULES: list[Any] = [
    {"erf": special.erf, "Heaviside": lambda x, at0=0.5: np.heaviside(x, at0)},
    "numpy",
]


class Quadrature:
    """Values at a fixed number of nodes; an expectation met twice is computed once."""

    def __init__(self, nodes: int) -> None:
        self.nodes = nodes
        self.values: dict[Expr, float] = {}
        self.functions: dict[tuple[Expr, ...], Callable[..., Any]] = {}

    def value(self, expr: Expr) -> float:
        expr = expr.replace(_has_mass, _without_mass)
        found: dict[Expr, Expr] = {}
        for head, how in ((Integral, self._integral), (GaussianExpectation, self._expectation)):
            for node in expr.xreplace(found).atoms(head):
                if node not in self.values:
                    self.values[node] = how(node)
                found[node] = sympy.Float(self.values[node], 17)
        return float(expr.xreplace(found).evalf(17))

    def _integral(self, node: Integral) -> float:
        ((t, lower, upper),) = node.limits
        a, b = float(lower.evalf()), float(upper.evalf())
        x, w = np.polynomial.legendre.leggauss(self.nodes // 2)
        xs, ws = (a + b) / 2 + (b - a) / 2 * x, (b - a) / 2 * w
        if not node.function.has(GaussianExpectation):
            return float(np.sum(ws * self._function(node.function, t)(xs)))
        exact = [sympy.Rational(float(s)) for s in xs]
        rows = zip(ws, exact, strict=True)
        return float(sum(k * self.value(node.function.xreplace({t: s})) for k, s in rows))

    def _expectation(self, node: GaussianExpectation) -> float:
        return self._pair(node) if len(node.law) == 3 else self._single(node)

    def _single(self, node: GaussianExpectation) -> float:
        scale = float(sympy.sqrt(node.law[0]))
        x, w = _panels(_floats(node.integrand, u) / scale, self.nodes)
        f = self._function(node.integrand, u)
        return float(np.sum(w * f(scale * x) * np.exp(-(x**2) / 2)) / np.sqrt(2 * np.pi))

    def _pair(self, node: GaussianExpectation) -> float:
        """With u = sqrt(q1) x, v = (c/q1) u + sqrt(q2 - c^2/q1) y: the inner knots move with x."""
        a, b, k = (float(entry) for entry in node.law)
        spread = np.sqrt(b - k * k / a)
        x, wx = _panels(_floats(node.integrand, u) / np.sqrt(a), self.nodes)
        mean = (k / np.sqrt(a) * x)[:, None]
        y, wy = _panels((_floats(node.integrand, v) - mean) / spread, self.nodes)
        f = self._function(node.integrand, u, v)
        values = f(np.sqrt(a) * x[:, None], mean + spread * y)
        weights = wx[:, None] * wy * np.exp(-(x[:, None] ** 2 + y**2) / 2)
        return float(np.sum(weights * values) / (2 * np.pi))

    def _function(self, expr: Expr, *symbols: Expr) -> Callable[..., Any]:
        key = expr, *symbols
        if key not in self.functions:
            plain = [Dummy() for _ in symbols]
            f = lambdify(plain, expr.subs(dict(zip(symbols, plain, strict=True))), MODULES)
            self.functions[key] = lambda *xs: f(*xs) + 0 * xs[-1]
        return self.functions[key]


def approximate(expr: Expr, point: Point, levels: list[Quadrature]) -> tuple[float, float]:
    """The value of ``expr`` at ``point``, and what the resolutions differ by."""
    expr = expr.replace(Derivative, lambda f, *s: Derivative(f, *s).doit()).xreplace(point)
    with np.errstate(all="ignore"):
        coarse, fine = (level.value(expr) for level in levels)
    if not np.isfinite(fine - coarse):
        raise ValueError(f"the quadrature gives no number: {coarse} and {fine}")
    return fine, abs(fine - coarse)


def _has_mass(part: Expr) -> bool:
    return isinstance(part, GaussianExpectation) and part.integrand.has(sympy.DiracDelta)


def _without_mass(node: GaussianExpectation) -> Expr:
    """The density where a mass stands, the other terms as they are."""
    values = []
    for term in Add.make_args(expand(node.integrand, power_exp=False)):
        if not term.has(sympy.DiracDelta):
            values.append(node.of(term))
            continue
        ((value, left),) = without_masses(term * density(node), node.bound_symbols)
        if value != 0 and left:
            raise ValueError(f"a mass in one of two variables: {term}")
        values.append(value)
    return Add(*values)


def _floats(expr: Expr, x: Expr) -> Any:
    return np.array([float(k) for k in knots(expr, x)])


def _panels(inside: Any, nodes: int) -> tuple[Any, Any]:
    """Gauss-Legendre on [-REACH, REACH], cut at 0 and at the knots; rows for rows of knots."""
    fixed = np.broadcast_to([-REACH, 0.0, REACH], (*inside.shape[:-1], 3))
    edges = np.sort(np.concatenate([np.clip(inside, -REACH, REACH), fixed], axis=-1))
    middle, half = (edges[..., 1:] + edges[..., :-1]) / 2, (edges[..., 1:] - edges[..., :-1]) / 2
    x, w = np.polynomial.legendre.leggauss(nodes)
    shape = (*edges.shape[:-1], -1)
    nodes_at = (middle[..., None] + half[..., None] * x).reshape(shape)
    return nodes_at, (half[..., None] * w).reshape(shape)

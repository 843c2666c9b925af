"""The witness that knows no rule: floating quadrature of the defining integral.

Two resolutions must agree before the value counts. Nothing here is shared with the balls: other
coordinates, other nodes, NumPy instead of Arb.
"""

from typing import Any

import numpy as np
import sympy
from sympy import Derivative, Expr, Integral, Sum, preorder_traversal

from ntksym.check.density import without_masses
from ntksym.check.floats import floats
from ntksym.check.sample import Point
from ntksym.evaluate.integrals.pieces import knots
from ntksym.language import GaussianExpectation, u, v

REACH = 9.5
RESOLUTIONS = (40, 56)


class Quadrature:
    """Values at a fixed number of nodes; an expectation met twice is computed once."""

    def __init__(self, nodes: int) -> None:
        self.rule = np.polynomial.legendre.leggauss(nodes)
        self.inner = np.polynomial.legendre.leggauss(nodes // 2)
        self.values: dict[Expr, float] = {}
        self.terms = nodes
        self._how = {
            Integral: self._integral, Sum: self._sum, GaussianExpectation: self._expectation,
        }  # fmt: skip

    def value(self, expr: Expr) -> float:
        expr = expr.replace(lambda e: isinstance(e, GaussianExpectation), without_masses)
        walk = preorder_traversal(expr)
        for node in walk:
            how = self._how.get(type(node))
            if how:
                walk.skip()
                if node not in self.values:
                    self.values[node] = how(node)
        return float(floats(expr, self.values))

    def _integral(self, node: Integral) -> float:
        ((t, lower, upper),) = node.limits
        a, b = float(lower), float(upper)
        x, w = self.inner
        xs, ws = (a + b) / 2 + (b - a) / 2 * x, (b - a) / 2 * w
        if not node.function.has(GaussianExpectation):
            return float(np.sum(ws * floats(node.function, {t: xs})))
        exact = [sympy.Rational(float(s)) for s in xs]
        rows = zip(ws, exact, strict=True)
        return float(sum(k * self.value(node.function.xreplace({t: s})) for k, s in rows))

    def _sum(self, node: Sum) -> float:
        """A power series: two numbers of terms show how fast it falls."""
        ((k, start, _),) = node.limits
        terms = range(int(start), int(start) + self.terms)
        return sum(self.value(node.function.xreplace({k: sympy.Integer(n)})) for n in terms)

    def _expectation(self, node: GaussianExpectation) -> float:
        return self._pair(node) if len(node.law) == 3 else self._single(node)

    def _single(self, node: GaussianExpectation) -> float:
        scale = np.sqrt(floats(node.law[0], {}))
        x, w = _panels(_floats(node.integrand, u) / scale, self.rule)
        values = floats(node.integrand, {u: scale * x})
        return float(np.sum(w * values * np.exp(-(x**2) / 2)) / np.sqrt(2 * np.pi))

    def _pair(self, node: GaussianExpectation) -> float:
        """With u = sqrt(q1) x, v = (c/q1) u + sqrt(q2 - c^2/q1) y: the inner knots move with x."""
        a, b, k = (float(floats(entry, {})) for entry in node.law)
        spread = np.sqrt(b - k * k / a)
        x, wx = _panels(_floats(node.integrand, u) / np.sqrt(a), self.rule)
        mean = (k / np.sqrt(a) * x)[:, None]
        y, wy = _panels((_floats(node.integrand, v) - mean) / spread, self.rule)
        values = floats(node.integrand, {u: np.sqrt(a) * x[:, None], v: mean + spread * y})
        weights = wx[:, None] * wy * np.exp(-(x[:, None] ** 2 + y**2) / 2)
        return float(np.sum(weights * values) / (2 * np.pi))


def approximate(expr: Expr, point: Point, levels: list[Quadrature]) -> tuple[float, float]:
    """The value of ``expr`` at ``point``, and what the resolutions differ by."""
    expr = expr.replace(Derivative, lambda f, *s: Derivative(f, *s).doit()).xreplace(point)
    with np.errstate(all="ignore"):
        coarse, fine = (level.value(expr) for level in levels)
    if not np.isfinite(fine - coarse):
        raise ValueError(f"the quadrature gives no number: {coarse} and {fine}")
    return fine, abs(fine - coarse)


def _floats(expr: Expr, x: Expr) -> Any:
    return np.array([float(k) for k in knots(expr, x)])


def _panels(inside: Any, rule: Any) -> tuple[Any, Any]:
    """Gauss-Legendre on [-REACH, REACH], cut at 0 and at the knots; rows for rows of knots."""
    fixed = np.broadcast_to([-REACH, 0.0, REACH], (*inside.shape[:-1], 3))
    edges = np.sort(np.concatenate([np.clip(inside, -REACH, REACH), fixed], axis=-1))
    middle, half = (edges[..., 1:] + edges[..., :-1]) / 2, (edges[..., 1:] - edges[..., :-1]) / 2
    x, w = rule
    shape = (*edges.shape[:-1], -1)
    nodes_at = (middle[..., None] + half[..., None] * x).reshape(shape)
    return nodes_at, (half[..., None] * w).reshape(shape)

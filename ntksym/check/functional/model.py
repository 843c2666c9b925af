r"""A world in which everything that a claim speaks of has a value.

The space is spanned by m functions ψ on the line, orthonormal by definition, so that
:math:`K(x,x')=\psi(x)\cdot\psi(x')`; an element is its vector of coordinates. The parameters enter
f by coordinates :math:`A\sin\theta+B\theta`, which are not linear in them. The law p of the inputs
has seven points.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np
from sympy import Expr, Symbol

Array = np.ndarray[Any, np.dtype[np.float64]]
STENCIL = ((1, 45.0), (2, -9.0), (3, 1.0))
"""Weights of central differences of order six, over 60 h."""
STEP = 0.02


def slope(of: Callable[[float], float]) -> float:
    """The derivative at 0 by central differences of order six, extrapolated to order eight."""
    wide, narrow = (_central(of, h) for h in (STEP, STEP / 2))
    return (64 * narrow - wide) / 63


def _central(of: Callable[[float], float], h: float) -> float:
    return sum(w * (of(k * h) - of(-k * h)) for k, w in STENCIL) / (60 * h)


@dataclass(frozen=True)
class Model:
    """Values drawn from ``seed``; ``sizes`` are those of N, P and M."""

    seed: int
    sizes: dict[str, int]
    loss: Callable[[float, float], float]
    outer: Callable[[float], float]
    known: dict[Any, Any] = field(default_factory=dict)
    """What was computed; a model lives as long as one check."""

    def draw(self, name: str, *size: int) -> Array:
        """The same for the same name."""
        stream = np.random.default_rng([self.seed, crc32(name.encode())])
        return stream.uniform(-1, 1, size)

    def once(self, what: str, expr: Expr, at: dict[Any, Any], how: Callable[[], Any]) -> Any:
        """Computed where it is new: the same node with the same values of what it depends on."""
        if expr not in self.known:
            self.known[expr] = tuple(expr.free_symbols)
        bound = tuple((s, at[s]) for s in self.known[expr] if s in at)
        theta = at["theta"].tobytes() if "theta" in at else None
        where = (what, expr, bound, theta, at.get("draw"))
        if where not in self.known:
            self.known[where] = how()
        return self.known[where]

    def features(self, x: float) -> Array:
        """ψ(x)."""
        return np.array([1.0, x, np.cos(2 * x), np.exp(-x * x), np.sin(3 * x)])

    @cached_property
    def dimension(self) -> int:
        return len(self.features(0.0))

    @cached_property
    def parameters(self) -> Array:
        return self.draw("theta", self.sizes["P"])

    def network(self, parameters: Array) -> Array:
        """The coordinates of f(·; θ)."""
        a, b = self.draw("network", 2, self.dimension, len(parameters))
        return np.asarray(a @ np.sin(parameters) + b @ parameters)

    @cached_property
    def law(self) -> tuple[Array, Array]:
        """Points and weights of p."""
        weights = 1.5 + self.draw("weights", 7)
        return 2 * self.draw("law", 7), weights / weights.sum()

    @cached_property
    def grid(self) -> tuple[Array, Array]:
        """Points that determine an element, and ψ there."""
        points = np.linspace(-1.4, 1.5, self.dimension)
        return points, np.array([self.features(x) for x in points])

    def coordinates(self, element: Callable[[float], float]) -> Array:
        """From its values; the inner product is that of coordinates."""
        points, features = self.grid
        return np.asarray(np.linalg.solve(features, [element(x) for x in points]))

    @cached_property
    def spectrum(self) -> tuple[Array, Array]:
        """Eigenvalues of the operator E_x'[K(·, x') g(x')], and coordinates of eigenfunctions."""
        points, weights = self.law
        features = np.array([self.features(x) for x in points])
        values, vectors = np.linalg.eigh(features.T @ (weights[:, None] * features))
        return values, vectors / np.sqrt(values)

    @cached_property
    def draws(self) -> tuple[Array, Array]:
        """The random function takes three values, of these probabilities."""
        return self.draw("random functions", 3, self.dimension), np.array([0.5, 0.3, 0.2])

    def functional(self, coordinates: Array) -> float:
        """E, by an element's coordinates."""
        at = self.features(0.4) @ coordinates
        return float(np.sin(at) + coordinates @ coordinates / 3)

    def symbol(self, symbol: Symbol) -> float:
        if symbol.name in self.sizes:
            return self.sizes[symbol.name]
        if symbol.is_integer:
            return 1 + crc32(symbol.name.encode()) % 2
        value = float(self.draw(symbol.name, 1)[0])
        return abs(value) + 0.1 if symbol.is_positive else value


def models() -> tuple[Model, ...]:
    """Two worlds that differ in everything: sizes, data, functions."""
    return (
        Model(
            3,
            {"N": 3, "P": 3, "M": 3},
            lambda u, y: float(np.exp(u / 2 - y) + u * u * y / 3),
            lambda u: float(np.sin(u) + u**3 / 5),
        ),
        Model(
            11,
            {"N": 2, "P": 2, "M": 5},
            lambda u, y: float(np.cosh(u - y) + u * y),
            lambda u: float(np.exp(u / 3)),
        ),
    )

"""One SymPy expression to doubles, on arrays of points: a walk over the tree, nothing compiled.

Independent of the table of primitives that the balls use.
"""

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np
import sympy
from scipy import special
from sympy import Expr
from sympy.core.relational import Relational
from sympy.logic.boolalg import And, Boolean, Not, Or

from ntksym.language import BivariateNormalCDF, HermitePolynomial


def bivariate_normal(h: Any, k: Any, r: Any) -> Any:
    """``BivariateNormalCDF`` through SciPy's Owen T, its jumps at the axes taken at +0."""
    h, k = (np.where(x == 0, 1e-200, x) for x in (h, k))
    root = np.maximum(np.sqrt((1 - r) * (1 + r)), 1e-100)
    gap = np.where(r >= 0, 1 - r, 1 + r)
    total = (special.ndtr(h) + special.ndtr(k)) / 2 - np.where((h < 0) != (k < 0), 0.5, 0)
    for x, y in ((h, k), (k, h)):
        distance = np.where(r >= 0, (y - x) + gap * x, (y + x) - gap * x)
        total = total - special.owens_t(x, distance / x / root)
    return total


FUNCTIONS: dict[type, Callable[..., Any]] = {
    sympy.Add: lambda *terms: sum(terms),
    sympy.Mul: lambda *factors: reduce(np.multiply, factors),
    sympy.Pow: lambda x, y: np.power(np.asarray(x, dtype=float), y),
    sympy.exp: np.exp,
    sympy.log: np.log,
    sympy.sin: np.sin,
    sympy.cos: np.cos,
    sympy.tan: np.tan,
    sympy.sinh: np.sinh,
    sympy.cosh: np.cosh,
    sympy.tanh: np.tanh,
    sympy.asin: np.arcsin,
    sympy.acos: np.arccos,
    sympy.atan: np.arctan,
    sympy.atan2: np.arctan2,
    sympy.erf: special.erf,
    sympy.erfc: special.erfc,
    sympy.Abs: np.abs,
    sympy.sign: np.sign,
    sympy.Heaviside: lambda x, *_: np.heaviside(x, 0.5),
    sympy.Max: lambda *args: reduce(np.maximum, args),
    sympy.Min: lambda *args: reduce(np.minimum, args),
    BivariateNormalCDF: bivariate_normal,
    HermitePolynomial: lambda k, x: (
        special.eval_hermitenorm(int(k), x) / special.gamma(k + 1) ** 0.5
    ),
}
_ORDER = {
    sympy.StrictLessThan: np.less,
    sympy.LessThan: np.less_equal,
    sympy.StrictGreaterThan: np.greater,
    sympy.GreaterThan: np.greater_equal,
}


def floats(expr: Expr, at: dict[Expr, Any]) -> Any:
    """The value of ``expr``, each common part computed once; ``at`` holds symbols and inert nodes.

    Raises ``ValueError`` where something in ``expr`` has no number.
    """
    known = dict(at)

    def value(part: Expr) -> Any:
        if part not in known:
            known[part] = compute(part)
        return known[part]

    def compute(part: Expr) -> Any:
        if part.is_Number or part.is_NumberSymbol:
            return float(part)
        if isinstance(part, sympy.Piecewise):
            values = [value(branch) + 0 * np.asarray(point) for branch, _ in part.args]
            return np.select([truth(c) + 0 * point == 1 for _, c in part.args], values, np.nan)
        if type(part) not in FUNCTIONS:
            raise ValueError(f"no floating number for {type(part).__name__} in {part}")
        return FUNCTIONS[type(part)](*map(value, part.args))

    def truth(condition: Boolean) -> Any:
        if condition in (sympy.true, sympy.false):
            return np.asarray(bool(condition))
        if isinstance(condition, Relational) and type(condition) in _ORDER:
            return _ORDER[type(condition)](value(condition.lhs), value(condition.rhs))
        joins = {And: np.logical_and, Or: np.logical_or}
        if type(condition) in joins:
            return reduce(joins[type(condition)], map(truth, condition.args))
        if isinstance(condition, Not):
            return np.logical_not(truth(*condition.args))
        raise ValueError(f"no truth value for {condition}")

    symbols = [np.asarray(x) for part, x in at.items() if isinstance(part, sympy.Symbol)]
    point = sum(symbols, np.asarray(0.0))
    return value(expr)

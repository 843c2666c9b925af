"""The plane of the two standard deviations and the curve of fixed points in doubles, to draw."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ntksym.networks import Activation, activation
from ntksym.numerics.depth.maps.moments import Moments, Values
from ntksym.numerics.depth.maps.numbers import Number, ball, free, parameter
from ntksym.numerics.depth.maps.origin import linear_sides, slopes_at_zero
from ntksym.numerics.depth.maps.roots import grid

WITHIN = (1e-6, 1e4)
SIDE = 160
ORDERED, CHAOTIC, UNSTABLE = 0, 1, 2


@dataclass(frozen=True)
class Curves:
    """``regimes[i, j]`` at ``b[i]``, ``w[j]``; ``border`` (w, β); ``fixed`` (w, q, V')."""

    name: str
    mark: tuple[float | None, float]
    w: Any
    b: Any
    regimes: Any
    border: tuple[Any, Any]
    fixed: tuple[Any, Any, Any]


def curves(activation_: Activation | str, w_std: Any, b_std: Any) -> Curves:
    """What :func:`ntksym.plots.phases` draws."""
    sigma = activation(activation_)
    mark = None if w_std is None else _double("w_std", w_std)
    bias = _double("b_std", b_std)
    moments, q = Moments(sigma), grid(WITHIN)
    values = moments.doubles(q)
    line = _border(sigma, q, values)
    top = max([3.0, 1.4 * (mark or 0.0), 1.6 * np.nan_to_num(line[0][0])])
    w, b = np.linspace(top / SIDE, top, SIDE), np.linspace(0.0, max(1.5, 1.4 * bias), SIDE)
    plane = np.array([_regimes(q, values, w, beta) for beta in b])
    return Curves(sigma.name, (mark, bias), w, b, plane, line, _fixed(sigma, q, values, bias, top))


def _double(name: str, value: Any) -> float:
    number: Number = parameter(name, value)
    if free(number):
        raise ValueError(f"{name}: expected a number, got {value}")
    return float(ball(number).mid())


def _border(sigma: Activation, q: Any, values: Values) -> tuple[Any, Any]:
    """(w, β) from small variances to large ones, NaN between parts; exact where σ(0) = 0."""
    square, slope, growth = values
    origin = slopes_at_zero(sigma)
    start = origin is not None and origin.kappa != 0
    first = float(origin.kappa) ** -0.5 if origin is not None and start else np.nan
    if linear_sides(sigma) is not None:
        return np.array([first]), np.array([0.0])
    with np.errstate(all="ignore"):
        squared = q - square / slope
        there = (squared >= 0) & (growth < slope)
        w, b = (np.where(there, x, np.nan) for x in (slope**-0.5, squared**0.5))
    return np.insert(w, 0, first), np.insert(b, 0, 0.0 if start else np.nan)


def _regimes(q: Any, values: Values, w: Any, beta: float) -> Any:
    """Along one row: where the variance 1 goes, and χ₁ there."""
    square, slope, growth = values
    with np.errstate(all="ignore"):
        drift = np.sign(w[:, None] ** 2 * square + beta**2 - q)
    one = int(np.searchsorted(q, 1.0))
    found = np.full(len(w), UNSTABLE)
    for j, row in enumerate(drift):
        rising = row[one] > 0
        turned = np.flatnonzero(row[one:] <= 0) if rising else np.flatnonzero(row[:one] > 0)
        if rising and not len(turned):
            continue
        at = one + turned[0] if rising else (turned[-1] + 1 if len(turned) else 0)
        if w[j] ** 2 * abs(growth[at]) < 1.05:
            found[j] = CHAOTIC if w[j] ** 2 * slope[at] > 1 else ORDERED
    return found


def _fixed(
    sigma: Activation, q: Any, values: Values, beta: float, top: float
) -> tuple[Any, Any, Any]:
    """(w, q*, V'(q*)) for w up to ``top``, with the variance 0 where it is fixed."""
    square, _, growth = values
    with np.errstate(all="ignore"):
        w = np.sqrt((q - beta**2) / square)
    there = np.isfinite(w) & (w <= top) & np.isfinite(growth)
    w, variance, slope = w[there], q[there], w[there] ** 2 * growth[there]
    origin = slopes_at_zero(sigma)
    if beta == 0 and origin is not None:
        zero = np.linspace(0.0, top, SIDE)
        at_zero = zero**2 * float(origin.kappa)
        w, variance = np.concatenate([zero, [np.nan], w]), np.concatenate([0 * zero, [0], variance])
        slope = np.concatenate([at_zero, [0], slope])
    return w, variance, slope

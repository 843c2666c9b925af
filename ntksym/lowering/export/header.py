"""The comment at the head of an exported file: the network, the formulas, how to call it."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sympy import Expr

from ntksym.networks.dual import Dual
from ntksym.networks.layers import Dense, Elementwise, Layer, Network, flatten
from ntksym.render.mathematics.unicode import baseline, picture

COLUMNS = 92
NAMES = {"ntk": "neural tangent kernel", "nngp": "covariance of the outputs at initialisation"}
RECURSION = """\
    Σ¹ = w² x·x'/n0 + β²      Σˡ⁺¹ = w² E[σ(u)σ(v)] + β²,   (u, v) ~ N(0, Σˡ restricted to x, x')"""
TANGENT = """
    Θ¹ = Σ¹                   Θˡ⁺¹ = Σˡ⁺¹ + w² Σ̇ˡ⁺¹ Θˡ,     Σ̇ˡ⁺¹ = E[σ'(u)σ'(v)]"""
METHOD = """\
A pair of points is carried from layer to layer by its gaps 1 - rho and 1 + rho, which keep their
digits where points are close or opposite, and a point by its standard deviation s."""


def header(
    network: Network, duals: dict[Any, Dual], kind: str, target: str, note: str, margin: str
) -> str:
    """``margin`` stands before each line but the first."""
    parts = [
        f"The {NAMES[kind]} of an infinitely wide network.",
        f'Written by ntksym{_version()}: ntksym.to_source(kernel, "{target}").\n{note}',
        "The network, x of n0 coordinates first:\n" + "\n".join(_layers(network.layers, 1)),
        "Its kernel, in the parametrisation of Jacot, Gabriel and Hongler (2018):\n\n"
        + RECURSION + (TANGENT if kind == "ntk" else "") + _zero_bias(network, kind),
        *(_formulas(dual, kind) for dual in duals.values()),
        METHOD,
    ]  # fmt: skip
    lines = "\n\n".join(parts).split("\n")
    return "\n".join([lines[0], *((margin + line).rstrip() for line in lines[1:])])


def _version() -> str:
    try:
        return f" {version('ntksym')}"
    except PackageNotFoundError:
        return ""


def _layers(layers: tuple[Layer, ...], depth: int) -> list[str]:
    """A line a layer; equal ones that follow each other are counted."""
    found: list[str] = []
    for layer in layers:
        if isinstance(layer, Dense):
            bias = "" if layer.bias_init == "gaussian" else ", bias from 0"
            text = f"affine, w_std = {layer.w_std}, b_std = {layer.b_std}{bias}"
        elif isinstance(layer, Elementwise):
            text = f"{layer.activation.name}: σ(z) = {layer.activation.expr}"
        else:
            text = "x + f(x), f:"
        found.append("    " * depth + text)
        if not isinstance(layer, Dense | Elementwise):
            found += _layers(layer.layers, depth + 1)
    return found


def _zero_bias(network: Network, kind: str) -> str:
    zero = any(isinstance(x, Dense) and x.bias_init == "zero" for x in flatten(network.layers))
    more = "; Θ gains it" if kind == "ntk" else ""
    return f"\n\nWhere a bias starts at 0, Σ has no β²{more}." if zero else ""


def _formulas(dual: Dual, kind: str) -> str:
    name = dual.activation.name
    blocks = [f"Of {name}, with variances q₁, q₂ and covariance c of (u, v):"]
    blocks.append(_equation("E[σ(u)σ(v)] = ", dual.sigma))
    if kind == "ntk":
        blocks.append(_equation("E[σ'(u)σ'(v)] = ", dual.sigma_dot))
    return "\n\n".join(blocks)


def _equation(left: str, right: Expr) -> str:
    rows = picture(right, COLUMNS - len(left))
    at = min(baseline(right), len(rows) - 1)
    texts = [(left if k == at else " " * len(left)) + row for k, row in enumerate(rows)]
    return "\n".join("    " + text.rstrip() for text in texts)

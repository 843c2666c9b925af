"""Rules that rewrite Gaussian expectations, and the strategy that makes derivations of them."""

from ntksym.calculus.derivation import Derivation, Node, Rewrite, Rule, Step
from ntksym.calculus.mehler import MEHLER, series
from ntksym.calculus.normal import derivative
from ntksym.calculus.rules import rules
from ntksym.calculus.strategy import derive

__all__ = [
    "MEHLER", "Derivation", "Node", "Rewrite", "Rule", "Step", "derivative", "derive", "rules",
    "series",
]  # fmt: skip

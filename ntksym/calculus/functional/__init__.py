"""Functional calculus: derivatives of functionals, the gradient flow of a cost, each by lines."""

from ntksym.calculus.functional.derivative import FunctionalDerivative, functional_derivative

__all__ = ["FunctionalDerivative", "functional_derivative"]

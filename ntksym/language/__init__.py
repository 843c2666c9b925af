"""The symbols, the inert Gaussian expectation and the claim: what everything else speaks of."""

from ntksym.language.bivariate import BivariateNormalCDF
from ntksym.language.claim import Claim, Condition
from ntksym.language.expectation import GaussianExpectation, expectations, inert
from ntksym.language.hermite import HermitePolynomial
from ntksym.language.symbols import c, k, q, q1, q2, rho, running, u, v, z

__all__ = [
    "BivariateNormalCDF", "Claim", "Condition", "GaussianExpectation", "HermitePolynomial", "c",
    "expectations", "inert", "k", "q", "q1", "q2", "rho", "running", "u", "v", "z",
]  # fmt: skip

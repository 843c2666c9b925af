"""Finite kernel sums: their values, inner products and norms."""

from sympy import Expr, Function, Sum, Symbol

from ntksym.calculus.derivation import Derivation
from ntksym.calculus.functional.rules import LINEARITY, REPRODUCING, chain
from ntksym.language.functions import (
    Data,
    InnerProduct,
    InputExpectation,
    M,
    N,
    ReproducingKernel,
    here,
    i,
    inputs,
    j,
)

a, b, others = Data("a"), Data("b"), Data("x'")
K = ReproducingKernel


def kernel_sum(coefficients: Data, at: Data, upper: Expr, index: Expr = i) -> Expr:
    """Σ a_i K(x_i, ·)."""
    return Sum(coefficients[index] * K(at[index], here), (index, 1, upper))


def value() -> Derivation:
    """f(x) = ⟨f, K(x, ·)⟩ for a finite sum f."""
    x = Symbol("x", real=True)
    section = K(x, here)
    terms = Sum(a[i] * InnerProduct(K(inputs[i], here), section), (i, 1, N))
    return chain(
        r"The value of $f=\sum_ia_iK(x_i,\cdot)$ at a point",
        InnerProduct(kernel_sum(a, inputs, N), section),
        (LINEARITY, terms),
        (REPRODUCING, Sum(a[i] * K(inputs[i], x), (i, 1, N))),
    )


def inner_product() -> Derivation:
    """aᵀ K(X, X') b: each function has its own points."""
    products = InnerProduct(K(inputs[i], here), K(others[j], here))
    inside = Sum(b[j] * products, (j, 1, M))
    values = Sum(b[j] * K(inputs[i], others[j]), (j, 1, M))
    return chain(
        r"The inner product of $\sum_ia_iK(x_i,\cdot)$ and $\sum_jb_jK(x'_j,\cdot)$",
        InnerProduct(kernel_sum(a, inputs, N), kernel_sum(b, others, M, j)),
        (LINEARITY, Sum(a[i] * inside, (i, 1, N))),
        (REPRODUCING, Sum(a[i] * values, (i, 1, N))),
    )


def squared_norm() -> Derivation:
    """‖E_x[d(x) K(x, ·)]‖² = E_x E_x'[d(x) K(x, x') d(x')]."""
    d, x, x2 = Function("d"), Symbol("x", real=True), Symbol("x'", real=True)

    def mean(at: Symbol) -> Expr:
        return InputExpectation(d(at) * K(at, here), at)

    products = InnerProduct(K(x, here), K(x2, here))
    return chain(
        r"The squared norm of $\mathbb E_x[d(x)\,K(x,\cdot)]$",
        InnerProduct(mean(x), mean(x2)),
        (LINEARITY, InputExpectation(d(x) * InputExpectation(d(x2) * products, x2), x)),
        (REPRODUCING, InputExpectation(d(x) * InputExpectation(K(x, x2) * d(x2), x2), x)),
    )

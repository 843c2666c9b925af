"""What the normal form takes for granted: the trusted base for claims on functions.

Each fact has probes, which the tests bring before the model, a witness that knows none of them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sympy import Expr, Sum, Symbol

from ntksym.language import Claim
from ntksym.language import functions as of
from ntksym.language import parameters as by
from ntksym.language.functions import N, P, f, here, i, j, p, varphi

Kinds = tuple[type[Expr], ...]


@dataclass(frozen=True)
class Fact:
    """``about``: one kind of each group must stand in a claim for the fact to be used there."""

    name: str
    statement: str
    where: str
    reference: str
    about: tuple[Kinds, ...]
    probes: tuple[Claim, ...]


_x, _a = Symbol("x", real=True), Symbol("a", real=True)
_K, _u = of.ReproducingKernel, by.Eigenfunction
_COST = of.InputExpectation(of.Loss(0, f(_x), varphi(_x)), _x)
_DRAWN = by.RandomFunction(1, _x) ** 2
_POINTS = Sum(f(of.inputs[i]) * _K(of.inputs[i], here), (i, 1, N))

FACTS = (
    Fact(
        "linearity",
        r"\langle\textstyle\sum_ia_if_i,\,g\rangle=\sum_ia_i\langle f_i,g\rangle,\qquad "
        r"\mathbb E_x\bigl[\sum_iF_i(x)\bigr]=\sum_i\mathbb E_x[F_i(x)]",
        "finite sums; expectations of the same order are exchanged where the integrand is "
        r"absolutely integrable (Fubini); $\langle\mathbb E_x[F_x],g\rangle=\mathbb E_x[\langle "
        r"F_x,g\rangle]$ where $\mathbb E_x\lVert F_x\rVert<\infty$",
        "billingsley1995",
        ((of.InnerProduct, of.InputExpectation, Sum),),
        (Claim(of.InnerProduct(_POINTS, varphi(here)),
               Sum(f(of.inputs[i]) * of.InnerProduct(_K(of.inputs[i], here), varphi(here)),
                   (i, 1, N))),
         Claim(of.InputExpectation(Sum(f(_x) * of.targets[i], (i, 1, N)), _x),
               Sum(of.targets[i] * of.InputExpectation(f(_x), _x), (i, 1, N)))),
    ),
    Fact(
        "sections of the kernel",
        r"\langle f,K(x,\cdot)\rangle_{\mathcal H}=f(x)",
        r"$\mathcal H$ is the space of the symmetric, positive semidefinite kernel $K$",
        "aronszajn1950",
        ((of.InnerProduct,), (of.ReproducingKernel,)),
        (Claim(of.InnerProduct(f(here), _K(_a, here)), f(_a)),
         Claim(of.InnerProduct(_POINTS, _K(_a, here)),
               Sum(f(of.inputs[j]) * _K(of.inputs[j], _a), (j, 1, N)))),
    ),
    Fact(
        "derivative of a composition",
        r"\frac{d}{d\varepsilon}G(F_\varepsilon)=G'(F_\varepsilon)\,\frac{dF_\varepsilon}"
        r"{d\varepsilon},\qquad \frac{d}{dt}F(\theta_t)=\sum_p\dot\theta_p\,\partial_pF",
        r"the outer function is differentiable (Fréchet), the inner one too; under an "
        "expectation the derivative is bounded by an integrable function",
        "coleman2012",
        ((of.Variation, by.Partial, by.Rate),),
        (Claim(of.Variation(of.Outer(0, f(_a) + of.eps * varphi(_a))),
               of.Outer(1, f(_a)) * varphi(_a)),
         Claim(by.Rate(f(_a), _COST),
               Sum(by.Velocity(p, _COST) * by.Partial(f(_a), p), (p, 1, P)))),
    ),
    Fact(
        "eigenfunctions of the kernel",
        r"\mathbb E_{x'}[K(x,x')\,u_i(x')]=\lambda_iu_i(x),\qquad \mathbb E_x[u_i(x)u_j(x)]="
        r"\delta_{ij}",
        "definition, for the eigenfunctions that are used",
        "jacot2018",
        ((by.Eigenfunction,),),
        (Claim(of.InputExpectation(_K(_a, _x) * _u(i, _x), _x).subs(i, 2),
               by.Eigenvalue(2) * _u(2, _a)),
         Claim(of.InputExpectation(_u(1, _x) * _u(2, _x), _x), 0)),
    ),
    Fact(
        "independence of the draws",
        r"\mathbb E[F(f^{(p)})\,G(f^{(q)})]=\mathbb E[F(f^{(1)})]\,\mathbb E[G(f^{(1)})]"
        r"\quad(p\ne q)",
        "the random functions are independent and of one law",
        "billingsley1995",
        ((by.DrawExpectation,),),
        (Claim(by.DrawExpectation(_DRAWN * by.RandomFunction(2, _a)),
               by.DrawExpectation(_DRAWN) * by.DrawExpectation(by.RandomFunction(1, _a))),),
    ),
)  # fmt: skip


def facts_of(claim: Claim) -> Iterator[Fact]:
    """Those that the normal form of ``claim`` may use."""
    for fact in FACTS:
        if all(claim.lhs.has(*kinds) or claim.rhs.has(*kinds) for kinds in fact.about):
            yield fact

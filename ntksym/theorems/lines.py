"""The sentences of the proofs: what each step says, and why."""

from collections.abc import Iterator

from ntksym.render import latex
from ntksym.theorems.activations import Shape
from ntksym.theorems.activations.cells import folded
from ntksym.theorems.argument import Line
from ntksym.theorems.case import Case
from ntksym.theorems.series.layers import Level
from ntksym.theorems.series.supports import Support
from ntksym.theorems.witnesses.witness import Witness

MEHLER = (
    r"Hermite expansion: $\mathbb E[\sigma(u)\sigma(v)]=\sum_ka_k(q)^2(c/q)^k$. No coefficient is "
    r"negative, so that supports add, multiply and compose without loss; the support of "
    r"$\dot\Sigma$ is that of $\sigma'$, lower by 1."
)


def of_supports(case: Case, levels: tuple[Level, ...], support: Support) -> tuple[Line, ...]:
    """From the parts of σ to the series of the kernel."""
    parts = (line for shape in case.shapes.values() for line in _parts(shape))
    letter = r"\Theta" if case.tangent else r"\Sigma"
    end = Line(f"${letter}$ is a power series in the correlation with {support}.", "By the layers.")
    return (*parts, *_levels(levels, MEHLER, "mehler1866"), end)


def _parts(shape: Shape) -> Iterator[Line]:
    name, outer = shape.activation.name, folded(shape.expr)[-1]
    for parity, part, cell in zip(("even", "odd"), shape.parts, outer, strict=True):
        if part is None:
            where = f"z>{latex(cell.start)}"
            yield Line(
                f"The {parity} part of {name} is no polynomial: infinitely many {parity} Hermite "
                f"coefficients are not 0, at every variance.",
                f"For ${where}$ it is ${latex(cell.formula)}$, and no single polynomial of that "
                f"parity is it for all $z>0$.",
            )
        else:
            yield Line(
                f"The {parity} part of {name} is the polynomial ${latex(part.as_expr())}$.",
                "Algebra; its Hermite coefficients are those of a polynomial.",
            )


def _levels(levels: tuple[Level, ...], because: str, reference: str) -> Iterator[Line]:
    for level in dict.fromkeys(levels):
        if level.name.startswith("\\"):
            name, why = f"${level.name}$", "Sums, products and compositions of the lines above."
            yield Line(f"{name} has {level.support}.", why)
        else:
            yield Line(f"{level.name} itself has {level.support}.", because, reference)


def both_parities() -> Line:
    return Line(
        "So the kernel is strictly positive definite on every sphere.",
        r"If $\sum_{i,j}c_ic_jK(x_i,x_j)=0$ then $\sum_{i,j}c_ic_j(x_i\cdot x_j)^n=0$ for each $n$ "
        r"of the support. Along its even $n\to\infty$ that tends to the sum of $(c_i+c_j)^2$ over "
        r"antipodal pairs and of $c_i^2$ over the other points, along its odd $n$ to the same with "
        r"$(c_i-c_j)^2$; so every $c_i=0$.",
        "gneiting2013",
    )


def one_parity() -> Line:
    return Line(
        "So the kernel is strictly positive definite where there are no antipodal pairs.",
        r"If the form vanishes then $\sum_{i,j}c_ic_j(x_i\cdot x_j)^n=0$ for each $n$ of the "
        r"support; as $n\to\infty$ that tends to $\sum_ic_i^2$, since $|x_i\cdot x_j|<1$.",
        "gneiting2013",
    )


def two_points() -> Line:
    return Line(
        "So the kernel is strictly positive definite on the two points.",
        "Its eigenvalues are twice the sum of the even and twice the sum of the odd coefficients.",
    )


def one_point() -> Line:
    return Line("So the kernel is positive.", "There is one point at a time, and K(x, x) > 0.")


def by_witness(found: Witness) -> Line:
    return Line(
        f"The {found.name}: with the points and weights below the quadratic form is exactly 0.",
        f"{found.identity}.",
    )


def independence(case: Case, *, biased: bool) -> tuple[Line, ...]:
    """Off the sphere: ridge functions of a σ that is no polynomial are independent."""
    first = next(iter(case.order))
    given = (
        r"The first affine layer is $x\mapsto\xi\cdot(x,\beta)$ with a Gaussian $\xi$, and of the "
        r"vectors $(x_i,\beta)$ of distinct inputs no two are proportional."
        if biased
        else r"The first affine layer is $x\mapsto\xi\cdot x$, with a bias or without, and no two "
        r"of the vectors are proportional."
    )
    rest = (
        Line(
            r"$\Theta$ is strictly positive definite.",
            r"$\Theta=\Sigma+$ a positive semidefinite kernel.",
            "jacot2018",
        ),
    )
    return (
        *(line for line in _parts(first) if "no polynomial" in line.statement),
        Line("No two points are proportional after the first layer.", given),
        Line(
            r"$\mathbb E[\sigma(u_i)\sigma(u_j)]$ is strictly positive definite there.",
            r"Else $\sum_ic_i\sigma(\xi\cdot y_i)=0$ for almost every $\xi$. Differences along "
            r"vectors orthogonal to all $y_j$ but $y_i$ in turn leave "
            r"$c_i\Delta_{h_1}\ldots\Delta_{h_m}\sigma=0$ for all steps, and a measurable function "
            r"with this property is a polynomial.",
            "carvalho2025",
        ),
        Line(
            r"So it remains after every further layer.",
            r"Where the Gaussian vector $u$ has a density, $\sum_ic_i\sigma(u_i)=0$ almost surely "
            r"makes $\sigma$ constant or every $c_i=0$; a constant $\beta^2$ takes nothing away.",
        ),
        *(rest if case.tangent else ()),
    )


def on_ray(case: Case, found: Witness) -> tuple[Line, ...]:
    powers = ", ".join(f"{a.name}: {shape.degree}" for a, shape in case.shapes.items())
    return (
        Line(
            r"$\sigma(tz)=t^p\sigma(z)$ for $t>0$.",
            f"Read off the formulas, with the degree p of {powers}.",
        ),
        by_witness(found),
    )


def of_monomials(
    levels: tuple[Level, ...], support: Support, dimension: int | None, found: Witness
) -> tuple[Line, ...]:
    """Polynomial networks: the homogeneous polynomials in the feature space."""
    why = (
        r"The degrees of its monomials: with $h$ from the feature space of the layer below the "
        r"functions $\sigma(h(x))$ span the products $h_1\ldots h_j$ for these $j$."
    )
    d = "d" if dimension is None else str(dimension)
    return (
        *_levels(levels, why, ""),
        Line(
            f"The feature space is spanned by the monomials with {support}.",
            rf"There are $\sum_k\binom{{k+{d}-1}}{{{d}-1}}$ of them, over these degrees $k$.",
        ),
        by_witness(found),
    )

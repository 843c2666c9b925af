"""The sentences of the proofs on R^d without a random bias in the first layer."""

from collections.abc import Iterator

from ntksym.render import latex
from ntksym.theorems.activations import Shape
from ntksym.theorems.argument import Line
from ntksym.theorems.case import Case
from ntksym.theorems.witnesses.witness import Witness

TAYLOR = (
    r"It is analytic up to $z=0$ and no polynomial near 0: if $\sum_\tau c_\tau f(\tau z)$ is a "
    r"polynomial then $\sum_\tau c_\tau\tau^n=0$ for infinitely many $n$; divide by the largest "
    r"$\tau^n$."
)
KNOT = (
    r"It is not analytic at its last knot $z={}$, and is beyond. Of the $f(\tau z)$ with "
    r"$c_\tau\ne0$ that of the least $\tau$ is, alone, not analytic at ${}/\tau$."
)


def parts(shape: Shape) -> Iterator[Line]:
    """Which halves of σ have independent dilates, and why."""
    for name, part in zip(("even", "odd"), shape.dilates, strict=True):
        if not part.independent:
            continue
        knot = "" if part.knot is None else latex(part.knot)
        where = f"z>{knot or 0}"
        yield Line(
            f"Let $f$ be the {name} part of {shape.activation.name}; for ${where}$ it is "
            f"${latex(part.formula)}$. No $\\sum_\\tau c_\\tau f(\\tau z)$ over distinct $\\tau>0$ "
            f"is a polynomial in $z>0$ unless every $c_\\tau=0$.",
            KNOT.format(knot, knot) if knot else TAYLOR,
        )


def on_lines() -> Iterator[Line]:
    yield Line(
        r"Let $\sum_ic_i\sigma(\xi\cdot x_i)=0$ for almost every $\xi$. On each line through 0, "
        r"with $x_i=t_ie$ there, $\sum_ic_i\sigma(t_iz)$ is a polynomial in $z$; so are its even "
        r"part, in which points $\pm x$ have the weight $c_++c_-$, and its odd part, in which they "
        r"have $c_+-c_-$.",
        r"Differences along vectors that are orthogonal to all other lines in turn, and not to "
        r"this one, leave $\Delta_{h_1}\ldots\Delta_{h_m}$ of it equal to 0 for all steps.",
        "carvalho2025",
    )


def both_weights() -> Line:
    return Line(
        r"So $\mathbb E[\sigma(u_i)\sigma(u_j)]$ is strictly positive definite on distinct "
        r"$x_i\ne0$, and a point 0 beside them leaves their weights 0.",
        r"Sums and differences of the weights vanish by the lines above; $\sigma(0)$ is a constant "
        r"and changes nothing there.",
    )


def layers() -> Line:
    return Line(
        r"So it remains after every further layer.",
        r"The Gaussian vector $u$ of points $x_i\ne0$ has a density, and "
        r"$\sum_ic_i\sigma(u_i)=$ const almost surely makes $\sigma$ constant or every $c_i=0$; a "
        r"constant $\beta^2$ takes nothing away.",
    )


def tangent(case: Case) -> Iterator[Line]:
    if case.tangent:
        why = r"$\Theta=\Sigma+$ a positive semidefinite kernel."
        yield Line(r"So is $\Theta$.", why, "jacot2018")


def apart(shape: Shape, *, shifted: bool) -> Line:
    name = shape.activation.name
    if shifted:
        return Line(
            r"After the second affine layer no two points are proportional.",
            rf"Its bias is random, so that they would be equal: $\sigma(tz)=\sigma(z)$ for a "
            rf"$t\ne1$. But {name} is not even, and not constant on both sides of 0.",
        )
    return Line(
        r"After the second affine layer no two points $x_i\ne0$ are proportional.",
        rf"Else $\sigma(tz)=\kappa\sigma(z)$ for a $t\ne1$, and so for the even and the odd part "
        rf"on $z>0$. Neither of them is 0 for {name}, which leaves $t>0$, and they are not powers "
        rf"of $z$ of one and the same degree.",
    )


def ridges() -> Line:
    return Line(
        r"So $\Sigma$ is strictly positive definite on distinct $x_i\ne0$ after the second "
        r"activation, and a point 0 beside them leaves their weights 0.",
        r"In the Gaussian space, $u_i=G\cdot y_i$ with pairwise independent $y_i$ and the "
        r"activation no polynomial: differences along vectors that are orthogonal to all $y_j$ but "
        r"$y_i$ in turn leave $c_i\Delta_{h_1}\ldots\Delta_{h_m}\sigma=0$ for all steps.",
        "carvalho2025",
    )


def trained() -> Line:
    return Line(
        r"So $\Theta$ of one hidden layer is strictly positive definite on distinct $x_i\ne0$, and "
        r"a point 0 beside them leaves their weights 0.",
        r"It holds $\mathbb E[\sigma(u_i)\sigma(u_j)]$ and, as the first bias is trained, a "
        r"multiple of $\mathbb E[\dot\sigma(u_i)\dot\sigma(u_j)]$. With $f$ the even part of "
        r"$\sigma$ the sums of weights vanish by $f$ and the differences by $f'$; with $f$ the odd "
        r"part the differences by $f$ and the sums by $f'$.",
        "jacot2018",
    )


def schur() -> Line:
    return Line(
        r"So it remains for $\Theta$ after every further layer.",
        r"$\Theta^{(l+1)}=\dot\Sigma^{(l+1)}\circ\Theta^{(l)}w^2+$ a positive semidefinite kernel, "
        r"and with $\Theta^{(l)}\ge\lambda$ on these points the product is at least $\lambda$ "
        r"times the diagonal of $\dot\Sigma^{(l+1)}$, which is positive.",
        "jacot2018",
    )


def mirrored(shape: Shape, found: Witness) -> tuple[Line, ...]:
    """On a line through 0 the polynomial half of σ has dependent dilates."""
    halves = zip(("even", "odd"), shape.dilates, strict=True)
    told = (
        Line(
            f"For $z>0$ the {name} part of {shape.activation.name} is ${latex(part.formula)}$.",
            "Read off the formulas.",
        )
        for name, part in halves
        if part.powers is not None
    )
    return (
        *told,
        Line(
            f"The {found.name}: with the points and weights below the quadratic form is exactly 0.",
            f"{found.identity}.",
        ),
    )

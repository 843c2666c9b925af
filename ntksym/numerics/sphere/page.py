"""A spectrum as a page: what it is, the table, the decay."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flint import arb
from sympy import Rational, latex

from ntksym.render import Document, Paragraph, Section, Table

if TYPE_CHECKING:
    from ntksym.numerics.sphere.eigenvalues import Spectrum

DIGITS = 20
INTEGRAL = (
    r"With $\kappa$ the kernel of two points of correlation $t$ and $P_k$ Gegenbauer's polynomial, "
    r"$P_k(1)=1$, the eigenvalue of degree $k$ on $S^{d-1}$ with its uniform measure is "
    r"$\mu_k=\frac{|S^{d-2}|}{|S^{d-1}|}\int_{-1}^1\kappa(t)\,P_k(t)\,(1-t^2)^{(d-3)/2}\,dt$, "
    r"of multiplicity $N(d,k)$ [@atkinson2012]. Each has its error bound [@johansson2017]."
)


def document(spectrum: "Spectrum") -> Document:
    """What ``Spectrum.document`` returns."""
    kernel = spectrum.kernel
    what = "neural tangent kernel" if kernel.kind == "ntk" else "covariance kernel"
    names = ", ".join(a.name for a in kernel.network.activations) or "no activation"
    size = "" if spectrum.variance == 1 else rf" of $x\cdot x/n_0={spectrum.variance}$"
    return Document(
        title=f"Spectrum of a {what} on the sphere ({names}, depth {kernel.network.depth})",
        abstract=rf"Eigenvalues on the sphere{size} in $d={spectrum.dimension}$ coordinates.",
        blocks=(
            Section("Eigenvalues"),
            Paragraph(INTEGRAL),
            Table(("$k$", "$N(d,k)$", r"$\mu_k$"), tuple(rows(spectrum))),
            Paragraph(
                rf"In all $K(x,x)=\sum_kN(d,k)\,\mu_k={_number(spectrum.trace.str(DIGITS))}$, of "
                rf"which the other degrees hold ${_number(spectrum.tail.str(DIGITS))}$."
            ),
            Section("Zeros and decay"),
            *(Paragraph(text) for text in _remarks(spectrum)),
        ),
    )


def rows(spectrum: "Spectrum") -> Iterator[tuple[str, str, str]]:
    """Degree, multiplicity, and the eigenvalue with its bound."""
    triples = zip(spectrum.degrees, spectrum.multiplicities, spectrum, strict=True)
    for k, count, mu in triples:
        yield f"${k}$", f"${count}$", f"${_number(mu.str(DIGITS))}$"


def _number(text: str) -> str:
    """Arb's text in mathematics."""
    words = (word.partition("e") for word in text.strip("[]").replace("+/-", r"\,\pm\,").split(" "))
    return " ".join(a + (rf"\cdot10^{{{int(power)}}}" if e else "") for a, e, power in words)


def _remarks(spectrum: "Spectrum") -> Iterator[str]:
    if spectrum.zeros:
        yield (
            f"Degrees {', '.join(map(str, spectrum.zeros))} have the eigenvalue 0, exactly: the "
            rf"power series of $\kappa$ in $t$ has no power of theirs and of their parity above."
        )
    try:
        decay = spectrum.decay
    except (ValueError, ArithmeticError) as error:
        yield f"No decay is derived ({error})."
        return
    if decay.exponent is None:
        yield "The activation is analytic: eigenvalues decay faster than any power of $k$."
        return
    power = latex(Rational(decay.exponent))
    yield (
        rf"Kinks of the activation leave a decay as $C\,k^{{-{power}}}$ [@bietti2021] for "
        rf"$k\to\infty$, with {_constant(decay.even)} for even and {_constant(decay.odd)} for odd "
        r"degrees."
    )


def _constant(factor: arb) -> str:
    seen = "" if factor.is_zero() or not factor.contains(0) else " as far as is seen"
    return f"$C={_number(factor.str(8) if not seen else '0')}$" + seen

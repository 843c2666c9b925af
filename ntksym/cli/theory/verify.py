"""``ntksym verify``: is a kernel positive definite, and which theorems speak of it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ntksym.cli.arguments import (
    AsJson,
    Bias,
    BiasInit,
    BStd,
    Depth,
    Kind,
    Name,
    Parameters,
    Which,
    WStd,
    chosen,
    kernel,
)
from ntksym.cli.terminal import give_json, output, waiting

if TYPE_CHECKING:
    from ntksym.theorems import Application, Certificate

DOMAIN = "sphere; 'sphere without antipodes'; R^d or euclidean; 'R^d without proportional pairs'."


def verify(
    activation: Name,
    depth: Depth,
    param: Parameters = None,
    w_std: WStd = "1",
    b_std: BStd = "0",
    bias_init: Bias = BiasInit.gaussian,
    kind: Which = Kind.ntk,
    dimension: Annotated[
        int | None,
        typer.Option(help="Dimension d of the inputs; by default every d.", show_default=False),
    ] = None,
    domain: Annotated[str, typer.Option(help=DOMAIN)] = "sphere",
    theorems: Annotated[
        bool, typer.Option("--theorems", help="The hypotheses of each theorem, too.")
    ] = False,
    path: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="The proof as .tex, .html or .pdf.", show_default=False
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Decide whether a kernel is strictly positive definite, with a proof or a witness.

    The certificate is verified again before it is shown. Exit status 1 unless the kernel is proved
    positive definite.
    """
    if path is not None and path.suffix not in (".tex", ".html", ".pdf"):
        raise ValueError(f"output: expected a name that ends in .tex, .html or .pdf, got {path}")
    of = kernel(chosen(activation, param), kind, depth, w_std, b_std, bias_init)
    with waiting("Deciding"):
        from ntksym.theorems import positive_definite
        from ntksym.theorems import theorems as known

        certificate = positive_definite(of, dimension, domain)
        verified = certificate.verify()
        asked = known() if theorems else ()
        applied = [theorem.apply(of, dimension, domain) for theorem in asked]
        if path is not None:
            _write(certificate, path)
    if as_json:
        give_json(_data(certificate, verified, applied))
    else:
        text = "\n\n".join(str(part) for part in (certificate, *applied))
        output().print(text, markup=False, soft_wrap=True)
        if certificate.positive_definite is not None:
            says = "verified again" if verified else "NOT verified"
            output().print(f"\nThe certificate was {says}.", markup=False)
    if not (certificate.positive_definite and verified):
        raise typer.Exit(1)


def _write(certificate: "Certificate", path: Path) -> None:
    from ntksym.render import to_html, to_latex, to_pdf
    from ntksym.tour.files import write

    if path.suffix == ".pdf":
        to_pdf(certificate, path)
    else:
        write(path, to_latex(certificate) if path.suffix == ".tex" else to_html(certificate))


def _data(
    certificate: "Certificate", verified: bool, applied: "list[Application]"
) -> dict[str, Any]:
    witness = certificate.witness
    return {
        "statement": certificate.statement,
        "positive_definite": certificate.positive_definite,
        "verdict": certificate.verdict.name,
        "reason": certificate.reason,
        "rank": certificate.rank,
        "verified": verified,
        "proof": [
            {"statement": line.statement, "because": line.because, "reference": line.reference}
            for line in certificate.derivation.lines
        ],
        "witness": witness
        and {
            "name": witness.name,
            "points": [[str(x) for x in point] for point in witness.points],
            "weights": [str(weight) for weight in witness.weights],
        },
        "theorems": [
            {"name": a.theorem.name, "answer": str(a.answer), "missing": list(a.missing)}
            for a in applied
        ],
    }

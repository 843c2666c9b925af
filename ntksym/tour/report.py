"""The folder of the tour: a picture, the article in three formats, the numbers as JSON."""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ntksym.kernel import ntk
from ntksym.render import (
    Document,
    Paragraph,
    Picture,
    Proof,
    Rules,
    Section,
    Table,
    to_html,
    to_latex,
    to_pdf,
)
from ntksym.render.document import CONVENTIONS, VERDICTS, Block
from ntksym.tour.files import write
from ntksym.tour.stages import KERNEL, Clock, Stage, Summary

DEPTHS = (2, 3, 5, 8)
NAME = r"tangent kernel of a ReLU network of depth 3, $w=\sqrt2$, $\beta=0.1$"
CAPTION = (
    r"The tangent kernel on the unit circle, between $x_0=(1,0)$ and "
    r"$x(\gamma)=(\cos\gamma,\sin\gamma)$; depth $L$ counts affine layers, $w=\sqrt2$, $\beta=0.1$."
)


def write_report(summary: Summary, clock: Clock) -> Summary:
    """Every artefact that can be made here; the others are named in ``skipped``."""
    files: list[str] = []
    skipped: list[str] = []

    def attempt(name: str, make: Callable[[Path], Any]) -> None:
        try:
            make(summary.folder / name)
            files.append(name)
        except (ImportError, FileNotFoundError) as error:
            skipped.append(f"{name}: {error}")

    with clock.stage("Picture of the kernels on the circle") as stage:
        attempt("circle.png", lambda path: write(path, _picture()))
        stage.result = "circle.png" if files else "skipped"
    document = describe(summary, (summary.folder / "circle.png") if files else None)
    with clock.stage("Report") as stage:
        tex = to_latex(document).replace("{picture-1.png}", "{circle.png}")
        attempt("report.tex", lambda path: write(path, tex))
        attempt("report.html", lambda path: write(path, to_html(document)))
        attempt("report.pdf", lambda path: to_pdf(document, path))
        stage.result = ", ".join(name for name in files if name.startswith("report"))
    done = replace(summary, stages=tuple(clock.stages), skipped=tuple(skipped))
    done = replace(done, files=(*files, "summary.json"))
    write(
        done.folder / "summary.json", json.dumps(as_data(done), indent=2, ensure_ascii=False) + "\n"
    )
    return done


def as_data(summary: Summary) -> dict[str, Any]:
    """The summary as JSON holds it."""
    comparison, regression = summary.comparison, summary.regression
    return {
        "duals": [
            {
                "activation": checked.dual.activation.name,
                "sigma": str(checked.dual.sigma),
                "sigma_dot": str(checked.dual.sigma_dot),
                "verdict": checked.report.verdict.name,
                "lines": [line.verdict.name for line in checked.report.lines],
            }
            for checked in summary.duals
        ],
        "kernel": {"kind": "ntk", **KERNEL},
        "scaling": summary.scaling,
        "gram_shape": list(summary.gram),
        "comparison": vars(comparison),
        "regression": {**vars(regression), "accuracy": regression.accuracy},
        "seconds": {stage.title: round(stage.seconds, 3) for stage in summary.stages},
        "failures": list(summary.failures),
        "files": list(summary.files),
        "skipped": list(summary.skipped),
    }


def _picture() -> bytes:
    from ntksym.plots import circles

    panels = {
        title: {f"$L={depth}$": ntk(name, depth=depth, w_std=2**0.5, b_std=0.1) for depth in DEPTHS}
        for title, name in (("ReLU", "relu"), ("erf", "erf"))
    }
    buffer = io.BytesIO()
    circles(panels).savefig(buffer, format="png")
    return buffer.getvalue()


def describe(summary: Summary, picture: Path | None) -> Document:
    """The report as a document, before it is HTML, LaTeX or PDF."""
    names = " and ".join(checked.dual.activation.name for checked in summary.duals)
    return Document(
        title="Neural tangent kernels, from the integral to handwritten digits",
        abstract=(
            f"The duals of {names} are derived from the Gaussian integrals and every line is "
            "checked; the kernel compiled from the derived expression classifies the UCI digits. "
            "Conventions are those of [@jacot2018]."
        ),
        blocks=tuple(_blocks(summary, picture)),
    )


def _blocks(summary: Summary, picture: Path | None) -> Iterator[Block]:
    yield Section("Numbers")
    yield Table(("quantity", "value"), rows(summary))
    if picture is not None:
        yield Section("The kernel on the circle")
        yield Picture(picture, CAPTION)
    yield Section("Time")
    yield Table(("stage", "seconds"), tuple(map(_timed, summary.stages)))
    yield Section("Conventions")
    yield Paragraph(CONVENTIONS)
    yield Paragraph(VERDICTS)
    for checked in summary.duals:
        yield Section(f"The dual of {checked.dual.activation.name}")
        yield Paragraph(f"The weakest line of this derivation is {checked.report.verdict.name}.")
        yield Proof(checked.dual.derivation, checked.report)
    yield Section("Rules")
    used = (rule for checked in summary.duals for rule in checked.dual.derivation.rules())
    yield Rules(tuple({rule.name: rule for rule in used}.values()))


def _timed(stage: Stage) -> tuple[str, str]:
    return stage.title, f"{stage.seconds:.2f}"


def rows(summary: Summary) -> tuple[tuple[str, str], ...]:
    """The numbers as pairs of words."""
    comparison, regression = summary.comparison, summary.regression
    ridge = "none" if regression.ridge == 0 else f"{regression.ridge:g}"
    return (
        ("Kernel", NAME),
        ("Inputs", f"{summary.gram[0]} digits of 8 × 8 pixels, {summary.scaling}"),
        (f"Worst of {comparison.entries} entries against {comparison.digits} digits",
         f"{comparison.worst_ulp:.2f} units in the last place"),
        ("Training and test digits", f"{regression.train} and {regression.test}"),
        ("Ridge", ridge),
        ("Smallest training eigenvalue",
         f"{regression.smallest_eigenvalue:.3g}"),
        ("Test accuracy", f"{regression.accuracy:.2%} ({regression.correct} of {regression.test})"),
    )  # fmt: skip

"""What is certified of the Gram matrix of data, and how it is proved again."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

import numpy as np
from flint import arb

from ntksym.evaluate.balls import precision
from ntksym.kernel import Kernel
from ntksym.theorems.data import cholesky, elimination
from ntksym.theorems.data.rows import blame

if TYPE_CHECKING:
    from ntksym.render import Document

Progress = Callable[[str, int, int], None]
Answer = Literal["positive definite", "not positive definite", "unknown"]
Method = Literal["float64 Cholesky", "Arb", "exact rows", "none"]


PROOFS = {
    "float64 Cholesky": (
        "With a proved bound $e$ of the entries, $|A_{ij}-K_{ij}|\\le e\\sqrt{K_{ii}K_{jj}}$, the "
        "Cholesky decomposition of $A-c\\,\\mathrm{diag}(A)-\\sigma I$ in doubles ran to its end, "
        "where $c$ bounds $e$ and all its rounding errors: $K\\succeq\\sigma I$ [@rump2006]."
    ),
    "Arb": (
        "All entries are enclosed in balls, and the pivots of $A-\\sigma I=LDL^\\top$ are positive "
        "for every matrix in them [@johansson2017]."
    ),
    "exact rows": (
        "The rows named were compared as exact numbers, and the layers of the network have the "
        "symmetry stated for all parameters; the rows of $K$ are then linearly dependent."
    ),
    "none": "None: a Gram matrix of features has no eigenvalue below 0, and nothing more is known.",
}


@dataclass(frozen=True, eq=False, repr=False)
class GramCertificate:
    """What is known of the smallest eigenvalue of the exact K(X, X), and why.

    ``lower_bound`` is never above it; it is 0 where the matrix is singular or nothing more is
    known, for K(X, X) is the Gram matrix of features. ``rows``: those to blame, or the most
    suspicious ones where the answer is unknown. ``bits``: those of Arb. ``seal`` is a hash of all.
    """

    kernel: Kernel
    points: np.ndarray
    verdict: Answer
    lower_bound: float
    reason: str
    method: Method
    rows: tuple[int, ...] = ()
    bits: int = 0
    seal: str = field(default="")

    def __post_init__(self) -> None:
        if not self.seal:
            object.__setattr__(self, "seal", self._sealed())

    def __repr__(self) -> str:
        n, d = self.points.shape
        names = ", ".join(a.name for a in self.kernel.network.activations) or "linear"
        return (
            f"<GramCertificate: {self.kernel.kind} ({names}) at {n} points in {d} dimensions: "
            f"{self.verdict}, smallest eigenvalue >= {self.lower_bound:.6g} ({self.reason})>"
        )

    def verify(self) -> bool:
        """Whether no field was changed, and the claim is proved again from the fields alone."""
        if self.seal != self._sealed():
            return False
        try:
            return self._holds()
        except (ValueError, ArithmeticError):
            return False

    def _sealed(self) -> str:
        parts = [getattr(self, f.name) for f in fields(self) if f.name not in ("points", "seal")]
        parts += [self.points.shape, self.points.dtype.str, self.points.tobytes()]
        return sha256(repr(parts).encode()).hexdigest()

    def _holds(self) -> bool:
        if self.verdict != "positive definite":
            at_zero = self.lower_bound == 0.0
            return at_zero and (self.verdict == "unknown" or self._blamed())
        if not self.lower_bound > 0:
            return False
        if self.method == "Arb":
            with precision(self.bits):
                rows = entries(self.kernel, self.points, self.bits)
                return elimination.proves(rows, self.lower_bound)
        matrix, error = self.kernel(self.points), self.kernel.rounding(self.points)
        return cholesky.proves(matrix, error, self.lower_bound)

    def _blamed(self) -> bool:
        found = blame(self.kernel, self.points)
        return found is not None and (found.rows, found.reason) == (self.rows, self.reason)

    def document(self) -> "Document":
        """The certificate as an article: statement, proof, references."""
        from ntksym.render import Document, Paragraph, Section, Table
        from ntksym.theorems.case import described

        n, d = self.points.shape
        rows = ", ".join(map(str, self.rows)) or "none"
        seal = " ".join(self.seal[k : k + 8] for k in range(0, len(self.seal), 8))
        table = (
            ("kernel", f"{self.kernel.kind} of {described(self.kernel)}"),
            ("points", f"{n} in {d} dimensions"),
            ("verdict", self.verdict), ("smallest eigenvalue", f"at least {self.lower_bound!r}"),
            ("method", self.method), ("reason", self.reason), ("rows", rows), ("seal", seal),
        )  # fmt: skip
        return Document(
            title="A certificate for a Gram matrix",
            abstract="The points are doubles and count as exact; the kernel is the exact one.",
            blocks=(
                Section("Statement"), Table(("what", "value"), table),
                Section("Proof"), Paragraph(PROOFS[self.method]),
            ),
        )  # fmt: skip


def entries(
    kernel: Kernel, points: np.ndarray, bits: int, progress: Progress | None = None
) -> list[list[arb]]:
    """K(X, X) in balls, by rows up to the diagonal."""
    total = len(points) * (len(points) + 1) // 2
    rows: list[list[arb]] = []
    for row in kernel._pairs.balls(points, bits):
        rows.append(row)
        if progress:
            done = len(rows) * (len(rows) + 1) // 2
            progress(f"entries with {bits} bits", done, total)
    return rows

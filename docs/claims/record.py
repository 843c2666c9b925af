"""What is said of one formula of a source, and what a check of it returns."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

Verdict = Literal["misprint", "false as stated", "holds under", "holds", "theorem", "definition"]
VERDICTS: dict[Verdict, str] = {
    "misprint": "wrong as printed; the corrected form is meant",
    "false as stated": "a claim with a counterexample; the corrected form is true",
    "holds under": "true under a hypothesis that the place does not state",
    "holds": "true as printed",
    "theorem": "proved in the literature under the hypotheses named; a number shows a part of it",
    "definition": "nothing to prove",
}
WRONG = ("misprint", "false as stated", "holds under")
FAR = 10


@dataclass(frozen=True)
class Reading:
    """What a form gives beside what was found without it."""

    gives: ArrayLike
    truth: ArrayLike

    @property
    def error(self) -> float:
        """The largest difference, relative where the truth is larger than 1."""
        gives, truth = np.asarray(self.gives, float), np.asarray(self.truth, float)
        return float(np.max(np.abs(gives - truth)) / max(1.0, np.max(np.abs(truth))))


@dataclass(frozen=True)
class Evidence:
    """The printed form, and where it is wrong the corrected one, each against the truth."""

    printed: Reading
    corrected: Reading | None = None
    tolerance: float = 1e-9

    def supports(self, verdict: Verdict) -> bool:
        """Whether a correct form is within the tolerance, and a wrong one ten times outside."""
        if verdict not in WRONG:
            return self.corrected is None and self.printed.error <= self.tolerance
        if self.corrected is None:
            return False
        fails = self.printed.error > FAR * self.tolerance
        return fails and self.corrected.error <= self.tolerance


@dataclass(frozen=True)
class Source:
    """A text, its title and author as printed in it."""

    name: str
    heading: str
    about: str


@dataclass(frozen=True)
class SourceFormula:
    """One formula: where it stands, what it says here, whether it is so and what shows it."""

    source: str
    place: str
    claim: str
    verdict: Verdict
    corrected: str = ""
    shown_by: str = ""
    check: Callable[[], Evidence] | None = None


SOURCES = (
    Source(
        "post",
        "A blog post on the cost in function space",
        "A reconstruction of the idea of Jacot et al. (2018) from the functional derivative of the "
        "cost. The text prints neither title nor author; its first heading is *Introduction*.",
    ),
    Source(
        "highlights",
        "Lecture notes: highlights of the paper",
        "*Highlights: Neural Tangent Kernel*, by Antônio H. Ribeiro, Dave Zachariah and "
        "Per Mattsson. (The paper it refers to is in volume 31 of the proceedings, not 32.)",
    ),
    Source(
        "slides",
        "Slides on the paper",
        "*Neural Tangent Kernel: Convergence and Generalization in Neural Networks*, presentation "
        "by Lukas Häuser.",
    ),
    Source(
        "tutorial",
        "A tutorial from functional gradient descent to the kernel",
        "*Neural Tangent Kernel: notes on NTK and related material*, dated 2023-02-26. The text "
        "prints no author.",
    ),
)

"""The stages of the tour, timed, and the summary that they add up to."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ntksym.check import Report
    from ntksym.networks.dual import Dual
    from ntksym.tour.numbers import Comparison, Regression

ACTIVATIONS = ("relu", "erf")
KERNEL: dict[str, Any] = {"network": "relu", "depth": 3, "w_std": 2**0.5, "b_std": 0.1}
WORST_ULP = 64
ACCURACY = 0.95


@dataclass
class Stage:
    """A stage: ``result`` says in a few words what came out, ``None`` while it is running."""

    title: str
    result: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class Checked:
    """A dual pair with the verdicts on its derivation."""

    dual: "Dual"
    report: "Report"


@dataclass(frozen=True)
class Summary:
    """What the tour found, and the files that it wrote."""

    folder: Path
    duals: tuple[Checked, ...]
    scaling: str
    gram: tuple[int, int]
    comparison: "Comparison"
    regression: "Regression"
    stages: tuple[Stage, ...]
    files: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    @property
    def failures(self) -> tuple[str, ...]:
        """What is not as it should be; empty after a good run."""
        from ntksym.check import Verdict

        weak = [f"{c.dual.activation.name}: {c.report.verdict.name}" for c in self.duals
                if c.report.verdict < Verdict.ENCLOSED]  # fmt: skip
        if not self.comparison.worst_ulp <= WORST_ULP:
            weak.append(f"Gram matrix: {self.comparison.worst_ulp:.0f} ulp, more than {WORST_ULP}")
        if not self.regression.accuracy > ACCURACY:
            weak.append(f"test accuracy: {self.regression.accuracy:.2%}, not above {ACCURACY:.0%}")
        return tuple(weak)


@dataclass
class Clock:
    """Runs stages, remembers their times and tells of each when it starts and when it ends."""

    tell: Callable[[Stage], None]
    stages: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, title: str) -> Iterator[Stage]:
        stage, start = Stage(title), time.perf_counter()
        self.tell(stage)
        yield stage
        stage.seconds = time.perf_counter() - start
        self.stages.append(stage)
        self.tell(stage)


def tour(folder: str | Path, tell: Callable[[Stage], Any] | None = None) -> Summary:
    """Derive and check ReLU and erf, classify handwritten digits, write a report to ``folder``.

    The folder is made where it does not exist; its files are replaced whole. ``tell`` is called
    with each :class:`Stage` as it starts and as it ends. What needs LaTeX or the extra ``report``
    is skipped where they are missing, and named in ``skipped``. NotADirectoryError where
    ``folder`` is a file.
    """
    place = Path(folder)
    if place.exists() and not place.is_dir():
        raise NotADirectoryError(f"{place}: is a file, expected a folder")
    place.mkdir(parents=True, exist_ok=True)
    clock = Clock(tell or (lambda _: None))
    duals = tuple(_checked(name, clock) for name in ACTIVATIONS)
    summary = _numbers(place, duals, clock)
    from ntksym.tour.report import write_report

    return write_report(summary, clock)


def _checked(name: str, clock: Clock) -> Checked:
    with clock.stage(f"Derive and check {name}") as stage:
        from ntksym.check import check
        from ntksym.networks.dual import dual

        pair = dual(name)
        report = check(pair.derivation)
        lines = sum(1 for _ in report.lines)
        stage.result = f"{lines} lines, the weakest {report.verdict.name}"
    return Checked(pair, report)


def _numbers(folder: Path, duals: tuple[Checked, ...], clock: Clock) -> Summary:
    from ntksym.data import digits
    from ntksym.kernel import ntk
    from ntksym.tour.numbers import compare, regress

    images, labels = digits()
    points = images / 16
    kernel = ntk(**KERNEL)
    with clock.stage("Compile the kernel") as stage:
        kernel(points[:2])
        stage.result = "ReLU, depth 3; Numba keeps it for next time"
    with clock.stage("Gram matrix of the digits") as stage:
        gram = kernel(points)
        stage.result = f"{gram.shape[0]} × {gram.shape[1]} doubles"
    with clock.stage("Compare entries with exact values") as stage:
        comparison = compare(kernel, points, gram)
        stage.result = (
            f"{comparison.entries} entries to {comparison.digits} digits: "
            f"at most {comparison.worst_ulp:.1f} ulp off"
        )
    with clock.stage("Kernel regression") as stage:
        regression = regress(gram, labels)
        stage.result = f"{regression.correct} of {regression.test} test digits right"
    scaling = "pixel counts divided by 16"
    shape = gram.shape[0], gram.shape[1]
    return Summary(folder, duals, scaling, shape, comparison, regression, tuple(clock.stages))

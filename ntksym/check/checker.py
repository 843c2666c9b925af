"""``check``: every line of a derivation before its witnesses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from flint import arb
from sympy import Derivative, Expr

from ntksym.check.enclosure import enclose
from ntksym.check.functional import Model, models, speaks_of_functions, witnesses
from ntksym.check.quadrature import RESOLUTIONS, Quadrature, approximate
from ntksym.check.sample import Point, points
from ntksym.check.symbolic.instances import by_calculus, generalised, instance_of
from ntksym.check.symbolic.vanish import vanishes
from ntksym.check.verdict import Line, Report, Section, Verdict, Witness
from ntksym.evaluate import width
from ntksym.language import Claim, inert

NARROW = 1e-7
CLOSE = 1e-9
CLEAR = 1e-6
"""A floating difference refutes only when it is far above what the quadrature itself is off by."""


class Step(Protocol):
    @property
    def claim(self) -> Claim: ...
    @property
    def inner(self) -> tuple[Any, ...]: ...


class Chain(Protocol):
    @property
    def title(self) -> str: ...
    @property
    def steps(self) -> tuple[Any, ...]: ...
    @property
    def stuck_on(self) -> Expr | None: ...
    def parts(self) -> Iterable[Any]: ...


def check(derivation: Chain, progress: Callable[[str], None] | None = None) -> Report:
    """A verdict for each line of ``derivation``, of what is inside and of what is beside it.

    The witnesses of a line: *symbolic* (its two sides differ by zero, or it is an instance of a
    lemma of the trusted base), *quadrature* (floating: its right side against the expectation that
    the chain started from) and *balls* (rigorous). Of a line on functions: *normal
    form* (zero for all functions and data) and *model* (floating, in finite dimensions). A line
    needs two that pass; one that refutes is enough to refute. ``progress`` is told the title of
    each chain.
    """
    if not hasattr(derivation, "parts"):
        raise TypeError(f"derivation: expected a Derivation, got {type(derivation).__name__}")
    sections = []
    for part in derivation.parts():
        if progress:
            progress(part.title)
        sections.append(Section(part.title, tuple(_lines(part))))
    return Report(tuple(sections))


def _lines(chain: Chain) -> Iterable[Line]:
    if chain.stuck_on is not None:
        yield Line(Claim(chain.stuck_on, chain.stuck_on), (_stuck(chain.stuck_on),))
    if not chain.steps:
        return
    root = chain.steps[0].claim.lhs
    at = points(*(s for step in chain.steps for s in (step.claim.lhs, step.claim.rhs)))
    memory = Memory()
    for step in chain.steps:
        yield judge(step, root, at, memory)


@dataclass(frozen=True)
class Memory:
    """What the lines of a chain share: values and canonical forms already computed."""

    levels: list[Quadrature] = field(default_factory=lambda: [Quadrature(n) for n in RESOLUTIONS])
    balls: dict[Expr, arb] = field(default_factory=dict)
    forms: dict[Expr, Expr] = field(default_factory=dict)
    models: tuple[Model, ...] = field(default_factory=models)


def judge(step: Step, root: Expr, at: list[Point], memory: Memory) -> Line:
    """A line of the chain that started from ``root``, at the sample points ``at``."""
    if speaks_of_functions(step.claim):
        return Line(step.claim, witnesses(step.claim, root, memory.models))
    symbolic = witness_symbolic(step.claim, step.inner, memory.forms)
    quadrature = witness_quadrature(Claim(root, step.claim.rhs), at, memory.levels)
    found = [symbolic, quadrature]
    if quadrature.verdict == Verdict.REFUTED:
        return Line(step.claim, tuple(found))
    if symbolic.verdict < Verdict.PROVED:
        found.append(witness_balls(step.claim, at, memory.balls))
    if not inert(step.claim.rhs):
        closed = Claim(root, step.claim.rhs)
        found.append(witness_balls(closed, at[:1], memory.balls))
    return Line(step.claim, tuple(found))


def _stuck(expr: Expr) -> Witness:
    return Witness("rules", Verdict.UNKNOWN, f"no rule applies to {expr}")


def witness_symbolic(
    claim: Claim, inner: Iterable[Any], forms: dict[Expr, Expr] | None = None
) -> Witness:
    """PROVED by algebra, by differentiation, by a lemma, or by the derivations inside the line."""
    name = "symbolic"
    given = {derivation.lhs: derivation.rhs for derivation in inner}
    left = claim.lhs.xreplace(given).replace(Derivative, lambda f, *by: Derivative(f, *by).doit())
    try:
        if vanishes(left - claim.rhs):
            how = "by the derivation of the integrand" if given else "the difference is zero"
            return Witness(name, Verdict.PROVED, how)
        if by_calculus(claim):
            return Witness(name, Verdict.PROVED, "equal at c = 0, and equal derivatives in c")
        general = generalised(claim)
        lemma = instance_of(general, forms)
        if lemma is None and general != claim:
            lemma = instance_of(claim, forms)
    except ValueError as error:
        return Witness(name, Verdict.UNKNOWN, str(error))
    if lemma is None:
        return Witness(name, Verdict.UNKNOWN, "not reduced to zero, no instance of a lemma")
    return Witness(name, Verdict.PROVED, f"instance of: {lemma.name}")


def witness_quadrature(claim: Claim, at: list[Point], levels: list[Quadrature]) -> Witness:
    """AGREES where both sides' floating values do, at every point."""
    name, worst = "quadrature", 0.0
    for point in at:
        try:
            (a, doubt_a), (b, doubt_b) = (
                approximate(x, point, levels) for x in (claim.lhs, claim.rhs)
            )
        except (ValueError, TypeError, NameError, LookupError, ArithmeticError) as error:
            return Witness(name, Verdict.UNKNOWN, str(error))
        off, doubt, scale = abs(a - b), doubt_a + doubt_b, max(1.0, abs(a))
        if off > CLEAR * scale and off > 1e3 * doubt:
            return Witness(name, Verdict.REFUTED, f"{a:.12g} against {b:.12g} at {_at(point)}")
        worst = max(worst, (off + doubt) / scale)
    verdict = Verdict.AGREES if worst <= CLOSE else Verdict.UNKNOWN
    return Witness(name, verdict, f"both sides within {worst:.1e} at {len(at)} points")


def witness_balls(claim: Claim, at: list[Point], known: dict[Expr, arb]) -> Witness:
    """ENCLOSED where narrow balls of both sides overlap, REFUTED where balls are apart."""
    name, widest = "balls", 0.0
    for point in at:
        try:
            left, right = (enclose(x, point, known) for x in (claim.lhs, claim.rhs))
        except ValueError as error:
            return Witness(name, Verdict.UNKNOWN, str(error))
        if left.is_finite() and right.is_finite() and not left.overlaps(right):
            return Witness(name, Verdict.REFUTED, f"{left} and {right} are apart at {_at(point)}")
        widest = max(widest, width(left), width(right))
    verdict = Verdict.ENCLOSED if widest <= NARROW else Verdict.UNKNOWN
    return Witness(name, verdict, f"balls of radius {widest:.1e} overlap at {len(at)} points")


def _at(point: Point) -> str:
    return ", ".join(f"{symbol} = {value}" for symbol, value in point.items())

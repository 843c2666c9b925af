"""A wrong sign, factor, term, law or limit in any line is refuted, not merely left unknown."""

from dataclasses import replace
from functools import cache

import pytest
from sympy import Rational

from ntksym.calculus import Derivation, Step, derive
from ntksym.check import Verdict, check
from ntksym.check.checker import Memory, judge, witness_quadrature, witness_symbolic
from ntksym.check.sample import points
from ntksym.check.symbolic.canonical import canonical
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language import Claim
from tests.check.mutants import mutants
from tests.check.support import PIECES, pair

EVERY = 16
"""One in so many mutants that the quadrature refutes meets the symbolic witness too."""


@cache
def chain(name: str) -> Derivation:
    return derive(pair(PIECES[name]), name)


WITH_LEMMA = [name for name in PIECES if any(step.inner for step in chain(name).steps)]
CHAINS = [(name, part) for name in PIECES for part in range(len(list(chain(name).parts())))]


@pytest.mark.parametrize(("name", "part"), CHAINS)
def test_every_mutant_of_every_line_is_refuted(name: str, part: int) -> None:
    steps = list(chain(name).parts())[part].steps
    root, at = steps[0].claim.lhs, points(*(x for s in steps for x in (s.claim.lhs, s.claim.rhs)))
    memory = Memory()
    for number, step in enumerate(steps, 1):
        wrong = 0
        for what, rhs in mutants(step.claim.rhs):
            seen = witness_quadrature(Claim(root, rhs), at, memory.levels)
            refuted = seen.verdict == Verdict.REFUTED
            if not refuted and vanishes(canonical(rhs - step.claim.rhs, memory.forms)):
                continue
            wrong += 1
            if refuted and wrong % EVERY:
                continue
            mutant = replace(step, claim=Claim(step.claim.lhs, rhs, step.claim.where))
            line = judge(mutant, root, at, memory)
            assert line.verdict == Verdict.REFUTED, f"line {number}, {what}: {line}"
            said = {witness.name: witness.verdict for witness in line.witnesses}
            assert said["symbolic"] != Verdict.PROVED, f"line {number}, {what}: a false proof"
        assert wrong >= 4, f"line {number} has hardly a mutant"


def test_mutants_are_many_and_of_every_kind() -> None:
    assert {"relu", "leaky"} <= {*WITH_LEMMA}
    kinds: set[str] = set()
    for name, part in CHAINS:
        for step in list(chain(name).parts())[part].steps:
            made = list(mutants(step.claim.rhs))
            assert len({rhs for _, rhs in made}) == len(made)
            assert step.claim.rhs not in {rhs for _, rhs in made}
            kinds |= {" ".join(what.split()[:1]) for what, _ in made}
    assert {"sign", "without", "twice", "1.001", "2", "upper", "lower", "c/2", "t/2"} <= kinds


@pytest.mark.parametrize("name", WITH_LEMMA)
def test_a_wrong_derivation_of_the_integrand_is_caught(name: str) -> None:
    """The outer line takes the wrong formula over, so it is consistent with what stands inside."""
    steps = chain(name).steps
    number = next(k for k, step in enumerate(steps) if step.inner)
    (inner,) = steps[number].inner
    last = inner.steps[-1]
    wrong = last.claim.rhs * Rational(1001, 1000)
    broken = replace(
        inner, steps=(*inner.steps[:-1], replace(last, claim=Claim(last.claim.lhs, wrong)))
    )
    claim = steps[number].claim
    passed_on = Claim(claim.lhs, claim.rhs.xreplace({last.claim.rhs: wrong}))
    assert passed_on.rhs != claim.rhs
    outer = Step(passed_on, steps[number].rule, (broken,))
    assert witness_symbolic(passed_on, (broken,)).verdict == Verdict.PROVED
    report = check(Derivation((*steps[:number], outer), "broken"))
    assert report.verdict == Verdict.REFUTED
    assert [section.lines[-1].verdict for section in report.sections[-2:]] == [Verdict.REFUTED] * 2
    with pytest.raises(AssertionError, match="is REFUTED"):
        report.require(Verdict.AGREES)


@pytest.mark.parametrize("name", WITH_LEMMA)
def test_a_line_unlike_its_inner_derivation_is_refuted(name: str) -> None:
    steps = chain(name).steps
    number = next(k for k, step in enumerate(steps) if step.inner)
    claim = steps[number].claim
    outer = replace(steps[number], claim=Claim(claim.lhs, 2 * claim.rhs))
    report = check(Derivation((*steps[:number], outer), "broken"))
    assert list(report.lines)[-1].verdict == Verdict.REFUTED

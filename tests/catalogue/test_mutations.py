"""A wrong line of a derivation of the catalogue is refuted."""

from dataclasses import replace
from random import Random

import pytest
from sympy import Expr

from ntksym.calculus import derive
from ntksym.check import Line, Verdict
from ntksym.check.checker import Memory, judge, witness_quadrature
from ntksym.check.sample import points
from ntksym.check.symbolic.canonical import canonical
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language import Claim, inert
from tests.catalogue.entries import CLASS_A, CLASS_B, checked, identify
from tests.check.mutants import shuffled

PER_LINE = 1
"""Mutants of a line. That of one line of each chain is judged by every witness."""
LINES = 3
"""Of a chain, the lines that are changed: each rule stands in many chains."""
SOME = "elu", "hard_tanh", "shifted_relu"
"""Of class B, whose chains are made of the same rules: an exponential, two cells, one."""


def equal(left: Expr, right: Expr, memory: Memory) -> bool:
    """Whether a change changed nothing, such as q2 in the law of E[uv]: by form or by the rules."""
    difference = left - right
    if vanishes(canonical(difference, memory.forms)):
        return True
    if not inert(difference):
        return False
    derivation = derive(difference, "difference")
    return derivation.complete and vanishes(derivation.rhs)


def caught(line: Line) -> bool:
    """REFUTED; or without a real value, as under a root of what became negative."""
    numbers = next(witness for witness in line.witnesses if witness.name == "quadrature")
    nowhere = line.verdict == Verdict.UNKNOWN and "gives no number" in numbers.detail
    return nowhere or line.verdict == Verdict.REFUTED


@pytest.mark.parametrize("name", [*CLASS_A, *(n for n in CLASS_B if n in SOME)], ids=identify)
def test_mutants_of_lines_are_refuted(name: str) -> None:
    for part, (chain, memory) in enumerate(checked(name).chains):
        at = points(*(x for s in chain.steps for x in (s.claim.lhs, s.claim.rhs)))
        random = Random(f"{name} {part}")
        chosen = random.sample(range(len(chain.steps)), min(LINES, len(chain.steps)))
        full = chosen[0]
        for number in chosen:
            step = chain.steps[number]
            where, found = f"{chain.title}, line {number + 1}", 0
            for what, wrong in shuffled(step.claim.rhs, random):
                seen = witness_quadrature(Claim(chain.lhs, wrong), at, memory.levels)
                if seen.verdict != Verdict.REFUTED and equal(wrong, step.claim.rhs, memory):
                    continue
                if seen.verdict != Verdict.REFUTED or (number == full and found == 0):
                    mutant = replace(step, claim=Claim(step.claim.lhs, wrong, step.claim.where))
                    line = judge(mutant, chain.lhs, at, memory)
                    assert caught(line), f"{where}, {what}: {line}"
                    said = {witness.name: witness.verdict for witness in line.witnesses}
                    assert said["symbolic"] != Verdict.PROVED, f"{where}, {what}: a false proof"
                found += 1
                if found == PER_LINE:
                    break
            assert found == PER_LINE, f"{where} has hardly a mutant"

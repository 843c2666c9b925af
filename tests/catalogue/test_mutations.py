"""A wrong line of any derivation of the catalogue is refuted."""

from dataclasses import replace
from random import Random

import pytest
from sympy import Expr

from ntksym.calculus import Step, derive
from ntksym.check import Verdict
from ntksym.check.checker import Memory, judge, witness_quadrature
from ntksym.check.sample import Point, points
from ntksym.check.symbolic.canonical import canonical
from ntksym.check.symbolic.vanish import vanishes
from ntksym.language import Claim
from tests.catalogue.entries import CLASS_A, CLASS_B, checked, identify
from tests.check.mutants import mutants

PER_LINE = 3
"""Mutants of a line. The first one of one line of each chain is judged by every witness."""


def shuffled(expr: Expr, seed: str) -> list[tuple[str, Expr]]:
    """The mutants in an order that is always the same, and another one for every line."""
    made = list(mutants(expr))
    Random(seed).shuffle(made)
    return made


def equal(left: Expr, right: Expr, memory: Memory) -> bool:
    """Whether a change changed nothing, such as q2 in the law of E[uv]: by form or by the rules."""
    difference = left - right
    if vanishes(canonical(difference, memory.forms)):
        return True
    derivation = derive(difference, "difference")
    return derivation.complete and vanishes(derivation.rhs)


def refuted(
    root: Expr, step: Step, wrong: Expr, at: list[Point], memory: Memory, *, fully: bool
) -> bool:
    """Or without a real value, as under a root that became negative: that never passes."""
    if not fully:
        seen = witness_quadrature(Claim(root, wrong), at, memory.levels)
        if seen.verdict == Verdict.REFUTED:
            return True
    mutant = replace(step, claim=Claim(step.claim.lhs, wrong, step.claim.where))
    line = judge(mutant, root, at, memory)
    said = {witness.name: witness.verdict for witness in line.witnesses}
    if said["symbolic"] == Verdict.PROVED:
        assert equal(wrong, step.claim.rhs, memory), f"a false proof: {line}"
    numbers = next(witness for witness in line.witnesses if witness.name == "quadrature")
    nowhere = line.verdict == Verdict.UNKNOWN and "gives no number" in numbers.detail
    return nowhere or line.verdict == Verdict.REFUTED


@pytest.mark.parametrize("name", CLASS_A + CLASS_B, ids=identify)
def test_every_chosen_mutant_of_every_line_is_refuted(name: str) -> None:
    for part, (chain, memory) in enumerate(checked(name).chains):
        at = points(*(x for s in chain.steps for x in (s.claim.lhs, s.claim.rhs)))
        full = Random(f"{name} {part}").randrange(len(chain.steps))
        for number, step in enumerate(chain.steps):
            found = 0
            for what, wrong in shuffled(step.claim.rhs, f"{name} {part} {number}"):
                fully = number == full and found == 0
                if refuted(chain.lhs, step, wrong, at, memory, fully=fully):
                    found += 1
                else:
                    same = equal(wrong, step.claim.rhs, memory)
                    assert same, f"{chain.title}, line {number + 1}, {what}: {wrong} passes"
                if found == PER_LINE:
                    break
            assert found == PER_LINE, f"{chain.title}, line {number + 1} has hardly a mutant"

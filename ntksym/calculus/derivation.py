"""``Rule``, ``Step`` and ``Derivation``: a proof as data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeAlias

from sympy import Expr, Integral

from ntksym.language import Claim, Condition, GaussianExpectation

Node: TypeAlias = GaussianExpectation | Integral


@dataclass(frozen=True)
class Rewrite:
    """What a rule puts in the place of a node, and the conditions it used."""

    result: Expr
    where: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One way to rewrite a node, with its statement as a mathematician would write it.

    ``rewrite`` returns ``None`` where the rule does not apply: "don't know" is a value.
    ``probes`` are nodes on which the tests apply the rule and check the claim that comes out.
    ``order`` says who comes first where several rules apply: smaller is earlier.
    """

    name: str
    statement: str
    """LaTeX, without dollars."""
    where: str
    """The conditions of the statement: a sentence, mathematics between dollars."""
    reference: str
    """A BibTeX key."""
    rewrite: Callable[[Node], Rewrite | None]
    probes: tuple[Node, ...] = ()
    order: int = 100


@dataclass(frozen=True)
class Step:
    """One line of a proof. ``inner`` proves what the line takes for granted."""

    claim: Claim
    rule: Rule
    inner: tuple["Derivation", ...] = ()


@dataclass(frozen=True)
class Derivation:
    """A chain of equations, each starting where the one before ended.

    ``companions`` are derivations that stand beside the chain (the same result by another way,
    a consequence): they are checked and printed with it.
    """

    steps: tuple[Step, ...]
    title: str = ""
    companions: tuple["Derivation", ...] = ()
    stuck_on: Expr | None = None
    """The subexpression that no rule could take further; ``None`` when the chain is complete."""

    def __post_init__(self) -> None:
        if not self.steps and self.stuck_on is None:
            raise ValueError(f"steps: a proof needs at least one line, got none: {self.title}")
        for number, (step, following) in enumerate(pairwise(self.steps), 1):
            if step.claim.rhs != following.claim.lhs:
                raise ValueError(
                    f"steps: line {number + 1} must start where line {number} ended, at "
                    f"{step.claim.rhs}; it starts at {following.claim.lhs}"
                )

    @property
    def lhs(self) -> Expr:
        return self.steps[0].claim.lhs if self.steps else self.stuck_on

    @property
    def rhs(self) -> Expr:
        return self.steps[-1].claim.rhs if self.steps else self.stuck_on

    @property
    def claim(self) -> Claim:
        """What the chain shows, under the conditions of all its lines."""
        where = dict.fromkeys(condition for step in self.steps for condition in step.claim.where)
        return Claim(self.lhs, self.rhs, tuple(where))

    @property
    def complete(self) -> bool:
        return self.stuck_on is None

    def parts(self) -> Iterator["Derivation"]:
        """This derivation and every one inside or beside it, once, before what needs it."""
        inner = (part for step in self.steps for inside in step.inner for part in inside.parts())
        beside = (part for companion in self.companions for part in companion.parts())
        yield from dict.fromkeys(chain(inner, (self,), beside))

    def rules(self) -> tuple[Rule, ...]:
        """The rules that the derivation uses, in the order of first use."""
        used = (step.rule for part in self.parts() for step in part.steps)
        return tuple({rule.name: rule for rule in used}.values())

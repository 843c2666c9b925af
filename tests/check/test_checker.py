"""The whole of ``check``: good derivations pass, what is unknown never does, balls are right."""

import ast
from pathlib import Path
from time import process_time

import pytest
from sympy import (
    Derivative,
    DiracDelta,
    Heaviside,
    Integral,
    Max,
    Rational,
    Symbol,
    asin,
    erf,
    gamma,
    log,
    oo,
    pi,
    sqrt,
    tanh,
    zoo,
)

import ntksym.check
from ntksym.calculus import Derivation, Rule, Step, derive
from ntksym.check import Verdict, check
from ntksym.check.checker import Memory, judge, witness_balls, witness_symbolic
from ntksym.check.sample import points
from ntksym.language import Claim, GaussianExpectation, c, q, q1, q2, u, v, z
from tests.check.support import PIECES, by_balls, by_quadrature, pair

E = GaussianExpectation
V = Verdict
RULE = Rule("r", "x=x", "always", "nobody", lambda node: None)
t = Symbol("t", real=True)


def chain(*claims: Claim) -> Derivation:
    return Derivation(tuple(Step(claim, RULE) for claim in claims), "chain")


@pytest.mark.parametrize("name", [*PIECES, "relu squared"])
def test_every_line_of_a_good_derivation_is_proved(name: str) -> None:
    derivation = derive(pair(PIECES.get(name, Max(0, z) ** 2)), name)
    start = process_time()
    report = check(derivation)
    assert process_time() - start < 10, "relu and erf with their derivatives: under 20 s in all"
    assert report.require(V.PROVED) is report
    titles = [part.title for part in derivation.parts()]
    assert [section.title for section in report.sections] == titles
    assert [len(section.lines) for section in report.sections] == [
        len(part.steps) for part in derivation.parts()
    ]
    for line in report.lines:
        said = {witness.name: witness.verdict for witness in line.witnesses}
        assert said["quadrature"] == V.AGREES
        assert len(said) >= 2
    final = {witness.name: witness for witness in report.sections[-1].lines[-1].witnesses}
    assert final["balls"].verdict == V.ENCLOSED


def test_progress_is_told_each_chain() -> None:
    seen: list[str] = []
    derivation = derive(pair(Heaviside(z)), "step")
    check(derivation, seen.append)
    assert seen == [part.title for part in derivation.parts()]
    assert len(seen) == 2
    assert seen[-1] == "step"


@pytest.mark.parametrize("name", ["tanh", "product"])
def test_a_stuck_derivation_never_passes(name: str) -> None:
    f = tanh(z) if name == "tanh" else z * tanh(z)
    report = check(derive(pair(f), name))
    assert report.verdict == V.UNKNOWN
    with pytest.raises(AssertionError, match="no rule applies to"):
        report.require(V.AGREES)


def test_true_lines_do_not_save_a_stuck_derivation() -> None:
    good = derive(pair(Heaviside(z)), "step")
    report = check(Derivation(good.steps, "step", stuck_on=E(tanh(u), q)))
    assert report.verdict == V.UNKNOWN
    inside = Derivation(
        (Step(good.steps[0].claim, RULE, (Derivation((), "i", (), E(u, q)),)),), "outer"
    )
    assert check(inside).verdict == V.UNKNOWN


def test_companions_are_checked() -> None:
    good = chain(Claim(E(u**2, q), q))
    bad = chain(Claim(E(u**2, q), 2 * q))
    assert check(good).verdict == V.PROVED
    assert check(Derivation(good.steps, "t", (bad,))).verdict == V.REFUTED


@pytest.mark.parametrize("what", [None, "relu", 3, Claim(c, c)])
def test_what_is_no_derivation_is_refused(what: object) -> None:
    with pytest.raises(TypeError, match="derivation: expected a Derivation, got"):
        check(what)


def test_a_derivative_is_a_claim_like_another() -> None:
    sigma = asin(c / sqrt(q1 * q2))
    good = Claim(Derivative(sigma, c, evaluate=False), 1 / sqrt(q1 * q2 - c**2), (c**2 < q1 * q2,))
    bad = Claim(good.lhs, 1 / sqrt(q1 * q2 - 2 * c**2))
    assert check(chain(good)).verdict == V.PROVED
    assert check(chain(bad)).verdict == V.REFUTED


def test_a_value_that_is_no_number_agrees_with_nothing() -> None:
    nowhere = sqrt(-1 - q1)
    claims = [
        Claim(nowhere, nowhere + 1),
        Claim(log(-q1), log(-q1)),
        Claim(E(sqrt(u), q), q),
        Claim(E(u + zoo, q), q),
    ]
    for claim in claims:
        assert by_quadrature(claim).verdict == V.UNKNOWN
        assert by_balls(claim).verdict == V.UNKNOWN


def test_a_function_that_nobody_knows_is_unknown() -> None:
    from sympy import Function

    f = Function("f", real=True)
    claim = Claim(E(f(u), q), E(f(u), q) + q)
    assert by_quadrature(claim).verdict == V.UNKNOWN
    assert by_balls(claim).verdict == V.UNKNOWN
    assert check(chain(claim)).verdict == V.UNKNOWN


TRUE = [
    Claim(E(u**2, q), q),
    Claim(E(u * v, q1, q2, c), c),
    Claim(
        E(Heaviside(u) * u**3 * Max(0, v), q1, q2, 0),
        E(Heaviside(u) * u**3, q1) * E(Max(0, u), q2),
    ),
    Claim(E(Max(0, u - 1), q) - E(Max(0, 1 - u), q), -1 + 0 * q),
    Claim(
        E(DiracDelta(u - 1) * DiracDelta(v), q1, q2, c),
        E(DiracDelta(u) * DiracDelta(v - 1), q2, q1, c),
    ),
    Claim(Integral(2 * E(u**2, q + t) + t, (t, q, 0)), -7 * q**2 / 2),
    Claim(E(erf(u) * v, q1, q2, c), 2 * c / sqrt(pi * (1 + 2 * q1))),
    Claim(E(DiracDelta(u) * v**2, q1, q2, c), (q2 - c**2 / q1) / sqrt(2 * pi * q1)),
    Claim(
        E(DiracDelta(u - 1) * Heaviside(v), q1, q2, c)
        + E(DiracDelta(1 - u) * Heaviside(-v), q1, q2, c),
        E(DiracDelta(u - 1), q1),
    ),
]  # fmt: skip


@pytest.mark.parametrize("claim", TRUE, ids=lambda claim: str(claim.lhs))
def test_balls_and_quadrature_agree_on_what_is_true(claim: Claim) -> None:
    """And balls alone refute what is off by a millionth."""
    at, known = points(claim.lhs, claim.rhs), {}
    assert by_quadrature(claim).verdict == V.AGREES
    balls = witness_balls(claim, at, known)
    assert balls.verdict == V.ENCLOSED, balls.detail
    for wrong in (
        claim.rhs + Rational(1, 10**6),
        claim.rhs * Rational(10**6 + 3, 10**6),
        -claim.rhs,
    ):
        assert witness_balls(Claim(claim.lhs, wrong), at, known).verdict == V.REFUTED


def test_balls_say_nothing_where_no_bound_is_known() -> None:
    for claim in (
        Claim(E(1 / (1 + u) ** 2, q), q),
        Claim(E(DiracDelta(u - v) * v**2, q1, q2, c), q1),
        Claim(E(u * Heaviside(u - v), q1, q2, c), q1),
        Claim(Integral(E(u**2, t) ** 2, (t, 0, q)), q**3 / 3),
        Claim(E(gamma(u), q), q),
    ):
        assert by_balls(claim).verdict == V.UNKNOWN


def test_a_refuted_line_needs_no_more_witnesses() -> None:
    step = Step(Claim(E(u**2, q), 2 * q), RULE)
    line = judge(step, step.claim.lhs, points(step.claim.lhs), Memory())
    assert line.verdict == V.REFUTED
    assert [witness.name for witness in line.witnesses] == ["symbolic", "quadrature"]


def test_a_line_may_not_drift_from_the_root() -> None:
    """Each line is held against the expectation that the chain started from."""
    report = check(chain(Claim(E(u**2, q), 2 * q), Claim(2 * q, q + q)))
    assert [line.verdict for line in report.lines] == [V.REFUTED, V.REFUTED]


def test_a_symbolic_proof_alone_is_not_enough() -> None:
    infinite = Claim(E(1 / u, q) * 2, E(1 / u, q) + E(1 / u, q))
    assert witness_symbolic(infinite, ()).verdict == V.PROVED
    assert check(chain(Claim(log(-q) - log(-q) + oo, oo + q * 0))).verdict == V.UNKNOWN


def test_the_check_knows_no_rule() -> None:
    """No module of the room imports the calculus, or anything above it."""
    room = Path(ntksym.check.__file__).parent
    allowed = {"check", "evaluate", "language"}
    modules = list(room.rglob("*.py"))
    assert len(modules) > 8
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text())):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            for name in names:
                assert name, f"{path.name}: a relative import"
                if name.split(".")[0] == "ntksym":
                    assert name.split(".")[1] in allowed, f"{path.name} imports {name}"

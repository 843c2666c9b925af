"""A certificate says what it says from its own data, and a changed one is found out."""

from dataclasses import fields, replace

import pytest
from sympy import Rational, S

import ntksym
from ntksym import Certificate, Verdict, positive_definite
from ntksym.networks import Dense, Elementwise, Residual, serial
from ntksym.theorems import certificate as room
from ntksym.theorems.argument import Argument, Line
from ntksym.theorems.series.layers import Level
from ntksym.theorems.series.supports import Support
from ntksym.theorems.witnesses import evidence, identity

SINGULAR = positive_definite(ntksym.ntk("relu", depth=2), 3)
POSITIVE = positive_definite(ntksym.ntk("relu", depth=3), 3)
FINITE = positive_definite(ntksym.ntk("power", depth=2, b_std=0.5), 3)
RAY = positive_definite(ntksym.ntk("relu", depth=3, b_std=0.5, bias_init="zero"), 3, "R^d")
LINE = positive_definite(ntksym.nngp("power", depth=2), 2, "R^d without proportional pairs")
HONEST = {"singular": SINGULAR, "positive": POSITIVE, "finite": FINITE, "ray": RAY, "line": LINE}

BLOCK = Residual(Elementwise("exp"), Dense())
OTHER = {
    "kernel": ntksym.ntk("relu", depth=4),
    "dimension": 7,
    "domain": "sphere without antipodes",
    "square": S(2),
    "statement": "the kernel is a good one",
    "verdict": Verdict.ENCLOSED,
    "reason": "I say so",
    "supports": (Level("Σ", Support.of(3)),),
    "support": Support(None, frozenset({1, 3})),
    "witness": FINITE.witness,
    "rank": 11,
    "derivation": Argument("On nothing", (Line("So it is.", "Because."),)),
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_certificate_verifies(name: str) -> None:
    assert HONEST[name].verify()


@pytest.mark.parametrize("name", [field.name for field in fields(Certificate)])
def test_a_change_of_any_field_is_found(name: str) -> None:
    for honest in HONEST.values():
        if honest is FINITE and name == "witness":
            continue
        changed = replace(honest, **{name: OTHER[name]})
        assert changed != honest
        assert not changed.verify(), honest.statement


@pytest.mark.parametrize("verdict", Verdict)
def test_no_other_verdict_verifies(verdict: Verdict) -> None:
    for honest in (SINGULAR, POSITIVE):
        assert replace(honest, verdict=verdict).verify() == (verdict is honest.verdict)


@pytest.mark.parametrize("name", [field.name for field in fields(SINGULAR.witness)])
def test_a_change_of_the_witness_is_found(name: str) -> None:
    witness = SINGULAR.witness
    others = {
        "name": "heptagon",
        "points": (*witness.points[:-1], witness.points[0]),
        "weights": (*witness.weights[:-1], S(-2)),
        "identity": "it is so",
        "angles": (*witness.angles[:-1], Rational(1, 5)),
        "variance": S(2),
    }
    assert not replace(SINGULAR, witness=replace(witness, **{name: others[name]})).verify()


def test_the_identity_and_the_ball_each_find_a_false_witness(monkeypatch) -> None:
    """With the decision itself corrupted, so that making it anew changes nothing."""
    crooked = replace(SINGULAR.witness, weights=(*SINGULAR.witness.weights[:-1], S(-2)))
    false = replace(SINGULAR, witness=crooked)
    monkeypatch.setattr(room, "positive_definite", lambda *_, **__: false)
    assert not false.verify()
    monkeypatch.setattr(identity, "holds", lambda *_: True)
    assert not false.verify()
    monkeypatch.setattr(evidence, "form_vanishes", lambda *_: True)
    assert false.verify()


def test_hermite_coefficients_find_a_wrong_parity(monkeypatch) -> None:
    sigma = ntksym.activation("relu")
    assert evidence.coefficients_fit(sigma)
    parts = evidence.Shape(sigma).parts
    monkeypatch.setattr(evidence.Shape, "parts", property(lambda self: (parts[1], parts[1])))
    assert not evidence.coefficients_fit(sigma)
    monkeypatch.setattr(evidence.Shape, "parts", property(lambda self: (None, None)))
    assert not evidence.coefficients_fit(sigma)


@pytest.mark.parametrize(
    ("name", "network", "d", "domain", "rank"),
    [
        ("identity", {"depth": 3}, 4, "sphere", 4),
        ("identity", {"depth": 3, "b_std": 1}, 4, "sphere", 5),
        ("power", {"depth": 2}, 3, "sphere", 10),
        ("hermite", {"depth": 2}, 2, "R^d", 6),
        ("power", {"depth": 2, "b_std": 1}, 2, "R^d", 10),
        ("z**2", {"depth": 3}, 2, "R^d", 5),
        ("z**2 - z/3", {"depth": 2}, 1, "sphere", None),
    ],
)
def test_the_rank_is_that_of_a_gram_matrix(name, network, d, domain, rank) -> None:
    """In exact arithmetic: the closed form at rational points, more of them than the rank."""
    from fractions import Fraction
    from random import Random

    from flint import fmpq, fmpq_mat

    from tests.theorems.support import projected

    kernel = ntksym.ntk(name, **network)
    square = d if domain == "sphere" else 1
    certificate = positive_definite(kernel, d, domain)
    assert certificate.rank == rank
    if rank is None:
        assert certificate.verdict is Verdict.PROVED
        return
    source = Random(3)
    size = rank + 4
    points = [[Fraction(source.randint(-9, 9), 5) for _ in range(d - 1)] for _ in range(size)]
    points = [projected(p) for p in points]
    if domain == "R^d":
        points = [[x * source.randint(1, 5) for x in p] for p in points]
    expression = kernel.expression().expand()
    law = (ntksym.q1, ntksym.q2, ntksym.c)

    def entry(x, y):
        dots = [sum(a * b for a, b in zip(p, r, strict=True)) / d for p, r in
                ((x, x), (y, y), (x, y))]  # fmt: skip
        value = expression.subs(dict(zip(law, map(Rational, dots), strict=True)))
        return fmpq(int(value.p), int(value.q))

    assert square > 0
    assert fmpq_mat([[entry(x, y) for y in points] for x in points]).rank() == rank


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        (("relu",), TypeError, "kernel: expected a Kernel"),
        ((SINGULAR.kernel, 0), ValueError, "dimension: expected at least 1, got 0"),
        ((SINGULAR.kernel, 2.5), TypeError, "dimension: expected an integer"),
        ((SINGULAR.kernel, 2, "spheer"), ValueError, "did you mean 'sphere'"),
        ((SINGULAR.kernel, 2, 3), TypeError, "domain: expected a text"),
    ],
)
def test_bad_arguments(arguments, error, message) -> None:
    with pytest.raises(error, match=message):
        positive_definite(*arguments)


def test_the_radius_of_the_sphere() -> None:
    with pytest.raises(ValueError, match="square: expected a positive number"):
        positive_definite(SINGULAR.kernel, 3, square=-1)
    for square in (1, 3):
        certificate = positive_definite(ntksym.nngp("hermite", depth=2), 3, square=square)
        degrees = certificate.support.degrees
        assert degrees == ({3} if square == 3 else {1, 3})  # He_3 at variance 1, or not
        assert certificate.verify()


@pytest.mark.parametrize("name", HONEST)
def test_printing(name: str) -> None:
    certificate = HONEST[name]
    assert certificate.statement[:10].lower() in str(certificate).lower()
    assert "Proof" in str(certificate)
    for text in (ntksym.to_latex(certificate), ntksym.to_html(certificate)):
        assert "positive definite" in text
    assert "(1)" in ntksym.to_latex(certificate.derivation)
    if certificate.witness:
        assert "Witness" in ntksym.to_latex(certificate)


def test_unknown_says_why_and_certifies_nothing() -> None:
    for kernel, domain, why in (
        (ntksym.ntk("sign", depth=2), "sphere", "jumps"),
        (ntksym.ntk(serial(Dense(), BLOCK)), "R^d", "without residual blocks"),
        (ntksym.ntk("exp(z**2/8)", depth=2), "sphere", "not square integrable"),
    ):
        certificate = positive_definite(kernel, 2, domain)
        assert certificate.verdict is Verdict.UNKNOWN
        assert certificate.positive_definite is None
        assert why in certificate.reason
        assert why in str(certificate)
        assert not certificate.verify()

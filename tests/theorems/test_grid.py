"""Proposition 2 and its failures over the catalogue, with Gram matrices in balls."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from sympy import Rational

import ntksym
from ntksym import Verdict
from ntksym.theorems.activations import Shape
from ntksym.theorems.case import case
from ntksym.theorems.decide import decide
from ntksym.theorems.statements import theorems
from ntksym.theorems.witnesses.circle import on_circle
from tests.theorems.support import gram, projected, smallest

PROPOSITION_2 = next(t for t in theorems() if "Proposition 2" in t.name)
BIASES = ({}, {"b_std": 0.5}, {"b_std": 0.5, "bias_init": "zero"})
BITS = 768
"""Five points within 1e-6 of each other have an eigenvalue of 1e-40."""
JUMPS = {"step", "sign"}


@pytest.mark.parametrize("name", sorted(set(ntksym.catalogue()) - JUMPS))
def test_the_decision_over_the_grid(name: str) -> None:
    """Depth 1 to 5, three kinds of bias, dimension 2, 3 and 10: from the parts of σ alone."""
    sigma = ntksym.activation(name)
    first = case(ntksym.ntk(sigma, depth=2), 2, "sphere", 1)
    shapes = {sigma: Shape(sigma)}
    even, odd = shapes[sigma].parts
    for bias in BIASES:
        for depth in range(1, 6):
            kernel = ntksym.ntk(sigma, depth=depth, **bias)
            found = {
                decide(replace(first, kernel=kernel, dimension=d, shapes=shapes)).verdict
                for d in (2, 3, 10)
            }
            alone = {p is not None and p.is_zero for p in (even, odd)} != {False}
            if depth == 1 or (even is not None and odd is not None):
                expected = Verdict.REFUTED
            elif bias or None is even is odd:
                expected = Verdict.PROVED
            else:
                expected = Verdict.REFUTED if depth == 2 or alone else Verdict.PROVED
            assert found == {expected}, (bias, depth)


def exact(a: int, b: int) -> Fraction:
    return Fraction(a, b)


small = st.fractions(min_value=-2, max_value=2, max_denominator=50)


@st.composite
def clouds(draw, d: int):
    """Distinct points of the sphere; some close to another, some antipodes of another."""
    points = [
        projected([draw(small) for _ in range(d - 1)]) for _ in range(draw(st.integers(1, 2)))
    ]
    for _ in range(draw(st.integers(1, 3))):
        base = draw(st.sampled_from(points))
        kind = draw(st.sampled_from(["free", "close", "antipode"]))
        if kind == "antipode":
            points.append(tuple(-x for x in base))
        elif kind == "close" and base[-1] != -1:
            parameters = [x / (1 + base[-1]) for x in base[:-1]]
            parameters[0] += Fraction(1, 10 ** draw(st.integers(2, 6)))
            points.append(projected(parameters))
        else:
            points.append(projected([draw(small) for _ in range(d - 1)]))
    assume(len(set(points)) == len(points))
    return points


COVERED = [
    ("relu", {"depth": 2, "b_std": 0.5}), ("erf", {"depth": 3, "b_std": 0.25}),
    ("gelu", {"depth": 2, "b_std": 1}), ("cos", {"depth": 2, "b_std": 0.5}),
    ("relu", {"depth": 5}), ("exp", {"depth": 2}), ("abs", {"depth": 3, "b_std": 0.5}),
    ("erf", {"depth": 2, "b_std": 0.5, "bias_init": "zero"}),
]  # fmt: skip
KERNELS = [ntksym.ntk(name, **network) for name, network in COVERED]


@pytest.mark.parametrize("index", range(len(COVERED)), ids=lambda k: f"{COVERED[k][0]}-{k}")
@pytest.mark.parametrize("d", [2, 3, 10])
@settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(data=st.data())
def test_the_smallest_eigenvalue_is_enclosed_above_zero(index: int, d: int, data) -> None:
    points = data.draw(clouds(d))
    ball = smallest(gram(KERNELS[index], points, BITS), BITS)
    assert ball > 0, points


def test_one_missing_hypothesis_and_the_matrix_is_singular() -> None:
    """β = 0: the antipodal pair of erf at depth 5; and the same with β > 0."""
    pair = [projected([exact(1, 3)]), tuple(-x for x in projected([exact(1, 3)]))]
    without, with_bias = (ntksym.ntk("erf", depth=5, b_std=b) for b in (0, 0.5))
    assert smallest(gram(without, pair)).contains(0)
    assert smallest(gram(with_bias, pair)) > 0.01
    assert "every layer has a bias" in PROPOSITION_2.apply(without, 3).missing[0]
    assert PROPOSITION_2.apply(with_bias, 3).answer == "holds"


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "softplus"])
def test_activations_without_a_closed_form(name: str) -> None:
    """By integrals of σ: antipodes and a right angle are (no) place of singularity."""
    for b_std, certain in ((0, False), (Rational(1, 2), True)):
        kernel = ntksym.ntk(name, depth=2, b_std=b_std)
        values = [on_circle(kernel, Rational(1, 2), Rational(k, 2)) for k in range(4)]
        fourier = [values[0] + s * values[2] + 2 * t * values[1] for s, t in ((1, 1), (1, -1))]
        fourier.append(values[0] - values[2])
        singular = [bool(f.contains(0)) for f in fourier]
        assert any(singular) == (not certain and name != "softplus"), (b_std, singular)
        assert certain <= all(f > 0 for f in fourier)


def test_the_helper_encloses() -> None:
    """Against LAPACK, on a matrix that is far from singular."""
    points = [projected([exact(k, 3)]) for k in range(-3, 4)]
    kernel = KERNELS[0]
    doubles = np.array([[float(x) for x in p] for p in points])
    expected = np.linalg.eigvalsh(kernel(doubles))[0]
    ball = smallest(gram(kernel, points))
    assert abs(float(ball.mid()) / expected - 1) < 1e-2
    assert ball.rad() < abs(ball) / 100

"""Entries of a kernel to any precision, pair by pair and in lists."""

from fractions import Fraction
from typing import Any
from unittest.mock import patch

import mpmath
import numpy as np
import pytest
from flint import arb

import ntksym
from ntksym.evaluate import precision
from ntksym.lowering import exact
from ntksym.networks import Dense, Elementwise, Residual, serial

RNG = np.random.default_rng(6)
X, Y = RNG.normal(size=(6, 3)), RNG.normal(size=(6, 3))
Y[0], Y[1], Y[2], Y[3] = X[0], -2 * X[1], 0, X[3] + 1e-9
DEEP = serial(
    Dense(1.5, 0.1), Residual(Elementwise("relu"), Dense(1, 0)), Elementwise("erf"),
    Dense(2**0.5, Fraction(1, 3)),
)  # fmt: skip


@pytest.fixture(scope="module", params=["relu", "abs", "deep"])
def kernel(request: pytest.FixtureRequest) -> ntksym.Kernel:
    if request.param == "deep":
        return ntksym.ntk(DEEP)
    return ntksym.ntk(request.param, depth=3, b_std=0.1)


def test_a_list_of_balls_is_each_pairs_ball(kernel: ntksym.Kernel) -> None:
    balls = kernel.enclose(X, Y, 100)
    finer = [kernel.enclose(x, y, 200) for x, y in zip(X, Y, strict=True)]
    assert [type(ball) for ball in balls] == [arb] * 6
    with precision(300):
        for ball, fine in zip(balls, finer, strict=True):
            assert ball.overlaps(fine)
            assert fine.rad() < ball.rad() or ball.is_exact()
            assert ball.is_exact() or ball.rel_accuracy_bits() >= 100


def test_a_list_of_digits_by_arb_is_what_mpmath_has(kernel: ntksym.Kernel) -> None:
    values = kernel.evaluate(X, Y, 40)
    for value, x, y in zip(values, X, Y, strict=True):
        one = kernel.evaluate(x, y, 45)
        assert isinstance(value, mpmath.mpf)
        with mpmath.workdps(60):
            assert abs(value - one) <= abs(one) * mpmath.mpf(10) ** -40
    np.testing.assert_allclose(np.diag(kernel(X, Y)), np.array(values, float), rtol=1e-13)


def test_a_program_is_made_once_for_each_precision(kernel: ntksym.Kernel) -> None:
    """A pair of nearly equal points needs no higher precision from the others."""
    with patch.object(exact, "taped", wraps=exact.taped) as tapes:
        kernel.enclose(np.tile(X, (5, 1)), np.tile(Y, (5, 1)), 64)
    machines = tapes.call_count / len(kernel._duals)
    assert 1 <= machines <= 2


def test_precision_is_raised_for_the_pair_that_needs_it() -> None:
    """Nearly opposite points: the covariance of relu is of third order in the gap."""
    kernel = ntksym.nngp("relu", depth=2)
    x, y = [[1, 0]] * 3, [[0, 1], [-(10**12), 1], [1, 1]]
    used = []
    build = exact.taped
    with patch.object(exact, "taped", lambda *a: used.append(a[1].bits) or build(*a)):
        balls = kernel.enclose(x, y, 60)
    assert len(used) == len(set(used)) > 1
    assert all(ball.rel_accuracy_bits() >= 60 for ball in balls)


@pytest.mark.parametrize(
    "rows",
    [
        [[Fraction(1, 3), 2], [0, Fraction(-1, 7)]],
        [[mpmath.mpf("0.5"), 2], [mpmath.mpf(3), 1]],
        np.array([[0.5, 2], [1, 1]], np.float32),
        [(1, 2), (3, 4)],
        ([1, 2], np.array([0.25, 1])),
    ],
    ids=["fractions", "mpf", "float32", "tuples", "mixed"],
)
def test_lists_of_any_real_numbers(rows: Any) -> None:
    kernel = ntksym.ntk("relu", depth=2)
    values = kernel.evaluate(rows, rows, 25)
    assert values == [pytest.approx(kernel.evaluate(row, row, 25), rel=1e-24) for row in rows]


def test_shapes() -> None:
    kernel = ntksym.ntk("relu", depth=2)
    for x, y, message in (
        (X, Y[0], r"x: expected one point of shape \(d,\), as the other is, got shape \(6, 3\)"),
        (X[0], Y, r"y: expected one point of shape \(d,\), as the other is, got shape \(6, 3\)"),
        (X, Y[:5], r"y: expected 6 points as in x, got 5"),
        (X, Y[:, :2], r"y: expected 3 coordinates as in x, got 2"),
        ([X], [Y], r"x: expected one point of shape \(d,\) or points of shape \(n, d\), got \[arr"),
        ([[1, 2], [3]], Y[:2, :2], r"x: expected one point .* got \[\[1, 2\], \[3\]\]"),
        (np.zeros((2, 0)), np.zeros((2, 0)), r"x: expected at least one coordinate, got none"),
        (X, np.where(Y == 0, np.nan, Y), r"y: expected finite real numbers, got nan"),
    ):
        for method in (kernel.evaluate, kernel.enclose):
            with pytest.raises(ValueError, match=message):
                method(x, y)
    assert kernel.evaluate(X[:0], Y[:0]) == kernel.enclose(X[:0], Y[:0]) == []
    with pytest.raises(ValueError, match="digits: expected at least 1, got 0"):
        kernel.evaluate(X, Y, 0)
    with pytest.raises(ValueError, match="bits: expected at least 2, got 1"):
        kernel.enclose(X, Y, 1)


def test_progress_and_an_interruption() -> None:
    kernel, heard = ntksym.ntk("relu", depth=2), []
    kernel.enclose(X, Y, progress=lambda *steps: heard.append(steps))
    assert heard == [(k, 6) for k in range(1, 7)]

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kernel.evaluate(X, Y, progress=interrupt)
    assert kernel.evaluate([1], [1], 5) == 1

"""A decomposition that succeeds is a proof: against matrices with eigenvalues known exactly."""

from fractions import Fraction

import numpy as np
import pytest
from flint import arb

from ntksym.evaluate.balls import precision
from ntksym.theorems.data import cholesky, elimination
from ntksym.theorems.data.cholesky import UNIT, proves, relative_shift


def whole(count: int, rank: int, seed: int) -> np.ndarray:
    """B B' of whole numbers, exact in doubles."""
    b = np.random.default_rng(seed).integers(-9, 10, (count, rank)).astype(float)
    return b @ b.T


def lower_bound(matrix: np.ndarray, error: float) -> float | None:
    return cholesky.lower_bound(matrix.copy, error)


SIZES = [(2, 1), (5, 4), (20, 19), (60, 40), (120, 119)]


@pytest.mark.parametrize(("count", "rank"), SIZES)
def test_singular_matrices_are_never_proved(count: int, rank: int) -> None:
    for seed in range(120 // count):
        assert lower_bound(whole(count, rank, seed), 0.0) is None
        scaled = 2.0 ** np.random.default_rng(seed).integers(-40, 40, count)
        assert lower_bound(whole(count, rank, seed) * np.outer(scaled, scaled), 0.0) is None


def test_without_the_shift_some_would_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cholesky, "relative_shift", lambda *_: 0.0)
    found = [proves(whole(20, 19, seed), 0.0, 0.0) for seed in range(20)]
    assert any(found)


@pytest.mark.parametrize("gap", [2.0**-20, 0.25, 8.0])
@pytest.mark.parametrize(("count", "rank"), SIZES)
def test_the_bound_is_below_the_eigenvalue_and_near_it(count: int, rank: int, gap: float) -> None:
    """That of B B' + gap I is the gap."""
    for seed in range(1 + 20 // count):
        found = lower_bound(whole(count, rank, seed) + gap * np.eye(count), 0.0)
        assert found is not None
        assert 0.7 * gap < found <= gap


def test_it_is_proved_again_and_nothing_above_it() -> None:
    matrix = whole(30, 29, 3) + np.eye(30)
    assert proves(matrix.copy(), 0.0, 0.99)
    assert not proves(matrix.copy(), 0.0, 1.01)
    assert not proves(matrix.copy(), 1.0, 0.99)
    assert not proves(-matrix, 0.0, 0.1)


def test_the_shift_is_at_least_the_sum_of_exact_terms() -> None:
    u = Fraction(UNIT)
    for count, error in ((1, 0.0), (7, 1e-12), (3000, 1e-10)):
        phi = sum(k * u / (1 - 2 * k * u) for k in range(3, count + 3))
        e = Fraction(error)
        least = phi + count * e * (1 + 2 * e) + 9 * u
        found = Fraction(relative_shift(count, error))
        assert least <= found <= least * Fraction(1000001, 1000000)


def test_entries_that_are_off_by_the_error() -> None:
    """The worst perturbation allowed makes the matrix singular: no proof. A little less: one."""
    plain = np.array([[1.0, 0.5], [0.5, 1.0]])
    assert lower_bound(plain, 0.5) is None
    found = lower_bound(plain, 0.1)
    assert found is not None
    assert found <= 0.3


def test_badly_scaled_rows() -> None:
    """Positive definite at scales of 1e-40 to 1e40."""
    scale = 10.0 ** np.linspace(-40, 40, 9)
    matrix = (np.eye(9) + 0.1) * np.outer(scale, scale)
    found = lower_bound(matrix, 1e-14)
    assert found is not None
    assert 0 < found <= 1.1e-80


@pytest.mark.parametrize(
    "matrix",
    [np.zeros((2, 2)), np.array([[1.0, np.nan], [np.nan, 1.0]]), np.diag([1.0, 1e-120]),
     np.diag([1.0, np.inf]), -np.eye(2)],
)  # fmt: skip
def test_what_is_no_matrix_for_it(matrix: np.ndarray) -> None:
    assert lower_bound(matrix, 0.0) is None
    assert not proves(matrix.copy(), 0.0, 1e-300)


def balls(matrix: np.ndarray, radius: float = 0.0) -> list[list[arb]]:
    return [[arb(float(v), radius) for v in row[: i + 1]] for i, row in enumerate(matrix)]


def test_balls_enclose_the_same_eigenvalue() -> None:
    with precision(128):
        for seed in range(4):
            rows = balls(whole(12, 11, seed))
            assert elimination.lower_bound(rows) is None
            for i in range(12):
                rows[i][i] += arb(2) ** -60
            found = elimination.lower_bound(rows)
            assert found is not None
            assert 0.9 * 2.0**-60 < found <= 2.0**-60
            assert elimination.proves(rows, found)
            assert not elimination.proves(rows, 1.01 * 2.0**-60)


def test_wide_balls_decide_nothing() -> None:
    with precision(128):
        assert elimination.lower_bound(balls(np.eye(3), 0.6)) is None
        assert elimination.lower_bound(balls(np.eye(3), 0.1)) is not None
        with pytest.raises(ArithmeticError, match="the pivot of row 1 is negative"):
            elimination.lower_bound(balls(np.diag([1.0, -1.0])))


def test_the_pivots_are_counted() -> None:
    heard: list[int] = []
    with precision(128):
        elimination.lower_bound(balls(np.eye(3)), heard.append)
    assert heard == [1, 2, 3]


def test_an_estimate_that_is_too_large_is_lowered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cholesky, "smallest", lambda _: 1.2)
    found = lower_bound(whole(12, 11, 1) + np.eye(12), 0.0)
    assert found == 0.75 * 1.2
    monkeypatch.setattr(cholesky, "smallest", lambda _: 1e6)
    found = lower_bound(whole(12, 11, 1) + np.eye(12), 0.0)
    assert found is not None
    assert 0 < found < 1e-9

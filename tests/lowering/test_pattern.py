"""Calls of alike places are computed from a few of them, or asked for one by one."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from ntksym import ntk
from ntksym.lowering.code.options import SIDE, compiled
from ntksym.lowering.machine.calls import Calls, Unwritten
from ntksym.lowering.machine.pattern import Pattern
from ntksym.lowering.memory import sheets
from ntksym.lowering.threads import sweep

AXES = [(0, 3, 7), (1, 2, 4)]


@compiled
def scaled(x: Any, by: float, out: Any, at: int) -> None:
    for i in range(x.size):
        out[at + i] += by * x[i]


@compiled
def cleared(out: Any) -> None:
    out[:] = 0.0


ROWS = np.random.default_rng(0).normal(size=(8, 16))


def asked(do: Calls, out: np.ndarray) -> Callable[[int, int], None]:
    """Row i at 20 j of ``out``, and half of it."""

    def ask(i: int, j: int) -> None:
        do(scaled, ROWS[i], 1.0, out, 20 * j)
        do(scaled, ROWS[i], 0.5, out[200:], 30 * j)

    return ask


def test_words_are_those_of_the_calls_themselves() -> None:
    do, out = Calls(), np.zeros(400)
    ask = asked(do, out)
    pattern = Pattern.of(do, ask, AXES)
    assert pattern is not None
    for place in [(0, 1), (5, 3), (7, 0), (2, 6)]:
        assert np.array_equal(pattern.at([place])[0], do.written(lambda at=place: ask(*at))[0])
    assert not out.any()


def test_they_are_done_in_order_behind_what_waits() -> None:
    do, found, plain = Calls(), np.full(400, np.nan), np.zeros(400)
    pattern = Pattern.of(do, asked(do, found), AXES)
    assert pattern is not None
    places = [(1, 2), (6, 2), (3, 4)]
    do(cleared, found)
    do.perform(pattern.at(places))
    for place in places:
        asked(do, plain)(*place)
    do.perform()
    assert plain.any()
    assert np.array_equal(found, plain)


def test_what_is_not_linear_has_no_pattern() -> None:
    do, out = Calls(), np.zeros(400)
    mixed = [ROWS[i] for i in (0, 1, 2, 7, 4, 5, 6, 3)]
    temporary: Callable[..., None] = lambda i, j: do(scaled, ROWS[i] + 0.0, 1.0, out, j)  # noqa: E731
    for ask in (
        lambda i, j: do(scaled, mixed[i], 1.0, out, j),
        lambda i, j: do(scaled, ROWS[i], float(i), out, j),
        lambda i, j: do(scaled, ROWS[i], 1.0, out, j * j),
        lambda i, j: do(scaled, ROWS[i], 1.0, out, j + (i == 7)),
        lambda i, j: [do(scaled, ROWS[i], 1.0, out, j) for _ in range(i)],
        temporary,
    ):
        assert Pattern.of(do, ask, AXES) is None
    do.perform()
    assert not out.any()


def test_arrays_that_nobody_else_has_are_no_pattern() -> None:
    """They are where the last ones were, or at even distances; nothing tells that they are gone."""
    do, out = Calls(), np.zeros(400)
    assert len(do.written(lambda: do(scaled, ROWS[0][2:][1:], 1.0, out.reshape(-1), 0))[1]) == 1
    for passed in (
        lambda: do(scaled, np.zeros(16), 1.0, out, 0),
        lambda: do(scaled, np.zeros((4, 16))[2][3:], 1.0, out, 0),
        lambda: do(scaled, ROWS[0], 1.0, ROWS.copy().reshape(-1), 0),
    ):
        with pytest.raises(Unwritten):
            do.written(passed)


def test_what_is_more_than_calls_is_not_begun() -> None:
    """Neither a function of Python nor what stands behind it."""
    do, out, seen = Calls(), np.zeros(400), []

    def python(i: int, j: int) -> None:
        do(scaled, ROWS[i], 1.0, out, j)
        do(seen.append, i)

    def performed(i: int, j: int) -> None:
        do(scaled, ROWS[i], 1.0, out, j)
        do.perform()
        seen.append(i)

    for ask in (python, performed):
        assert Pattern.of(do, ask, AXES) is None
        with pytest.raises(Unwritten):
            do.written(lambda ask=ask: ask(0, 0))
    do.perform()
    assert seen == []
    assert not out.any()
    do(seen.append, 5)
    assert seen == [5]


@pytest.mark.parametrize("width", [3, 70])
@pytest.mark.parametrize("dtype", ["f8", "f4"])
@pytest.mark.parametrize("name", ["relu", "erf"])
def test_the_same_matrix_as_one_by_one(
    name: str, dtype: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With blocks of several kinds: points without variance, steep ones, a last block of 5."""
    monkeypatch.setattr(sheets, "FEW", 64)
    x = np.random.default_rng(1).normal(size=(9 * SIDE + 5, width)).astype(dtype)
    x[3 * SIDE + 1] = 0.0
    x[5 * SIDE : 6 * SIDE] *= 1e3
    kernel, found = ntk(name, depth=3), []
    of = Pattern.of

    def noted(*arguments: Any) -> Pattern | None:
        found.append(of(*arguments))
        return found[-1]

    monkeypatch.setattr(Pattern, "of", noted)
    both = kernel(x, dtype=dtype), kernel(x, x[SIDE:-SIDE], dtype=dtype)
    assert any(found)
    monkeypatch.setattr(sweep, "MANY", 10**9)
    count = len(found)
    assert np.array_equal(both[0], kernel(x, dtype=dtype))
    assert np.array_equal(both[1], kernel(x, x[SIDE:-SIDE], dtype=dtype))
    assert len(found) == count

"""Calls that wait are done in order, on arguments that live until then."""

import gc
import threading
from typing import Any

import numpy as np
import pytest

from ntksym.lowering.code.options import compiled
from ntksym.lowering.machine import calls
from ntksym.lowering.machine.calls import Calls


@compiled
def added(x: Any, by: Any, out: Any) -> None:
    for i in range(x.size):
        out[i] = x[i] + by


@compiled
def doubled(x: Any) -> None:
    for i in range(x.size):
        x[i] *= 2.0


def test_nothing_is_done_before_it_is_performed() -> None:
    do, x, out = Calls(), np.arange(5.0), np.zeros(5)
    do(added, x, 1.0, out)
    do(doubled, out)
    do(added, out, 0.5, x)
    assert not out.any()
    do.perform()
    assert out.tolist() == [2.0, 4.0, 6.0, 8.0, 10.0]
    assert x.tolist() == [2.5, 4.5, 6.5, 8.5, 10.5]
    do.perform()
    assert x[0] == 2.5


def test_a_function_of_python_is_called_behind_what_waits() -> None:
    do, x, seen = Calls(), np.ones(3), []
    do(doubled, x)
    do(lambda of: seen.append(of.copy()), x)
    do(doubled, x)
    assert [each.tolist() for each in seen] == [[2.0] * 3]
    do.perform()
    assert x.tolist() == [4.0] * 3


def test_arguments_of_each_kind() -> None:
    do = Calls()
    for dtype, layout in [("f8", "C"), ("f4", "C"), ("f8", "A"), ("f4", "A")]:
        x = np.ones(12, dtype)[:: 1 if layout == "C" else 2]
        by, out = np.dtype(dtype).type(0.5), np.zeros(x.shape, dtype)
        do(added, x, by, out)
        do.perform()
        assert (out == 1.5).all()
    mapped = np.ones(4).view(np.recarray)
    do(doubled, mapped)
    do.perform()
    assert mapped.tolist() == [2.0] * 4


def test_what_does_not_fit_is_refused_and_leaves_the_rest() -> None:
    do, x = Calls(), np.ones(3)
    do(doubled, x)
    with pytest.raises(TypeError, match="must be real number"):
        do(added, x, "1", x)
    with pytest.raises(TypeError, match="got complex128"):
        do(doubled, np.ones(3, complex))
    do.perform()
    assert x.tolist() == [2.0] * 3


def test_arguments_live_until_they_are_used() -> None:
    do, out = Calls(), np.zeros(1000)
    for n in range(20):
        do(added, np.full(1000, float(n)), 1.0, out)
        gc.collect()
        np.full(1000, np.nan)
    do.perform()
    assert (out == 20.0).all()


def test_more_calls_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls, "ROOM", 2**11)
    do, x = Calls(), np.zeros(2)
    for _ in range(999):
        do(added, x, 1.0, x)
    assert 0 < x[0] < 999
    do.perform()
    assert x.tolist() == [999.0, 999.0]


def test_the_interpreter_is_free_meanwhile() -> None:
    """Another thread counts while this one runs calls that wait."""
    do, x, count, stop = Calls(), np.zeros(10**6), [0], threading.Event()

    def counting() -> None:
        while not stop.is_set():
            count[0] += 1

    for _ in range(200):
        do(doubled, x)
    other = threading.Thread(target=counting)
    other.start()
    try:
        before = count[0]
        do.perform()
        assert count[0] > before + 100
    finally:
        stop.set()
        other.join()

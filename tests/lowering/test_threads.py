"""Work shared among threads: each item once, errors and Ctrl-C answered, nothing left behind."""

import threading
import time
from collections import Counter

import pytest

from ntksym.lowering.threads import share


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("count", [0, 1, 3, 200])
def test_each_item_once(threads: int, count: int) -> None:
    done: Counter[int] = Counter()
    share(lambda item: done.update([item]), range(count), threads)
    assert done == Counter(range(count))


def test_threads_are_used_and_end() -> None:
    both, before = threading.Barrier(3), threading.active_count()
    share(lambda _: both.wait(10), range(3), 3)  # each waits for the others
    assert threading.active_count() == before


@pytest.mark.parametrize(
    "error", [ValueError("of mine"), IndexError("of mine"), KeyboardInterrupt()]
)
@pytest.mark.parametrize("where", ["here", "there"])
def test_an_error_ends_the_work(error: BaseException, where: str) -> None:
    begun, before = [], threading.active_count()

    def work(item: int) -> None:
        begun.append(item)
        here = threading.current_thread() is threading.main_thread()
        if here == (where == "here"):
            raise error
        time.sleep(0.05)

    with pytest.raises(type(error)) as raised:
        share(work, range(1000), 2)
    assert raised.value is error
    assert len(begun) < 20
    assert threading.active_count() == before

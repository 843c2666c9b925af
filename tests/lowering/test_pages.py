"""Pages of dropped matrices serve the next one, and never one that is still in use."""

import gc
import mmap
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from ntksym import ntk
from ntksym.lowering.memory import blank, pages
from ntksym.lowering.memory.pages import MOST

N = 1500
"""18 MB: such matrices are kept."""

needs_lazy_pages = pytest.mark.skipif(not hasattr(mmap, "MADV_FREE"), reason="needs MADV_FREE")


@pytest.fixture(autouse=True)
def kept(monkeypatch) -> list[mmap.mmap]:
    gc.collect()
    own: list[mmap.mmap] = []
    monkeypatch.setattr(pages, "_kept", own)
    return own


def place(matrix: np.ndarray) -> int:
    return matrix.ctypes.data


def test_an_array_like_any_other() -> None:
    for shape, dtype in [((N, N), "f8"), ((2 * N, N), "f4"), ((3, N, N), "f8"), ((2, 3), "f8")]:
        matrix = blank(shape, dtype)
        assert matrix.shape == shape
        assert matrix.dtype == dtype
        assert matrix.flags.c_contiguous
        assert matrix.flags.writeable
        assert matrix.flags.aligned
        matrix[:] = np.arange(shape[-1])
        assert np.array_equal(matrix.max(axis=-1), np.full(shape[:-1], shape[-1] - 1.0))


@needs_lazy_pages
def test_dropped_pages_come_again(kept) -> None:
    matrix = blank((N, N), float)
    matrix[:] = 1.0
    first = place(matrix)
    del matrix
    assert len(kept) == 1
    again = blank((N, N), float)
    assert place(again) == first
    assert not kept
    again[:] = 2.0
    assert (again == 2.0).all()


@needs_lazy_pages
@pytest.mark.parametrize("view", [
    lambda m: m[3:], lambda m: m.T, lambda m: m.ravel()[5:9], lambda m: m.view("i8"),
    memoryview, lambda m: np.lib.stride_tricks.as_strided(m[4:], (2, 2)),
])  # fmt: skip
def test_a_view_keeps_them_in_use(kept, view) -> None:
    matrix = blank((N, N), float)
    matrix[:] = 1.0
    seen = view(matrix)
    del matrix
    assert not kept
    other = blank((N, N), float)
    other[:] = 2.0
    assert (np.asarray(seen).view("f8") == 1.0).all()


@needs_lazy_pages
def test_pages_of_another_size_are_given_back(kept) -> None:
    del_me = [blank((N, N), float) for _ in range(3)]
    del_me.clear()
    assert len(kept) == 3
    blank((2 * N, N), float)
    assert [len(p) for p in kept] == [2 * N * N * 8]


@needs_lazy_pages
def test_no_more_is_kept_than_is_said(kept) -> None:
    side = 4096
    matrices = [blank((side, side), float) for _ in range(6)]
    assert len({place(m) for m in matrices}) == 6
    matrices.clear()
    assert sum(map(len, kept)) == MOST
    large = blank((MOST + 1,), np.uint8)
    assert large.flags.owndata
    assert not kept


def test_threads_never_share_pages() -> None:
    def work(n: int) -> bool:
        good = True
        for k in range(20):
            matrix = blank((N, N), float)
            matrix[::97] = (n, k) @ np.array([100.0, 1.0])
            good &= bool((matrix[::97] == 100 * n + k).all())
        return good

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(work, range(8)))


@pytest.mark.parametrize("broken", ["missing", "refused"])
def test_systems_without_lazy_pages(monkeypatch, kept, broken) -> None:
    if broken == "missing":
        monkeypatch.delattr(mmap, "MADV_FREE", raising=False)
    else:
        monkeypatch.setattr(mmap, "MADV_FREE", 12345, raising=False)
    matrix = blank((N, N), float)
    matrix[:] = 1.0
    assert matrix.sum() == N * N
    del matrix
    assert not kept


@needs_lazy_pages
def test_systems_without_huge_pages(monkeypatch, kept) -> None:
    monkeypatch.setattr(mmap, "MADV_HUGEPAGE", 12345, raising=False)
    matrix = blank((N, N), float)
    matrix[:] = 1.0
    assert not matrix.flags.owndata
    assert matrix.sum() == N * N


@needs_lazy_pages
def test_where_there_is_no_memory_numpy_says_so(monkeypatch, kept) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(mmap, "mmap", full)
    assert blank((N, N), float).flags.owndata


@needs_lazy_pages
def test_kernels_of_one_size_lie_in_the_same_place(kept) -> None:
    x = np.random.default_rng(0).normal(size=(N, 3))
    kernel = ntk("relu", depth=2, b_std=0.1)
    first = kernel(x)
    values, where = first.copy(), place(first)
    assert not np.shares_memory(first, kernel(x))
    del first
    again = kernel(x)
    assert place(again) == where
    assert np.array_equal(again, values)


FORKED = """
import os
from ntksym.lowering.memory.pages import blank
blank((2**11, 2**11), float)[:] = 1.0
matrix = blank((2**11, 2**11), float)
matrix[:] = 2.0
child = os.fork()
if not child:
    matrix[:] = 3.0
    os._exit(0)
os.waitpid(child, 0)
assert (matrix == 2.0).all()
"""


@needs_lazy_pages
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_has_its_own() -> None:
    """In a process without other threads, those of JAX for one."""
    subprocess.run([sys.executable, "-c", FORKED], check=True)

"""Memory of large matrices that were dropped, for the next ones of their size.

The kernel of the system fills new pages with zeros, which takes as long as writing them.
"""

import math
import mmap
import weakref
from contextlib import suppress
from typing import Any

import numpy as np

from ntksym.lowering.memory.matrix import LARGE

MOST = 2**29
"""Bytes that are kept at most, all matrices together."""

_kept: list[mmap.mmap] = []


class _Pages:
    """Pages that stay as they are while an array, or a view of one, lies in them."""

    def __init__(self, pages: mmap.mmap, shape: tuple[int, ...], dtype: np.dtype[Any]) -> None:
        start = np.frombuffer(pages, np.uint8).ctypes.data
        self.__array_interface__ = {
            "version": 3, "shape": shape, "typestr": dtype.str, "data": (start, False)
        }  # fmt: skip
        weakref.finalize(self, _give_back, pages).atexit = False


def blank(shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    """An array with nothing in it yet, as of ``numpy.empty``.

    Between 16 and 512 MiB its pages are kept when it is dropped, marked as free: the system
    takes them as soon as it wants them. A matrix of another size gives back all that is kept.
    """
    dtype = np.dtype(dtype)
    size = math.prod(shape) * dtype.itemsize
    if LARGE <= size <= MOST and hasattr(mmap, "MADV_FREE"):
        with suppress(OSError):  # ``numpy.empty`` says it better
            return np.asarray(_Pages(_pages(size), shape, dtype))
    if size > MOST:
        _kept.clear()
    return np.empty(shape, dtype)


def _pages(size: int) -> mmap.mmap:
    for pages in tuple(_kept)[::-1]:
        if len(pages) == size and _take(pages):
            return pages
    _kept.clear()
    pages = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        with suppress(OSError):  # a system without huge pages
            pages.madvise(mmap.MADV_HUGEPAGE)
    return pages


def _take(pages: mmap.mmap) -> bool:
    """Whether no other thread took them first."""
    try:
        _kept.remove(pages)
    except ValueError:
        return False
    return True


def _give_back(pages: mmap.mmap) -> None:
    """Mark them as free. The oldest go when there are too many."""
    try:
        pages.madvise(mmap.MADV_FREE)
    except OSError:  # a system that knows the name only
        return
    _kept.append(pages)
    while sum(map(len, _kept)) > MOST:
        del _kept[:1]

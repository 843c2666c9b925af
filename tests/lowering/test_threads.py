"""Kernels evaluated from several threads at once."""

from types import SimpleNamespace

import pytest

from ntksym.lowering import tiles


class Libraries:
    """BLAS with a number of threads, which ``limit`` sets and gives back as threadpoolctl does."""

    threads = 8

    def limit(self, limits: int, user_api: str) -> SimpleNamespace:
        assert user_api == "blas"
        found, self.threads = self.threads, limits
        return SimpleNamespace(restore_original_limits=lambda: setattr(self, "threads", found))


def test_blas_gets_back_its_threads_whoever_leaves_last(monkeypatch: pytest.MonkeyPatch) -> None:
    blas = Libraries()
    monkeypatch.setattr(tiles, "ThreadpoolController", lambda: blas)
    alone = tiles.Alone()
    for _ in range(2):
        alone.__enter__()  # one thread
        alone.__enter__()  # another
        alone.__exit__()  # the first leaves before the second
        assert blas.threads == 1
        alone.__exit__()
        assert blas.threads == 8

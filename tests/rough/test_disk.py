"""A disk that is full, a file that is damaged: an error in a line, and nothing half-written."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

import ntksym
from ntksym.cli import app
from ntksym.tour.files import replaced

resource = pytest.importorskip("resource")
X = np.random.default_rng(0).normal(size=(300, 3))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    np.save("x.npy", X)
    np.savez("data.npz", X=np.eye(3), y=[1.0, 2.0, 3.0], X_test=X)
    return tmp_path


@pytest.fixture
def full() -> Iterator[None]:
    """No file grows beyond a kilobyte, as on a disk on which that much is left."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


WRITES = {
    "k.npy": ("gram", "relu", "x.npy", "--depth", "2", "-o"),
    "k.npz": ("gram", "relu", "x.npy", "--depth", "2", "-o"),
    "k.csv": ("gram", "relu", "x.npy", "--depth", "2", "-o"),
    "p.csv": ("fit", "relu", "data.npz", "--depth", "2", "-o"),
    "p.npz": ("fit", "relu", "data.npz", "--depth", "2", "-o"),
    "d.tex": ("derive", "identity", "-o"),
    "d.html": ("derive", "identity", "-o"),
    "d.json": ("derive", "identity", "-o"),
    "v.html": ("verify", "relu", "--depth", "3", "-o"),
    "s.png": ("spectrum", "relu", "--depth", "2", "--dimension", "3", "--degrees", "2", "--plot"),
    "k.c": ("export", "relu", "--depth", "2", "--target", "c", "-o"),
}


@pytest.mark.parametrize("name", WRITES)
def test_a_full_disk(folder: Path, full: None, name: str) -> None:
    if name.endswith((".npz", ".json")):  # what was there stays
        Path(name).write_bytes(b"before")
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run(*WRITES[name], name)
    assert result.exit_code == 2, result.output
    assert result.stderr == f"error: {name}: {os.strerror(errno.EFBIG)}\n"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == files


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="places are not reserved here")
def test_a_matrix_takes_its_place_before_it_is_mapped(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written to a hole of a mapped file on a full disk ends the process."""
    asked: list[int] = []

    def no_space(file: int, start: int, size: int) -> None:
        asked.append(size)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", no_space)
    result = run("gram", "relu", "x.npy", "--depth", "2", "-o", "k.npy")
    assert (result.exit_code, result.stderr) == (2, "error: k.npy: No space left on device\n")
    assert asked[0] >= 8 * 300**2
    assert not [name for name in os.listdir() if "k.npy" in name]


def test_a_name_that_cannot_be_written_is_told_before_the_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ntksym.Kernel, "__call__", None)
    for name in ("no/k.npy", "no/k.csv", "no/k.npz"):
        result = run("gram", "relu", "x.npy", "--depth", "2", "-o", name)
        assert (result.exit_code, result.stderr) == (2, "error: no: no such folder\n")


def test_two_threads_that_write_one_file_do_not_share_a_name(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    target = tmp_path / "file"
    with replaced(target) as mine, ThreadPoolExecutor(1) as other:
        mine.write_text("mine")

        def write() -> None:
            with replaced(target) as theirs:
                theirs.write_text("theirs")

        other.submit(write).result()
        assert mine.read_text() == "mine"
    assert (target.read_text(), os.listdir(tmp_path)) == ("mine", ["file"])


DAMAGED = {
    "empty.npy": b"", "cut.npy": b"\x93NUMPY\x01", "text.npy": b"1,2\n3,4\n",
    "empty.npz": b"", "cut.npz": b"PK\x03\x04", "text.npz": b"1,2\n3,4\n",
    "latin.csv": b"\xe9,1\n2,3\n", "nul.csv": b"1,\0\n", "binary.csv": bytes(range(256)),
    "pickle.npy": b"\x80\x04N.", "huge.csv": b'"' + b"1" * 200_000 + b'",2\n',
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_files(folder: Path, name: str) -> None:
    Path(name).write_bytes(DAMAGED[name])
    for arguments in (("gram", "relu", name), ("fit", "relu", name), ("certify", "relu", name)):
        result = run(*arguments, "--depth", "2")
        assert result.exit_code == 2, result.output
        assert result.stderr.startswith(f"error: {name}")
        assert result.stderr.count("\n") == 1


def test_files_cut_anywhere(folder: Path) -> None:
    np.savez_compressed("small.npz", X=np.eye(3))
    for name in ("x.npy", "small.npz"):
        whole = Path(name).read_bytes()
        for end in range(0, len(whole) - 1, max(1, len(whole) // 9)):
            Path(f"cut-{name}").write_bytes(whole[:end])
            result = run("gram", "relu", f"cut-{name}", "--depth", "2")
            assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs modes of files")
def test_a_cache_that_cannot_be_written_changes_no_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "generated").mkdir(mode=0o500)
    monkeypatch.setenv("NTKSYM_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)  # root may do all
    kernel = ntksym.ntk("Max(0, z) + z/11", depth=2)
    assert kernel(X[:2])[0, 1] == pytest.approx(float(kernel.evaluate(X[0], X[1], 20)), rel=1e-14)
    assert list((tmp_path / "generated").iterdir()) == []

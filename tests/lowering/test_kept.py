"""The private folder: who may write to it, what is run from it, several processes at once."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sympy import Max, Symbol

import ntksym
from ntksym import z
from ntksym.lowering.code.load import code
from ntksym.lowering.modules import folder, keep, kept, recalled
from ntksym.networks import Activation

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
TEXT, SMOOTH = "Max(0, z) + z/7", "z*tanh(z)"
X, Y = [1.0, 2.0], [0.5, -1.0]
KERNEL = f"import ntksym; print(ntksym.ntk({{!r}}, depth=3)([{X}], [{Y}])[0, 0].hex())"
ALONE = "import sys; sys.modules['sympy'] = sys.modules['flint'] = None; "
MODULE = '"""A module."""\nVALUE = 3\n'
MINE = Activation("mine", TEXT)
POSIX = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs owners and modes of files")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the test's own."""
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "cache"))
    forget()
    yield tmp_path / "cache" / "generated"
    forget()


def forget() -> None:
    """What was run in this process."""
    for name in [name for name in sys.modules if name.startswith("ntksym_")]:
        del sys.modules[name]


def started(code: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def said(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return output.strip()


def right(value: str, text: str = TEXT) -> bool:
    kernel = ntksym.ntk(text, depth=3)
    exact = float(kernel.evaluate(X, Y, 20)) if text == TEXT else kernel([X], [Y])[0, 0]
    return float.fromhex(value) == pytest.approx(exact, rel=1e-14)


@pytest.mark.parametrize(("text", "count"), [(TEXT, 2), (SMOOTH, 1)])
def test_the_next_process_derives_and_compiles_nothing(home: Path, text: str, count: int) -> None:
    """Those that start together write the same; the one after them reads it, without SymPy."""
    code = KERNEL.format(text)
    together = [started(code, PYTHONHASHSEED=str(seed)) for seed in range(count)]
    (first,) = {said(process) for process in together}
    assert right(first, text)
    files = {path: path.stat().st_mtime_ns for path in folder.files()}
    assert sorted({path.suffix for path in files}) == [".o", ".py"]
    assert sum(path.suffix == ".py" for path in files) == 1
    assert all(home in path.parents for path in files)
    assert said(started(ALONE + code)) == first
    assert {path: path.stat().st_mtime_ns for path in folder.files()} == files


def test_derivatives_are_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    first = ntksym.ntk(TEXT, depth=2, b_std=0.5).gradients([X], [Y])
    forget()
    monkeypatch.setattr("ntksym.networks.dual.dual", None)  # a second derivation would fail
    assert ntksym.ntk(TEXT, depth=2, b_std=0.5).gradients([X], [Y]) == first
    assert recalled(MINE, "derivatives") is not None


def test_a_reader_never_sees_half_a_file(home: Path) -> None:
    """Three processes write one module over and over, texts of different lengths, and read it."""
    code = (
        "import sys; from ntksym.networks import Activation; "
        "from ntksym.lowering.modules import kept; of = Activation('mine', 'z')\n"
        "kept._generator = str\n"
        "for turn in range(60):\n"
        "    assert kept.keep(of, 'code', 'VALUE = 3\\n' * (1 + 300 * (turn % 3))).VALUE == 3\n"
        "    assert kept._found(kept._name(of, 'code', True))[1].startswith('VALUE = 3')\n"
    )
    for process in [started(code) for _ in range(3)]:
        said(process)
    assert [path.suffix for path in home.iterdir()] == [".py"]


@POSIX
def test_folder_and_files_are_the_owners_alone(home: Path) -> None:
    before = os.umask(0)
    try:
        assert keep(MINE, "code", MODULE).VALUE == 3
    finally:
        os.umask(before)
    (path,) = home.iterdir()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def exposures() -> dict[str, object]:
    def link(home: Path) -> None:
        home.rename(home.with_name("elsewhere"))
        home.symlink_to("elsewhere")

    def parent(home: Path) -> None:
        home.parent.chmod(0o777)

    return {
        "group": lambda home: home.chmod(0o770),
        "world": lambda home: home.chmod(0o702),
        "link": link,
        "parent": parent,
    }


@POSIX
@pytest.mark.parametrize("how", exposures())
def test_a_folder_that_others_could_change_is_not_used(home: Path, how: str) -> None:
    keep(MINE, "code", MODULE)
    forget()
    assert recalled(MINE, "code").VALUE == 3
    forget()
    exposures()[how](home)
    assert recalled(MINE, "code") is None
    with pytest.warns(RuntimeWarning, match="expected a folder of yours that nobody else can"):
        assert keep(MINE, "code", MODULE) is None


@POSIX
def test_a_sticky_folder_may_be_above_it(home: Path) -> None:
    home.parent.mkdir()
    home.parent.chmod(0o1777)
    assert keep(MINE, "code", MODULE).VALUE == 3


@POSIX
def test_what_belongs_to_someone_else_is_not_used(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(MINE, "code", MODULE)
    forget()
    (path,) = home.iterdir()
    assert folder.read(path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    assert folder.read(path) == b""
    with pytest.raises(folder.Exposed):
        folder.opened()


def file_exposures() -> dict[str, object]:
    def link(path: Path) -> None:
        path.rename(path.with_suffix(".moved"))
        path.symlink_to(path.with_suffix(".moved"))

    def pipe(path: Path) -> None:
        path.unlink()
        os.mkfifo(path)

    return {"group": lambda path: path.chmod(0o620), "link": link, "pipe": pipe}


@POSIX
@pytest.mark.parametrize("how", file_exposures())
def test_a_file_that_others_could_change_is_written_again(home: Path, how: str) -> None:
    keep(MINE, "code", MODULE)
    forget()
    (path,) = home.iterdir()
    content = path.read_bytes()
    file_exposures()[how](path)
    assert recalled(MINE, "code") is None
    assert keep(MINE, "code", MODULE).VALUE == 3
    assert folder.read(path) == content


EVIL = "import os\nos.environ['HOSTILE'] = 'ran'\n"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda good: EVIL.encode(),
        lambda good: good.splitlines(keepends=True)[0] + EVIL.encode(),
        lambda good: good + EVIL.encode(),
        lambda good: good[: len(good) // 2],
        lambda good: good.replace(b"3", b"4"),
        lambda good: b"",
        lambda good: b"\xff\x00" * 50,
        lambda good: good.replace(b"ntksym_code_", b"ntksym_coda_", 1),
    ],
    ids=["replaced", "behind its seal", "added", "cut", "edited", "empty", "garbage", "of another"],
)
def test_what_was_not_written_here_is_not_run(home: Path, spoil: object) -> None:
    keep(MINE, "code", MODULE)
    (path,) = home.iterdir()
    good = path.read_bytes()
    path.write_bytes(spoil(good))
    assert path.read_bytes() != good
    forget()
    assert recalled(MINE, "code") is None
    assert "HOSTILE" not in os.environ


def test_a_spoilt_module_is_derived_again(home: Path) -> None:
    found = code(MINE)
    (path,) = home.glob("*.py")
    good = path.read_bytes()
    path.write_bytes(good.replace(b"return", EVIL.encode() + b"return", 1))
    forget()
    again = code(MINE)
    assert "HOSTILE" not in os.environ
    assert path.read_bytes() == good
    s = np.linspace(0.1, 2, 5)
    assert np.array_equal(found.features(s, 0 * s), again.features(s, 0 * s))


def test_without_a_folder_code_is_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "file"))
    kernel = ntksym.ntk(TEXT, depth=3)
    assert kernel([X], [Y])[0, 0] == pytest.approx(float(kernel.evaluate(X, Y, 20)), rel=1e-14)
    smooth = ntksym.ntk("tanh(z/2)/2 + 1/2", depth=3)([X], [Y])
    np.testing.assert_allclose(smooth, ntksym.ntk("sigmoid", depth=3)([X], [Y]), rtol=1e-14)
    assert folder.files() == []


def test_a_write_that_fails_leaves_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert keep(MINE, "code", MODULE) is None
    assert list(home.iterdir()) == []


def test_a_module_is_of_one_version_of_its_generator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def name() -> str:
        return kept._name(MINE, "code", True)

    before = name()
    with monkeypatch.context() as patch:
        patch.setattr("importlib.metadata.version", lambda package: "0.0")
        assert name() != before
    source = tmp_path / "ntksym" / "lowering" / "code" / "forms.py"
    source.parent.mkdir(parents=True)
    monkeypatch.setattr(kept, "__file__", str(tmp_path / "ntksym/lowering/modules/kept.py"))
    names = {before}
    for text in ("x = 1\n", "x = 2\n"):
        source.write_text(text)
        names.add(name())
    assert len(names) == 3


def test_a_text_is_looked_for_with_the_sources_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, of_sources = [], kept._generator
    monkeypatch.setattr(kept, "_generator", lambda: calls.append(1) or of_sources())
    assert kept.accepted(TEXT) == TEXT
    assert len(calls) == 1
    keep(MINE, "code", MODULE, tangent=False)
    calls.clear()
    assert isinstance(kept.accepted(TEXT), Activation)
    assert len(calls) == 1


def test_a_module_is_of_one_activation() -> None:
    expr = Max(0, z) + z / 7
    kinds = [
        (MINE, "code", True), (MINE, "code", False), (MINE, "series", True),
        (Activation("mine", TEXT + " "), "code", True), (Activation("mine", expr), "code", True),
        (Activation("mine", expr + 1), "code", True), (Activation("mine", "z"), "code", True),
    ]  # fmt: skip
    names = [kept._name(*kind) for kind in kinds]
    assert names[0] == names[3]  # as the parser reads it
    assert len(set(names)) == len(names) - 1
    assert kept._name(Activation("yours", TEXT), "code", True) == names[0]
    code = (
        "from ntksym import Activation, z; from sympy import Max; "
        "from ntksym.lowering.modules import kept; "
        "print(kept._name(Activation('mine', Max(0, z) + z / 7), 'code', True))"
    )
    assert said(started(code, PYTHONHASHSEED="7")) == names[4]


def test_no_name_of_an_activation_becomes_code(home: Path) -> None:
    hostile = f'"""\n{EVIL}"""'
    found = code(Activation(hostile, Max(0, z) + z / 3))
    assert found.features(np.ones(1), np.zeros(1)).shape == (3, 1)
    with pytest.raises(ValueError, match="expected a number for"):
        code(Activation("mine", Max(0, z) + Symbol(hostile, real=True) * z))
    assert "HOSTILE" not in os.environ
    (path,) = home.glob("*.py")
    assert "HOSTILE" not in path.read_text("utf-8")


def test_a_text_that_was_never_accepted_is_parsed() -> None:
    for text in ("z.real", "__import__('os')", "Max(0, z) + q"):
        with pytest.raises(ValueError, match="text: "):
            ntksym.ntk(text, depth=3)


def test_clearing_removes_what_it_made_and_nothing_else(home: Path) -> None:
    keep(MINE, "code", MODULE)
    (home / "__pycache__").mkdir()
    for name in ("__pycache__/x.f-1.o", "x.tmp", "x.txt"):
        (home / name).touch()
    assert folder.clear() == 3
    assert [path.name for path in home.iterdir()] == ["x.txt"]
    (home / "x.txt").unlink()
    assert folder.clear() == 0
    assert not home.exists()
    assert folder.clear() == 0

"""Machine code that outlives its process: what is run, on which arguments, and what is not kept."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import numba
import numpy as np
import pytest

from ntksym.lowering.code.options import compiled, inlined
from ntksym.lowering.machine import bits, double, kept, loaded, translate
from ntksym.lowering.modules import folder
from ntksym.lowering.threads import count

SOURCE = """
from ntksym.lowering.code.options import compiled, inlined
FACTOR = 2.0

@inlined
def scaled(x, by):
    return FACTOR * by * x

@compiled
def scale(x, by, rows):
    for i in range(rows):
        for j in range(x.shape[1]):
            x[i, j] = scaled(x[i, j], by)
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module of its own, and what is compiled counted in a file's place."""
    path = tmp_path / "mine.py"
    path.write_text(SOURCE)
    monkeypatch.setenv(folder.VARIABLE, str(tmp_path / "cache"))
    return path


@pytest.fixture
def translations(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, ...]]]:
    """The kinds of arguments that were compiled for."""
    found, plainly = [], translate.translated
    monkeypatch.setattr(
        translate, "translated", lambda f, kinds: found.append(kinds) or plainly(f, kinds)
    )
    return found


def anew(path: Path) -> ModuleType:
    """The module as another process has it."""
    spec = spec_from_file_location("mine", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(path: Path, array: Any = None) -> np.ndarray:
    array = np.ones((3, 2)) if array is None else array
    anew(path).scale(array, 1.5, 2)
    return array


def objects(path: Path) -> list[Path]:
    return sorted((path.parent / "__pycache__").glob("*.o"))


def test_each_kind_of_array_is_compiled_once(source: Path, translations: list[Any]) -> None:
    single, packed = np.ones((3, 2), np.float32), np.ones(3, "u1, f8, f8")
    arrays = {
        "d2C": np.ones((3, 2)),
        "f2C": single,
        "d2A": np.ones((2, 3)).T,
        "d2U": packed["f1"][:, None],
    }
    for turn in range(2):
        of = anew(source)
        for kind, array in arrays.items():
            array[:] = 1.0
            of.scale(array, 1.5 if array.dtype == float else np.float32(1.5), 2)
            of.scale(array, 1.0 if array.dtype == float else np.float32(1), 1)
            assert array[:, 0].tolist() == [6.0, 3.0, 1.0], kind
        assert [kinds[0] for kinds in translations] == list(arrays), turn
    assert translations[1] == ("f2C", "s", "i")
    assert len(objects(source)) == 4


def test_a_map_of_a_file_is_an_array(source: Path, tmp_path: Path) -> None:
    mapped = np.lib.format.open_memmap(tmp_path / "x.npy", "w+", float, (3, 2))
    mapped[:] = 1.0
    assert run(source, mapped)[:, 0].tolist() == [3.0, 3.0, 1.0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((np.ones((2, 2)), 1.5, 2.0), "float"),
        ((np.ones((2, 2)), "x", 2), "must be real number, not str"),
        ((np.ones((2, 2)), [1.5], 2), "must be real number, not list"),
        ((np.ones((2, 2), ">f8"), 1.5, 2), "expected an array of doubles"),
        ((np.ones((2, 2), complex), 1.5, 2), "got complex128"),
        ((np.ones((2, 2)), 1.5), "function takes 3 arguments"),
    ],
)
def test_other_arguments_are_refused(source: Path, arguments: Any, message: str) -> None:
    of, array = anew(source), np.ones((3, 2))
    of.scale(array, 1.5, 3)
    before = arguments[0].copy()
    with pytest.raises(TypeError, match=message):
        of.scale(*arguments)
    assert np.array_equal(arguments[0], before)


def returning(x):
    return x[0]


def allocating(x):
    x[0] = np.empty(x.size).size


def of_numba(x):
    x[0] = x.reshape(2, 2)[1, 0]


@pytest.mark.parametrize("function", [returning, allocating, of_numba])
def test_what_would_need_numba_at_run_time_is_refused(function: Callable[..., Any]) -> None:
    said = {returning: "to return nothing", allocating: "Only accept", of_numba: "Numba's runtime"}
    with pytest.raises((TypeError, numba.core.errors.NumbaError), match=said[function]):
        compiled(function)(np.ones(4))


def spoilt() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "empty": lambda good: b"",
        "cut": lambda good: good[:-9],
        "edited": lambda good: good[:-1] + bytes([good[-1] ^ 1]),
        "without its seal": lambda good: good.partition(b"\n")[2],
        "of another": lambda good: good.replace(b"mine.scale", b"mine.scald", 1),
    }


@pytest.mark.parametrize("how", spoilt())
def test_code_that_was_not_written_here_is_not_run(
    source: Path, translations: list[Any], how: str
) -> None:
    run(source)
    (path,) = objects(source)
    good = path.read_bytes()
    path.write_bytes(spoilt()[how](good))
    assert run(source)[:, 0].tolist() == [3.0, 3.0, 1.0]
    assert len(translations) == 2
    run(source)
    assert len(translations) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs owners and modes of files")
def test_code_that_others_could_change_is_not_run(source: Path, translations: list[Any]) -> None:
    run(source)
    (path,) = objects(source)
    path.chmod(0o620)
    run(source)
    assert len(translations) == 2
    assert path.stat().st_mode & 0o777 == 0o600


def test_code_is_of_its_sources_versions_and_machine(
    source: Path, translations: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(source)[0, 0] == 3.0
    source.write_text(SOURCE.replace("2.0", "4.0"))
    assert run(source)[0, 0] == 6.0
    assert (len(translations), len(objects(source))) == (2, 1)
    monkeypatch.setattr(kept, "_sources", lambda: b"of another version of ntksym")
    run(source)
    assert (len(translations), len(objects(source))) == (3, 1)
    monkeypatch.setattr(kept, "_machine", lambda: ("another processor",))
    run(source)
    assert (len(translations), len(objects(source))) == (4, 2)


def test_a_function_that_this_process_lacks_is_no_end_of_it(
    source: Path, translations: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(source)
    monkeypatch.setattr(
        loaded.llvm, "address_of_symbol", lambda name: 1 if len(translations) > 1 else None
    )
    assert run(source)[0, 0] == 3.0
    assert len(translations) == 2


def test_a_function_made_in_another_is_not_kept(source: Path, translations: list[Any]) -> None:
    """It may mean something else each time."""
    for by in (2.0, 3.0):

        def over(x):
            x[0] *= by  # noqa: B023

        array = np.ones(1)
        compiled(over)(array)
        assert array[0] == by
    assert len(translations) == 2


def test_without_a_folder_nothing_is_kept(
    source: Path, translations: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder, "write", full)
    for turn in (1, 2):
        assert run(source)[0, 0] == 3.0
        assert len(translations) == turn


def test_where_the_module_cannot_be_written_beside_the_private_folder_keeps_it(
    source: Path, translations: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept.os, "access", lambda path, mode: Path(path) != source.parent)
    run(source)
    run(source)
    assert len(translations) == 1
    assert objects(source) == []
    assert [path.suffix for path in folder.files()] == [".o"]


def test_threads_that_call_first_compile_once(source: Path, translations: list[Any]) -> None:
    of, arrays = anew(source), [np.ones((3, 2)) for _ in range(8)]
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda array: of.scale(array, 1.5, 2), arrays))
    assert len(translations) == 1
    assert all(array[:, 0].tolist() == [3.0, 3.0, 1.0] for array in arrays)


def test_bits_are_those_of_python() -> None:
    there, back = inlined(lambda x: bits(x)), inlined(lambda k: double(k))
    for x in (0.0, -0.0, 1.0, -1.5, 5e-324, np.inf):
        assert there(x) == bits(x)
        assert back(bits(x)).hex() == double(bits(x)).hex() == x.hex()


THREADS = "from ntksym.lowering.threads import count; import sys; "


@pytest.mark.parametrize(
    ("code", "told", "said"),
    [
        ("print(count(), 'numba' in sys.modules)", "3", "3 False"),
        ("import numba; numba.set_num_threads(2); print(count())", "3", "2"),
        ("a = count(); import numba; print(a == count())", None, "True"),
    ],
)
def test_the_threads_are_those_that_numba_would_start(
    code: str, told: str | None, said: str
) -> None:
    known = {name: value for name, value in os.environ.items() if name != "NUMBA_NUM_THREADS"}
    known |= {"NUMBA_NUM_THREADS": told} if told else {}
    command = [sys.executable, "-c", THREADS + code]
    done = subprocess.run(command, env=known, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == said
    assert count() == numba.get_num_threads()

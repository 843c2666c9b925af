"""Pages that take long: made two at a time, each kept until what it is made by changes."""

import sys
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
Make = Callable[[str, Path], str]
Progress = Callable[[str], None]
COMPUTED = "mpmath", "numba", "numpy", "python-flint", "scipy", "sympy"
"""What the numbers on a page come from, beside our own code."""


def write(make: Make, digests: dict[str, str], folder: Path, told: Progress) -> None:
    """Pages ``folder/name.md``, the text of each from ``make(name, folder)`` in another process.

    ``digests`` by name: a page that was made under the same one is kept.
    """
    folder.mkdir(parents=True, exist_ok=True)
    marks = {name: f"<!-- {digest} -->\n" for name, digest in digests.items()}
    wanted = [name for name, mark in marks.items() if not _kept(folder / f"{name}.md", mark)]
    with ProcessPoolExecutor(2) as pool:
        running = {pool.submit(_written, make, name, folder, marks[name]): name for name in wanted}
        for count, done in enumerate(as_completed(running), 1):
            told(f"[{count}/{len(wanted)}] {running[done]}: made in {done.result():.1f} s")


def digest(paths: Iterable[Path], packages: Iterable[str]) -> str:
    """Of our code, of ``paths``, the Python, and the versions of all that computes or draws."""
    made = sha256(sys.version.encode())
    for package in (*COMPUTED, *packages):
        made.update(f"{package} {version(package)}\n".encode())
    ours = (ROOT / "ntksym").rglob("*")
    sources = {*paths, Path(__file__), *(p for p in ours if p.suffix in (".py", ".bib", ".npz"))}
    for path in sorted(sources):
        made.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return made.hexdigest()


def _kept(path: Path, mark: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8").startswith(mark)


def _written(make: Make, name: str, folder: Path, mark: str) -> float:
    start = time.perf_counter()
    draft = folder / f"{name}.draft"
    draft.write_text(mark + make(name, folder), encoding="utf-8")
    draft.replace(folder / f"{name}.md")
    return time.perf_counter() - start

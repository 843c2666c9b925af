"""Documents as PDF, through latexmk."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from ntksym.check.verdict import Report
from ntksym.render.latex import to_latex

PATIENCE = 120.0
"""Seconds before a compilation that does not end is stopped."""


def to_pdf(obj: Any, path: str | Path, report: Report | None = None) -> Path:
    """``obj`` as a PDF at ``path``, which is replaced whole or not at all; returns the path.

    FileNotFoundError where latexmk or pdflatex is missing (TeX Live has both) or the folder does
    not exist; RuntimeError, with what the log says, where LaTeX fails; the errors of
    :func:`to_latex` for what cannot be drawn.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise FileNotFoundError(f"path: the folder {target.parent} does not exist")
    latexmk = _program("latexmk")
    _program("pdflatex")
    with tempfile.TemporaryDirectory(prefix=".ntksym-", dir=target.parent) as name:
        folder = Path(name)
        tex = to_latex(obj, report, folder=folder)
        (folder / "document.tex").write_text(tex, encoding="utf-8")
        _compile(latexmk, folder)
        os.replace(folder / "document.pdf", target)
    return target


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(
            f"{name} was not found: to_pdf needs TeX Live's {name}; on Debian and Ubuntu, "
            "apt install latexmk texlive-latex-recommended"
        )
    return found


def _compile(latexmk: str, folder: Path) -> None:
    options = ["-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape"]
    process = subprocess.Popen(
        [latexmk, *options, "document.tex"],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"pdflatex did not end within {PATIENCE:g} seconds") from None
    finally:
        _stop(process)
    if code != 0 or not (folder / "document.pdf").exists():
        raise RuntimeError(f"pdflatex failed:\n{_complaint(folder / 'document.log')}")


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End latexmk with whatever it started; nothing to do where it has ended by itself."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _complaint(log: Path) -> str:
    """The lines of the log from each error on."""
    if not log.exists():
        return "there is no log: latexmk could not start pdflatex"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [k for k, line in enumerate(lines) if line.startswith("!")]
    shown = [line for k in errors[:3] for line in lines[k : k + 6]]
    return "\n".join(shown or lines[-20:])

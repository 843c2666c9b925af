"""A page for each notebook: run from top to bottom when the site is built, with what it shows."""

import base64
import os
import re
import shutil
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kept
from gallery import raw_html

FOLDER = kept.ROOT / "notebooks"
PACKAGES = "ipython", "jupytext", "latex2mathml", "matplotlib", "nbclient"
PATIENCE = 120
"""Seconds for one cell."""
ABOUT = (
    "This page is the notebook [{name}.py]({name}.py) as it ran when the site was built. "
    "`jupytext --to ipynb notebooks/{name}.py` makes one to open in Jupyter."
)
QUIET = ["--IPKernelApp.log_level=40"]


def notebooks() -> list[str]:
    """In their order."""
    return sorted(path.stem for path in FOLDER.glob("*.py"))


def write(names: list[str], folder: Path, told: kept.Progress) -> None:
    """Pages ``folder/name.md``, their pictures beside them."""
    ours = Path(__file__), Path(__file__).with_name("gallery.py")
    digests = {name: kept.digest((FOLDER / f"{name}.py", *ours), PACKAGES) for name in names}
    kept.write(page, digests, folder, told)


def page(name: str, folder: Path) -> str:
    """The text of one page; its pictures go to ``folder``. An error in a cell is raised."""
    done = _run(FOLDER / f"{name}.py")
    shutil.copy(FOLDER / f"{name}.py", folder)
    return "\n".join(_cells(done, name, folder))


def _run(path: Path) -> Any:
    import jupytext
    import nbclient

    notebook = jupytext.read(path)
    environment = {**os.environ, "PYTHONPATH": str(kept.ROOT)}
    with tempfile.TemporaryDirectory() as place:
        client = nbclient.NotebookClient(
            notebook, timeout=PATIENCE, kernel_name="python3",
            resources={"metadata": {"path": place}}, extra_arguments=QUIET,
        )  # fmt: skip
        return client.execute(env=environment)


def _cells(notebook: Any, name: str, folder: Path) -> Iterator[str]:
    """The first cell that is not Jupytext's has the title."""
    first, *rest = (cell for cell in notebook.cells if cell.cell_type != "raw")
    yield f"{first.source}\n\n{ABOUT.format(name=name)}\n"
    heading, pictures = "", 0
    for cell in rest:
        if cell.cell_type == "markdown":
            heading = next(iter(re.findall(r"^#+ (.*)", cell.source, re.M)), heading)
            yield f"{cell.source}\n"
            continue
        yield _fenced("python", re.sub(r"^%.*\n", "", cell.source))
        for output in cell.outputs:
            if picture := output.get("data", {}).get("image/png"):
                pictures += 1
                file = f"{name}-{pictures}.png"
                (folder / file).write_bytes(drawn := base64.b64decode(picture))
                width, height = struct.unpack(">II", drawn[16:24])
                shown = f"![{heading}]({file})\n"
                yield _fenced("{container} panorama", shown) if width > 2 * height else shown
            else:
                yield _shown(output)


def _shown(output: Any) -> str:
    """What a cell has printed or displayed, as Markdown."""
    if output.output_type == "stream":
        if output.name == "stderr":
            raise ValueError(f"notebook: expected nothing on standard error, got {output.text}")
        return _printed(output.text)
    if html := output.data.get("text/html"):
        return raw_html(_inner(html))
    if tex := output.data.get("text/latex"):
        return _fenced("{math}", tex.strip().strip("$").replace(r"\displaystyle", "").strip())
    return _printed(output.data["text/plain"])


def _printed(text: str) -> str:
    return _fenced("{code-block} text", f":class: printed\n\n{text.rstrip()}")


def _inner(html: str) -> str:
    """Without a style and a title of its own, with headings below those of the page."""
    html = re.sub(r"<(style|h1)>.*?</\1>", "", html, flags=re.S)
    return re.sub(r"(</?h)([23])\b", lambda found: f"{found[1]}{int(found[2]) + 1}", html)


def _fenced(language: str, text: str) -> str:
    return f"```````{language}\n{text}\n```````\n"

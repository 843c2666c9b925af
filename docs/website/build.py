"""The site: ``python docs/website/build.py``, into build/site/html.

Every derivation is made and checked and every notebook run, which takes minutes; ``--only relu``
makes the pages of what it names alone. What the same code has made before is kept. A warning of
Sphinx is an error.
"""

import argparse
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(HERE)]


def main() -> int:
    """The exit status: 0, or that of Sphinx where it found something wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "build" / "site")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="of derivations/ and notebooks/")
    chosen = parser.parse_args()

    import assemble
    import executed
    import gallery
    import literature
    import reference
    from sphinx.cmd.build import build_main

    rooms = {
        "derivations": (gallery, gallery.documents()),
        "notebooks": (executed, executed.notebooks()),
    }
    known = [name for _, names in rooms.values() for name in names]
    asked = chosen.only or known
    if unknown := {*asked} - {*known}:
        parser.error(f"--only: expected some of {', '.join(known)}, got {', '.join(unknown)}")
    tree, html = (chosen.output / part for part in ("source", "html"))
    for old in (tree, html):
        shutil.rmtree(old, ignore_errors=True)
    for room, (maker, names) in rooms.items():
        wanted = [name for name in names if name in asked]
        maker.write(wanted, chosen.output / room, _told)
        _take(wanted, chosen.output / room, tree / room)
    _put(literature.pages(), tree / "theorems")
    _put(reference.pages(), tree / "api")
    assemble.assemble(tree)
    options = ["-q", "-W", "--keep-going", "-E", "-c", HERE, "-d", chosen.output / "doctrees"]
    return build_main([str(word) for word in ("-b", "html", *options, tree, html)])


def _told(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _take(names: list[str], kept: Path, folder: Path) -> None:
    """The pages, and what lies beside each under its name."""
    folder.mkdir(parents=True)
    for name in names:
        for path in (*kept.glob(f"{name}.*"), *kept.glob(f"{name}-*")):
            shutil.copy(path, folder)


def _put(pages: dict[str, str], folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""The site: ``python docs/website/build.py``, into build/site/html.

Every derivation is made and checked, which takes minutes; ``--only relu erf`` makes the pages of
these alone. What the same code has checked before is kept. A warning of Sphinx is an error.
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
    parser.add_argument("--only", nargs="+", metavar="NAME", help="documents of derivations/")
    chosen = parser.parse_args()

    import assemble
    import gallery
    import literature
    import reference
    from sphinx.cmd.build import build_main

    names = chosen.only or gallery.documents()
    if unknown := {*names} - {*gallery.documents()}:
        parser.error(f"--only: expected documents of derivations/, got {', '.join(unknown)}")
    kept, tree, html = (chosen.output / part for part in ("gallery", "source", "html"))
    gallery.write(names, kept, lambda text: print(text, file=sys.stderr, flush=True))
    shutil.rmtree(tree, ignore_errors=True)
    _put({name: (kept / f"{name}.md").read_text("utf-8") for name in names}, tree / "derivations")
    _put(literature.pages(), tree / "theorems")
    _put(reference.pages(), tree / "api")
    assemble.assemble(tree)
    options = ["-q", "-W", "--keep-going", "-E", "-c", HERE, "-d", chosen.output / "doctrees"]
    return build_main([str(word) for word in ("-b", "html", *options, tree, html)])


def _put(pages: dict[str, str], folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

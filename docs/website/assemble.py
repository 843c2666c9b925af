"""The pages of the repository as one tree for Sphinx, in the same folders, so that links hold."""

import re
import shutil
from pathlib import Path

import ntksym

ROOT = Path(__file__).parents[2]
HOME = Path("index.md")
"""README.md is the first page."""
CONTENTS = {
    "How to": (
        "docs/howto/activation.md", "docs/howto/parametrisation.md",
        "docs/howto/positive_definite.md", "docs/sklearn.md", "docs/export.md",
        "docs/howto/many_points.md", "docs/howto/*.md",
    ),
    "Notebooks": ("notebooks/*.md",),
    "Derivations": ("derivations/rules.md",),
    "Theorems": ("docs/theorems.md", "derivations/README.md", "theorems/index.md"),
    "What it does": (
        "docs/certificates.md", "docs/dynamics.md", "docs/learning.md", "docs/spectra.md",
        "docs/depth.md", "docs/finite_width.md", "docs/functional.md",
        "docs/scaling.md", "docs/figures.md",
    ),
    "Benchmarks": ("docs/benchmarks.md", "benchmarks/results.md"),
    "Reference": ("api/index.md", "docs/sources.md"),
    "The project": ("docs/architecture.md", "docs/extending.md", "docs/*.md", "CHANGELOG.md",
                    "ntksym/data/ATTRIBUTION.md"),
}  # fmt: skip
TITLED = {
    "benchmarks/results": "The figures <benchmarks/results>",
    "derivations/README": "Proofs on kernels and functions <derivations/README>",
    "docs/sklearn": "The NTK in scikit-learn <docs/sklearn>",
    "docs/export": "To a GPU, C, Julia <docs/export>",
    "notebooks/02_positive_definite": "Positive definite or not <notebooks/02_positive_definite>",
    "ntksym/data/ATTRIBUTION": "The data sets <ntksym/data/ATTRIBUTION>",
}
_LINK = re.compile(r"(\]\()([^)#\s]+)((?:#[^)\s]*)?\))")


def assemble(tree: Path) -> None:
    """Copy every page, and what pages link to, into ``tree``, which holds the generated ones."""
    pages = [Path("README.md"), Path("CHANGELOG.md"), Path("ntksym/data/ATTRIBUTION.md")]
    for folder in ("docs", "docs/howto", "derivations", "benchmarks"):
        pages += [path.relative_to(ROOT) for path in sorted((ROOT / folder).glob("*.md"))]
    for page in pages:
        place = tree / (HOME if page == Path("README.md") else page)
        place.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / page).read_text(encoding="utf-8")
        place.write_text(_linked(text, page, pages, tree), encoding="utf-8")
    _append(tree / HOME, _contents(tree))
    made = {path.stem for path in (tree / "derivations").glob("*.md")} - {"rules", "README"}
    known = {*ntksym.catalogue()}
    _append(
        tree / "derivations/rules.md", _toctree("", [f"{x} <{x}>" for x in sorted(made & known)])
    )
    _append(tree / "derivations/README.md", _toctree("", sorted(made - known)))


def _append(page: Path, text: str) -> None:
    page.write_text(page.read_text(encoding="utf-8") + text, encoding="utf-8")


def _linked(text: str, page: Path, pages: list[Path], tree: Path) -> str:
    """Links to pages lead to pages, those to other files of the repository to copies of them."""

    def link(found: re.Match[str]) -> str:
        target = found[2]
        path = (ROOT / page.parent / target).resolve()
        if "://" in target or not path.is_file():
            return found[0]
        path = path.relative_to(ROOT)
        if path == Path("README.md"):
            path = HOME
        elif (tree / path).with_suffix(".md").exists() and (
            path.suffix == ".tex" or path.parent == Path("notebooks")
        ):
            path = path.with_suffix(".md")
        elif path not in pages:
            (tree / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / path, tree / path)
        return f"{found[1]}/{path.as_posix()}{found[3]}"

    return _LINK.sub(link, text)


def _contents(tree: Path) -> str:
    """Every page once, in the order of ``CONTENTS``."""
    seen: set[str] = set()
    parts = []
    for caption, patterns in CONTENTS.items():
        found = [p for pattern in patterns for p in sorted(tree.glob(pattern))]
        names = [path.relative_to(tree).with_suffix("").as_posix() for path in found]
        fresh = [name for name in dict.fromkeys(names) if name not in seen]
        seen |= {*fresh}
        parts.append(_toctree(caption, [TITLED.get(name, name) for name in fresh]))
    return "\n".join(parts)


def _toctree(caption: str, names: list[str]) -> str:
    title = f":caption: {caption}\n" if caption else ""
    listed = "\n".join(names)
    return f"\n```{{toctree}}\n:hidden:\n{title}\n{listed}\n```\n"

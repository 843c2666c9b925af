"""The picture of the rooms, drawn from the imports as they are: ``python docs/rooms.py``."""

import tomllib
from itertools import pairwise
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
HOLDS = {
    "arguments": "what every call checks first",
    "language": "symbols, the inert expectation, claims",
    "evaluate": "one expression to numbers: code, mpmath, Arb",
    "check": "witnesses and verdicts",
    "calculus": "rules, derivations, the strategy",
    "render": "documents to LaTeX, HTML, PDF",
    "networks": "activations, duals, layers, the recursion",
    "lowering": "gaps, generated code, tiles, exact pairs",
    "kernel": "what a user holds",
    "numerics": "spectra, depth, functional calculus",
    "theorems": "hypotheses, decisions, certificates",
    "plots": "pictures",
    "adapters": "scikit-learn, Dask and Zarr",
    "tour": "the main job on real data",
    "cli": "the command line",
    "data": "the digits",
}
WIDTH, HEIGHT, STEP, LEFT, TOP = 470, 44, 64, 20, 20


def rooms() -> list[str]:
    """The rooms that exist, in the order in which data flows, from the contract."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    layers = next(c["layers"] for c in contracts["contracts"] if c["id"] == "rooms")
    named = [name.strip(" ()") for layer in reversed(layers) for name in layer.split("|")]
    return [name for name in named if list((ROOT / "ntksym").glob(f"{name}*"))]


def arrows(names: list[str]) -> list[tuple[int, int]]:
    """(from, to) wherever one room imports another."""
    graph = grimp.build_graph("ntksym")
    found = set()
    for importer in graph.modules:
        for imported in graph.find_modules_directly_imported_by(importer):
            a, b = (name.split(".")[1] if "." in name else "" for name in (importer, imported))
            if a != b and a in names and b in names:
                found.add((names.index(a), names.index(b)))
    return sorted(found)


def drawing() -> str:
    """The SVG: a column of boxes, arcs on the right from what imports to what is imported."""
    names = rooms()
    boxes = "\n".join(_box(k, name) for k, name in enumerate(names))
    arcs = "\n".join(_arc(a, b) for a, b in arrows(names))
    flow = "\n".join(
        f'<path class="flow" d="M {LEFT + 14} {_y(a) + HEIGHT} V {_y(b)}"/>'
        for a, b in pairwise(range(len(names)))
    )
    size = LEFT + WIDTH + 190, _y(len(names) - 1) + HEIGHT + TOP
    return HEADER.format(*size) + f"{flow}\n{arcs}\n{boxes}\n</svg>\n"


HEADER = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">
<style>
text {{ font: 14px sans-serif; fill: #1d2733 }} .name {{ font-weight: 600 }}
rect {{ fill: #eef3f8; stroke: #5b7a99 }} svg {{ background: #ffffff }}
.arc {{ fill: none; stroke: #b0562b; stroke-opacity: .55 }}
.flow {{ stroke: #5b7a99; stroke-width: 3 }}
</style>
"""


def _y(k: int) -> int:
    return TOP + STEP * k


def _box(k: int, name: str) -> str:
    y = _y(k)
    return (
        f'<rect x="{LEFT}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>'
        f'<text class="name" x="{LEFT + 14}" y="{y + 27}">{name}</text>'
        f'<text x="{LEFT + 100}" y="{y + 27}">{HOLDS[name]}</text>'
    )


def _arc(a: int, b: int) -> str:
    x, span = LEFT + WIDTH, abs(a - b)
    y1, y2 = _y(a) + HEIGHT / 2 - 6, _y(b) + HEIGHT / 2 + 6
    bend = x + 14 * span + 16
    head = f"M {x + 7} {y2 - 4} L {x} {y2} L {x + 7} {y2 + 4}"
    return f'<path class="arc" d="M {x} {y1} C {bend} {y1}, {bend} {y2}, {x} {y2} {head}"/>'


if __name__ == "__main__":
    PICTURE.write_text(drawing(), encoding="utf-8")

"""The API reference, a page for each room that has public names, and the page of references."""

import inspect
from importlib import import_module
from itertools import starmap
from textwrap import indent
from types import ModuleType
from typing import Any

import sympy
from docstrings import cited

import ntksym
from ntksym.render.bibliography import references

TITLES = {
    "language": "Symbols and claims",
    "calculus": "Derivations",
    "check": "Verdicts",
    "render": "LaTeX, HTML, PDF",
    "networks": "Activations and networks",
    "kernel": "Kernels",
    "theorems": "Theorems and certificates",
    "numerics": "Learning, spectra, depth, finite width",
}
"""In the order in which a reader needs them."""
BESIDE = {
    "calculus": (
        "ntksym.calculus.derivation.Step", "ntksym.calculus.derivation.Rule",
        "ntksym.calculus.derivation.Rewrite",
        "ntksym.calculus.functional.derivative.FunctionalDerivative",
    ),
    "check": ("ntksym.check.verdict.Section", "ntksym.check.verdict.Line",
              "ntksym.check.symbolic.lemmas.Lemma", "ntksym.check.functional.facts.Fact",
              "ntksym.check.verdict.Witness"),
    "render": tuple(
        f"ntksym.render.document.{name}"
        for name in ("Document", "Section", "Paragraph", "Equation", "Proof", "Rules", "Table",
                     "Picture")
    ),
    "theorems": (
        "ntksym.theorems.argument.Argument", "ntksym.theorems.argument.Line",
        "ntksym.theorems.witnesses.witness.Witness",
        "ntksym.theorems.series.layers.Level", "ntksym.theorems.series.supports.Support",
        "ntksym.lowering.errors",
    ),
    "numerics": (
        "ntksym.numerics.dynamics.least_squares.LeastSquaresFlow",
        "ntksym.numerics.dynamics.law.Law", "ntksym.numerics.dynamics.law.Prior",
        "ntksym.numerics.dynamics.trajectory.Trajectory", "ntksym.numerics.dynamics.losses.Loss",
        "ntksym.numerics.finite.training.train", "ntksym.numerics.finite.training.Training",
        "ntksym.numerics.depth.maps.layer.FixedPoint",
        "ntksym.numerics.depth.expansion.Expansion", "ntksym.numerics.depth.limit.Limit",
        "ntksym.numerics.sphere.decay.law.Decay",
    ),
}  # fmt: skip
"""What public names take or return. The build fails where one of their types is missing here."""


def pages() -> dict[str, str]:
    """Markdown by name: ``index``, one for each room, one for each adapter, ``references``."""
    homes = dict(ntksym._WHERE, check="ntksym.check")
    rooms: dict[str, list[str]] = {}
    for name in sorted(ntksym.__all__, key=str.lower):
        rooms.setdefault(homes[name].split(".")[1], []).append(name)
    order = sorted(rooms, key=[*TITLES, *rooms].index)
    found = {room: _page(room, rooms[room]) for room in order}
    found |= {name: _module(name) for name in ntksym._ADAPTERS}
    found["references"] = _references()
    return {"index": _index(list(found)), **found}


def _index(names: list[str]) -> str:
    listed = "\n".join(names)
    return f"# API reference\n\n```{{toctree}}\n:maxdepth: 2\n\n{listed}\n```\n"


def _page(room: str, names: list[str]) -> str:
    public = [_entry(f"ntksym.{name}", getattr(ntksym, name)) for name in names]
    page = _rst(TITLES.get(room, room.capitalize()), public)
    beside = [_entry(path, _found(path)) for path in BESIDE.get(room, ())]
    return f"{page}\n## What they take and return\n\n{_fenced(beside)}" if beside else page


def _rst(title: str, entries: list[str]) -> str:
    return f"# {title}\n\n{_fenced(entries)}"


def _fenced(entries: list[str]) -> str:
    return "\n".join(("```{eval-rst}", "\n\n".join(entries), "```\n"))


def _found(path: str) -> Any:
    home, _, name = path.rpartition(".")
    return getattr(import_module(home), name, None) or import_module(path)


def _entry(path: str, value: Any) -> str:
    if isinstance(value, sympy.Symbol):
        return f".. py:data:: {path}\n\n   The symbol :math:`{sympy.latex(value)}`."
    if callable(value) and isinstance(value, ModuleType):  # a room that is a function
        function = getattr(value, path.rpartition(".")[2])
        about = indent(cited(inspect.getdoc(function)), "   ")
        return f".. py:function:: {path}{inspect.signature(function)}\n\n{about}"
    if isinstance(value, ModuleType):
        return f".. automodule:: {path}"
    if isinstance(value, type):
        return f".. autoclass:: {path}\n   :members:"
    return f".. autofunction:: {path}"


def _module(name: str) -> str:
    module = getattr(ntksym, name)
    paths = {f"ntksym.{name}.{entry}": getattr(module, entry) for entry in module.__all__}
    return _rst(
        f"ntksym.{name}", [f".. automodule:: ntksym.{name}", *starmap(_entry, paths.items())]
    )


def _references() -> str:
    entries = (f".. _ref-{r.key}:\n\n**[{r.key}]** {r.text}" for r in references().values())
    return _rst("References", list(entries))

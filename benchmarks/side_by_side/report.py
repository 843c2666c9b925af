"""``results.md`` from the results of one run."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from statistics import median
from typing import Any

from .rounds import Quartiles, quartiles, ratios

Row = Mapping[str, Any]
OURS = "ntksym"


def markdown(results: Mapping[str, Any]) -> str:
    """The whole page."""
    rounds = results["settings"]["rounds"]
    parts = [
        "# Benchmarks",
        "Written by `python benchmarks/peers.py` from one run; "
        "[docs/benchmarks.md](../docs/benchmarks.md) says what is measured. "
        f"Medians of {rounds} rounds; ratios within the rounds, with their quartiles.",
        _where(results),
        "## Ratios to ntksym",
        "Seconds of the program over seconds of ntksym in the same round: above 1, ntksym is "
        "faster. `X @ X.T` and `write` compute no kernel.",
        ratio_table(results["cases"]),
        "## Every program",
        "Nanoseconds per entry of the n × n matrix and layer. The largest relative difference "
        "from ntksym is over the entries of the first 256 points.",
        long_table(results["cases"]),
        "## Cold start",
        "From the start of a fresh process to its first Gram matrix, caches on disk warm: "
        f"{named(results['settings']['cold'])}.",
        cold_table(results["cold"]),
        "## Import",
        "A fresh process that runs one line.",
        import_table(results["imports"]),
        *_section("Not computed", _missing(results["missing"])),
        *_section("Failed", _failed(results["failed"])),
    ]
    return "\n\n".join(parts) + "\n"


def ratio_table(rows: Sequence[Row]) -> str:
    """A line for each case, a column for each program beside ours."""
    names = list(dict.fromkeys(row["program"] for row in rows if row["program"] != OURS))
    lines = []
    for case, group in _by_case(rows):
        seconds = {row["program"]: row["seconds"] for row in group}
        cells = [
            spread(ratios(seconds[name], seconds[OURS])) if name in seconds else "–"
            for name in names
        ]
        lines.append([*_words(case), _seconds(median(seconds[OURS])), *cells])
    return table(["activation", "L", "d", "n", "ntksym", *names], lines)


def long_table(rows: Sequence[Row]) -> str:
    """A line for each case and program."""
    lines = []
    for row in rows:
        case, middle = row["case"], median(row["seconds"])
        each = "–" if row["floor"] else f"{middle / case['n'] ** 2 / case['depth'] * 1e9:.2f}"
        apart = [f"{row[key]:.1e}" if key in row else "–" for key in APART]
        lines.append(
            [*_words(case), row["program"], spread(quartiles(row["seconds"]), "s"), each,
             f"{row['peak_mb']:.0f}", *apart]
        )  # fmt: skip
    heads = ["activation", "L", "d", "n", "program", "time", "ns", "peak MB"]
    return table([*heads, "off the diagonal", "on it"], lines)


APART = ("off_diagonal", "on_diagonal")


def cold_table(rows: Sequence[Row]) -> str:
    """A line for each program."""
    ours = next(row["seconds"] for row in rows if row["program"] == OURS)
    lines = [
        [row["program"], spread(quartiles(row["seconds"]), "s"), f"{row['peak_mb']:.0f}",
         spread(ratios(row["seconds"], ours))]
        for row in rows
    ]  # fmt: skip
    return table(["program", "time", "peak MB", "ratio to ntksym"], lines)


def import_table(seconds: Mapping[str, Sequence[float]]) -> str:
    """A line for each import."""
    lines = [
        [f"`{name}`", spread(quartiles(took), "s"), spread(ratios(took, seconds["numpy"]))]
        for name, took in seconds.items()
    ]
    return table(["import", "time", "ratio to numpy"], lines)


def table(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """A table of Markdown."""
    rule = ["---"] * len(heads)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *lines))


def spread(values: Quartiles, unit: str = "") -> str:
    """The median and, in brackets, the quartiles."""
    if unit == "s":
        return f"{_seconds(values.middle)} [{_seconds(values.low)}, {_seconds(values.high)}]"
    return f"{values.middle:.3g} [{values.low:.3g}, {values.high:.3g}]"


def named(case: Mapping[str, Any]) -> str:
    """A case in words."""
    return f"{case['activation']}, L = {case['depth']}, n = {case['n']}, d = {case['d']}"


def _words(case: Mapping[str, Any]) -> list[str]:
    return [case["activation"], str(case["depth"]), str(case["d"]), str(case["n"])]


def _seconds(value: float) -> str:
    return f"{value:.3g} s" if value >= 1 else f"{value * 1e3:.3g} ms"


def _by_case(rows: Sequence[Row]) -> Iterable[tuple[Mapping[str, Any], list[Row]]]:
    return [(case, list(group)) for case, group in groupby(rows, key=lambda row: row["case"])]


def _where(results: Mapping[str, Any]) -> str:
    facts = {**results["machine"]}
    for name, versions in results["versions"].items():
        facts[name] = ", ".join(f"{what} {version}" for what, version in versions.items())
    return table(["", ""], facts.items())


def _missing(gaps: Sequence[Row]) -> list[str]:
    return [f"- {gap['program']}, {gap['case']['activation']}: {gap['why']}" for gap in gaps]


def _failed(gaps: Sequence[Row]) -> list[str]:
    """Without the stderr of the worker: it was on the terminal, and is in the JSON."""
    first = [gap["why"].partition("\n")[0] for gap in gaps]
    return [f"- {named(gap['case'])}: {why}" for gap, why in zip(gaps, first, strict=True)]


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return [f"## {title}", "\n".join(dict.fromkeys(lines))] if lines else []

"""The comparison with the peers, on workers made for it: what is written is what was measured."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from itertools import combinations, count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import ntksym

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))
cases, environments, processes, report, rounds, growth, worker_numpy = map(
    import_module,
    (
        "side_by_side.cases", "side_by_side.environments", "side_by_side.processes",
        "side_by_side.report", "side_by_side.rounds", "growth", "worker_numpy",
    ),
)  # fmt: skip
sys.path.remove(str(BENCHMARKS))

CASE = cases.Case("relu", 2, 8, 3)
FAKE = """
import os, sys
import numpy as np
print("a library talks while it loads")
def prepare(case, points):
    print("and later")
    {body}
def versions():
    return {{"fake": "1"}}
"""
GRAM = "return lambda: points @ points.T + 10 + 5 * (case['bias_init'] == 'zero')"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "PAUSE", 0.0)


@pytest.fixture
def bench(tmp_path: Path) -> Any:
    return cases.Bench(tmp_path, tmp_path, rounds=2)


def fake(folder: Path, name: str, body: str = GRAM, **arguments: Any) -> Any:
    path = folder / f"{name}.py"
    path.write_text(FAKE.format(body=body))
    return replace(environments.OURS, name=name, worker=str(path), **arguments)


def test_all_programs_are_measured_and_compared(tmp_path: Path, bench: Any) -> None:
    scaled = GRAM.replace("lambda: ", "lambda: 0.25 * (") + ")"
    off = GRAM.replace("lambda: ", "lambda: (1 + 1e-6 * (1 - np.eye(len(points)))) * (") + ")"
    programs = [
        fake(tmp_path, "ntksym"),
        fake(tmp_path, "scaled", scaled, bias_init="zero", divisor=lambda depth, b: 2.0 * depth),
        fake(tmp_path, "off", off),
        fake(tmp_path, "floor", "return lambda: None", what="write"),
        fake(tmp_path, "less", "raise NotImplementedError('no such layer')"),
    ]
    rows = {row["program"]: row for row in bench.measure(CASE, programs)}
    assert list(rows) == ["ntksym", "scaled", "off", "floor"]
    assert all(len(row["seconds"]) == 2 and min(row["seconds"]) >= 0 for row in rows.values())
    assert all(1 < row["peak_mb"] < 2000 for row in rows.values())
    assert rows["scaled"]["off_diagonal"] == rows["scaled"]["on_diagonal"] == 0
    assert rows["off"]["off_diagonal"] == pytest.approx(1e-6, rel=1e-6)
    assert rows["off"]["on_diagonal"] == 0
    assert rows["floor"]["floor"]
    assert "off_diagonal" not in rows["floor"]
    assert bench.versions["ntksym"] == {"fake": "1"}
    assert [(gap["program"], gap["why"]) for gap in bench.missing] == [("less", "no such layer")]
    assert not bench.failed


def test_a_broken_worker_is_named_and_the_others_go_on(
    tmp_path: Path, bench: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    late = "return lambda: [print('out of luck'), os._exit(7 * (len(points) == 8))]"
    sound = [fake(tmp_path, name) for name in ("ntksym", "sound")]
    rows = bench.measure(CASE, [*sound, fake(tmp_path, "broken", late)])
    assert [row["program"] for row in rows] == ["ntksym", "sound"]
    (failure,) = bench.failed
    assert failure["program"] == "broken"
    for words in ("broken: ended with exit code 7 on 'values'", "out of luck"):
        assert words in failure["why"]
    assert failure["why"] in capsys.readouterr().err


def test_a_broken_worker_of_ours_ends_the_run(tmp_path: Path, bench: Any) -> None:
    programs = [fake(tmp_path, "ntksym", "raise OSError('full')"), fake(tmp_path, "sound")]
    with pytest.raises(processes.WorkerError, match=r"ntksym: ended with exit code 1 on 'setup'"):
        bench.measure(CASE, programs)


BROKEN = {
    "print('hm'); input()": "expected a JSON object, got 'hm'",
    "print('[1]'); input()": "expected a JSON object, got '[1]'",
    "sys.exit(3)": "ended with exit code 3 on 'run'",
    "import time; time.sleep(60)": "no answer to 'run' within 1.5 s",
}


@pytest.mark.parametrize("line", BROKEN)
def test_what_became_of_a_worker(line: str) -> None:
    line = f"import sys; print('out of luck', file=sys.stderr, flush=True); {line}"
    words = [sys.executable, "-S", "-u", "-c", line]
    patience = 1.5 if "sleep" in line else 60.0
    with (
        processes.Worker("broken", words, patience=patience) as worker,
        pytest.raises(processes.WorkerError) as error,
    ):
        worker.ask("run")
    message = str(error.value)
    assert message.startswith("broken: ")
    assert "out of luck" in message
    assert BROKEN[line.partition("; ")[2].partition("; ")[2]] in message


def test_runs_alternate_and_the_first_round_is_not_counted() -> None:
    order: list[str] = []
    clock = count(1)

    class Told:
        def __init__(self, name: str) -> None:
            self.name = name

        def ask(self, do: str) -> dict[str, float]:
            assert do == "run"
            order.append(self.name)
            return {"seconds": float(next(clock))}

    seconds = rounds.interleave({"A": Told("A"), "B": Told("B")}, 3)
    assert "".join(order) == "ABABABAB"
    assert seconds == {"A": [3.0, 5.0, 7.0], "B": [4.0, 6.0, 8.0]}
    assert rounds.ratios(seconds["B"], seconds["A"]).middle == 6 / 5
    with pytest.raises(ValueError, match="rounds: expected at least 1, got 0"):
        rounds.interleave({}, 0)


def row(program: str, seconds: list[float], n: int = 1000, **facts: Any) -> dict[str, Any]:
    case = {"activation": "relu", "depth": 4, "n": n, "d": 10}
    facts = {"floor": False, "peak_mb": 123.4, **facts}
    return {"case": case, "program": program, "seconds": seconds, **facts}


ROWS = [
    row("ntksym", [0.01, 0.02, 0.04, 0.03, 0.05]),
    row("peer", [0.02, 0.06, 0.16, 0.15, 0.10], off_diagonal=1.5e-13, on_diagonal=2e-8),
    row("write", [0.001] * 5, floor=True),
    row("ntksym", [2.0] * 5, n=2000),
]
RESULTS = {
    "machine": {"processor": "an abacus"},
    "versions": {"peer": {"peer": "0.6.5"}},
    "settings": {"rounds": 5, "cold": ROWS[0]["case"]},
    "cases": ROWS,
    "cold": [row("ntksym", [1.0] * 5), row("peer", [4.0] * 5)],
    "imports": {"numpy": [0.1], "ntksym": [0.05]},
    "missing": [
        {"program": "peer", "case": ROWS[k]["case"], "why": "no such layer"} for k in (0, 3)
    ],
    "failed": [],
}


@pytest.mark.parametrize(
    "line",
    [
        "| relu | 4 | 10 | 1000 | 30 ms | 3 [2, 4] | 0.0333 [0.025, 0.05] |",
        "| relu | 4 | 10 | 2000 | 2 s | – | – |",
        "| relu | 4 | 10 | 1000 | peer | 100 ms [60 ms, 150 ms] | 25.00 | 123 "
        "| 1.5e-13 | 2.0e-08 |",
        "| relu | 4 | 10 | 1000 | write | 1 ms [1 ms, 1 ms] | – | 123 | – | – |",
        "| peer | 4 s [4 s, 4 s] | 123 | 4 [4, 4] |",
        "| `ntksym` | 50 ms [50 ms, 50 ms] | 0.5 [0.5, 0.5] |",
        "| processor | an abacus |",
        "| peer | peer 0.6.5 |",
        "- peer, relu: no such layer",
    ],
)  # fmt: skip
def test_the_page(line: str) -> None:
    page = report.markdown(RESULTS)
    assert page.splitlines().count(line) == 1
    assert "Failed" not in page


def test_the_page_tells_what_failed() -> None:
    failed = {"program": "peer", "case": ROWS[0]["case"], "why": "peer: ended; stderr\n    Trace"}
    page = report.markdown({**RESULTS, "failed": [failed]})
    assert page.endswith("## Failed\n\n- relu, L = 4, n = 1000, d = 10: peer: ended; stderr\n")


def test_the_committed_page_is_written_from_the_committed_results() -> None:
    if not (BENCHMARKS / "results.json").exists():
        pytest.skip("no results are committed yet")
    results = json.loads((BENCHMARKS / "results.json").read_text("utf-8"))
    assert (BENCHMARKS / "results.md").read_text("utf-8") == report.markdown(results)


@pytest.mark.parametrize("activation", ["relu", "erf"])
def test_the_recursion_in_numpy_is_the_same_kernel(activation: str) -> None:
    points = np.random.default_rng(1).normal(size=(20, 3))
    values = worker_numpy.gram(points, worker_numpy.DUALS[activation], 4, cases.W, cases.B)
    wanted = ntksym.ntk(activation, depth=4, w_std=cases.W, b_std=cases.B)(points)
    assert cases.difference(values, wanted)["off_diagonal"] < 1e-11


def test_differences_on_and_off_the_diagonal_are_kept_apart() -> None:
    ones = np.ones((3, 3))
    on, off = np.eye(3) / 4, (1 - np.eye(3)) / 8
    assert cases.difference(ones - on + off, ones) == {"on_diagonal": 1 / 4, "off_diagonal": 1 / 8}
    assert cases.difference(ones + on * np.nan, ones)["off_diagonal"] == np.inf


def grown() -> dict[str, list[dict[str, Any]]]:
    """Programs that are all equally fast but one, along each axis."""
    return {
        along: [
            {"case": vars(case), "program": name, "seconds": [1e-3 * case.n / 100 * (1 + k // 5)]}
            for case in line
            for k, name in enumerate(growth.LINES)
        ]
        for along, line in growth.lines(4000).items()
    }


def boxes(figure: Any) -> Iterator[list[Any]]:
    figure.canvas.draw()
    for axes in figure.axes:
        yield [text.get_window_extent() for text in axes.texts]


def test_the_names_in_the_picture_are_apart_and_not_clipped() -> None:
    figure = growth.draw(grown())
    panels = list(boxes(figure))
    assert [len(panel) for panel in panels] == [len(growth.LINES)] * 3
    for panel in panels:
        assert not any(one.overlaps(other) for one, other in combinations(panel, 2))
        assert all(box.x0 >= 0 and box.x1 <= figure.bbox.x1 for box in panel)
        assert all(box.y0 >= 0 and box.y1 <= figure.bbox.y1 for box in panel)
    for before, after in zip(figure.axes, figure.axes[1:], strict=False):
        assert all(text.get_window_extent().x1 < after.bbox.x0 for text in before.texts)


def test_the_ratios_of_the_readme_are_those_of_the_page() -> None:
    """Medians: what stands there in brackets is left out, and columns are chosen."""

    def rows(text: str) -> list[list[str]]:
        lines = [line for line in text.splitlines() if line.startswith("| ")]
        return [[cell.split(" [")[0].strip() for cell in line.split("|")[1:-1]] for line in lines]

    page = (BENCHMARKS / "results.md").read_text("utf-8").partition("## Ratios")[2]
    head, _, *measured = rows(page.partition("## Every program")[0])
    readme = (BENCHMARKS.parent / "README.md").read_text("utf-8").partition("<!-- ratios -->")[2]
    shown, _, *quoted = rows(readme.partition("\n\n")[0])
    columns = [head.index(name) for name in shown]
    assert len(quoted) >= 5
    known = [[row[k] for k in columns] for row in measured]
    assert [row for row in quoted if row not in known] == []

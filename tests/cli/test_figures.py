"""``ntksym figures``: pictures in a folder, and what they show."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ntksym.cli import app
from ntksym.plots import album


def run(*arguments):
    return CliRunner().invoke(app, ["figures", *arguments])


@pytest.fixture
def tiny(monkeypatch):
    settings = {"widths": {8: 2}, "steps": 2, "angles": 5}
    entries = {
        **album.ALBUM,
        **{name: replace(album.ALBUM[name], quick=settings) for name in ("kernels", "bands")},
    }
    monkeypatch.setattr(album, "ALBUM", entries)


def test_the_chosen_figures_are_drawn(tiny, tmp_path):
    done = run("bands", "kernels", "--quick", "--output", str(tmp_path / "new" / "folder"))
    assert done.exit_code == 0, done.output
    pictures = sorted((tmp_path / "new" / "folder").iterdir())
    assert [path.name for path in pictures] == ["bands.png", "kernels.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in pictures)
    assert done.stdout.index("width 8, 2 networks: mean off by") < done.stdout.index("moved by")


def test_json_says_what_was_drawn(tiny, tmp_path):
    done = run("kernels", "--quick", "--json", "--seed", "3", "-o", str(tmp_path))
    (entry,) = json.loads(done.stdout)
    assert (entry["figure"], entry["quick"], entry["seed"]) == ("kernels", True, 3)
    assert "moved by" in entry["shows"][0]
    assert Path(entry["output"]).read_bytes().startswith(b"\x89PNG")


def test_the_seed_is_taken(tiny, tmp_path):
    for seed in "001":
        done = run("kernels", "--quick", "--seed", seed, "-o", str(tmp_path / seed))
        assert done.exit_code == 0, done.output
    first, other = ((tmp_path / seed / "kernels.png").read_bytes() for seed in "01")
    assert first != other


def test_errors_are_one_line_and_leave_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("kernel")
    assert done.exit_code == 2
    assert done.stderr.strip() == (
        "error: figures: expected some of kernels, bands, components, widths, got 'kernel'"
    )
    assert list(tmp_path.iterdir()) == []

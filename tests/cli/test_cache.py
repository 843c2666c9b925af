"""``cache``: what is kept, and that it can be removed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ntksym.cli import app
from ntksym.lowering.modules import keep
from ntksym.networks import Activation


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["cache", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_shown_and_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTKSYM_CACHE_DIR", str(tmp_path / "mine"))
    folder = tmp_path / "mine" / "generated"
    assert run() == f"{folder}\n0 activations, 0 bytes\n"
    assert not folder.exists()
    for text in ("z + 1", "z + 2"):
        keep(Activation("mine", text), "code", "VALUE = 3\n" * 200)
    size = sum(path.stat().st_size for path in folder.iterdir())
    assert run() == f"{folder}\n2 activations, {size:,} bytes\n"
    shown = {"folder": str(folder), "activations": 2, "bytes": size}
    assert json.loads(run("--json")) == shown | {"removed": 0}
    assert json.loads(run("--json", "--clear")) == shown | {"removed": 2}
    assert not folder.exists()
    assert run("--clear") == f"{folder}\n0 activations, 0 bytes, removed\n"


def test_the_folder_of_the_platform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("NTKSYM_CACHE_DIR")
    for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    folder = Path(json.loads(run("--json"))["folder"])
    assert folder.name == "generated"
    assert "ntksym" in folder.parts

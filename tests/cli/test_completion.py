"""What the shell completes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ntksym.networks import catalogue

ROOT = Path(__file__).parents[2]


def ntksym(*arguments: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    code = "import sys; sys.argv[0] = 'ntksym'; from ntksym.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def completed(line: str) -> list[str]:
    words = line.split(" ")
    done = ntksym(_NTKSYM_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=str(len(words) - 1))
    return done.stdout.split()


def test_names_commands_and_words() -> None:
    soft = {name for name in catalogue() if name.startswith("sof")}
    assert set(completed("ntksym derive sof")) == soft != set()
    assert "spectrum" in completed("ntksym sp")
    assert completed("ntksym gram relu x.npy --kind n") == ["ntk", "nngp"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell(shell: str) -> None:
    done = ntksym("--show-completion", shell, _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "_NTKSYM_COMPLETE" in done.stdout


def test_installing_writes_to_the_home_of_the_user(tmp_path: Path) -> None:
    variables = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = ntksym("--install-completion", "bash", **variables)
    assert done.returncode == 0, done.stderr
    assert "ntksym" in (tmp_path / ".bash_completions" / "ntksym.sh").read_text()


def test_output_without_greek_letters() -> None:
    done = ntksym("derive", "identity", PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr
    assert "The dual of identity" in done.stdout

"""The command as a whole: help, its examples, quick start, the README."""

import errno
import os
import re
import shlex
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import typer
from rich.console import Console
from rich.status import Status
from typer.testing import CliRunner

from ntksym.cli import app, terminal
from ntksym.tour import Stage

ROOT = Path(__file__).parents[2]
COMMANDS = typer.main.get_command(app).commands
EXAMPLES = {name: command.epilog for name, command in COMMANDS.items()}


def python(*arguments, **options):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True,
        timeout=120, check=False, **options,
    )  # fmt: skip


def test_every_command_has_an_example_of_itself():
    """And a line in README.md."""
    listed = re.findall(r"^ntksym ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.M)
    assert set(COMMANDS) == set(listed)
    for name, text in EXAMPLES.items():
        assert text.startswith(f"Example: ntksym {name} ")


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"tour"}))
def test_the_examples_run(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("digits.npy", np.eye(3))
    np.savetxt("data.csv", np.eye(3), delimiter=",")
    _, *arguments = shlex.split(EXAMPLES[name].removeprefix("Example: "))
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    made = sorted(set(os.listdir()) - {"digits.npy", "data.csv"})
    options = ("--output", "--plot")
    assert made == [b for a, b in pairwise(arguments) if a in options]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_help_shows_the_example(name):
    result = CliRunner().invoke(app, [name, "--help"], terminal_width=120)
    assert result.exit_code == 0
    assert "Example: ntksym" in result.stdout


def test_every_command_has_json():
    options = {name: [o for p in c.params for o in p.opts] for name, c in COMMANDS.items()}
    assert [name for name, there in options.items() if "--json" not in there] == []


def test_the_example_of_the_tour_is_its_default():
    arguments = EXAMPLES["tour"].split()
    (folder,) = (option for option in COMMANDS["tour"].params if option.name == "folder")
    assert arguments[-2:] == ["--output", str(folder.default)]


def test_help_loads_none_of_the_heavy_libraries():
    heavy = ("sympy", "numba", "matplotlib", "scipy", "mpmath", "flint", "numpy")
    code = f"import sys, ntksym.cli; print([m for m in {heavy} if m in sys.modules])"
    assert python("-c", code).stdout == "[]\n"


def test_python_m_and_the_version():
    done = python("-m", "ntksym", "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"ntksym(, not installed: run from its source| \S+)\n", done.stdout)


@pytest.mark.parametrize("known", [True, False])
def test_the_version_is_that_of_the_installed_package(monkeypatch, known):
    def version(name):
        if not known:
            raise PackageNotFoundError(name)
        return "1.2.3"

    monkeypatch.setattr("ntksym.cli.version", version)
    result = CliRunner().invoke(app, ["--version"])
    assert result.stdout.split()[1].strip(",") == ("1.2.3" if known else "not")


def test_a_closed_pipe_is_no_error_of_input(monkeypatch):
    def closed(*_):
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("ntksym.cli.drawing.chains.draw", closed)
    result = CliRunner().invoke(app, ["derive", "erf"])
    assert result.exit_code == 1
    assert "error" not in result.stderr


def test_errors_reach_the_shell_as_one_line():
    done = python("-m", "ntksym", "derive", "rleu")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("error: activation: unknown name 'rleu'")
    assert done.stderr.count("\n") == 1


def test_without_a_command_the_help_is_shown():
    result = CliRunner().invoke(app, [])
    assert "derive" in result.output


def test_an_unknown_command():
    assert CliRunner().invoke(app, ["prove"]).exit_code == 2


class Screen:
    """A display that remembers."""

    def __init__(self):
        self.told = []

    def start(self):
        self.told.append("start")

    def stop(self):
        self.told.append("stop")


@pytest.mark.parametrize(
    ("terminal_", "patience", "told"),
    [(True, 0.0, ["start", "stop"]), (True, 60.0, ["stop"]), (False, 0.0, [])],
)
def test_progress_is_shown_to_people_after_a_while(monkeypatch, terminal_, patience, told):
    screen = Screen()
    monkeypatch.setattr(terminal, "PATIENCE", patience)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal_, raising=False)
    with terminal.shown(screen):
        if told[:1] == ["start"]:
            while not screen.told:
                pass
    assert screen.told == told


def test_a_stage_spins_until_it_is_done(capsys):
    console = Console(force_terminal=True, width=80, file=sys.stderr)
    status = Status("", console=console)
    tell = sys.modules["ntksym.cli.tour"]._tell
    tell(Stage("Work"), console, status)
    tell(Stage("Work", "as it should be", 1.25), console, status)
    shown = capsys.readouterr().err
    assert "✔" in shown
    assert "as it should be" in shown


def blocks(language):
    text = (ROOT / "README.md").read_text("utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S)
    return [block for name, block in found if name == language]


def test_the_python_of_the_readme_runs(tmp_path):
    (code,) = blocks("python")
    done = python("-W", "error", "-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(os.listdir(tmp_path)) == sorted(re.findall(r'open\("(.*?)", "w"\)', code))


def test_the_commands_of_the_readme_run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("digits.npy", np.eye(3))
    lines = [line for line in "".join(blocks("")).splitlines() if line.startswith("ntksym ")]
    assert {line.split()[1] for line in lines} == set(COMMANDS)
    tested = set(EXAMPLES.values())  # by another test; and the tour has its own
    for line in lines:
        arguments = shlex.split(re.split(r"\s{2,}", line)[0])[1:]
        if arguments[0] != "tour" and f"Example: ntksym {shlex.join(arguments)}" not in tested:
            result = CliRunner().invoke(app, arguments)
            assert result.exit_code == 0, result.output


def test_the_pictures_of_the_readme_are_there_and_light():
    names = re.findall(r"!\[.*?\]\((.*?)\)", (ROOT / "README.md").read_text("utf-8"))
    assert names
    for name in names:
        assert (ROOT / name).stat().st_size < 150_000

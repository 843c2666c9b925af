"""``ntksym phase``: the table, JSON, the picture, errors."""

import json

import pytest
from typer.testing import CliRunner

import ntksym
from ntksym.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["phase", *arguments])


def test_the_table_says_the_regime_and_the_numbers():
    done = run("relu", "--w-std", "1", "--b-std", "1")
    assert done.exit_code == 0, done.output
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert lines[0] == "regime ordered"
    assert "critical w_std at this b_std none" in lines
    assert "fixed point of the variance, attracting 2" in lines
    assert "tangent kernel on the diagonal 4" in lines


def test_json_holds_what_the_library_finds():
    done = run("erf", "--w-std", "2", "--b-std", "0.1", "--json", "--digits", "20")
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    found = ntksym.phase("erf", 2, 0.1, digits=20)
    assert data["regime"] == "chaotic"
    assert data["variance"]["value"] == found.variance.value.str(20, radius=False)
    assert data["fixed_points"][0]["stability"] == "attracting"
    assert data["limit"]["growth"] == "exponential"
    assert float(data["limit"]["off_diagonal"]) == pytest.approx(float(found.limit.off_diagonal))
    assert float(data["depth_scales"]["correlation"]) == pytest.approx(5.8157798)
    border = ntksym.critical("erf", 0.1, digits=20)
    assert data["critical_w_std"] == border.str(20, radius=False)


def test_exact_numbers_are_formulas():
    data = json.loads(run("leaky_relu", "--param", "alpha=1/2", "--w-std", "1", "--json").stdout)
    assert data["critical_w_std"] == "2*sqrt(10)/5"
    assert data["chi"] == "5/8"
    assert data["correlation"] is None


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["step"], "activation: step jumps"),
        (["tanh", "--w-std", "-1"], "w_std: expected a finite value of at least 0"),
        (["tanh", "--w-std", "x"], "w-std: expected a number such as"),
        (["relu", "--plot", "phases.txt"], "plot: expected a name that ends in .png"),
        (["rleu"], "unknown name 'rleu'"),
    ],
)
def test_errors_are_one_line(arguments, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

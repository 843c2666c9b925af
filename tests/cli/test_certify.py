"""``certify``."""

import json

import numpy as np
from typer.testing import CliRunner

import ntksym
from ntksym.cli import app

X = np.random.default_rng(1).normal(size=(5, 3))


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_certify_gives_the_bound(tmp_path):
    np.save(tmp_path / "x.npy", X)
    result = run("certify", "relu", tmp_path / "x.npy", "--depth", 3, "--b-std", "0.1")
    assert result.exit_code == 0
    bound = ntksym.certify(ntksym.ntk("relu", depth=3, b_std=0.1), X).lower_bound
    assert result.stdout.startswith(f"positive definite: smallest eigenvalue >= {bound:.10g}"[:55])


def test_certify_names_the_rows(tmp_path):
    np.savetxt(tmp_path / "x.csv", X[[0, 1, 2, 1]], delimiter=",")
    result = run("certify", "relu", tmp_path / "x.csv", "--depth", 2, "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert data["rows"] == [1, 3]
    assert data["verdict"] == "not positive definite"
    assert data["lower_bound"] == 0


def test_certify_says_what_it_does_not_know(tmp_path):
    np.save(tmp_path / "x.npy", X)
    result = run("certify", "erf", tmp_path / "x.npy", "--depth", 2, "--largest", 3)
    assert result.exit_code == 1
    assert "unknown" in result.stdout
    assert "Arb is used for at most 3 rows" in result.stdout
    assert run("certify", "relu", tmp_path / "none.npy", "--depth", 2).exit_code == 2

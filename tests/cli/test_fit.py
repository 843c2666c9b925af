"""``fit``."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import ntksym
from ntksym.cli import app

RNG = np.random.default_rng(2)
X, Z, Y = RNG.normal(size=(6, 3)), RNG.normal(size=(4, 3)), RNG.normal(size=(6, 2))
KERNEL = ntksym.ntk("relu", depth=3, b_std=0.1)


def run(*arguments):
    return CliRunner().invoke(
        app, ["fit", "relu", *map(str, arguments), "--depth=3", "--b-std=0.1"]
    )


@pytest.fixture
def csv(tmp_path):
    np.savetxt(tmp_path / "data.csv", np.column_stack([X, Y]), delimiter=",")
    np.save(tmp_path / "new.npy", Z)
    return tmp_path / "data.csv", "--targets=2", "--predict", tmp_path / "new.npy"


def table(text):
    return np.array([[float(word) for word in line.split(",")] for line in text.splitlines()])


def test_fit_is_kernel_regression(csv):
    result = run(*csv, "--ridge=0.2")
    assert result.exit_code == 0
    wanted = ntksym.KernelRegression(KERNEL, 0.2).fit(X, Y).predict(Z)
    np.testing.assert_allclose(table(result.stdout), wanted, atol=1e-12)
    assert result.stderr.startswith("points 6, predictions 4, ridge 0.2, jitter 0")


def test_fit_gives_standard_deviations_to_a_file(csv, tmp_path):
    assert run(*csv, "--std", "--output", tmp_path / "out.npy").exit_code == 0
    mean, std = ntksym.GaussianProcess(KERNEL).fit(X, Y).predict(Z, return_std=True)
    found = np.load(tmp_path / "out.npy")
    np.testing.assert_allclose(found, np.column_stack([mean, std]), atol=1e-12)
    assert not list(tmp_path.glob(".*"))


def test_fit_trains_for_a_time(tmp_path):
    np.savez(tmp_path / "data.npz", X=X, y=Y[:, 0], X_test=Z)
    result = run(tmp_path / "data.npz", "--time=3", "--std", "--json")
    data = json.loads(result.stdout)
    flow = ntksym.gradient_flow(KERNEL, X, Y[:, 0], 3, Z)
    np.testing.assert_allclose(data["values"], flow.mean[0], atol=1e-12)
    np.testing.assert_allclose(data["std"], flow.std[0], atol=1e-12)
    assert data["largest_stable_rate"] == pytest.approx(flow.largest_stable_rate)
    end = run(tmp_path / "data.npz", "--time=inf", "--json", "--output", tmp_path / "p.csv")
    assert json.loads(end.stdout)["loss"] < 1e-20
    regression = ntksym.KernelRegression(KERNEL).fit(X, Y[:, 0]).predict(Z)
    np.testing.assert_allclose(table((tmp_path / "p.csv").read_text())[:, 0], regression, atol=1e-9)


def test_fit_says_what_is_wrong(csv, tmp_path):
    np.savez(tmp_path / "x.npz", X=X)
    np.savetxt(tmp_path / "twice.csv", np.vstack([X, X[:1]]), delimiter=",")
    for arguments, says in (
        ((tmp_path / "x.npz",), "expected arrays named X and y"),
        ((csv[0], "--targets=5"), "expected more than 5 columns"),
        ((*csv, "--time=1", "--ridge=1"), "ridge: expected 0 with --time"),
        ((*csv, "--output=p.txt"), "output: expected a name that ends in .npy, .npz or .csv"),
        ((tmp_path / "twice.csv",), "rows 0 and 6 are equal"),
        ((*csv[:2], "--predict", csv[0]), "X: expected 3 columns"),
    ):
        result = run(*arguments)
        assert result.exit_code == 2
        assert says in result.stderr

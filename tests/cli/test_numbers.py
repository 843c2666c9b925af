"""``eval`` and ``gram``."""

import json
import os
import sys

import numpy as np
import pytest
from mpmath import mp
from typer.testing import CliRunner

import ntksym
from ntksym.cli import app

GRAM = sys.modules["ntksym.cli.gram"]
X = np.random.default_rng(1).normal(size=(5, 3))
Y = np.random.default_rng(2).normal(size=(2, 3))


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


EVAL = ("eval", "relu", "--depth", "3", "--x", "1,2", "--y", "0.5,1")


def test_eval_gives_the_value_and_an_enclosure():
    result = run(*EVAL, "--w-std", "1.5", "--digits", "30")
    assert result.exit_code == 0
    value, ball = (line.split()[1] for line in result.stdout.splitlines())
    exact = ntksym.ntk("relu", depth=3, w_std=1.5).evaluate([1, 2], [0.5, 1], 40)
    assert len(value.replace(".", "").lstrip("0")) == 30
    with mp.workdps(50):
        assert abs(mp.mpf(value) - exact) < abs(exact) * mp.mpf(10) ** -29
    assert ball.startswith(f"[{value[:20]}")


def test_eval_takes_decimals_and_fractions_exactly():
    data = json.loads(
        run("eval", "erf", "--depth", 2, "--x", "0.1,-1/3", "--y", "-2e-1,.5", "--json",
            "--kind", "nngp", "--b-std", "0.1", "--digits", 60).stdout
    )  # fmt: skip
    assert data["x"] == ["1/10", "-1/3"]
    assert data["y"] == ["-1/5", "1/2"]
    assert data["agree"] is True
    assert data["enclosure"].startswith(f"[{data['value'][:50]}")
    from fractions import Fraction as F

    kernel = ntksym.nngp("erf", depth=2, b_std=F(1, 10))
    exact = kernel.evaluate([F(1, 10), F(-1, 3)], [F(-1, 5), F(1, 2)], 60)
    with mp.workdps(70):
        assert abs(mp.mpf(data["value"]) - exact) <= abs(exact) * mp.mpf(10) ** -59


def test_eval_fails_where_value_and_enclosure_disagree(monkeypatch):
    from ntksym.kernel import Kernel

    evaluate = Kernel.evaluate
    monkeypatch.setattr(Kernel, "evaluate", lambda *a: evaluate(*a) * (1 + mp.mpf(10) ** -12))
    result = run(*EVAL, "--b-std", "0.3", "--digits", "30")
    assert result.exit_code == 1
    assert "outside the enclosure" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--x", "1,a"), "x: expected a number such as 0.1, 2e-3 or 1/3, got 'a'"),
        (("--x", "nan,1"), "got 'nan'"),
        (("--x", "1e9999,1"), "got '1e9999'"),
        (("--x", "1/0,1"), "got '1/0'"),
        (("--x", ""), "got ''"),
        (("--x", "1"), "y: expected 1 coordinates as in x, got 2"),
        (("--depth", "0"), "depth: expected at least 1"),
        (("--w-std", "-1"), "w_std: expected a finite value of at least 0"),
        (("--w-std", "inf"), "w-std: expected a number"),
        (("--kind", "rbf"), "rbf"),
        (("--digits", "0"), "digits"),
    ],
)
def test_eval_refuses_bad_input(arguments, message):
    result = run(*EVAL, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.save("x.npy", X)
    np.savez("both.npz", X=X, y=[1])
    np.savez("only.npz", Y)
    np.savetxt("x.csv", X, delimiter=",", header="a,b,c", comments="", fmt="%.17g")
    np.savetxt("y.csv", Y, delimiter=",", fmt="%.17g")
    return tmp_path


@pytest.mark.parametrize("name", ["x.npy", "both.npz", "x.csv"])
def test_gram_reads_every_format(files, name):
    result = run("gram", "relu", name, "--depth", 3, "-o", "k.npy")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.startswith("k.npy: 5 × 5 float64 in ")
    assert np.array_equal(np.load("k.npy"), ntksym.ntk("relu", depth=3)(X))


@pytest.mark.parametrize("other", ["y.csv", "only.npz"])
def test_gram_of_two_files_as_csv(files, other):
    expected = ntksym.nngp("erf", depth=2, b_std=0.5)(X, Y)
    command = ("gram", "erf", "x.npy", "--other", other, "--depth", 2, "--kind", "nngp",
               "--b-std", "0.5")  # fmt: skip
    printed = run(*command).stdout
    assert np.array_equal(np.array([row.split(",") for row in printed.split()], float), expected)
    assert run(*command, "-o", "k.csv").exit_code == 0
    assert (files / "k.csv").read_text() == printed
    data = json.loads(run(*command, "--json").stdout)
    assert data["shape"] == [5, 2]
    assert np.array_equal(data["values"], expected)


def test_gram_in_single_precision_and_what_json_says_of_a_file(files):
    result = run(
        "gram", "relu", "x.npy", "--depth", 2, "--dtype", "float32", "-o", "k.npy", "--json"
    )
    data = json.loads(result.stdout)
    assert {**data, "seconds": 0} == {
        "shape": [5, 5], "dtype": "float32", "seconds": 0, "output": "k.npy",
    }  # fmt: skip
    assert np.load("k.npy").dtype == np.float32


def test_gram_by_blocks_is_the_whole_matrix(files, monkeypatch):
    points = np.random.default_rng(3).normal(size=(300, 4))
    np.save("many.npy", points)
    np.save("few.npy", points[:7])
    monkeypatch.setattr(GRAM, "BLOCK", 128)
    kernel = ntksym.ntk("relu", depth=3)
    run("gram", "relu", "many.npy", "--depth", 3, "-o", "k.npy")
    assert np.array_equal(np.load("k.npy"), kernel(points))
    run("gram", "relu", "many.npy", "--other", "few.npy", "--depth", 3, "-o", "k.npy")
    assert np.array_equal(np.load("k.npy"), kernel(points, points[:7]))


def test_gram_of_no_points(files):
    np.save("none.npy", np.empty((0, 3)))
    assert run("gram", "relu", "none.npy", "--depth", 2, "-o", "k.npy").exit_code == 0
    assert np.load("k.npy").shape == (0, 0)
    run("gram", "relu", "none.npy", "--other", "x.npy", "--depth", 2, "-o", "k.csv")
    assert (files / "k.csv").read_text() == ""


@pytest.mark.parametrize("name", ["k.npy", "k.csv"])
def test_an_interrupted_gram_leaves_nothing_behind(files, monkeypatch, name):
    before = sorted(os.listdir())
    monkeypatch.setattr(GRAM, "BLOCK", 2)
    calls = []

    def interrupted(self, *arguments, **options):
        calls.append(sorted(os.listdir()))
        if len(calls) > 3:
            raise KeyboardInterrupt
        return whole(self, *arguments, **options)

    whole = ntksym.Kernel.__call__
    monkeypatch.setattr(ntksym.Kernel, "__call__", interrupted)
    result = run("gram", "relu", "x.npy", "--depth", 2, "-o", name)
    assert result.exit_code == 130
    assert result.stderr == "interrupted: no file was left half-written\n"
    assert sorted(os.listdir()) == before
    if name == "k.npy":
        assert calls[-1] != before  # the temporary file was there


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "expected rows of numbers, found none"),
        ("a,b\n", "expected rows of numbers, found none"),
        ("1,2\n3\n", "line 2: expected 2 numbers, got ['3']"),
        ("1,2\n3,x\n", "line 2: expected 2 numbers"),
        ("1,2\n3,nan\n", "X: expected finite numbers"),
    ],
)
def test_gram_refuses_bad_tables(files, content, message):
    (files / "bad.csv").write_text(content)
    result = run("gram", "relu", "bad.csv", "--depth", 2, "-o", "k.npy")
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (files / "k.npy").exists()


def test_gram_refuses_other_files(files):
    np.save("objects.npy", np.array([{}]), allow_pickle=True)
    np.savez("two.npz", a=X, b=Y)
    (files / "broken.npy").write_bytes(b"\x93NUMPY")
    (files / "folder.npy").mkdir()
    for name, message in {
        "missing.npy": "missing.npy: No such file",
        "x.txt": "expected a .npy, .npz or .csv file",
        "objects.npy": "objects.npy: Object arrays cannot be loaded",
        "two.npz": "expected one array or one named X, got ['a', 'b']",
        "broken.npy": "broken.npy: ",
    }.items():
        result = run("gram", "relu", name, "--depth", 2, "-o", "k.npy")
        assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    for target, message in {
        "k.txt": "output: expected a name that ends in .npy, .npz or .csv",
        "no/k.npy": "no: no such folder",
        "folder.npy": "folder.npy: is a folder, expected a file",
    }.items():
        result = run("gram", "relu", "x.npy", "--depth", 2, "-o", target)
        assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    result = run("gram", "relu", "x.npy", "--other", "two.npz", "--depth", 2)
    assert result.exit_code == 2

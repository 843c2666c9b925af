import json

import numpy as np
from typer.testing import CliRunner

import ntksym
from ntksym.cli import app
from tests.lowering.export import text


def run(*arguments):
    return CliRunner().invoke(app, ["export", "relu", "--depth", "2", *arguments])


def test_export_writes_what_the_library_makes(tmp_path):
    target = tmp_path / "kernel.py"
    options = "--b-std", "0.5", "--target", "numpy"
    result = run(*options, "--output", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    kernel = ntksym.ntk("relu", depth=2, b_std=0.5)
    exec(target.read_text("utf-8"), names := {})
    x = np.array([[1.0, 2.0], [3.0, -1.0]])
    np.testing.assert_allclose(names["kernel"](x), kernel(x), rtol=1e-14)
    assert run("--target", "c").stdout == text(ntksym.ntk("relu", depth=2), "c")


def test_export_as_json(tmp_path):
    wanted = text(ntksym.ntk("relu", depth=2), "c")
    shown = json.loads(run("--target", "c", "--json").stdout)
    assert (shown["target"], shown["depth"], shown["source"]) == ("c", 2, wanted)
    target = tmp_path / "kernel.c"
    written = json.loads(run("--target", "c", "--json", "--output", str(target)).stdout)
    assert (written["output"], written["lines"]) == (str(target), wanted.count("\n"))
    assert target.read_text("utf-8") == wanted


def test_export_refuses_in_one_line(tmp_path):
    assert run("--target", "fortran").exit_code == 2
    result = CliRunner().invoke(app, ["export", "softsign", "--depth", "2", "--target", "jax"])
    assert result.exit_code == 2
    assert result.stderr.startswith("error: softsign: expected an activation that is smooth")

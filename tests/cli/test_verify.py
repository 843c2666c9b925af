import json

import pytest
from typer.testing import CliRunner

from ntksym.cli import app


def run(*arguments):
    return CliRunner().invoke(app, ["verify", *arguments])


def test_a_proof_is_printed_and_verified():
    result = run("relu", "--depth", "3", "--theorems")
    assert result.exit_code == 0, result.output
    assert "strictly positive definite" in result.stdout
    assert "verified again" in result.stdout
    assert "hypothesis not met" in result.stdout
    assert not [part for part in (r"\frac", "$") if part in result.stdout]


def test_a_witness_gives_exit_status_1():
    result = run("relu", "--depth", "2", "--dimension", "2", "--json")
    assert result.exit_code == 1
    data = json.loads(result.stdout)
    assert (data["positive_definite"], data["verified"]) == (False, True)
    assert data["witness"]["name"] == "regular hexagon"
    assert len(data["witness"]["points"]) == 6


def test_unknown_gives_exit_status_1_and_the_reason():
    result = run("sign", "--depth", "2")
    assert result.exit_code == 1
    assert "unknown" in result.stdout
    assert "verified" not in result.stdout


def test_the_proof_as_a_document(tmp_path):
    for name in ("proof.tex", "proof.html"):
        assert run("erf", "--depth", "2", "--output", str(tmp_path / name)).exit_code == 1
        assert "antipodal pair" in (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["relu", "--depth", "2", "--domain", "ball"], "domain: expected one of"),
        (["relu", "--depth", "2", "--dimension", "0"], "dimension: expected at least 1"),
        (["relu", "--depth", "2", "--output", "x.docx"], "output: expected a name that ends in"),
        (["relu"], "Missing option"),
    ],
)
def test_bad_input(arguments, message):
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr

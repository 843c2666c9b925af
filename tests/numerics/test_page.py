"""What a spectrum shows of itself: pages, pictures, the command line."""

import json

import pytest
from typer.testing import CliRunner

import ntksym
from ntksym.cli import app
from ntksym.plots import spectra

RELU = ntksym.spectrum(ntksym.ntk("relu", depth=2), 3, 8)


def test_the_page_holds_the_table_the_zeros_and_the_decay():
    text = ntksym.to_latex(RELU)
    assert all(word in text for word in ("0.0390625", "Degrees 3, 5, 7", "k^{-3}", "bietti2021"))
    assert "0.0390625" in ntksym.to_html(RELU)
    smooth = ntksym.to_latex(ntksym.spectrum(ntksym.ntk("erf", depth=2), 3, 3, radius=1))
    assert "faster than any power" in smooth
    assert "n_0=1/3" in smooth


def test_the_picture_has_marks_and_lines_of_the_decay(tmp_path):
    figure = spectra({"ReLU": RELU, "erf": ntksym.spectrum(ntksym.ntk("erf", depth=2), 3, 8)})
    marks, line, smooth = figure.axes[0].get_lines()
    assert list(marks.get_xdata()) == [1, 2, 4, 6]
    assert marks.get_ydata()[1] == pytest.approx(5 / 128, rel=1e-14)
    slope = [k**3 * y for k, y in zip(*line.get_data(), strict=True)]
    assert slope == pytest.approx([float(RELU.decay.even)] * 3, rel=1e-12)
    assert list(smooth.get_xdata()) == [1, 3, 5, 7]
    figure.savefig(tmp_path / "spectra.png")


@pytest.mark.parametrize(("given", "error"), [({}, ValueError), ({"K": "relu"}, TypeError)])
def test_pictures_of_nothing(given, error):
    with pytest.raises(error, match="spectra: expected"):
        spectra(given)


def run(*words):
    return CliRunner().invoke(app, ["spectrum", *words])


def test_the_command_prints_a_table():
    done = run("relu", "--depth", "2", "--dimension", "3", "--degrees", "4")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["degree", "multiplicity", "eigenvalue"]
    assert lines[3].split()[:2] == ["2", "5"]
    assert "0.0390625" in lines[3]
    assert lines[4].split() == ["3", "7", "0", "(exactly)"]
    assert lines[5].startswith("trace [1.0")
    assert "decay: k^-3" in done.stderr


def test_json_and_a_picture(tmp_path):
    target = tmp_path / "spectrum.png"
    words = ["relu", "--depth", "2", "--dimension", "5", "--radius", "1", "--json"]
    done = run(*words, "--degrees", "4", "--plot", str(target))
    data = json.loads(done.stdout)
    assert data["variance"] == "1/5"
    assert [row["zero"] for row in data["eigenvalues"]] == [False, False, False, True]
    assert data["decay"]["exponent"] == "5"
    assert target.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("relu", "--depth", "2", "--dimension", "1"), "dimension: expected at least 2"),
        (("relu", "--depth", "2", "--dimension", "3", "--radius", "x"), "radius: expected"),
        (("relu", "--depth", "2", "--dimension", "3", "--plot", "a.bmp"), "plot: expected"),
    ],
)
def test_bad_input(words, message):
    done = run(*words)
    assert done.exit_code == 2
    assert message in done.stderr

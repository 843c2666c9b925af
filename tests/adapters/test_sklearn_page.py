"""docs/sklearn.md, run; how ``ntksym.sklearn`` is found, and what is said without scikit-learn."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WITHOUT = "import sys; sys.modules['sklearn'] = None; "


def started(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_what_the_page_says_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "sklearn.md").read_text("utf-8")
    names: dict[str, object] = {}
    blocks = re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(block, names)
    for block, printed in zip(blocks, capsys.readouterr().out.splitlines(), strict=True):
        assert f"# {printed}\n" in block
    process, x, y = names["process"], names["X"], names["y"]
    unfitted = type(process)(names["kernel"], optimizer=None).fit(x[:80], y[:80])
    rows = slice(80, 400)
    for value, digits in (
        (unfitted.log_marginal_likelihood_value_, 1),
        (process.log_marginal_likelihood_value_, 1),
        (unfitted.score(x[rows], y[rows]), 2),
        (process.score(x[rows], y[rows]), 2),
    ):
        assert f"{value:.{digits}f}" in text


def test_it_is_found_by_name_and_by_import() -> None:
    """And loads nothing before."""
    code = (
        "import sys, ntksym; assert 'sklearn' not in sys.modules; "
        "found = ntksym.sklearn.NTKRegressor; import ntksym.sklearn; "
        "from ntksym.sklearn import NTKRegressor; assert NTKRegressor is found"
    )
    assert started(code).stderr == ""


def test_without_scikit_learn_the_extra_is_named() -> None:
    for code in ("import ntksym.sklearn", "import ntksym; ntksym.sklearn"):
        assert "pip install 'ntksym[sklearn]'" in started(WITHOUT + code).stderr
    assert started(WITHOUT + "import ntksym; ntksym.ntk('relu', depth=2)").stderr == ""

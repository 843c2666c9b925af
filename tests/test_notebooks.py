"""Each notebook runs from top to bottom, in a kernel of its own."""

import os
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))


def modules():
    try:
        import ipykernel  # noqa: F401
        import jupytext
        import nbclient
    except ImportError as error:
        reason = f"needs the extra 'test': {error}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    return jupytext, nbclient


def test_there_are_notebooks():
    assert [path.name for path in NOTEBOOKS][:1] == ["01_introduction.py"]


@pytest.mark.filterwarnings("default")  # Jupyter's own
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_runs_within_a_minute(path, tmp_path, monkeypatch):
    jupytext, nbclient = modules()
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    notebook = jupytext.read(path)
    resources = {"metadata": {"path": str(tmp_path)}}
    start = time.perf_counter()
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources=resources
    )
    client.execute()
    assert time.perf_counter() - start < 60 * (3 if os.environ.get("PYTEST_XDIST_WORKER") else 1)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    kinds = {kind for output in outputs for kind in output.get("data", {})}
    assert {"text/html", "text/latex", "image/png"} <= kinds
    assert not [output for output in outputs if output.get("name") == "stderr"]

"""The public surface: names, and what importing and evaluating load."""

import subprocess
import sys

import pytest
import sympy

import ntksym


def loaded(code: str, modules: tuple[str, ...]) -> list[str]:
    """Which of ``modules`` a fresh process has loaded after ``code``."""
    check = f"{code}\nimport sys\nprint(*[m for m in {modules!r} if m in sys.modules])"
    run = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, timeout=120, check=True
    )
    return run.stdout.split()


def test_importing_is_cheap() -> None:
    heavy = ("sympy", "numba", "scipy", "mpmath", "flint", "matplotlib", "rich", "typer")
    assert loaded("import ntksym", heavy) == []
    assert loaded("import ntksym; ntksym.mlp('relu', 3); ntksym.ntk('erf', depth=2)", heavy) == []


@pytest.mark.parametrize("name", ["relu", "tanh"])
def test_a_catalogue_kernel_loads_what_it_runs_on(name: str) -> None:
    """Without SymPy; and, once its machine code is kept, without Numba, which takes a second."""
    code = f"import ntksym; k = ntksym.ntk('{name}', depth=3, b_std=0.1); k([[1, 2], [3, 4.5]])"
    never = "sympy", "mpmath", "matplotlib", "flint"
    assert loaded(code, never) == []
    assert loaded(code, (*never, "numba", "scipy", "importlib.metadata")) == []


@pytest.mark.parametrize("name", ntksym.__all__)
def test_every_public_name_exists_and_says_what_it_is(name: str) -> None:
    value = getattr(ntksym, name)
    if not isinstance(value, sympy.Symbol):
        assert value.__doc__
    assert name in dir(ntksym)


def test_unknown_names() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = ntksym.nothing


def test_check_is_a_room_and_a_function() -> None:
    report = ntksym.check(ntksym.dual("identity").derivation)
    assert report.verdict >= ntksym.Verdict.ENCLOSED
    assert ntksym.check.Verdict is ntksym.Verdict
    with pytest.raises(TypeError, match="derivation: expected a Derivation, got str"):
        ntksym.check("relu")

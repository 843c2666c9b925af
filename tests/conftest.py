"""Options, the Hypothesis profile, and what becomes of a test whose programs are missing."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from ntksym.networks import recursion

CI = os.environ.get("CI", "").lower() in ("1", "true")

settings.register_profile("local", deadline=None, print_blob=True)
settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True, database=None)
settings.register_profile("rough", deadline=None, print_blob=True, max_examples=10_000)
settings.load_profile("ci" if CI else "local")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite committed generated files")


@pytest.fixture(scope="session", autouse=True)
def private_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """What is kept of users' activations, apart from what the user of this machine has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTKSYM_CACHE_DIR", str(folder := tmp_path_factory.mktemp("cache")))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def derived_once() -> Iterator[None]:
    """Kernels of one activation share its derivation."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recursion, "dual", cache(recursion.dual))
        yield


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether to rewrite a committed generated file instead of comparing with it."""
    return bool(request.config.getoption("--update"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    programs = [name for marker in item.iter_markers("programs") for name in marker.args]
    for marker in item.iter_markers("tex"):
        programs += ["latexmk", *marker.args]
    modules = [name for marker in item.iter_markers("modules") for name in marker.args]
    missing = [name for name in programs if shutil.which(name) is None]
    absent = [name for name in modules if find_spec(name) is None]
    if missing or absent:
        where = "not found on PATH" if missing else "not installed"
        reason = f"needs {', '.join(missing or absent)}, {where}"
        if CI:
            pytest.fail(f"{reason}: in CI this test must run", pytrace=False)
        pytest.skip(reason)


def _scope(nodeid: str) -> str:
    """A file stays on one worker, and so does an entry of the catalogue: each is checked once."""
    entry = re.search(r"\[(entry=\w+)", nodeid)
    return entry[1] if entry else nodeid.split("::", 1)[0]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: begun last, it would keep one worker while others wait."""
    size = Counter(_scope(item.nodeid) for item in items)
    long = {_scope(item.nodeid) for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: (_scope(item.nodeid) not in long, -size[_scope(item.nodeid)]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class ByFileOrEntry(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _scope(nodeid)

    config.option.loadscopereorder = False
    return ByFileOrEntry(config, log)

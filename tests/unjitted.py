"""Generated modules as plain Python, at their own file name, so that their lines can be seen to run."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import numba

from ntksym.lowering import generate

module, path = generate.module, generate.path
FOLDER = path("relu").parent


def namespace(name: str) -> dict[str, Any]:
    def plain(**_: Any) -> Callable[..., Any]:
        return lambda function: function

    found: dict[str, Any] = {}
    with patch.object(numba, "njit", plain):
        exec(compile(path(name).read_text("utf-8"), str(path(name)), "exec"), found)
    return {"np": SimpleNamespace(), **found}


def compiled(name: str) -> dict[str, Any]:
    return vars(import_module(f"{generate.__package__}.generated.{name}"))

"""Generated modules as plain Python, at their own file names: their lines can be seen to run."""

from importlib import import_module
from typing import Any
from unittest.mock import patch

from ntksym.lowering.code import generate, options

module, path = generate.module, generate.path
FOLDER = path("relu").parent


def namespace(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    with patch.object(options, "compiled", lambda function: function):
        exec(compile(path(name).read_text("utf-8"), str(path(name)), "exec"), found)
    return found


def compiled(name: str) -> dict[str, Any]:
    return vars(import_module(f"{generate.__package__}.generated.{name}"))

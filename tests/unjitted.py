"""Generated modules as plain Python, at their own file names: their lines can be seen to run."""

from importlib import import_module
from typing import Any
from unittest.mock import patch

import ntksym.lowering.functions.vector
import ntksym.lowering.updates  # noqa: F401  compiled before anything is patched
from ntksym.lowering.code import generate, options

module, path = generate.module, generate.path
PLAIN = "from ntksym.evaluate import scalar\n"
FOLDER = path("relu").parent


def namespace(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    source = path(name).read_text("utf-8").replace(generate.IMPORTS["scalar"], PLAIN)
    plain = dict.fromkeys(("compiled", "ordered"), lambda function: function)
    with patch.multiple(options, **plain):
        exec(compile(source, str(path(name)), "exec"), found)
    return found


def compiled(name: str) -> dict[str, Any]:
    return vars(import_module(f"{generate.__package__}.generated.{name}"))

"""The functions of :mod:`ntksym.evaluate.scalar` compiled, under their own names.

Generated modules import this one as ``scalar``; a function added there is found here.

>>> from ntksym.lowering.pointwise import special
>>> special.bivariate_normal(0.0, 0.0, 1.0)
0.5
"""

from types import FunctionType
from typing import Any

from ntksym.evaluate import scalar
from ntksym.lowering.code.options import compiled


def _compiled_together() -> dict[str, Any]:
    """Copies that call each other's compiled forms; where they were written stays known."""
    names = dict(vars(scalar))
    for name, function in vars(scalar).items():
        if isinstance(function, FunctionType):
            names[name] = compiled(FunctionType(function.__code__, names, name))
    return {name: names[name] for name in names if isinstance(vars(scalar)[name], FunctionType)}


_COMPILED = _compiled_together()


def __getattr__(name: str) -> Any:
    if name in _COMPILED:
        return _COMPILED[name]
    raise AttributeError(f"no function {name!r} in {scalar.__name__}")

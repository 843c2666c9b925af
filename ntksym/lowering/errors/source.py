"""``pair`` and ``point`` of an activation's module, from its text, over numbers of another kind."""

import ast
import inspect
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from ntksym.lowering.modules import committed
from ntksym.networks import Activation

ARGUMENTS = {"pair": ["minus", "plus"], "point": ["s1"]}


class Unproved(ValueError):
    """There is no proof of the error of this activation."""


def text_of(of: Activation, tangent: bool) -> str:
    """The source that :func:`~ntksym.lowering.code.load.code` compiles for ``of``."""
    if module := committed(of, "code"):
        return inspect.getsource(module)
    if committed(of, "series"):
        raise Unproved(f"{of.name}: its dual is a series")
    from ntksym.lowering.code.generate import module_of
    from ntksym.networks.dual import dual

    derived = dual(of)
    if derived.kind == "series":
        raise Unproved(f"{of.name}: its dual is a series")
    return module_of(derived, tangent)


def function(text: str, name: str, names: dict[str, Any]) -> Callable[..., Any]:
    """The function ``name`` of a module's text among ``names``; ``number`` makes its constants.

    ``Unproved`` where ``pair`` needs more of a point than the gaps, or a constant is no double.
    """
    found = next(
        n for n in ast.parse(text).body if isinstance(n, ast.FunctionDef) and n.name == name
    )
    given = [argument.arg for argument in found.args.args]
    if given != ARGUMENTS[name]:
        raise Unproved(f"{name}: it reads {', '.join(given)}, there is a theory of the gaps alone")
    found.decorator_list = []
    module = ast.Module([_Numbers().visit(found)], [])
    scope = dict(names)
    exec(compile(ast.fix_missing_locations(module), f"<{name}>", "exec"), scope)
    return scope[name]


class _Numbers(ast.NodeTransformer):
    """Constants stand for what they are written as: 2.0/3.0 is two thirds, rounded."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if not isinstance(node.value, float):
            return node
        if Fraction(str(node.value)) != Fraction(node.value):
            raise Unproved(f"the constant {node.value} is not exact")
        return ast.Call(ast.Name("number", ast.Load()), [node], [])

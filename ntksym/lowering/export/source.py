"""A kernel as one file of source code that needs no ntksym."""

from typing import Any

from ntksym.lowering.code.forms import forms
from ntksym.lowering.export.header import header
from ntksym.lowering.export.layer import layer
from ntksym.lowering.export.network import body
from ntksym.lowering.export.printer import Printer, written
from ntksym.lowering.export.routine import Routine, needed
from ntksym.lowering.export.targets import TARGETS
from ntksym.lowering.export.targets.target import indented
from ntksym.lowering.modules import committed
from ntksym.lowering.program import program
from ntksym.lowering.stages import stages
from ntksym.networks import Activation, Network, catalogue
from ntksym.networks.dual import Dual
from ntksym.networks.recursion import duals


def to_source(kernel: Any, target: str) -> str:
    r"""A kernel as one stand-alone file of source code, which needs no ntksym.

    ``target`` is "numpy", "jax", "torch", "c" or "julia". The file computes the Gram matrix

    .. math:: \Theta^{l+1}=\Sigma^{l+1}+w^2\,\dot\Sigma^{l+1}\,\Theta^l

    (or Σ alone) of points from the forms that ``kernel(X)`` is compiled from, in the gaps 1 - ρ
    and 1 + ρ: close and opposite points keep their digits. ``kernel(X, Y=None, w_std=, b_std=)``
    of X (n, d) and Y (m, d) gives (n, m); in C it is ``ntk(n, m, d, X, Y, K)``. Its comment has
    the formula [jacot2018] and the rest. In JAX and PyTorch all derivatives are finite.
    ``ValueError`` for an unknown target, a parameter that is a symbol, or an activation whose dual
    is no elementary function; ``TypeError`` for what is no kernel.

    >>> import numpy as np
    >>> from ntksym.kernel import ntk
    >>> of = ntk("relu", depth=2)
    >>> exec(to_source(of, "numpy"), names := {})
    >>> X = np.array([[1.0, 2.0], [0.5, -1.0]])
    >>> np.allclose(names["kernel"](X), of(X))
    True
    """
    if target not in TARGETS:
        raise ValueError(f"target: expected one of {', '.join(TARGETS)}, got {target!r}")
    network, kind = (getattr(kernel, name, None) for name in ("network", "kind"))
    if not isinstance(network, Network) or kind is None:
        raise TypeError(f"kernel: expected a Kernel, got {type(kernel).__name__}")
    return _source(network, kind, target)


def _source(network: Network, kind: str, target: str) -> str:
    tangent, of = kind == "ntk", TARGETS[target]
    steps = tuple(stages(program(network), tangent))
    for activation in network.activations:
        if committed(activation, "series"):
            raise _refused(activation, "series", of.language.title)
    derived = duals(network)
    lines = body(steps, _layers(derived, tangent, of.language.title), tangent)
    routines = [written(each, of.language) for each in needed(lines.routines)]
    if any("root(" in text for text in routines):
        routines.insert(0, of.language.root)
    return of.file.substitute(
        header=header(network, derived, kind, target, of.note, of.margin),
        routines=of.between.join(routines), name=kind,
        body=indented(lines, of.language), result=Printer(of.language).code(lines.result),
        w_std=of.hyper(lines.w_std), b_std=of.hyper(lines.b_std), **of.more(lines),
    )  # fmt: skip


def _layers(derived: dict[Any, Dual], tangent: bool, title: str) -> dict[Any, Routine]:
    found = {}
    for number, (activation, dual) in enumerate(derived.items(), 1):
        if dual.kind != "elementary":
            raise _refused(activation, dual.kind, title)
        entry = activation.name.partition("(")[0]
        name = entry if entry in catalogue() else "activation"
        name = name if len(derived) == 1 else f"{name}{number}"
        found[activation] = layer(name, forms(dual, tangent), tangent)
    return found


def _refused(of: Activation, kind: str, title: str) -> ValueError:
    return ValueError(
        f"{of.name}: expected an activation with a dual in elementary functions, which {title} "
        f"has, got a {kind} one; kernel(X) computes it"
    )

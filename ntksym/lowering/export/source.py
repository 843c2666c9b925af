"""A kernel as one file of source code that needs no ntksym."""

from collections.abc import Sequence
from string import Template
from typing import Any

from ntksym.arguments import number
from ntksym.lowering.code.forms import forms
from ntksym.lowering.export.header import header
from ntksym.lowering.export.layer import layer
from ntksym.lowering.export.network import body
from ntksym.lowering.export.printer import Printer, written
from ntksym.lowering.export.routine import Routine, needed
from ntksym.lowering.export.series import layer as series
from ntksym.lowering.export.targets import TARGETS
from ntksym.lowering.export.targets.target import Target, indented
from ntksym.lowering.program import program
from ntksym.lowering.stages import Stage, stages
from ntksym.networks import Activation, Network, catalogue
from ntksym.networks.dual import Dual
from ntksym.networks.recursion import duals


def to_source(kernel: Any, target: str, *, variance: float = 16.0) -> str:
    r"""A kernel as one stand-alone file of source code, which needs no ntksym.

    ``target`` is "numpy", "jax", "torch", "c" or "julia". The file computes the Gram matrix

    .. math:: \Theta^{l+1}=\Sigma^{l+1}+w^2\,\dot\Sigma^{l+1}\,\Theta^l

    (or Σ alone) of points from the forms that ``kernel(X)`` is compiled from, in the gaps 1 - ρ
    and 1 + ρ: close and opposite points keep their digits. ``kernel(X, Y=None, w_std=, b_std=)``
    of X (n, d) and Y (m, d) gives (n, m); in C it is ``ntk(n, m, d, X, Y, K)``. Its comment has
    the formula [jacot2018] and the rest. In JAX and PyTorch all derivatives are finite.

    Where a dual has no closed form (tanh, SiLU) the file sums its Hermite series, with the orders
    that it takes for variances before the activation up to ``variance``; beyond, it says so or
    gives NaN. ``ValueError`` for an unknown target, a parameter that is a symbol, or an activation
    whose dual is neither elementary nor the series of a smooth function; ``TypeError`` for what is
    no kernel.

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
    return _source(network, kind, target, number("variance", variance, positive=True))


def _source(network: Network, kind: str, target: str, variance: float) -> str:
    tangent, of = kind == "ntk", TARGETS[target]
    steps = tuple(stages(program(network), tangent))
    derived = duals(network)
    lines = body(steps, _layers(derived, steps, tangent, of, variance), tangent)
    routines = [written(each, of.language) for each in needed(lines.routines)]
    if any("root(" in text for text in routines):
        routines.insert(0, of.language.root)
    return Template(of.file.safe_substitute(of.more(lines))).substitute(
        header=header(network, derived, kind, target, _note(derived, of, variance), of.margin),
        routines=of.between.join(routines), name=kind,
        body=indented(lines, of.language), result=Printer(of.language).code(lines.result),
        w_std=of.hyper(lines.w_std), b_std=of.hyper(lines.b_std),
    )  # fmt: skip


def _layers(
    derived: dict[Any, Dual], steps: Sequence[Stage], tangent: bool, of: Target, variance: float
) -> dict[Any, Routine]:
    found, summed = {}, {}
    for position, (activation, dual) in enumerate(derived.items(), 1):
        entry = activation.name.partition("(")[0]
        name = entry if entry in catalogue() else "activation"
        name = name if len(derived) == 1 else f"{name}{position}"
        if dual.kind == "series":
            summed[activation] = name
        elif dual.kind == "elementary":
            found[activation] = layer(name, forms(dual, tangent), tangent)
        else:
            raise _refused(activation, dual.kind, of.language.title)
    if summed:
        applied = sum(step.activation in summed for step in steps)
        found |= series.layers(summed, variance, tangent, applied, of)
    return found


def _note(derived: dict[Any, Dual], of: Target, variance: float) -> str:
    """What the file needs, and where its series are right."""
    names = [activation.name for activation, dual in derived.items() if dual.kind == "series"]
    if not names:
        return of.note
    more = series.NOTE.format(names=", ".join(names), variance=variance, beyond=of.beyond)
    return f"{of.note}\n{more}"


def _refused(of: Activation, kind: str, title: str) -> ValueError:
    return ValueError(
        f"{of.name}: expected an activation with a dual in elementary functions, which {title} "
        f"has, or as a series, got a {kind} one; kernel(X) computes it"
    )

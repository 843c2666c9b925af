"""Writes the module of an activation: what it does to a point, to a pair, and to a tile."""

import re
from pathlib import Path

from sympy import S, sqrt

from ntksym.lowering.code import texts
from ntksym.lowering.code.forms import Forms, forms
from ntksym.lowering.code.hoist import Features, balanced, low1
from ntksym.lowering.code.pair import block, direct_of, pair_of
from ntksym.lowering.code.printer import assignments
from ntksym.lowering.code.rules.direct import Direct, direct
from ntksym.networks import Activation
from ntksym.networks.dual import Dual, dual

IMPORTS = {
    "scalar": "from ntksym.lowering.pointwise import special as scalar\n",
    "vector": "from ntksym.lowering.functions import vector\n",
}
OPTIONS = "PLANE", "SIDE", "compiled", "inlined", "ordered", "wide"
UPDATES = "affine", "covariance"
PLANES = "state[k]", "state[PLANE + k]"


def module(of: Activation | str, tangent: bool = True) -> str:
    """The source of the module of an activation; without ``tangent``, Σ̇ is left out as 0."""
    return module_of(dual(of), tangent)


def module_of(derived: Dual, tangent: bool = True) -> str:
    """``module`` of what is derived already."""
    sigma, dot = derived.sigma, derived.sigma_dot if tangent else S.Zero
    lowered, features = forms(derived, tangent), Features()
    pair = pair_of(lowered, features)
    direct_layers = _direct(direct(sigma, dot), features)
    names, reads = _read(features, pair)
    body = texts.BODY.format(
        point=_point(lowered, features),
        count=len(features.names),
        low=texts.LOW if low1 in features.names else "",
        rows=", ".join(f"f[{k}, i]" for k in range(len(features.names) - (low1 in features.names))),
        names=texts.wrapped(["minus", "plus", *names], 9),
        pair=pair,
    )
    code = body + texts.TILE.format(numbers=texts.wrapped([*PLANES, *reads], 16)) + direct_layers
    head = texts.HEAD.format(
        name=derived.activation.name,
        sigma=derived.sigma,
        sigma_dot=derived.sigma_dot if tangent else "not needed",
        math="import math\n\n" if _used("math", code) else "",
        imports="".join(text for name, text in IMPORTS.items() if _used(name, code)),
        options=", ".join(name for name in OPTIONS if _used(name, code)),
        updates=", ".join(name for name in UPDATES if _used(name, code)),
    )
    return head + code


def _direct(found: Direct | None, features: Features) -> str:
    """What stands on covariances."""
    if not found:
        return ""
    bodies = direct_of(found, features)
    row = list(features.names).index(found.scale)
    layers = [
        _layer("direct", ["c"], "the covariance", bodies[0], features),
        _layer("entry", ["minus", "plus"], "the gaps", bodies[1], features),
    ]
    return texts.DIRECT.format(row=row) + "\n".join(layers) + texts.LAYERS


def _layer(name: str, reads: list[str], what: str, body: str, features: Features) -> str:
    names, numbers = _read(features, body)
    return texts.LAYER.format(
        name=name, what=what, body=body, arguments=texts.wrapped([*reads, *names], len(name) + 5),
        numbers=texts.wrapped([*PLANES[: len(reads)], *numbers], 16),
    )  # fmt: skip


def _used(name: str, code: str) -> bool:
    return bool(re.search(rf"\b{name}\b", code))


def _read(features: Features, code: str) -> tuple[list[str], list[str]]:
    """The numbers of the two points that ``code`` reads: their names, and where they stand."""
    names, numbers = [], []
    columns = zip(*features.names.values(), strict=True)
    for (side, index), column in zip((("f1", "i"), ("f2", "j")), columns, strict=True):
        for k, symbol in enumerate(column):
            if _used(symbol.name, code):
                names.append(symbol.name)
                times = "" if k == 0 else "SIDE + " if k == 1 else f"{k} * SIDE + "
                numbers.append(f"{side}[{times}{index}]")
    return names, numbers


def _point(lowered: Forms, features: Features) -> str:
    wanted = [lowered.slope, *(e for e in list(features.names)[3:] if e != low1)]
    shared, values = assignments(list(map(balanced, wanted)))
    _, (t,) = assignments([sqrt(balanced(lowered.diagonal))], share=False)
    lines = [f"t1 = {t}", *(f"{name} = {code}" for name, code in shared)]
    return block(1, *lines, f"return {', '.join(['s1', 't1', *values])}")


def path(name: str) -> Path:
    """Where the module of a catalogue activation stands."""
    return Path(__file__).parent / "generated" / f"{name}.py"

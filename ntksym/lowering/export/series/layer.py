"""The routines of the activations without a closed form, in the language of a file."""

from collections.abc import Mapping
from textwrap import wrap
from typing import TYPE_CHECKING

from ntksym.lowering.export.routine import Routine
from ntksym.lowering.export.series.scheme import Scheme, scheme, values
from ntksym.lowering.series.load import series
from ntksym.networks import Activation

if TYPE_CHECKING:
    from ntksym.lowering.export.targets.target import Target

NAME = "series_layer"
NOTE = """\
Of {names} there are Hermite series, whose orders sum E[σ'(u)²] to within 2⁻⁴⁷ of it where the
variance of u is at most {variance:g}. {beyond}"""


def layers(
    names: Mapping[Activation, str], variance: float, tangent: bool, applied: int, of: "Target"
) -> dict[Activation, Routine]:
    """For each activation a routine that shares its text with the others.

    ``applied``: how often a point goes through one. ``ValueError`` where a derivative has a kink,
    or there would be too many orders.
    """
    found = [series(activation) for activation in names]
    for one in found:
        if one.bend:
            raise ValueError(
                f"{one.name}: expected an activation that is smooth: the Hermite series of a kink "
                f"is too long to export; kernel(X) computes it"
            )
    text = written(scheme(found, variance), of, applied)
    theta = "theta" if tangent else "0.0"
    results = "less", "more", "kernel", "after1", "after2"
    return {
        activation: Routine(
            NAME, "", ("minus", "plus", theta, "size1", "size2", f"{name}_values", *of.beside),
            (), results, (values(activation, name),), text,
        )
        for activation, name in names.items()
    }  # fmt: skip


def written(by: Scheme, of: "Target", applied: int) -> str:
    """The routines that all series share."""
    level = by.half.bit_length() - 1
    return of.series.substitute(
        half=by.half, blocks=by.blocks, level=level, count=len(by.index), layers=applied,
        step=repr(by.step), nodes=by.nodes, largest=repr(by.largest),
        index=_listed(by.index), weight=_listed(by.weight),
    )  # fmt: skip


def _listed(numbers: tuple[float, ...]) -> str:
    text = ", ".join(map(repr, numbers))
    return "\n" + "\n".join("    " + row for row in wrap(text, 92)) + ",\n"

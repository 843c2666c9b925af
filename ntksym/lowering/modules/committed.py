"""The committed module of a catalogue activation, where there is one."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from ntksym.networks import Activation, activation, catalogue


def committed(of: Activation, room: str) -> ModuleType | None:
    """That of ``ntksym.lowering.<room>.generated``, without SymPy; ``None`` where there is none.

    An activation with parameters, ``leaky_relu(alpha=1/100)``, is that of its default ones.
    """
    entry = of.name.partition("(")[0]
    name = f"ntksym.lowering.{room}.generated.{entry}"
    if entry not in catalogue() or find_spec(name) is None or activation(entry) != of:
        return None
    return import_module(name)
